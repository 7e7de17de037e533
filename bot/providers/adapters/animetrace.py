"""AnimeTrace: which characters of anime and games a picture shows, and where in it, without a key.

An experimental service in China with unknown limits, so it is asked only where the operator names it. Its names are
Japanese or Chinese; AniList is asked for the first one in Latin letters, its page and portrait. Facts: public clients
of 2026.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    Confidence,
    FormPart,
    HttpRequest,
    HttpResponse,
    Image,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    Limits,
    Match,
    Module,
    NormalizedRectangle,
    Person,
    ProviderError,
    Query,
    RateLimited,
    RecognizedEntitiesModule,
    RecognizedEntity,
    RecognizedEntityGroup,
    RecognizedEntityRegion,
    RelatedSearchesModule,
    SafeSearch,
    Tag,
    Unavailable,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.i18n import say
from bot.providers.http.decoding import (
    JsonObject,
    child,
    decoded_json,
    first_object,
    number,
    objects,
    text,
    trace_id_of,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import display_url, safe_join
from .base import Adapter, credit, crop_note, file_part, picture_of, provenance, reading, requested_insights

NAME = "animetrace"
TITLE = "AnimeTrace"
BASE_URL = "https://api.animetrace.com/v1/"
ANILIST_URL = "https://graphql.anilist.co"
_UPLOAD_BYTES = 4_000_000
MODEL = "animetrace_high_beta"
_ENTITY_GROUP = "Characters"
GUESSES = 3
"""Characters that are named for one box; the rest is noise."""
_OK, _TOO_MANY = 0, 17737
_SEARCH_PAGE = "https://anilist.co/search/characters"
_CHARACTER = (
    "query ($name: String) { Character(search: $name) { name { full } siteUrl image { medium } "
    "media(perPage: 1, sort: POPULARITY_DESC) { nodes { isAdult title { english romaji } } } } }"
)


@dataclass(frozen=True, slots=True)
class AnimeTraceSettings:
    """Where the service is, and where AniList is (None: names stay as they are)."""

    base_url: str = BASE_URL
    anilist_url: str | None = ANILIST_URL


@dataclass(frozen=True, slots=True)
class Character:
    """Whom a box may show; ``sure`` is False where the service itself doubts it."""

    name: str
    work: str | None
    sure: bool
    region: NormalizedRectangle | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What AniList knows of a character."""

    name: str
    work: str | None
    page: str | None
    portrait: str | None
    adult: bool


CAPABILITIES = Capabilities(
    levels={Verb.INSIGHTS: ALL_LEVELS},
    modules=frozenset({
        Module.BRQ, Module.SIMILAR_IMAGES, Module.TAGS, Module.RELATED_SEARCHES, Module.RECOGNIZED_ENTITIES,
    }),
    paging=False,
    cache=CachePolicy(timedelta(hours=1)),
    limits=Limits(per_minute=20, at_once=1, upload_bytes=_UPLOAD_BYTES, within=15.0),
    attribution="AnimeTrace, AniList",
    home_url="https://www.animetrace.com/",
    terms_url="https://ai.animedb.cn/",
)  # fmt: skip


def build_insights(request: InsightsRequest, settings: AnimeTraceSettings) -> HttpRequest:
    """Build ``POST search``: every character in the picture, and whether a program drew it."""
    picture_of(request, NAME, address=False, limit=_UPLOAD_BYTES)
    fields = (("model", MODEL), ("is_multi", "1"), ("ai_detect", "1"))
    parts = (file_part("file", request), *(FormPart(name, value.encode()) for name, value in fields))
    return HttpRequest("POST", safe_join(settings.base_url, "search"), parts=parts, idempotent=False)


def read_characters(response: HttpResponse) -> tuple[list[list[Character]], bool]:
    """Return the characters of each box, best first, and whether the picture is said to be generated.

    Raises:
        RateLimited, Unavailable: by the service's own code.
    """
    data = decoded_json(response, NAME)
    with reading(NAME):
        if (failed := _failed(data, response)) is not None:
            raise failed
        boxes = [_characters(item) for item in objects(data, "data")]
        return [box for box in boxes if box], data.get("ai") is True


def _failed(data: JsonObject, response: HttpResponse) -> ProviderError | None:
    code = number(data, "code")
    if code == _OK:
        return None
    if code == _TOO_MANY:
        return RateLimited("too many searches", provider=NAME, trace_id=trace_id_of(response))
    said = f"code {code:g}" if code is not None else "no code"
    return Unavailable(said, provider=NAME, trace_id=trace_id_of(response))


def _characters(item: JsonObject) -> list[Character]:
    sides = item.get("box")
    box = [side for side in sides if isinstance(side, (int, float))] if isinstance(sides, list) else []  # pyright: ignore[reportUnknownVariableType]
    region = None
    if len(box) >= 4 and 0 <= box[0] < box[2] <= 1 and 0 <= box[1] < box[3] <= 1:  # noqa: PLR2004 (two corners)
        region = NormalizedRectangle(left=box[0], top=box[1], right=box[2], bottom=box[3])
    sure = item.get("not_confident") is not True
    return [
        Character(name, words(one, "work"), sure, region)
        for one in objects(item, "character")[:GUESSES]
        if (name := words(one, "character"))
    ]


def build_character(name: str, address: str) -> HttpRequest:
    """Build the question to AniList about a name."""
    body = json.dumps({"query": _CHARACTER, "variables": {"name": name}}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return HttpRequest("POST", address, headers=headers, body=body)


def decode_character(response: HttpResponse) -> _Known | None:
    """Read AniList's answer; None if it knows nobody of that name."""
    with reading(NAME):
        found = child(child(decoded_json(response, NAME), "data"), "Character")
        name = words(child(found, "name"), "full")
        if name is None:
            return None
        work = first_object(child(found, "media"), "nodes")
        titles = child(work, "title")
        return _Known(
            name,
            words(titles, "english") or words(titles, "romaji"),
            web(text(found, "siteUrl")),
            web(text(child(found, "image"), "medium")),
            work.get("isAdult") is not False,
        )


def decode_insights(response: HttpResponse, request: InsightsRequest, known: _Known | None = None) -> ImageInsights:
    """Read the answer to `build_insights`; ``known`` is the first character as AniList has it."""
    boxes, generated = read_characters(response)
    if known is not None and known.adult and request.safe_search is not SafeSearch.OFF:
        known = None
    with reading(NAME):
        language = written_outside(request.set_lang or request.mkt or "en")
        parts = _parts(boxes, known, generated=generated, language=language)
        return requested_insights(parts, request, provenance(NAME, None, *crop_note(request, NAME)))


def _parts(
    boxes: Sequence[Sequence[Character]], known: _Known | None, *, generated: bool, language: str
) -> dict[str, object]:
    firsts = [box[0] for box in boxes]
    searches = list(dict.fromkeys(_search_for(one) for one in firsts))
    if known is not None:
        searches.insert(0, " ".join(part for part in (known.name, known.work) if part))
    names = dict.fromkeys(name for one in firsts for name in (one.name, one.work) if name)
    tags = (*names, *((say(language, "tag-ai-generated"),) if generated else ()))
    findings = tuple(_finding(one, known if place == 0 else None) for place, one in enumerate(firsts))
    return {
        "best_representative_query": Query(text=searches[0]) if searches else None,
        "visually_similar_images": ImagesModule(value=findings),
        "image_tags": ImageTagsModule(value=tuple(Tag(name=name) for name in tags)),
        "related_searches": RelatedSearchesModule(value=tuple(Query(text=found) for found in searches[1:])),
        "recognized_entity_groups": _groups(boxes),
    }


def _search_for(one: Character) -> str:
    return " ".join(part for part in (one.name, one.work) if part)


def _groups(boxes: Sequence[Sequence[Character]]) -> RecognizedEntitiesModule:
    regions = tuple(
        RecognizedEntityRegion(
            region=box[0].region, matching_entities=tuple(RecognizedEntity(entity=_entity(one)) for one in box)
        )
        for box in boxes
    )
    group = RecognizedEntityGroup(name=_ENTITY_GROUP, recognized_entity_regions=regions)
    return RecognizedEntitiesModule(value=(group,) if regions else ())


def _entity(one: Character) -> Person:
    fields = {"_type": "Thing", "name": one.name, "description": one.work}
    return Person.model_validate({name: value for name, value in fields.items() if value})


def _finding(one: Character, known: _Known | None) -> Image:
    """Return a character as a finding: AniList's page and portrait if it is known, else where to look for the name."""
    page = (known.page if known else None) or _SEARCH_PAGE
    name = known.name if known else one.name
    work = (known.work if known else None) or one.work
    fields: dict[str, Any] = {
        "name": f"{name} ({work})" if work else name,
        "thumbnail_url": known.portrait if known else None,
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": "AniList",
        "match": Match(confidence=Confidence.MAYBE, provider=NAME),
        "attribution": credit(
            text="AnimeTrace, AniList", title=name, source_name="AniList", source_url=page, provider=NAME
        ),
    }
    return Image(**{field: value for field, value in fields.items() if value is not None})


class AnimeTrace(Adapter):
    """The provider."""

    name = NAME
    title = TITLE

    def __init__(self, transport: Transport, settings: AnimeTraceSettings | None = None) -> None:
        self.settings = settings or AnimeTraceSettings()
        super().__init__(transport, CAPABILITIES)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say whom the picture shows."""
        self.check(Verb.INSIGHTS, request)
        response = await self.send(build_insights(request, self.settings))
        boxes, _ = read_characters(response)
        return decode_insights(response, request, await self._known(boxes[0][0].name) if boxes else None)

    async def _known(self, name: str) -> _Known | None:
        """Ask AniList about a name; without its answer the name stays as it is."""
        if self.settings.anilist_url is None:
            return None
        try:
            return decode_character(await self.send(build_character(name, self.settings.anilist_url)))
        except ProviderError:
            return None
