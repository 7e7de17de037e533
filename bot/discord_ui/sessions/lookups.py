"""Looking a picture up: read it from its source, ask the providers, and turn each answer into a session."""

from collections.abc import AsyncGenerator, AsyncIterator, Hashable, Sequence
from contextlib import aclosing
from enum import StrEnum
from typing import Any, Protocol, cast

from bot.bing_v7 import (
    Crop,
    ImageInsights,
    InsightsRequest,
    Module,
    Note,
    NoteCode,
    Picture,
    PictureRefused,
    PictureText,
    Provenance,
    Upload,
    Verb,
)
from bot.bing_v7.extensions import COPY
from bot.bing_v7.markets import language_for, nearest_market
from bot.discord_ui.model.lookup_session import Lookup, LookupResult, LookupSource, Origin
from bot.discord_ui.model.ports import Judged, Service
from bot.discord_ui.model.session import LookupSession
from bot.discord_ui.render.lookup_regions import find_part
from bot.intake import VideoFrames
from bot.safesearch.place import Requester

MOST_ENGINES = 5
"""Buttons of other engines' pages in the card, one row."""
SETTING = "identify"
"""Name of a server's or person's choice where pictures may go."""


class Where(StrEnum):
    """Where uploaded pictures may be sent: also to outside services, to the bot's own machines only, or not decided."""

    OUTSIDE = "outside"
    INSIDE = "inside"
    ASK = "ask"


class LookupService(Service, Protocol):
    """What identifying needs of the search service in addition."""

    def insights_as_completed(
        self, requester: Requester, request: InsightsRequest, *, inside: bool = False
    ) -> AsyncIterator[Judged[ImageInsights]]:
        """Yield the merged answer each time another provider has answered; ``inside`` asks no outside service."""
        ...

    @property
    def reads_text(self) -> bool:
        """True if a lookup can be asked for the text in a picture."""
        ...

    def outside(self, verb: Verb) -> tuple[str, ...]:
        """Return the names of the outside services that a verb would ask."""
        ...

    def own(self, verb: Verb) -> tuple[str, ...]:
        """Return the names of the operator's own providers that a verb would ask."""
        ...

    async def linkouts(self, requester: Requester, address: str) -> Sequence[tuple[str, str]]:
        """Return title and address of other engines' pages for a public picture."""
        ...


class PictureReader(Protocol):
    """How handed-in pictures are read (``bot.intake.Intake`` implements it)."""

    async def from_discord(
        self,
        address: str,
        *,
        size: int | None = None,
        limit: int | None = None,
        smaller: str | None = None,
        owner: Hashable = None,
        frame: int | None = None,
    ) -> Upload:
        """Read an attachment, or Discord's smaller copy of one that is too large; of a video a frame."""
        ...

    async def from_web(self, address: str, *, owner: Hashable = None, frame: int | None = None) -> Upload:
        """Read a picture from a public address; of a video a frame."""
        ...

    async def frames(
        self, address: str, *, size: int | None = None, limit: int | None = None, owner: Hashable = None
    ) -> VideoFrames:
        """Read a video and return its frames to choose from."""
        ...

    def is_old_link(self, address: str) -> bool:
        """True for the address of an upload to Discord whose signature is missing or over."""
        ...

    @property
    def reads_videos(self) -> bool:
        """True if frames of videos can be read here."""
        ...

    async def preview(self, data: bytes, boxes: Sequence[tuple[str, Crop]], *, owner: Hashable = None) -> Picture:
        """Draw a grid and numbered boxes on a picture."""
        ...


class ChoiceStore(Protocol):
    """Choices of servers and people (``bot.storage.choices.Choices`` implements it)."""

    async def of_server(self, guild_id: int, name: str) -> str | None:
        """Return a server's choice."""
        ...

    async def set_server(self, guild_id: int, name: str, value: str | None) -> None:
        """Remember a server's choice."""
        ...

    async def of_person(self, user_id: int, name: str) -> str | None:
        """Return a person's choice."""
        ...

    async def set_person(self, user_id: int, name: str, value: str | None) -> None:
        """Remember a person's choice."""
        ...


class IdentifyServices(Protocol):
    """What identifying needs of the client's services."""

    @property
    def search(self) -> LookupService:
        """The guarded search service."""
        ...

    @property
    def intake(self) -> PictureReader:
        """Where handed-in pictures are read."""
        ...

    @property
    def choices(self) -> ChoiceStore:
        """Choices of servers and people."""
        ...


def services_of(client: Any) -> IdentifyServices:
    """Return the client's services."""
    return cast("IdentifyServices", client.services)


async def where_to(services: IdentifyServices, requester: Requester, source: LookupSource) -> Where:
    """Return where a picture may go; asked only where an outside service would get what somebody handed in."""
    if source.by is Origin.RESULT or not services.search.outside(Verb.INSIGHTS):
        return Where.OUTSIDE
    place = requester.place
    if place.guild_id is not None and not place.user_install:
        chosen = await services.choices.of_server(place.guild_id, SETTING)
    else:
        chosen = await services.choices.of_person(requester.user_id, SETTING)
    return Where(chosen) if chosen in set(Where) else Where.ASK


async def decide_where(services: IdentifyServices, requester: Requester, where: Where) -> None:
    """Remember where pictures may go: for the server, or for the person where there is none."""
    value = None if where is Where.ASK else where.value
    place = requester.place
    if place.guild_id is not None and not place.user_install:
        await services.choices.set_server(place.guild_id, SETTING, value)
    else:
        await services.choices.set_person(requester.user_id, SETTING, value)


async def read_source(
    reads: PictureReader, source: LookupSource, limit: int | None = None, owner: Hashable = None
) -> Upload:
    """Read a handed-in picture again; of a video the chosen frame, or one that shows something, or Discord's still.

    Raises:
        PictureRefused: ``gone`` if Discord does not have it any more, or what else is wrong.
    """
    if source.address is None:
        raise PictureRefused("gone")
    if source.by is not Origin.DISCORD:
        return await reads.from_web(source.address, owner=owner, frame=source.frame)
    try:
        if source.video is None or not reads.reads_videos:
            return await reads.from_discord(
                source.address, size=source.size, limit=limit, smaller=source.smaller, owner=owner
            )
        return await _read_video(reads, source.video, source, limit, owner)
    except PictureRefused as refused:
        if refused.why == "unreachable":
            raise PictureRefused("gone") from refused
        raise


async def _read_video(
    reads: PictureReader, video: str, source: LookupSource, limit: int | None, owner: Hashable
) -> Upload:
    """Read a frame of a video; where it cannot be read, Discord's still unless another frame was chosen."""
    try:
        return await reads.from_discord(video, size=source.video_size, limit=limit, owner=owner, frame=source.frame)
    except PictureRefused as refused:
        if source.frame is not None or source.address is None:
            raise
        try:
            return await reads.from_discord(source.address, limit=limit, owner=owner)
        except PictureRefused:  # Discord could make no still of it either: what is wrong with the video says more
            raise refused from None


async def request_for(
    reads: PictureReader,
    lookup: Lookup,
    crop: Crop | None,
    locale: str,
    limit: int | None = None,
    owner: Hashable = None,
) -> InsightsRequest:
    """Build v7's request: a found picture by its token or address, a handed-in one by its bytes.

    Raises:
        PictureRefused: it cannot be read (any more).
    """
    return InsightsRequest(
        **await _picture(reads, lookup, limit, owner),
        modules=frozenset(lookup.modules),
        crop=crop,
        mkt=nearest_market(locale),
        set_lang=language_for(locale),
    )


async def _picture(reads: PictureReader, lookup: Lookup, limit: int | None, owner: Hashable) -> dict[str, Any]:
    source = lookup.source
    if source.by is Origin.RESULT:
        if not (source.token or source.address):
            raise PictureRefused("gone")
        return {"insights_token": source.token} if source.token else {"img_url": source.address}
    try:
        return {"upload": await read_source(reads, source, limit, owner)}
    except PictureRefused as refused:
        if refused.why == "gone" and lookup.token:
            return {"insights_token": lookup.token}
        raise


async def look_up(
    services: IdentifyServices,
    requester: Requester,
    base: LookupSession,
    lookup: Lookup,
    limit: int | None = None,
) -> AsyncGenerator[LookupSession]:
    """Yield what the message shows as providers answer: the part ``lookup.part`` of its picture.

    Raises:
        ProviderError: nobody could answer, or the picture cannot be used.
    """
    part = find_part(lookup.part, lookup.whole.answer if lookup.whole else None)
    locale = lookup.locale or requester.locale
    request = await request_for(services.intake, lookup, part.crop if part else None, locale, limit, requester.user_id)
    readable = request.upload is not None and services.search.reads_text
    source = _as_video(lookup.source, request.upload)
    framed = source.video is not None and services.intake.reads_videos
    kept_back = request.upload is not None and request.upload.kept_back
    kept = lookup.kept_back or kept_back
    lookup = lookup.with_(readable=readable, kept_back=kept, source=source, framed=framed)
    own = frozenset(services.search.own(Verb.INSIGHTS))
    steps = services.search.insights_as_completed(requester, request, inside=lookup.inside)
    async with aclosing(cast("AsyncGenerator[Judged[ImageInsights]]", steps)) as answers:
        async for judged in answers:
            damaged = request.upload is not None and request.upload.damaged
            level = judged.decision.level  # not that of the beginning: the place may have changed since
            engines = await _engines(services, requester.at_least(level), lookup)
            kept = kept or _is_forbidden(judged.answer)
            unknown = not own.isdisjoint(_waiting(judged))
            lookup = lookup.with_(engines=engines, engines_at=level, kept_back=kept or unknown)
            yield _shown(base, lookup, part.crop if part else None, judged, damaged=damaged)


def _is_forbidden(answer: ImageInsights) -> bool:
    """True if the picture that was asked about is one that somebody rated so that it may not be shown here."""
    notes = answer.provenance.notes if answer.provenance else ()
    return any(note.code is NoteCode.WITHHELD and note.detail == COPY for note in notes)


def _as_video(source: LookupSource, upload: Upload | None) -> LookupSource:
    """Return the source with the address of the video where a link turned out to lead to one."""
    is_one = source.by is Origin.WEB and upload is not None and upload.video
    return source.model_copy(update={"video": source.address}) if is_one else source


async def read_text(
    services: IdentifyServices,
    requester: Requester,
    base: LookupSession,
    lookup: Lookup,
    limit: int | None = None,
) -> LookupSession | None:
    """Return the session with the text in the part that is shown, as far as it may be; None if there is no text.

    Only providers on the operator's own machines are asked: the rest is known already.

    Raises:
        ProviderError: nobody could read it, or the picture cannot be used.
    """
    result = lookup.result
    if result is None:
        return None
    locale = lookup.locale or requester.locale
    request = await request_for(services.intake, lookup, result.crop, locale, limit, requester.user_id)
    asked = request.model_copy(update={"read_text": True, "modules": frozenset({Module.CAPTION})})
    texts: tuple[PictureText, ...] = ()
    steps = services.search.insights_as_completed(requester, asked, inside=True)
    async with aclosing(cast("AsyncGenerator[Judged[ImageInsights]]", steps)) as answers:
        async for judged in answers:
            texts = judged.answer.picture_texts
    if not texts:
        return None
    known = result.answer.provenance or Provenance()
    by = dict.fromkeys((*known.providers, *(text.provider for text in texts)))
    answer = result.answer.with_(picture_texts=texts, provenance=known.with_(providers=tuple(by)))
    read = result.model_copy(update={"answer": answer})
    results = tuple(read if one is result else one for one in lookup.results)
    return base.showing(lookup.with_(results=results))


async def _engines(services: IdentifyServices, requester: Requester, lookup: Lookup) -> tuple[tuple[str, str], ...]:
    """Return other engines' pages for a picture that was handed in and has a public address of its own."""
    source = lookup.source
    if source.by is Origin.RESULT or source.address is None or source.frame is not None or lookup.inside:
        return ()
    return tuple(await services.search.linkouts(requester, source.address))[:MOST_ENGINES]


def _shown(
    base: LookupSession, lookup: Lookup, crop: Crop | None, judged: Judged[ImageInsights], *, damaged: bool
) -> LookupSession:
    decision = judged.decision
    result = LookupResult(
        answer=_noted(judged.answer) if damaged else judged.answer,
        crop=crop,
        part=lookup.part,
        level=decision.level,
        hidden=judged.hidden.total,
        waiting=_waiting(judged),
    )
    with_result = lookup.with_result(result)
    with_result = with_result if lookup.results else with_result.with_(section=lookup.section)
    return base.with_(level=decision.level, rule=str(decision.rule)).showing(with_result)


def _waiting(judged: Judged[ImageInsights]) -> tuple[str, ...]:
    """Return the names of the providers that have not answered yet, where several are asked."""
    return tuple(getattr(judged, "waiting", ()))


def _noted(answer: ImageInsights) -> ImageInsights:
    """Return the answer with the remark that a part of the picture is missing."""
    provenance = answer.provenance or Provenance()
    note = Note(code=NoteCode.DAMAGED)
    return (
        answer
        if note in provenance.notes
        else answer.with_(provenance=provenance.with_(notes=(*provenance.notes, note)))
    )
