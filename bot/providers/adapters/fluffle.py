"""Fluffle: where a furry drawing was first posted, without a key, and whether each finding is safe.

Facts: the service's published source of 2026. Places that do not say are marked as unsafe by the service, so below Off
they are left out with the others.
"""

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
    PictureRefused,
    ProviderError,
    SafeSearch,
    Tag,
    Verb,
)
from bot.providers.failures import withheld_note
from bot.providers.http.decoding import (
    JsonObject,
    child,
    decoded_json,
    error_of_status,
    number,
    objects,
    text,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import address_host, display_url, safe_join
from .base import Adapter, credit, crop_note, file_part, picture_of, provenance, reading, requested_insights

NAME = "fluffle"
TITLE = "Fluffle"
BASE_URL = "https://api.fluffle.xyz/"
_UPLOAD_BYTES = 4 * 1024 * 1024
_MAX_RESULTS = 16
_REFUSED = frozenset({400, 415, 422})
_SURE = frozenset({"exact", "probable"})


@dataclass(frozen=True, slots=True)
class FluffleSettings:
    """Where the service is."""

    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.INSIGHTS: ALL_LEVELS},
    modules=frozenset({Module.PAGES_INCLUDING, Module.TAGS}),
    paging=False,
    flags_adult=True,
    cache=CachePolicy(timedelta(hours=1)),
    limits=Limits(per_minute=30, at_once=1, upload_bytes=_UPLOAD_BYTES, within=12.0),
    attribution="Fluffle",
    home_url="https://fluffle.xyz/",
    terms_url="https://fluffle.xyz/about/",
)


def build_insights(request: InsightsRequest, settings: FluffleSettings) -> HttpRequest:
    """Build ``POST exact-search-by-file``."""
    picture_of(request, NAME, address=False, limit=_UPLOAD_BYTES)
    parts = (file_part("file", request), FormPart("limit", str(_MAX_RESULTS).encode()))
    address = safe_join(settings.base_url, "exact-search-by-file")
    return HttpRequest("POST", address, headers={"Accept": "application/json"}, parts=parts, idempotent=False)


def decode_insights(response: HttpResponse, request: InsightsRequest) -> ImageInsights:
    """Read the answer to `build_insights`: the service's own word for a match counts, not its figure."""
    if response.status >= 300:  # noqa: PLR2004 - everything that is not a success
        raise _decode_error(response)
    data = decoded_json(response, NAME)
    with reading(NAME):
        items = [item for item in objects(data, "results") if text(item, "match") in _SURE and web(text(item, "url"))]
        shown = [item for item in items if request.safe_search is SafeSearch.OFF or item.get("isSfw") is True]
        shown.sort(key=lambda item: (text(item, "match") != "exact", -(number(item, "distance") or 0.0)))
        platforms = dict.fromkeys(name for item in shown if (name := words(item, "platform")))
        parts: dict[str, object] = {
            "pages_including": ImagesModule(value=tuple(_image(item) for item in shown)),
            "image_tags": ImageTagsModule(value=tuple(Tag(name=name) for name in platforms)),
        }
        notes = [*withheld_note(NAME, len(items) - len(shown)), *crop_note(request, NAME)]
        return requested_insights(parts, request, provenance(NAME, None, *notes))


def _image(item: JsonObject) -> Image:
    page, score = web(text(item, "url")), number(item, "distance")
    authors = [name for author in objects(item, "authors") if (name := words(author, "name"))]
    platform = words(item, "platform") or address_host(page)
    fields: dict[str, Any] = {
        "name": ", ".join(authors) or platform,
        "thumbnail_url": web(text(child(item, "thumbnail"), "url")),
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": platform,
        "image_id": text(item, "id"),
        "is_family_friendly": item.get("isSfw") is True,
        "match": Match(
            confidence=Confidence.LIKELY,
            provider=NAME,
            score=None if score is None else min(1.0, max(0.0, score)),
        ),
        "attribution": credit(author=", ".join(authors) or None, source_name=platform, source_url=page, provider=NAME),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


def _decode_error(response: HttpResponse) -> ProviderError:
    """Return the error of a status; the picture is the only thing that can be wrong with a question."""
    if response.status in _REFUSED:
        return PictureRefused("not-a-picture", provider=NAME)
    return error_of_status(response, NAME)


class Fluffle(Adapter):
    """The provider."""

    name = NAME
    title = TITLE

    def __init__(self, transport: Transport, settings: FluffleSettings | None = None) -> None:
        self.settings = settings or FluffleSettings()
        super().__init__(transport, CAPABILITIES)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Find where a drawing was posted."""
        self.check(Verb.INSIGHTS, request)
        return decode_insights(await self.send(build_insights(request, self.settings)), request)
