"""Looking a picture up: read it again where it was handed in, ask, and turn each answer into what is shown."""

from collections.abc import AsyncGenerator, AsyncIterator, Hashable, Sequence
from contextlib import aclosing
from enum import StrEnum
from typing import Any, Protocol, cast

from bot.bing_v7 import (
    Crop,
    ImageInsights,
    InsightsRequest,
    Note,
    NoteCode,
    Picture,
    PictureRefused,
    Provenance,
    Upload,
    Verb,
)
from bot.bing_v7.markets import language_for, nearest_market
from bot.discord_ui.model.lookup_session import HandedBy, Insight, Look, LookupSource
from bot.discord_ui.model.ports import Judged, Service
from bot.discord_ui.model.session import LookupSession
from bot.discord_ui.render.lookup_regions import find
from bot.safesearch.place import Requester

MOST_ENGINES = 5
"""Buttons of other engines' pages in the card, one row."""
SETTING = "identify"
"""Name of a server's or person's choice where pictures may go."""


class Where(StrEnum):
    """Where handed-in pictures may go: outside services too, the bot's own machines only, or not decided yet."""

    OUTSIDE = "outside"
    INSIDE = "inside"
    ASK = "ask"


class Lookups(Service, Protocol):
    """What identifying needs of the search service beside the usual."""

    def insights_as_completed(
        self, requester: Requester, request: InsightsRequest, *, inside: bool = False
    ) -> AsyncIterator[Judged[ImageInsights]]:
        """Yield the merged answer each time another provider has answered; ``inside`` asks no outside service."""
        ...

    def outside(self, verb: Verb) -> tuple[str, ...]:
        """Return the names of the outside services that a verb would ask."""
        ...

    async def linkouts(self, requester: Requester, address: str) -> Sequence[tuple[str, str]]:
        """Return title and address of other engines' pages for a public picture."""
        ...


class Reads(Protocol):
    """How handed-in pictures are read (``bot.intake.Intake`` has this face)."""

    async def from_discord(
        self,
        address: str,
        *,
        size: int | None = None,
        limit: int | None = None,
        smaller: str | None = None,
        owner: Hashable = None,
    ) -> Upload:
        """Read an attachment, or Discord's smaller copy of one that is too large."""
        ...

    async def from_web(self, address: str, *, owner: Hashable = None) -> Upload:
        """Read a picture from a public address."""
        ...

    async def preview(self, data: bytes, boxes: Sequence[tuple[str, Crop]], *, owner: Hashable = None) -> Picture:
        """Draw a grid and numbered boxes on a picture."""
        ...


class Remembers(Protocol):
    """Choices of servers and people (``bot.storage.choices.Choices`` has this face)."""

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
    """What identifying needs of the services that hang on the client."""

    @property
    def search(self) -> Lookups:
        """The guarded way to pictures."""
        ...

    @property
    def intake(self) -> Reads:
        """Where handed-in pictures are read."""
        ...

    @property
    def choices(self) -> Remembers:
        """Choices of servers and people."""
        ...


def services_of(client: Any) -> IdentifyServices:
    """Return the client's services."""
    return cast("IdentifyServices", client.services)


async def where_to(services: IdentifyServices, requester: Requester, handed: LookupSource) -> Where:
    """Return where a picture may go; asked only where an outside service would get what somebody handed in."""
    if handed.by is HandedBy.RESULT or not services.search.outside(Verb.INSIGHTS):
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


async def read(reads: Reads, handed: LookupSource, limit: int | None = None, owner: Hashable = None) -> Upload:
    """Read a handed-in picture again.

    Raises:
        PictureRefused: ``gone`` if Discord does not have it any more, or what else is wrong.
    """
    if handed.address is None:
        raise PictureRefused("gone")
    if handed.by is not HandedBy.DISCORD:
        return await reads.from_web(handed.address, owner=owner)
    try:
        return await reads.from_discord(
            handed.address, size=handed.size, limit=limit, smaller=handed.smaller, owner=owner
        )
    except PictureRefused as refused:
        if refused.why == "unreachable":
            raise PictureRefused("gone") from refused
        raise


async def request_for(
    reads: Reads,
    insight: Insight,
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
        **await _picture(reads, insight, limit, owner),
        modules=frozenset(insight.modules),
        crop=crop,
        mkt=nearest_market(locale),
        set_lang=language_for(locale),
    )


async def _picture(reads: Reads, insight: Insight, limit: int | None, owner: Hashable) -> dict[str, Any]:
    handed = insight.handed
    if handed.by is HandedBy.RESULT:
        if not (handed.token or handed.address):
            raise PictureRefused("gone")
        return {"insights_token": handed.token} if handed.token else {"img_url": handed.address}
    try:
        return {"upload": await read(reads, handed, limit, owner)}
    except PictureRefused as refused:
        if refused.why == "gone" and insight.token:
            return {"insights_token": insight.token}
        raise


async def look_up(
    services: IdentifyServices,
    requester: Requester,
    base: LookupSession,
    insight: Insight,
    limit: int | None = None,
) -> AsyncGenerator[LookupSession]:
    """Yield what the message shows as providers answer: the part ``insight.part`` of its picture.

    Raises:
        ProviderError: nobody could answer, or the picture cannot be used.
    """
    part = find(insight.part, insight.whole.answer if insight.whole else None)
    locale = insight.locale or requester.locale
    request = await request_for(services.intake, insight, part.crop if part else None, locale, limit, requester.user_id)
    insight = insight.with_(engines=await _engines(services, requester, insight))
    steps = services.search.insights_as_completed(requester, request, inside=insight.inside)
    async with aclosing(cast("AsyncGenerator[Judged[ImageInsights]]", steps)) as answers:
        async for judged in answers:
            damaged = request.upload is not None and request.upload.damaged
            yield _shown(base, insight, part.crop if part else None, judged, damaged=damaged)


async def _engines(services: IdentifyServices, requester: Requester, insight: Insight) -> tuple[tuple[str, str], ...]:
    """Return other engines' pages for a picture that was handed in and has a public address."""
    handed = insight.handed
    if handed.by is HandedBy.RESULT or handed.address is None or insight.inside:
        return ()
    return tuple(await services.search.linkouts(requester, handed.address))[:MOST_ENGINES]


def _shown(
    base: LookupSession, insight: Insight, crop: Crop | None, judged: Judged[ImageInsights], *, damaged: bool
) -> LookupSession:
    decision = judged.decision
    look = Look(
        answer=_noted(judged.answer) if damaged else judged.answer,
        crop=crop,
        part=insight.part,
        level=decision.level,
        hidden=judged.hidden.total,
        waiting=tuple(getattr(judged, "waiting", ())),
    )
    looked = insight.looked(look)
    looked = looked if insight.looks else looked.with_(section=insight.section)
    return base.with_(level=decision.level, rule=str(decision.rule)).showing(looked)


def _noted(answer: ImageInsights) -> ImageInsights:
    """Return the answer with the remark that a part of the picture is missing."""
    provenance = answer.provenance or Provenance()
    note = Note(code=NoteCode.DAMAGED)
    return (
        answer
        if note in provenance.notes
        else answer.with_(provenance=provenance.with_(notes=(*provenance.notes, note)))
    )
