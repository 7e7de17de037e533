"""The recognizer as a provider: says what a picture shows, and what to search for to find more of it.

It answers lookups alone, on this machine, without a network. It never names a source, a person or a title, and is
silent where it is not sure.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    Certainty,
    Depiction,
    ImageCaption,
    ImageInsights,
    ImageTagsModule,
    InsightsRequest,
    Limits,
    Module,
    NotSupported,
    Provenance,
    Query,
    Tag,
    Verb,
)
from bot.bing_v7.provider import UnsupportedVerbs
from bot.bing_v7.requests import asked_language
from bot.collection.arrays import Bytes
from bot.collection.fingerprints.fingerprint import WORKING_EDGE
from bot.collection.fingerprints.similar import has_structure
from bot.collection.hooks import ModelError
from bot.i18n import nearest_locale, say
from bot.media.service import Media
from bot.vocabulary import pictures

from .classifier import Seen, look, model_file
from .statements import PictureStatement, needs_second_view, state

NAME = "recognizer"
TITLE = "Magpie's recognizer"
ENGLISH = "en-US"
_MODULES = frozenset({Module.BRQ, Module.CAPTION, Module.TAGS})
_AT_ONCE = 1
_SECONDS = 20.0
"""The first picture of all waits until the model's file is made."""
_NOT_SEARCHED = frozenset({"other", "artwork"})
"""Screenshots, printed pages, drawings: nobody looks for another one."""


class RecognitionProvider(UnsupportedVerbs):
    """Answers lookups with what the picture shows.

    Args:
        folder: where the model's file is kept.
        media: decodes pictures; not closed here.
    """

    name = NAME
    title = TITLE

    def __init__(self, folder: Path, media: Media) -> None:
        self._folder = folder
        self._media = media
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self.capabilities = Capabilities(
            levels={Verb.INSIGHTS: ALL_LEVELS},
            modules=_MODULES,
            paging=False,
            takes_regions=True,
            outside=False,
            cache=CachePolicy(None),
            limits=Limits(within=_SECONDS),
        )

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say what a posted picture shows.

        Raises:
            PictureRefused: the picture sent cannot be used.
            NotSupported: no picture was posted, or the model is not there.
        """
        if request.upload is None:
            raise NotSupported("only posted pictures are looked at", provider=NAME)
        owner = request.client_id
        decoded = await self._media.pixels(request.upload.data, WORKING_EDGE, request.crop, owner=owner)
        async with self._turn:
            try:
                said = await asyncio.to_thread(self._stated, decoded.rgb)
            except ModelError as error:
                raise NotSupported(str(error), provider=NAME) from error
        return _answer(said, request)

    def _stated(self, pixels: Bytes) -> PictureStatement | None:
        if not has_structure(pixels):
            return None
        seen: Seen = look(pixels, model_file(self._folder), needs_second_view)
        return state(seen.views)

    async def aclose(self) -> None:
        """Nothing to let go of: the model is shared in the process."""


def _answer(said: PictureStatement | None, request: InsightsRequest) -> ImageInsights:
    source = Provenance(providers=(NAME,))
    if said is None:
        return ImageInsights(provenance=source)
    locale = nearest_locale(asked_language(request))
    names = [say(locale, f"thing-{group.name}") for group in said.groups]
    fields: dict[str, object] = {"depictions": _depictions(said, names[0], locale)}
    if request.wants(Module.TAGS):
        fields["image_tags"] = ImageTagsModule(value=tuple(Tag(name=name) for name in names))
    if request.wants(Module.CAPTION):
        fields["image_caption"] = ImageCaption(caption=say(locale, "recognized-caption", thing=names[0]))
    if request.wants(Module.BRQ) and said.groups[0].kind not in _NOT_SEARCHED:
        fields["best_representative_query"] = Query(text=words_to_search(said), display_text=names[0])
    return ImageInsights(provenance=source).with_(**fields)


def _depictions(said: PictureStatement, name: str, locale: str) -> tuple[Depiction, ...]:
    """What is sure, and of an animal what it may be more exactly, in the reader's language."""
    kind = said.groups[0].kind
    sure = Depiction(name=name, kind=kind, certainty=said.certainty, probability=said.probability, provider=NAME)
    thing = pictures().of_class(said.likeliest) if said.likeliest is not None and kind == "animal" else None
    perhaps = thing.name(locale) if thing else name
    if perhaps.casefold() == name.casefold():
        return (sure,)
    return sure, Depiction(name=perhaps, kind=kind, certainty=Certainty.LOW, provider=NAME)


def words_to_search(said: PictureStatement) -> str:
    """Return the English words that find more of what is shown: most services know their pictures by those.

    Only an animal is searched by its class: other classes are too often the nearest relative of what is shown.
    """
    if said.likeliest is not None and said.groups[0].kind == "animal":
        thing = pictures().of_class(said.likeliest)
        if thing is not None:
            return thing.name()
    return say(ENGLISH, f"thing-{said.groups[0].name}").split(" or ")[0].split(",")[0]
