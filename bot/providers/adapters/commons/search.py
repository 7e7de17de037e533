"""Wikimedia Commons: search by words.

Commons has no safe search, so searching is for Off alone unless the operator opts in to Moderate, which leaves out the
categories of nudity and sex.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.bing_v7 import (
    CachePolicy,
    Capabilities,
    Freshness,
    HttpRequest,
    HttpResponse,
    ImageAnswer,
    ImageType,
    License,
    Limits,
    SafeSearch,
    SearchRequest,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.providers.adapters.base import Adapter, first_wanted, provenance, reading, refuse
from bot.providers.adapters.local_filters import FILE_SIZES, SHAPES, narrow
from bot.providers.http.decoding import child, whole
from bot.providers.http.transport import Transport

from .files import file_query, pages, read_file, read_query

NAME = "commons"
API_URL = "https://commons.wikimedia.org/w/api.php"
_MAX_PER_PAGE = 50
ADULT_CATEGORIES = ("Nudity", "Human sexuality", "Sexual intercourse", "Human genitalia", "Erotica", "Pornography")
_TYPES = {
    ImageType.CLIPART: "filetype:drawing",
    ImageType.ANIMATED_GIF: "filemime:gif",
    ImageType.ANIMATED_GIF_HTTPS: "filemime:gif",
    ImageType.TRANSPARENT: "filemime:png",
}
_AGES = {Freshness.DAY: timedelta(days=1), Freshness.WEEK: timedelta(days=7), Freshness.MONTH: timedelta(days=30)}
COMMONS_LIMITS = Limits(at_once=3)
TERMS_URL = "https://foundation.wikimedia.org/wiki/Policy:Terms_of_Use"


@dataclass(frozen=True, slots=True)
class CommonsSettings:
    """Where the wiki is; ``moderate`` opts in to Moderate by leaving out categories."""

    api_url: str = API_URL
    moderate: bool = False


def search_capabilities(settings: CommonsSettings) -> Capabilities:
    """Return what searching Commons can do."""
    levels = {SafeSearch.OFF, SafeSearch.MODERATE} if settings.moderate else {SafeSearch.OFF}
    return Capabilities(
        levels={Verb.SEARCH: frozenset(levels)},
        filters=SHAPES | FILE_SIZES | {"imageType", "license", "freshness", "setLang"},
        max_results=10_000,
        cache=CachePolicy(timedelta(hours=6)),
        limits=COMMONS_LIMITS,
        attribution="Freely licensed files of Wikimedia Commons",
        home_url="https://commons.wikimedia.org/",
        terms_url=TERMS_URL,
    )


def build_search(request: SearchRequest, settings: CommonsSettings) -> HttpRequest:
    """Build a search in the file namespace.

    Raises:
        NotSupported: photographs, line drawings or shopping pictures cannot be told apart here.
    """
    language = written_outside(request.set_lang or "en").partition("-")[0].lower()
    order = [("gsrsort", "create_timestamp_desc")] if request.freshness else []
    params = file_query(
        ("generator", "search"),
        ("gsrnamespace", "6"),
        ("gsrsearch", _terms(request)),
        ("gsrlimit", str(min(request.count, _MAX_PER_PAGE))),
        ("gsroffset", str(request.offset)),
        ("uselang", language),
        *order,
        language=language,
    )
    return HttpRequest("GET", settings.api_url, params, {"Accept": "application/json"})


def _terms(request: SearchRequest) -> str:
    """Return the words and the search engine's own keywords; the person's words cannot become keywords."""
    if request.image_type is not None and request.image_type not in _TYPES:
        refuse(NAME, {"imageType"})
    terms = [_TYPES[request.image_type] if request.image_type else "filetype:bitmap|drawing"]
    if request.safe_search is not SafeSearch.OFF:
        terms += [f'-deepcat:"{category}"' for category in ADULT_CATEGORIES]
    for side, exact, least, most in (
        ("filew", request.width, request.min_width, request.max_width),
        ("fileh", request.height, request.min_height, request.max_height),
    ):
        terms += [f"{side}:{exact}"] if exact else []
        terms += [f"{side}:>{least - 1}"] if least else []
        terms += [f"{side}:<{most + 1}"] if most else []
    if request.license is License.PUBLIC:
        terms.append("haslicense:unrestricted")
    return " ".join([*terms, plain_words(request.q)])


def plain_words(words: str) -> str:
    """Return the words without what the search engine would take as a keyword, an exclusion or a prefix."""
    return " ".join(word.replace(":", " ").lstrip("-!~*?") for word in words.split()).strip() or '""'


def decode_search(response: HttpResponse, request: SearchRequest, now: datetime | None = None) -> ImageAnswer:
    """Read the answer to `build_search`."""
    data = read_query(response, NAME)
    with reading(NAME):
        images = [image for page in pages(data, NAME) if (image := read_file(page, NAME)) is not None]
        if request.freshness:
            since = (now or datetime.now(UTC)) - _AGES[request.freshness]
            images = [image for image in images if image.discovered and image.discovered >= since]
        if request.license is License.PUBLIC:
            images = [image for image in images if image.creative_commons == "PublicNoRightsReserved"]
        return ImageAnswer(
            value=first_wanted(narrow(images, request), request.id),
            current_offset=request.offset,
            next_offset=whole(child(data, "continue"), "gsroffset"),
            provenance=provenance(NAME),
        )


class Commons(Adapter):
    """Search on Wikimedia Commons."""

    name = NAME
    title = "Wikimedia Commons"
    lane = "wikimedia"

    def __init__(self, transport: Transport, settings: CommonsSettings | None = None) -> None:
        self.settings = settings or CommonsSettings()
        super().__init__(transport, search_capabilities(self.settings))

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find files by words."""
        self.check(Verb.SEARCH, request)
        return decode_search(await self.send(build_search(request, self.settings)), request)
