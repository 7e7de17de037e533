"""trace.moe: which anime a scene is from, without a key (a sponsor's key raises the limits).

Facts: the service's documentation of August 2026. A match under 0.9 is likely wrong. Below Off whatever is marked
adult, or cannot be told because AniList is down, is left out.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    Confidence,
    DayWindow,
    HttpRequest,
    HttpResponse,
    Image,
    ImageCaption,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    Limits,
    Match,
    Module,
    PictureRefused,
    ProviderError,
    Query,
    QuotaSpent,
    RateLimited,
    RelatedSearchesModule,
    SafeSearch,
    Tag,
    Verb,
)
from bot.providers.http.decoding import (
    JsonObject,
    all_words,
    child,
    decoded_json,
    error_of_status,
    json_object,
    number,
    objects,
    text,
    trace_id_of,
    whole,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import display_url, safe_join
from .base import Adapter, credit, crop_note, file_part, picture_of, provenance, reading, requested_insights

NAME = "tracemoe"
BASE_URL = "https://api.trace.moe/"
_UPLOAD_BYTES = 25_000_000
LIKELY, LEAST = 0.9, 0.8
_ANIME = "https://anilist.co/anime/{}"


@dataclass(frozen=True, slots=True)
class TraceMoeSettings:
    """Where the service is, and a sponsor's key if there is one."""

    base_url: str = BASE_URL
    key: SecretStr | None = None


def capabilities(settings: TraceMoeSettings) -> Capabilities:
    """Return what the service can do; a sponsor's key gives 1,000 searches a day at least (the smallest tier)."""
    limits = replace(_LIMITS, per_day=1000) if settings.key else _LIMITS
    return replace(CAPABILITIES, limits=limits)


_LIMITS = Limits(per_minute=60, per_day=100, at_once=1, upload_bytes=_UPLOAD_BYTES, day_window=DayWindow.ROLLING)
CAPABILITIES = Capabilities(
    levels={Verb.INSIGHTS: ALL_LEVELS},
    modules=frozenset({Module.BRQ, Module.CAPTION, Module.PAGES_INCLUDING, Module.TAGS, Module.RELATED_SEARCHES}),
    paging=False,
    flags_adult=True,
    cache=CachePolicy(timedelta(minutes=45)),
    limits=_LIMITS,
    attribution="trace.moe, AniList",
    home_url="https://trace.moe/",
    terms_url="https://soruly.github.io/trace.moe-api/",
)


def build_insights(request: InsightsRequest, settings: TraceMoeSettings) -> HttpRequest:
    """Build ``/search``: a posted picture as a file, a public address as it is."""
    picture = picture_of(request, NAME, limit=_UPLOAD_BYTES)
    headers = {"x-trace-key": settings.key.get_secret_value()} if settings.key else {}
    address, params = safe_join(settings.base_url, "search"), (("anilistInfo", ""),)
    if isinstance(picture, str):
        return HttpRequest("GET", address, (*params, ("url", picture)), headers)
    return HttpRequest("POST", address, params, headers, parts=(file_part("image", request),))


def decode_insights(response: HttpResponse, request: InsightsRequest) -> ImageInsights:
    """Read the answer to `build_insights`."""
    if response.status >= 300:  # noqa: PLR2004 - everything that is not a success
        raise _decode_error(response)
    data = decoded_json(response, NAME)
    with reading(NAME):
        if text(data, "error"):
            raise PictureRefused("not-a-picture", provider=NAME)
        found: dict[str, Image] = {}
        facts: dict[str, JsonObject] = {}
        for item in sorted(objects(data, "result"), key=lambda item: -(number(item, "similarity") or 0)):
            image = _image(item, request.safe_search)
            if image is not None and image.host_page_url and image.host_page_url not in found:
                found[image.host_page_url] = image
                facts[image.host_page_url] = item
        best = list(facts.values())
        return requested_insights(
            _parts(tuple(found.values()), best), request, provenance(NAME, None, *crop_note(request, NAME))
        )


def _parts(images: tuple[Image, ...], facts: list[JsonObject]) -> dict[str, object]:
    title = _title_of(facts[0]) if facts else None
    if not title:
        return {"pages_including": ImagesModule(value=images)}
    best = facts[0]
    told = [title, episode_of(best), _time(number(best, "at"))]
    return {
        "pages_including": ImagesModule(value=images),
        "best_representative_query": Query(text=title),
        "image_caption": ImageCaption(
            caption=" \u00b7 ".join(part for part in told if part), data_source_url=images[0].host_page_url
        ),
        "image_tags": ImageTagsModule(
            value=tuple(Tag(name=name) for name in all_words(child(best, "anilist"), "synonyms"))
        ),
        "related_searches": RelatedSearchesModule(value=(Query(text=title),)),
    }


def _title_of(item: JsonObject) -> str | None:
    """Return the English, else the romanised, else the native title; without AniList's the file's name."""
    titles = child(child(item, "anilist"), "title")
    return next((name for key in ("english", "romaji", "native") if (name := words(titles, key))), None)


def episode_of(item: JsonObject) -> str | None:
    """Return the episode as written: a number, a range, or nothing."""
    episode = item.get("episode")
    return str(episode) if isinstance(episode, (int, float, str)) and not isinstance(episode, bool) else None


def _time(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _image(item: JsonObject, level: SafeSearch) -> Image | None:
    """Read one match; None if it is too weak, or not for the level."""
    similarity = number(item, "similarity") or 0.0
    anime = child(item, "anilist")
    adult = anime.get("isAdult")
    number_of = whole(anime, "id") or whole(item, "anilist")
    if similarity < LEAST or number_of is None or (level is not SafeSearch.OFF and adult is not False):
        return None
    page = _ANIME.format(number_of)
    title = _title_of(item)
    fields: dict[str, Any] = {
        "name": title or text(item, "filename"),
        "thumbnail_url": web(text(item, "image")),
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": "AniList",
        "is_family_friendly": adult is False,
        "match": Match(
            confidence=Confidence.LIKELY if similarity >= LIKELY else Confidence.MAYBE,
            provider=NAME,
            score=min(1.0, similarity),
        ),
        "attribution": credit(
            text="trace.moe, AniList", title=title, source_name="AniList", source_url=page, provider=NAME
        ),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


def _decode_error(response: HttpResponse) -> ProviderError:
    """Return the error of a status: 402 is the day's quota or too many at once, 503 a full queue."""
    trace = trace_id_of(response)
    if response.status == 402:  # noqa: PLR2004 - the service's own meaning
        said = (text(json_object(response, NAME), "error") or "").lower()
        if "concurrency" in said:
            return RateLimited("one at a time", retry_after=timedelta(seconds=5), provider=NAME, trace_id=trace)
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        return QuotaSpent("the day's searches are used up", until=tomorrow, provider=NAME, trace_id=trace)
    if response.status == 400:  # noqa: PLR2004 - Bad Request: only the picture can be wrong
        return PictureRefused("not-a-picture", provider=NAME)
    return error_of_status(response, NAME)


class TraceMoe(Adapter):
    """The provider."""

    name = NAME
    title = "trace.moe"

    def __init__(self, transport: Transport, settings: TraceMoeSettings | None = None) -> None:
        self.settings = settings or TraceMoeSettings()
        super().__init__(transport, capabilities(self.settings))

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Find the scene."""
        self.check(Verb.INSIGHTS, request)
        return decode_insights(await self.send(build_insights(request, self.settings)), request)
