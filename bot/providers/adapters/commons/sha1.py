"""The exact file on Wikimedia Commons, found by its SHA-1; the picture itself never leaves.

It finds only exactly the file that somebody posted (no resized or re-encoded copy). Below Off it names the page and
shows no picture.
"""

import hashlib
from datetime import timedelta

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    Confidence,
    HttpRequest,
    HttpResponse,
    Image,
    ImageCaption,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    Match,
    Module,
    Query,
    SafeSearch,
    Tag,
    Verb,
)
from bot.providers.adapters.base import Adapter, picture_of, provenance, reading, requested_insights, text_only
from bot.providers.http.transport import Transport

from .files import file_query, pages, read_file, read_query
from .search import COMMONS_LIMITS, TERMS_URL, CommonsSettings

NAME = "commons-sha1"


def capabilities() -> Capabilities:
    """Return what the lookup by SHA-1 can do."""
    return Capabilities(
        levels={Verb.INSIGHTS: ALL_LEVELS},
        modules=frozenset({Module.PAGES_INCLUDING, Module.BRQ, Module.CAPTION, Module.TAGS}),
        paging=False,
        text_only_below_off=True,
        cache=CachePolicy(timedelta(hours=6)),
        limits=COMMONS_LIMITS,
        attribution="Freely licensed files of Wikimedia Commons",
        home_url="https://commons.wikimedia.org/",
        terms_url=TERMS_URL,
    )


def build_sha1(request: InsightsRequest, settings: CommonsSettings) -> HttpRequest:
    """Build the question for files with the picture's SHA-1; the picture itself is not sent.

    Raises:
        NotSupported: there are no bytes to take the SHA-1 of.
    """
    data = picture_of(request, NAME, address=False)
    told = request.upload.sha1 if request.upload else None
    digest = told or hashlib.sha1(data if isinstance(data, bytes) else b"", usedforsecurity=False).hexdigest()
    params = file_query(("generator", "allimages"), ("gaisha1", digest), ("gailimit", "5"))
    return HttpRequest("GET", settings.api_url, params, {"Accept": "application/json"})


def decode_sha1(response: HttpResponse, request: InsightsRequest) -> ImageInsights:
    """Read the answer to `build_sha1`: every finding is an exact match."""
    data = read_query(response, NAME)
    with reading(NAME):
        exact = Match(confidence=Confidence.EXACT, provider=NAME, score=1.0)
        files = [image for page in pages(data, NAME) if (image := read_file(page, NAME)) is not None]
        found = [file.with_(match=exact) for file in files]
        if request.safe_search is not SafeSearch.OFF:
            found = [text_only(file) for file in found]
        return _insights(found, request)


def _insights(found: list[Image], request: InsightsRequest) -> ImageInsights:
    source = provenance(NAME, request.safe_search, text_only=bool(found))
    if not found:
        return ImageInsights(provenance=source)
    best = found[0]
    tags = tuple(Tag(name=name) for name in (best.model_extra or {}).get("tags", []))
    parts = {
        "pages_including": ImagesModule(value=tuple(found)),
        "best_representative_query": Query(text=best.name) if best.name else None,
        "image_caption": ImageCaption(caption=best.description, data_source_url=best.host_page_url)
        if best.description
        else None,
        "image_tags": ImageTagsModule(value=tags),
    }
    return requested_insights(parts, request, source)


class CommonsSha1(Adapter):
    """The exact file on Wikimedia Commons."""

    name = NAME
    title = "Wikimedia Commons (exact file)"
    lane = "wikimedia"

    def __init__(self, transport: Transport, settings: CommonsSettings | None = None) -> None:
        self.settings = settings or CommonsSettings()
        super().__init__(transport, capabilities())

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Find the page of exactly this file."""
        self.check(Verb.INSIGHTS, request)
        return decode_sha1(await self.send(build_sha1(request, self.settings)), request)
