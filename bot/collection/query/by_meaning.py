"""Pictures that look as words say, by a model of two towers: the last step of a search, for what nobody described."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.collection.filters import PictureFilters, passes
from bot.collection.hooks import TextEmbedder
from bot.collection.store import SearchReads

log = logging.getLogger(__name__)

_MOST = 35
_LOOKED_AT = 140


@dataclass(frozen=True, slots=True)
class PicturesByMeaning:
    """Finds pictures by the meaning of words.

    Attributes:
        model: the name of the image model whose vectors are compared.
        words: the text model that belongs to it.
    """

    model: str
    words: TextEmbedder

    async def find(self, store: SearchReads, text: str, filters: PictureFilters) -> list[str]:
        """Image ids of the pictures that the words stand out by, best first; none where the model fails."""
        if not await store.has_vectors(self.model):
            return []
        try:
            vector = await store.aside(lambda: self.words.embed(text))
        except Exception:
            log.exception("the model of MAGPIE_EMBEDDER_TEXT failed on a search")
            return []
        found = await store.pictures(await store.shown_by(self.model, vector, _LOOKED_AT))
        return [picture.image_id for picture in found if passes(picture, filters)][:_MOST]
