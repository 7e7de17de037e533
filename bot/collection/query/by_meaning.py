"""Pictures that look as words say, by a model of two towers: the last step of a search, for what nobody described."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.collection.filters import PictureFilters, passes
from bot.collection.hooks import TextEmbedder
from bot.collection.store import Store

log = logging.getLogger(__name__)

_MOST = 35
_LOOKED_AT = 140


@dataclass(frozen=True, slots=True)
class PicturesByMeaning:
    """Finds pictures by the meaning of words.

    Attributes:
        store: where the pictures and their vectors are.
        model: the name of the image model whose vectors are compared.
        words: the text model that belongs to it.
    """

    store: Store
    model: str
    words: TextEmbedder

    async def find(self, text: str, filters: PictureFilters) -> list[str]:
        """Image ids of the pictures that the words stand out by, best first; none where the model fails."""
        if not await self.store.has_vectors(self.model):
            return []
        try:
            vector = await asyncio.to_thread(self.words.embed, text)
        except Exception:
            log.exception("the model of MAGPIE_EMBEDDER_TEXT failed on a search")
            return []
        found = await self.store.pictures(await self.store.shown_by(self.model, vector, _LOOKED_AT))
        return [picture.image_id for picture in found if passes(picture, filters)][:_MOST]
