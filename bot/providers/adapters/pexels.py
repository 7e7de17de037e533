"""Pexels: curated photographs by words, and those its editors chose today, with a free key.

The collection is curated and has no adult pictures, so there is no level to send. Facts: published clients of the
service and its guidelines as quoted there in August 2026.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    Aspect,
    CachePolicy,
    Capabilities,
    Category,
    Color,
    HttpRequest,
    HttpResponse,
    Image,
    ImageAnswer,
    ImageType,
    Limits,
    Query,
    SaidAllowance,
    SearchRequest,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.i18n import say
from bot.providers.http.decoding import JsonObject, child, decoded_json, objects, said_number, text, whole, words
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import display_url, format_of, safe_join
from .base import Adapter, credit, first_wanted, provenance, reading, refuse, shortened_note, shortened_query
from .local_filters import SHAPES, narrow

NAME = "pexels"
TITLE = "Pexels"
BASE_URL = "https://api.pexels.com/v1/"
_MAX_PER_PAGE = 80
_MAX_TILES = 12
_MAX_QUERY = 200
LICENSE, LICENSE_URL = "Pexels License", "https://www.pexels.com/license/"
_SHAPES = {Aspect.SQUARE: "square", Aspect.WIDE: "landscape", Aspect.TALL: "portrait"}
_COLORS = {
    Color.RED: "red", Color.ORANGE: "orange", Color.YELLOW: "yellow", Color.GREEN: "green", Color.TEAL: "turquoise",
    Color.BLUE: "blue", Color.PURPLE: "violet", Color.PINK: "pink", Color.BROWN: "brown", Color.BLACK: "black",
    Color.GRAY: "gray", Color.WHITE: "white",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PexelsSettings:
    """The key, and where the service is."""

    key: SecretStr
    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.SEARCH: ALL_LEVELS, Verb.TRENDING: ALL_LEVELS},
    filters=SHAPES | {"color", "imageType", "mkt", "setLang"},
    cache=CachePolicy(timedelta(hours=6)),
    limits=Limits(per_hour=200, per_month=20_000),
    attribution="Photos provided by Pexels",
    home_url="https://www.pexels.com/",
    terms_url="https://www.pexels.com/api/documentation/#guidelines",
)


def _get(path: str, settings: PexelsSettings, *params: tuple[str, str]) -> HttpRequest:
    headers = {"Accept": "application/json", "Authorization": settings.key.get_secret_value()}
    return HttpRequest("GET", safe_join(settings.base_url, path), params, headers)


def build_search(request: SearchRequest, settings: PexelsSettings) -> HttpRequest:
    """Build ``GET search``.

    Raises:
        NotSupported: the colour, or a kind of picture that is no photograph, cannot be asked for.
    """
    if request.image_type not in {None, ImageType.PHOTO}:
        refuse(NAME, {"imageType"})
    size = min(request.count, _MAX_PER_PAGE)
    params = [
        ("query", shortened_query(request.q, _MAX_QUERY)),
        ("page", str(request.offset // size + 1)),
        ("per_page", str(size)),
    ]
    if request.aspect and (shape := _SHAPES.get(request.aspect)):
        params.append(("orientation", shape))
    if request.color is not None:
        if request.color not in _COLORS:
            refuse(NAME, {"color"})
        params.append(("color", _COLORS[request.color]))
    locale = written_outside(request.set_lang or request.mkt or "")
    if "-" in locale:
        params.append(("locale", locale))
    return _get("search", settings, *params)


def build_trending(_: TrendingRequest, settings: PexelsSettings) -> HttpRequest:
    """Build ``GET curated``."""
    return _get("curated", settings, ("page", "1"), ("per_page", str(_MAX_TILES)))


def decode_search(response: HttpResponse, request: SearchRequest) -> ImageAnswer:
    """Read the answer to `build_search`."""
    data = decoded_json(response, NAME)
    with reading(NAME):
        size = min(request.count, _MAX_PER_PAGE)
        images = [read_image(item) for item in objects(data, "photos")[request.offset % size :]]
        more = bool(text(data, "next_page"))
        fields: dict[str, Any] = {"next_offset": (request.offset // size + 1) * size} if more else {}
        return ImageAnswer(
            value=first_wanted(narrow(images, request), request.id),
            total_estimated_matches=whole(data, "total_results") or 0,
            current_offset=request.offset,
            provenance=provenance(NAME, None, *shortened_note(request.q, shortened_query(request.q, _MAX_QUERY), NAME)),
            **fields,
        )


def decode_trending(response: HttpResponse, request: TrendingRequest) -> TrendingImages:
    """Read the answer to `build_trending`: one category, a tile for each photograph that says what it shows."""
    data = decoded_json(response, NAME)
    with reading(NAME):
        images = [read_image(item) for item in objects(data, "photos")]
        tiles = {image.name.casefold(): _tile(image, image.name) for image in images if image.name}
        title = say(written_outside(request.set_lang or request.mkt or "en"), "trends-photographs")
        category = Category(title=title, tiles=tuple(tiles.values())[:_MAX_TILES])
        return TrendingImages(categories=(category,) if tiles else (), provenance=provenance(NAME))


def _tile(image: Image, name: str) -> Tile:
    return Tile(query=Query(text=shortened_query(name, _MAX_QUERY, _QUERY_WORDS), display_text=name), image=image)


_QUERY_WORDS = 6
"""Words of a description that make a search; a whole sentence finds only the picture itself."""


def read_image(item: JsonObject) -> Image:
    """Read one photograph; its author and page must be named beside it."""
    sources, page = child(item, "src"), web(text(item, "url"))
    address = web(text(sources, "large2x")) or web(text(sources, "original"))
    name = words(item, "alt")
    number_of = whole(item, "id")
    fields: dict[str, Any] = {
        "name": name,
        "content_url": address,
        "thumbnail_url": web(text(sources, "large")) or web(text(sources, "medium")),
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": TITLE,
        "encoding_format": format_of(address),
        "width": whole(item, "width"),
        "height": whole(item, "height"),
        "image_id": str(number_of) if number_of else None,
        "accent_color": (text(item, "avg_color") or "").removeprefix("#") or None,
        "is_family_friendly": True,
        "attribution": credit(
            title=name,
            author=words(item, "photographer"),
            author_url=web(text(item, "photographer_url")),
            license=LICENSE,
            license_url=LICENSE_URL,
            source_name=TITLE,
            source_url=page,
            provider=NAME,
        ),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


class Pexels(Adapter):
    """The provider."""

    name = NAME
    title = TITLE

    def __init__(self, transport: Transport, settings: PexelsSettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find photographs by words."""
        self.check(Verb.SEARCH, request)
        return decode_search(await self.send(build_search(request, self.settings)), request)

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Show what the editors chose."""
        self.check(Verb.TRENDING, request)
        return decode_trending(await self.send(build_trending(request, self.settings)), request)

    def allowance_in(self, response: HttpResponse) -> SaidAllowance | None:
        """Return what stands in a good answer's headers: the requests of a month, and what is left of them."""
        left, limit = (said_number(response.headers.get(f"x-ratelimit-{name}")) for name in ("remaining", "limit"))
        return None if left is None else SaidAllowance(left, limit or None, monthly=True)
