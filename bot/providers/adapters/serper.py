"""Serper: Google's pictures by words, paid by the search; the cheap sister of SerpApi.

No filter of its own is documented, so it answers at Off alone. Its Lens takes public addresses only and is not asked:
what people hand in never has one. Facts: public clients of the service.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    CachePolicy,
    Capabilities,
    HttpRequest,
    HttpResponse,
    Image,
    ImageAnswer,
    Limits,
    MediaSize,
    ProviderError,
    QuotaSpent,
    SafeSearch,
    SearchRequest,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.providers.http.decoding import (
    JsonObject,
    decoded_json,
    error_of_status,
    objects,
    text,
    trace_id_of,
    whole,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import address_host, display_url, format_of, id_of, safe_join
from .base import Adapter, credit, first_wanted, provenance, reading
from .local_filters import SHAPES, narrow

NAME = "serper"
TITLE = "Serper (Google)"
BASE_URL = "https://google.serper.dev/"
_MAX_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class SerperSettings:
    """The key, and where the service is."""

    key: SecretStr
    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.SEARCH: frozenset({SafeSearch.OFF})},
    filters=SHAPES | {"mkt", "setLang"},
    cache=CachePolicy(timedelta(hours=1)),
    limits=Limits(per_month=1250, price=0.002),  # two credits for a page of more than ten results
    attribution="Google, through Serper",
    home_url="https://serper.dev/",
    terms_url="https://serper.dev/terms-of-service",
)


def build_search(request: SearchRequest, settings: SerperSettings) -> HttpRequest:
    """Build ``POST images``; never sent twice, because it is paid."""
    size = min(request.count, _MAX_PER_PAGE)
    language, _, country = (request.mkt or "").partition("-")
    body: dict[str, object] = {"q": request.q, "num": size, "page": request.offset // size + 1}
    if language := written_outside(request.set_lang or language).partition("-")[0].lower():
        body["hl"] = language
    if country := (request.cc or country).lower():
        body["gl"] = country
    return HttpRequest(
        "POST",
        safe_join(settings.base_url, "images"),
        headers={"Content-Type": "application/json", "X-API-KEY": settings.key.get_secret_value()},
        body=json.dumps(body).encode(),
        idempotent=False,
    )


def decode_search(response: HttpResponse, request: SearchRequest) -> ImageAnswer:
    """Read the answer to `build_search`."""
    if response.status >= 300:  # noqa: PLR2004 - everything that is not a success
        raise _decode_error(response)
    data = decoded_json(response, NAME)
    with reading(NAME):
        size = min(request.count, _MAX_PER_PAGE)
        items = objects(data, "images")
        images = [read_image(item) for item in items[request.offset % size :]]
        fields: dict[str, Any] = {"next_offset": (request.offset // size + 1) * size} if len(items) >= size else {}
        return ImageAnswer(
            value=first_wanted(narrow(images, request), request.id),
            current_offset=request.offset,
            provenance=provenance(NAME),
            **fields,
        )


def _decode_error(response: HttpResponse) -> ProviderError:
    """Return the error of a status; spent credits come as a 400 that says so."""
    if b"not enough credits" in response.body[:2000].lower():
        return QuotaSpent("the credits are used up", provider=NAME, trace_id=trace_id_of(response))
    return error_of_status(response, NAME)


def read_image(item: JsonObject) -> Image:
    """Read one result: ``link`` is the page, ``imageUrl`` the picture."""
    page, address, name = web(text(item, "link")), web(text(item, "imageUrl")), words(item, "title")
    sides = (whole(item, "thumbnailWidth"), whole(item, "thumbnailHeight"))
    source = words(item, "source") or text(item, "domain") or address_host(page)
    fields: dict[str, Any] = {
        "name": name,
        "content_url": address,
        "thumbnail_url": web(text(item, "thumbnailUrl")),
        "thumbnail": MediaSize(width=sides[0], height=sides[1]) if all(sides) else None,
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": source,
        "encoding_format": format_of(address),
        "width": whole(item, "imageWidth"),
        "height": whole(item, "imageHeight"),
        "image_id": id_of(address) if address else None,
        "attribution": credit(title=name, source_name=source, source_url=page or address, provider=NAME),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


class Serper(Adapter):
    """The provider."""

    name = NAME
    title = TITLE

    def __init__(self, transport: Transport, settings: SerperSettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures as Google does."""
        self.check(Verb.SEARCH, request)
        return decode_search(await self.send(build_search(request, self.settings)), request)
