"""KLIPY: GIFs by words and those that people send most, with a free key and a filter of four steps.

Facts: the service's documentation as public projects quote it in 2026. The key stands in the path, and nobody is named:
``customer_id`` is the bot. Which GIF an answer shows is not reported (``share``): nobody chose it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    BadAnswer,
    CachePolicy,
    Capabilities,
    Category,
    HttpRequest,
    HttpResponse,
    Image,
    ImageAnswer,
    ImageType,
    Limits,
    MediaSize,
    Query,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.bing_v7.values import write_size
from bot.i18n import say
from bot.providers.http.decoding import JsonObject, child, decoded_json, objects, text, trace_id_of, whole, words
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import display_url, safe_join
from .base import Adapter, credit, first_wanted, provenance, reading, refuse
from .local_filters import FILE_SIZES, SHAPES, narrow

NAME = "klipy"
TITLE = "KLIPY"
BASE_URL = "https://api.klipy.com/api/v1/"
FEWEST, MOST_PER_PAGE = 8, 50
_MAX_TILES = 12
_MAX_BYTES = 8_000_000
"""Bytes of a GIF that Discord still shows in a message; a larger one gives way to a smaller copy."""
_FILTERS = {SafeSearch.OFF: "off", SafeSearch.MODERATE: "medium", SafeSearch.STRICT: "high"}
_GIFS = frozenset({ImageType.ANIMATED_GIF, ImageType.ANIMATED_GIF_HTTPS})
_PAGE = "https://klipy.com/gifs/{}"


@dataclass(frozen=True, slots=True)
class KlipySettings:
    """The key, and where the service is."""

    key: SecretStr
    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.SEARCH: ALL_LEVELS, Verb.TRENDING: ALL_LEVELS},
    filters=SHAPES | FILE_SIZES | {"imageType", "mkt", "setLang"},
    cache=CachePolicy(timedelta(minutes=15)),
    limits=Limits(per_minute=60),
    attribution="Powered by KLIPY",
    home_url="https://klipy.com/",
    terms_url="https://klipy.com/support/api-terms",
)


def _build(
    path: str, request: SearchRequest | TrendingRequest, settings: KlipySettings, *more: tuple[str, str]
) -> HttpRequest:
    language, _, country = written_outside(request.set_lang or request.mkt or "en").partition("-")
    country = request.cc or country or (request.mkt or "").partition("-")[2]
    locale = f"{language.lower()}_{country.upper()}" if country else language.lower()
    params = (
        *more,
        ("customer_id", "magpie"),
        ("locale", locale),
        ("content_filter", _FILTERS[request.safe_search]),
        ("format_filter", "gif"),
    )
    address = safe_join(settings.base_url, f"{settings.key.get_secret_value()}/gifs/{path}")
    return HttpRequest("GET", address, params, {"Accept": "application/json"})


def build_search(request: SearchRequest, settings: KlipySettings) -> HttpRequest:
    """Build ``GET KEY/gifs/search``.

    Raises:
        NotSupported: anything but animated GIFs is asked for.
    """
    if request.image_type is not None and request.image_type not in _GIFS:
        refuse(NAME, {"imageType"})
    size = _per_page(request)
    paging = (("page", str(request.offset // size + 1)), ("per_page", str(size)))
    return _build("search", request, settings, ("q", request.q), *paging)


def build_trending(request: TrendingRequest, settings: KlipySettings) -> HttpRequest:
    """Build ``GET KEY/gifs/trending``."""
    return _build("trending", request, settings, ("page", "1"), ("per_page", str(_MAX_TILES)))


def _per_page(request: SearchRequest) -> int:
    return min(max(request.count, FEWEST), MOST_PER_PAGE)


def _items(response: HttpResponse) -> tuple[list[JsonObject], bool]:
    """Return the GIFs of a page without advertisements, and whether there are more."""
    data = decoded_json(response, NAME)
    if data.get("result") is not True:
        raise BadAnswer("the service says that it has no result", provider=NAME, trace_id=trace_id_of(response))
    page = child(data, "data")
    found = [item for item in objects(page, "data") if text(item, "type") in {None, "gif"}]
    return found, page.get("has_next") is True


def decode_search(response: HttpResponse, request: SearchRequest) -> ImageAnswer:
    """Read the answer to `build_search`."""
    items, more = _items(response)
    with reading(NAME):
        size = _per_page(request)
        page = request.offset // size
        images = [image for item in items[request.offset % size :] if (image := read_image(item, request.safe_search))]
        fields: dict[str, Any] = {"next_offset": (page + 1) * size} if more else {}
        return ImageAnswer(
            value=first_wanted(narrow(images, request), request.id),
            current_offset=request.offset,
            provenance=provenance(NAME),
            **fields,
        )


def decode_trending(response: HttpResponse, request: TrendingRequest) -> TrendingImages:
    """Read the answer to `build_trending`: one category, a tile for each GIF that has a title to search by."""
    items, _ = _items(response)
    with reading(NAME):
        tiles: dict[str, Tile] = {}
        for item in items:
            image = read_image(item, request.safe_search)
            if image is not None and image.name:
                name = image.name.removesuffix(" GIF")
                tiles.setdefault(name.casefold(), Tile(query=Query(text=name), image=image))
        title = say(written_outside(request.set_lang or request.mkt or "en"), "trends-gifs")
        category = Category(title=title, tiles=tuple(tiles.values())[:_MAX_TILES])
        return TrendingImages(categories=(category,) if tiles else (), provenance=provenance(NAME))


def read_image(item: JsonObject, level: SafeSearch) -> Image | None:
    """Read one GIF: the best copy that a message can show, and a smaller one; None if it has no address."""
    copies = [child(child(child(item, "file"), size), "gif") for size in ("hd", "md", "sm", "xs")]
    copies = [copy for copy in copies if web(text(copy, "url"))]
    if not copies:
        return None
    best = next((copy for copy in copies if (whole(copy, "size") or 0) <= _MAX_BYTES), copies[-1])
    small = next((copy for copy in reversed(copies) if (whole(copy, "width") or 0) >= _SMALL), copies[-1])
    size, page = whole(best, "size"), web(_PAGE.format(slug) if (slug := text(item, "slug")) else None)
    sides = (whole(small, "width"), whole(small, "height"))
    fields: dict[str, Any] = {
        "name": words(item, "title"),
        "content_url": web(text(best, "url")),
        "thumbnail_url": web(text(small, "url")),
        "thumbnail": MediaSize(width=sides[0], height=sides[1]) if all(sides) else None,
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": TITLE,
        "encoding_format": "animatedgif",
        "width": whole(best, "width"),
        "height": whole(best, "height"),
        "content_size": write_size(size) if size else None,
        "image_id": str(item["id"]) if isinstance(item.get("id"), (str, int)) else None,
        "is_family_friendly": True if level is not SafeSearch.OFF else None,
        "attribution": credit(title=words(item, "title"), source_name=TITLE, source_url=page, provider=NAME),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


_SMALL = 200
"""Pixels of width that a thumbnail has at least, where there is such a copy."""


class Klipy(Adapter):
    """The provider."""

    name = NAME
    title = TITLE

    def __init__(self, transport: Transport, settings: KlipySettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find GIFs by words."""
        self.check(Verb.SEARCH, request)
        return decode_search(await self.send(build_search(request, self.settings)), request)

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Say which GIFs people send."""
        self.check(Verb.TRENDING, request)
        return decode_trending(await self.send(build_trending(request, self.settings)), request)
