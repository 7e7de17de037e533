"""Yandex Search API v2: pictures by words and by picture, with three levels of family mode, paid.

Facts: the service's published interface definition of July 2026. Whole numbers come as texts. Whether Russian law and
sanctions allow its use is for the operator to weigh.
"""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    Aspect,
    CachePolicy,
    Capabilities,
    Color,
    Confidence,
    HttpRequest,
    HttpResponse,
    Image,
    ImageAnswer,
    ImageInsights,
    ImagesModule,
    ImageType,
    InsightsRequest,
    Limits,
    Match,
    MediaSize,
    Module,
    SafeSearch,
    SearchRequest,
    Size,
    Verb,
)
from bot.bing_v7.values import write_size
from bot.providers.http.decoding import JsonObject, decoded_json, objects, text, whole
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import address_host, display_url, format_name, format_of, id_of, safe_join
from .base import (
    Adapter,
    credit,
    crop_note,
    first_wanted,
    picture_of,
    provenance,
    reading,
    refuse,
    requested_insights,
    shortened_note,
    shortened_query,
)
from .local_filters import FILE_SIZES, SHAPES, narrow
from .yandex_xml import Doc, read_xml

NAME = "yandex"
BASE_URL = "https://searchapi.api.cloud.yandex.net/v2/"
_UPLOAD_BYTES = 3_145_728
_MAX_QUERY, _MAX_ADDRESS = 400, 1024
_MAX_PER_PAGE = 100
_MODES = {
    SafeSearch.OFF: "FAMILY_MODE_NONE",
    SafeSearch.MODERATE: "FAMILY_MODE_MODERATE",
    SafeSearch.STRICT: "FAMILY_MODE_STRICT",
}
_SHAPES = {Aspect.SQUARE: "SQUARE", Aspect.WIDE: "HORIZONTAL", Aspect.TALL: "VERTICAL"}
_FORMATS = {ImageType.ANIMATED_GIF: "GIF", ImageType.ANIMATED_GIF_HTTPS: "GIF"}
_COLORS = {
    Color.COLOR_ONLY: "COLOR", Color.MONOCHROME: "GRAYSCALE", Color.RED: "RED", Color.ORANGE: "ORANGE",
    Color.YELLOW: "YELLOW", Color.GREEN: "GREEN", Color.TEAL: "CYAN", Color.BLUE: "BLUE", Color.PURPLE: "VIOLET",
    Color.WHITE: "WHITE", Color.BLACK: "BLACK",
}  # fmt: skip
_REGIONS = {"ru": "SEARCH_TYPE_RU", "tr": "SEARCH_TYPE_TR", "kk": "SEARCH_TYPE_KK", "be": "SEARCH_TYPE_BE"}


@dataclass(frozen=True, slots=True)
class YandexSettings:
    """The key, the folder it belongs to, and where the service is."""

    key: SecretStr
    folder_id: str
    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.SEARCH: ALL_LEVELS, Verb.INSIGHTS: ALL_LEVELS},
    filters=SHAPES | FILE_SIZES | {"color", "imageType", "mkt", "setLang"},
    modules=frozenset({Module.PAGES_INCLUDING}),
    cache=CachePolicy(timedelta(hours=1)),
    limits=Limits(per_second=10, upload_bytes=_UPLOAD_BYTES),
    attribution="Yandex",
    home_url="https://yandex.com/images",
    terms_url="https://yandex.com/legal/cloud_terms_search_api/",
)


def build_search(request: SearchRequest, settings: YandexSettings) -> HttpRequest:
    """Build ``POST image/search``.

    Raises:
        NotSupported: the colour or the kind of picture cannot be asked for.
    """
    per_page = min(request.count, _MAX_PER_PAGE)
    language = (request.set_lang or request.mkt or "").partition("-")[0].lower()
    query = {
        "searchType": _REGIONS.get(language, "SEARCH_TYPE_COM"),
        "queryText": shortened_query(request.q, _MAX_QUERY),
        "familyMode": _MODES[request.safe_search],
        "page": str(request.offset // per_page),
    }
    body = {"query": query, "folderId": settings.folder_id, "docsOnPage": str(per_page)}
    spec = _spec(request)
    return _post("image/search", body | ({"imageSpec": spec} if spec else {}), settings)


def _spec(request: SearchRequest) -> dict[str, str]:
    spec: dict[str, str] = {}
    if request.aspect and (shape := _SHAPES.get(request.aspect)):
        spec["orientation"] = f"IMAGE_ORIENTATION_{shape}"
    if request.size is Size.WALLPAPER:
        spec["size"] = "IMAGE_SIZE_WALLPAPER"
    if request.color is not None:
        if request.color not in _COLORS:
            refuse(NAME, {"color"})
        spec["color"] = f"IMAGE_COLOR_{_COLORS[request.color]}"
    if request.image_type is not None:
        if request.image_type not in _FORMATS:
            refuse(NAME, {"imageType"})
        spec["format"] = f"IMAGE_FORMAT_{_FORMATS[request.image_type]}"
    return spec


def _post(path: str, body: dict[str, Any], settings: YandexSettings) -> HttpRequest:
    return HttpRequest(
        "POST",
        safe_join(settings.base_url, path),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Api-Key {settings.key.get_secret_value()}",
        },
        body=json.dumps(body).encode(),
        idempotent=False,
    )


def decode_search(response: HttpResponse, request: SearchRequest) -> ImageAnswer:
    """Read the answer to `build_search`: JSON round base64 of XML."""
    data = decoded_json(response, NAME)
    with reading(NAME):
        docs, found = read_xml(text(data, "rawData") or "", NAME)
        per_page = min(request.count, _MAX_PER_PAGE)
        page = request.offset // per_page
        images = [_from_doc(doc, request.safe_search) for doc in docs[request.offset % per_page :]]
        if request.image_type is ImageType.ANIMATED_GIF_HTTPS:
            images = [image for image in images if (image.content_url or "").startswith("https:")]
        fields: dict[str, Any] = {"next_offset": (page + 1) * per_page} if len(docs) >= per_page else {}
        if found is not None:
            fields["total_estimated_matches"] = found
        return ImageAnswer(
            value=first_wanted(narrow(images, request.model_copy(update={"aspect": None})), request.id),
            current_offset=request.offset,
            provenance=provenance(NAME, None, *shortened_note(request.q, shortened_query(request.q, _MAX_QUERY), NAME)),
            **fields,
        )


def _from_doc(doc: Doc, level: SafeSearch) -> Image:
    address = web(doc.get("image-link")) or web(doc.get("url"))
    link = doc.get("html-link")
    page = web(link) or (web(f"https://{link}") if link else None)
    size = (whole(doc, "thumbnail-width"), whole(doc, "thumbnail-height"))
    file_size = whole(doc, "file-size")
    return _image(
        address,
        page,
        doc.get("title"),
        doc.get("domain"),
        level,
        thumbnail_url=web(doc.get("thumbnail-link")),
        thumbnail=MediaSize(width=size[0], height=size[1]) if all(size) else None,
        encoding_format=format_name(doc.get("mime-type")) or format_of(address),
        width=whole(doc, "original-width"),
        height=whole(doc, "original-height"),
        content_size=write_size(file_size) if file_size else None,
    )


def build_insights(request: InsightsRequest, settings: YandexSettings) -> HttpRequest:
    """Build ``POST image/search_by_image``."""
    picture = picture_of(request, NAME, limit=_UPLOAD_BYTES)
    if isinstance(picture, str) and len(picture) > _MAX_ADDRESS:
        refuse(NAME, {"imgUrl"})
    shown = {"url": picture} if isinstance(picture, str) else {"data": base64.b64encode(picture).decode()}
    body = {"folderId": settings.folder_id, "page": "0", "familyMode": _MODES[request.safe_search], **shown}
    return _post("image/search_by_image", body, settings)


def decode_insights(response: HttpResponse, request: InsightsRequest) -> ImageInsights:
    """Read the answer to `build_insights`: pages that show the picture or one much like it, not said which."""
    data = decoded_json(response, NAME)
    with reading(NAME):
        pages = tuple(_from_match(item, request.safe_search) for item in objects(data, "images"))
        source = provenance(NAME, None, *crop_note(request, NAME))
        return requested_insights({"pages_including": ImagesModule(value=pages)}, request, source)


def _from_match(item: JsonObject, level: SafeSearch) -> Image:
    address = web(text(item, "url"))
    return _image(
        address,
        web(text(item, "pageUrl")),
        text(item, "pageTitle"),
        text(item, "host"),
        level,
        description=text(item, "passage"),
        encoding_format=format_name((text(item, "format") or "").removeprefix("IMAGE_FORMAT_")) or format_of(address),
        width=whole(item, "width"),
        height=whole(item, "height"),
        match=Match(confidence=Confidence.MAYBE, provider=NAME),
    )


def _image(
    address: str | None, page: str | None, title: str | None, host: str | None, level: SafeSearch, **more: Any
) -> Image:
    host = host or address_host(page or address)
    fields: dict[str, Any] = {
        "name": title or None,
        "content_url": address,
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": host,
        "image_id": id_of(address) if address else None,
        "is_family_friendly": True if level is SafeSearch.STRICT else None,
        "attribution": credit(title=title or None, source_name=host, source_url=page or address, provider=NAME),
        **more,
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


class Yandex(Adapter):
    """The provider."""

    name = NAME
    title = "Yandex"

    def __init__(self, transport: Transport, settings: YandexSettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures by words."""
        self.check(Verb.SEARCH, request)
        return decode_search(await self.send(build_search(request, self.settings)), request)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Find pages by picture."""
        self.check(Verb.INSIGHTS, request)
        return decode_insights(await self.send(build_insights(request, self.settings)), request)
