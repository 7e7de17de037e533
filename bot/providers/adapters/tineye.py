"""TinEye: every page that shows the same picture, with a prepaid key.

The outcome stands in the body's ``code``, whatever the status. There is no filter, so below Off only titles and links
are given. Facts: the examples of the service's own documents.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    Confidence,
    HttpRequest,
    HttpResponse,
    Image,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    Limits,
    Match,
    Misconfigured,
    Module,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    SafeSearch,
    Tag,
    Verb,
)
from bot.bing_v7.values import write_size
from bot.providers.http.decoding import (
    JsonObject,
    all_words,
    child,
    decoded_json,
    error_of_status,
    number,
    objects,
    text,
    texts,
    trace_id_of,
    whole,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import address_host, display_url, format_name, id_of, safe_join
from .base import Adapter, credit, crop_note, file_part, picture_of, provenance, reading, requested_insights, text_only

NAME = "tineye"
BASE_URL = "https://api.tineye.com/rest/"
_UPLOAD_BYTES = 20_000_000
PAGES_OF_A_MATCH = 3
_GOOD = 200


@dataclass(frozen=True, slots=True)
class TinEyeSettings:
    """The key, and where the service is."""

    key: SecretStr
    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.INSIGHTS: ALL_LEVELS},
    modules=frozenset({Module.PAGES_INCLUDING, Module.TAGS}),
    paging=False,
    text_only_below_off=True,
    cache=CachePolicy(timedelta(hours=1)),
    limits=Limits(upload_bytes=_UPLOAD_BYTES),
    attribution="TinEye",
    home_url="https://tineye.com/",
    terms_url="https://services.tineye.com/terms",
)


def build_insights(request: InsightsRequest, settings: TinEyeSettings) -> HttpRequest:
    """Build ``search/``: a posted picture as a file, an address as it is; never sent twice, because it is paid."""
    picture = picture_of(request, NAME, limit=_UPLOAD_BYTES)
    params = [("offset", "0"), ("limit", "20"), ("sort", "score"), ("order", "desc")]
    headers = {"x-api-key": settings.key.get_secret_value(), "Accept": "application/json"}
    address = safe_join(settings.base_url, "search/")
    if isinstance(picture, str):
        return HttpRequest("GET", address, (*params, ("image_url", picture)), headers, idempotent=False)
    return HttpRequest(
        "POST", address, tuple(params), headers, parts=(file_part("image_upload", request),), idempotent=False
    )


def decode_insights(response: HttpResponse, request: InsightsRequest) -> ImageInsights:
    """Read the answer to `build_insights`: every finding is an exact match."""
    data = decoded_json(response, NAME)
    with reading(NAME):
        code = number(data, "code")
        if code != _GOOD:
            raise _decode_error(data, response)
        matches = objects(child(data, "results"), "matches")
        pages = [image for match in matches for image in _images(match)]
        shown = pages if request.safe_search is SafeSearch.OFF else [text_only(page) for page in pages]
        tags = dict.fromkeys(tag for match in matches for tag in all_words(match, "tags"))
        parts = {
            "pages_including": ImagesModule(value=tuple(shown)),
            "image_tags": ImageTagsModule(value=tuple(Tag(name=str(tag)) for tag in tags)),
        }
        notes = crop_note(request, NAME)
        return requested_insights(parts, request, provenance(NAME, request.safe_search, *notes, text_only=bool(pages)))


def _decode_error(data: JsonObject, response: HttpResponse) -> ProviderError:
    """Return the error that the body's code and messages stand for."""
    trace = trace_id_of(response)
    words = " ".join(texts(data, "messages")).lower()
    code = number(data, "code") or 0
    if "download" in words:
        return PictureRefused("unreachable", provider=NAME)
    if "signature" in words or "image" in words:
        return PictureRefused("not-a-picture", "too simple or not readable", provider=NAME)
    if "searches" in words or "bundle" in words or code == 402:  # noqa: PLR2004 - Payment Required
        return QuotaSpent("the bundle is used up", provider=NAME, trace_id=trace)
    if code in {401, 403} or "key" in words:
        return Misconfigured("the key is refused", provider=NAME, trace_id=trace)
    return error_of_status(HttpResponse(int(code) or 500, response.headers, b""), NAME, f"code {code:g}")


def _images(match: JsonObject) -> list[Image]:
    """Read one match: a finding for each of its first pages."""
    return [
        _image(match, backlink, page)
        for backlink in objects(match, "backlinks")[:PAGES_OF_A_MATCH]
        if (page := web(text(backlink, "backlink")))
    ]


def _image(match: JsonObject, backlink: JsonObject, page: str) -> Image:
    address, size = web(text(backlink, "url")), whole(match, "filesize") or whole(match, "size")
    domain = text(match, "domain") or address_host(page)
    score = number(match, "score")
    fields: dict[str, Any] = {
        "content_url": address,
        "thumbnail_url": web(text(match, "image_url")),
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": domain,
        "host_page_discovered_date": text(backlink, "crawl_date"),
        "encoding_format": format_name(text(match, "format")),
        "width": whole(match, "width"),
        "height": whole(match, "height"),
        "content_size": write_size(size) if size else None,
        "image_id": id_of(address) if address else None,
        "match": Match(
            confidence=Confidence.EXACT, provider=NAME, score=None if score is None else min(1.0, score / 100)
        ),
        "attribution": credit(source_name=domain, source_url=page, provider=NAME),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


class TinEye(Adapter):
    """The provider."""

    name = NAME
    title = "TinEye"

    def __init__(self, transport: Transport, settings: TinEyeSettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Find every page that shows the picture."""
        self.check(Verb.INSIGHTS, request)
        return decode_insights(await self.send(build_insights(request, self.settings)), request)
