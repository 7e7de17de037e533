"""Openverse: openly licensed pictures with author and licence, without a key; a registered app has higher limits.

Facts: the service's OpenAPI document of August 2026 and recorded answers. Its filter against sensitive pictures goes by
reports and words, so what it marks is dropped here too.
"""

import time
from datetime import timedelta
from typing import Any

from bot.bing_v7 import (
    ALL_LEVELS,
    BadAnswer,
    CachePolicy,
    Capabilities,
    HttpRequest,
    HttpResponse,
    Image,
    ImageAnswer,
    ImageType,
    InvalidRequest,
    License,
    Limits,
    Note,
    ProviderError,
    Query,
    SafeSearch,
    SaidAllowance,
    SearchRequest,
    Size,
    Verb,
)
from bot.bing_v7.values import write_size
from bot.providers.failures import filter_note, withheld_note
from bot.providers.http.decoding import (
    JsonObject,
    all_words,
    error_of_status,
    json_object,
    objects,
    said_number,
    text,
    texts,
    trace_id_of,
    whole,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from . import licences
from .addresses import display_url, format_name, format_of, safe_join
from .base import Adapter, credit, first_wanted, provenance, reading, refuse, shortened_note, shortened_query
from .local_filters import DIMENSIONS, FILE_SIZES, narrow
from .openverse_app import NAME, OpenverseSettings, build_token, decode_token

_MAX_QUERY = 200
DEEPEST_PAGE, DEEPEST_ANONYMOUS = 20, 12
"""Pages that are given: to a registered app 20 of 50, to nobody in particular 12 of 20 (240 results)."""
_ANONYMOUS_PAGE, _REGISTERED_PAGE = 20, 50
_LICENSES = {
    License.PUBLIC: ("license", "cc0,pdm"),
    License.SHARE_COMMERCIALLY: ("license_type", "commercial"),
    License.MODIFY: ("license_type", "modification"),
    License.MODIFY_COMMERCIALLY: ("license_type", "commercial,modification"),
}
_TYPES = {
    ImageType.PHOTO: ("category", "photograph"),
    ImageType.CLIPART: ("category", "illustration"),
    ImageType.LINE: ("category", "illustration"),
    ImageType.ANIMATED_GIF: ("extension", "gif"),
    ImageType.ANIMATED_GIF_HTTPS: ("extension", "gif"),
    ImageType.TRANSPARENT: ("extension", "png"),
}
_APPROXIMATE = frozenset({ImageType.LINE, ImageType.CLIPART, ImageType.TRANSPARENT})
_SIZES = {Size.SMALL: "small", Size.WALLPAPER: "large"}
_SOURCES = {
    "flickr": "Flickr",
    "wikimedia": "Wikimedia Commons",
    "stocksnap": "StockSnap",
    "rawpixel": "rawpixel",
    "met": "Metropolitan Museum of Art",
    "nasa": "NASA",
    "europeana": "Europeana",
}


def capabilities(settings: OpenverseSettings) -> Capabilities:
    """Return what Openverse can do with or without a registered app."""
    per_minute, per_day = (100, 10_000) if settings.registered else (20, 200)
    return Capabilities(
        levels={Verb.SEARCH: ALL_LEVELS},
        filters=frozenset({"aspect", "size", "imageType", "license"}) | DIMENSIONS | FILE_SIZES,
        max_results=_deepest(registered=settings.registered)
        * (_REGISTERED_PAGE if settings.registered else _ANONYMOUS_PAGE),
        flags_adult=True,
        cache=CachePolicy(timedelta(days=1)),
        limits=Limits(per_minute=per_minute, per_day=per_day),
        attribution="Openly licensed pictures found with Openverse",
        home_url="https://openverse.org/",
        terms_url="https://docs.openverse.org/terms_of_service.html",
    )


def _deepest(*, registered: bool) -> int:
    return DEEPEST_PAGE if registered else DEEPEST_ANONYMOUS


def page_size_of(request: SearchRequest, *, registered: bool = False) -> int:
    """Return how many results a page is asked to have; without a token more than 20 is refused."""
    return min(request.count, _REGISTERED_PAGE if registered else _ANONYMOUS_PAGE)


def build_search(request: SearchRequest, settings: OpenverseSettings, token: str | None = None) -> HttpRequest:
    """Build ``GET images/``.

    Raises:
        NotSupported: the kind of picture cannot be asked for.
        InvalidRequest: the offset lies deeper than the service goes.
    """
    page_size = page_size_of(request, registered=token is not None)
    page = request.offset // page_size + 1
    if page > _deepest(registered=token is not None):
        raise InvalidRequest("no results that deep", parameter="offset", value=str(request.offset), provider=NAME)
    params = [("q", shortened_query(request.q, _MAX_QUERY)), ("page", str(page)), ("page_size", str(page_size))]
    if request.safe_search is SafeSearch.OFF:
        params.append(("mature", "true"))
    if "aspect" in request.filters:
        params.append(("aspect_ratio", str(request.filters["aspect"]).lower()))
    if request.size and (size := _SIZES.get(request.size)):
        params.append(("size", size))
    if request.image_type is not None:
        if request.image_type not in _TYPES:
            refuse(NAME, {"imageType"})
        params.append(_TYPES[request.image_type])
    if request.license and (license_ := _LICENSES.get(request.license)):
        params.append(license_)
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    return HttpRequest("GET", safe_join(settings.base_url, "images/"), tuple(params), headers)


def decode_search(response: HttpResponse, request: SearchRequest, *, registered: bool = False) -> ImageAnswer:
    """Read the answer to `build_search`; below Off everything marked as sensitive is left out."""
    if response.status >= 300:  # noqa: PLR2004 - everything that is not a success
        raise _decode_error(response)
    data = json_object(response, NAME)
    with reading(NAME):
        page_size = page_size_of(request, registered=registered)
        page = request.offset // page_size + 1
        items = objects(data, "results")[request.offset % page_size :]
        images = [read_image(item) for item in items]
        withheld: list[Note] = []
        if request.safe_search is not SafeSearch.OFF:
            clean = [image for image in images if image.is_family_friendly]
            withheld = withheld_note(NAME, len(images) - len(clean))
            images = clean
        if request.image_type is ImageType.ANIMATED_GIF_HTTPS:
            images = [image for image in images if (image.content_url or "").startswith("https:")]
        deeper = page < min(whole(data, "page_count") or 0, _deepest(registered=registered))
        return ImageAnswer(
            value=first_wanted(narrow(images, _to_check(request)), request.id),
            total_estimated_matches=whole(data, "result_count") or 0,
            current_offset=request.offset,
            next_offset=page * page_size if deeper else None,
            query_expansions=_expansions(request.q, items),
            provenance=provenance(NAME, None, *withheld, *_notes(request)),
        )


def _to_check(request: SearchRequest) -> SearchRequest:
    """Leave the shape to the service, which knows it of every picture; its sizes have other bounds than v7's."""
    return request.model_copy(update={"aspect": None})


def _notes(request: SearchRequest) -> list[Note]:
    about = [filter_note(NAME, "imageType")] if request.image_type in _APPROXIMATE else []
    return [*shortened_note(request.q, shortened_query(request.q, _MAX_QUERY), NAME), *about]


def read_image(item: JsonObject) -> Image:
    """Read one result; a missing mark of sensitivity counts as sensitive."""
    address, page = web(text(item, "url")), web(text(item, "foreign_landing_url"))
    source = text(item, "source") or text(item, "provider") or ""
    code = text(item, "license")
    size = whole(item, "filesize")
    friendly = item.get("mature") is False and not item.get("unstable__sensitivity")
    fields: dict[str, Any] = {
        "name": words(item, "title"),
        "content_url": address,
        "thumbnail_url": web(text(item, "thumbnail")),
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": _SOURCES.get(source, source.replace("_", " ").title() or None),
        "host_page_discovered_date": text(item, "indexed_on"),
        "encoding_format": format_name(text(item, "filetype")) or format_of(address),
        "width": whole(item, "width"),
        "height": whole(item, "height"),
        "content_size": write_size(size) if size else None,
        "image_id": text(item, "id"),
        "is_family_friendly": friendly,
        "creative_commons": licences.word(code),
        "tags": [name for tag in objects(item, "tags") for name in all_words(tag, "name")],
        "attribution": credit(
            text=words(item, "attribution"),
            title=words(item, "title"),
            author=words(item, "creator"),
            author_url=web(text(item, "creator_url")),
            license=licences.name(code, text(item, "license_version")),
            license_url=web(text(item, "license_url")),
            source_name=_SOURCES.get(source, source.replace("_", " ").title() or None),
            source_url=page,
            required=code not in {"cc0", "pdm"},
            provider=NAME,
        ),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


def _expansions(words: str, items: list[JsonObject]) -> tuple[Query, ...]:
    """Return tags that people (not programs) gave the first results, as ways to narrow the search."""
    known = words.casefold()
    tags = {
        name.casefold(): name
        for item in items[:5]
        for tag in objects(item, "tags")
        if tag.get("accuracy") is None
        for name in all_words(tag, "name")
        if name.casefold() not in known
    }
    return tuple(Query(text=f"{words} {tag}", display_text=tag) for tag in list(tags.values())[:8])


def _decode_error(response: HttpResponse) -> ProviderError:
    """Return the error of a status of 300 and more; a 400 names the fields that were refused."""
    if response.status != 400:  # noqa: PLR2004 - Bad Request
        return error_of_status(response, NAME)
    try:
        fields = texts(json_object(response, NAME), "fields")
    except BadAnswer:
        fields = []
    return InvalidRequest(
        f"refused {', '.join(fields) or 'the request'}",
        parameter=fields[0] if fields else None,
        provider=NAME,
        trace_id=trace_id_of(response),
    )


class Openverse(Adapter):
    """The provider."""

    name = NAME
    title = "Openverse"

    def __init__(self, transport: Transport, settings: OpenverseSettings | None = None) -> None:
        self.settings = settings or OpenverseSettings()
        super().__init__(transport, capabilities(self.settings))
        self._token: tuple[str, float] | None = None

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find openly licensed pictures."""
        self.check(Verb.SEARCH, request)
        token = await self._signed_in() if self.settings.registered else None
        response = await self.send(build_search(request, self.settings, token))
        if response.status == 401:  # noqa: PLR2004 - the token is no longer good
            self._token = None
        return decode_search(response, request, registered=token is not None)

    async def _signed_in(self) -> str:
        if self._token is None or time.monotonic() >= self._token[1]:
            token, seconds = decode_token(await self.send(build_token(self.settings)))
            self._token = (token, time.monotonic() + seconds - 60)
        return self._token[0]

    def allowance_in(self, response: HttpResponse) -> SaidAllowance | None:
        """Return what stands in the headers: the requests of a day, and what is left of them."""
        for name, written in response.headers.items():
            kind = name.removeprefix("x-ratelimit-available-")
            left, limit = said_number(written), response.headers.get(f"x-ratelimit-limit-{kind}", "")
            if name != kind and left is not None and limit.endswith("/day"):
                return SaidAllowance(left, said_number(limit) or None)
        return None
