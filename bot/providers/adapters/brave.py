"""Brave Search: pictures of the whole web, with a key.

Its filter for pictures knows strict and off alone, so Moderate is asked as strict. There is no offset: a later page
asks for more and cuts. Facts: the service's parameter reference and example answers of 2025 and 2026.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    BadAnswer,
    CachePolicy,
    Capabilities,
    HttpRequest,
    HttpResponse,
    Image,
    ImageAnswer,
    InvalidRequest,
    Limits,
    MediaSize,
    Misconfigured,
    Note,
    NoteCode,
    ProviderError,
    QueryContext,
    QuotaSpent,
    SafeSearch,
    SearchRequest,
    Verb,
)
from bot.providers.http.decoding import (
    JsonObject,
    child,
    decoded_json,
    error_of_status,
    json_object,
    objects,
    text,
    trace_id_of,
    whole,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import address_host, display_url, format_of, id_of, safe_join
from .base import Adapter, credit, first_wanted, provenance, reading, shortened_note, shortened_query
from .local_filters import SHAPES, narrow

NAME = "brave"
BASE_URL = "https://api.search.brave.com/res/v1/"
_MAX_RESULTS = 200
_MAX_QUERY, _MAX_WORDS = 400, 50
_COUNTRIES = (
    " AR AU AT BE BR CA CL DK FI FR DE HK IN ID IT JP KR MY MX NL NZ NO CN PL PT PH RU SA ZA ES SE CH TW TR GB US "
)
_LANGUAGES = " ar bg ca cs da de en es et fi fr he hi hu it ko lt lv nl pl ro ru sk sl sr sv th tr uk vi "


@dataclass(frozen=True, slots=True)
class BraveSettings:
    """The key, and where the service is."""

    key: SecretStr
    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.SEARCH: ALL_LEVELS},
    filters=SHAPES | {"mkt", "setLang"},
    max_results=_MAX_RESULTS,
    cache=CachePolicy(None),
    limits=Limits(per_second=20, per_month=1000, price=0.005),
    attribution="Powered by Brave Search",
    home_url="https://search.brave.com/images",
    terms_url="https://api-dashboard.search.brave.com/terms-of-service",
)


def build_search(request: SearchRequest, settings: BraveSettings) -> HttpRequest:
    """Build ``GET images/search``.

    Raises:
        InvalidRequest: the offset lies deeper than the service goes.
    """
    if request.offset >= _MAX_RESULTS:
        raise InvalidRequest("no results that deep", parameter="offset", value=str(request.offset), provider=NAME)
    insists = request.q.startswith("+")
    params = [
        ("q", _words(request)),
        ("spellcheck", "0" if insists else "1"),
        ("count", str(_asked(request))),
        ("safesearch", "off" if request.safe_search is SafeSearch.OFF else "strict"),
    ]
    language, _, country = (request.mkt or "").partition("-")
    country = (request.cc or country).upper()
    language = (request.set_lang or language).partition("-")[0].lower()
    if country and f" {country} " in _COUNTRIES:
        params.append(("country", country))
    if language and f" {language} " in _LANGUAGES:
        params.append(("search_lang", language))
    headers = {"Accept": "application/json", "X-Subscription-Token": settings.key.get_secret_value()}
    return HttpRequest("GET", safe_join(settings.base_url, "images/search"), tuple(params), headers)


def _words(request: SearchRequest) -> str:
    """Return the words as far as they are read; a plus in front insists on the spelling, as in v7."""
    return shortened_query(request.q.removeprefix("+"), _MAX_QUERY, _MAX_WORDS)


def _asked(request: SearchRequest) -> int:
    return min(request.offset + request.count, _MAX_RESULTS)


def decode_search(response: HttpResponse, request: SearchRequest) -> ImageAnswer:
    """Read the answer to `build_search`; one that may offend shows nothing at Strict."""
    if response.status >= 300:  # noqa: PLR2004 - everything that is not a success
        raise _decode_error(response)
    data = decoded_json(response, NAME)
    with reading(NAME):
        items = objects(data, "results")
        offensive = child(data, "extra").get("might_be_offensive") is not False
        withheld = offensive and request.safe_search is SafeSearch.STRICT
        page = [] if withheld else items[request.offset : request.offset + request.count]
        images = [read_image(item, request.safe_search) for item in page]
        end = request.offset + request.count
        more = len(items) >= _asked(request) and end < _MAX_RESULTS and not withheld
        query = child(data, "query")
        hidden = withheld or query.get("show_strict_warning") is True
        notes = [Note(code=NoteCode.WITHHELD, provider=NAME, count=len(items) if withheld else None)] if hidden else []
        fields: dict[str, Any] = {"next_offset": end} if more else {}
        if altered := words(query, "altered"):
            fields["query_context"] = QueryContext(
                original_query=request.q,
                altered_query=altered,
                alteration_display_query=altered,
                alteration_override_query=f"+{request.q}",
                alteration_method="AM_ChangeItWithRecourse",
            )
        return ImageAnswer(
            value=first_wanted(narrow(images, request), request.id),
            current_offset=request.offset,
            provenance=provenance(
                NAME, None, *notes, *shortened_note(request.q.removeprefix("+"), _words(request), NAME)
            ),
            **fields,
        )


def read_image(item: JsonObject, level: SafeSearch) -> Image:
    """Read one result; width and height may be missing."""
    thumbnail, properties, meta = child(item, "thumbnail"), child(item, "properties"), child(item, "meta_url")
    page, address = web(text(item, "url")), web(text(properties, "url"))
    host = text(item, "source") or address_host(page) or address_host(address)
    size = (whole(thumbnail, "width"), whole(thumbnail, "height"))
    fields: dict[str, Any] = {
        "name": words(item, "title"),
        "content_url": address,
        "thumbnail_url": web(text(thumbnail, "src")),
        "thumbnail": MediaSize(width=size[0], height=size[1]) if all(size) else None,
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": host,
        "host_page_fav_icon_url": web(text(meta, "favicon")),
        "host_page_discovered_date": text(item, "page_fetched"),
        "encoding_format": format_of(address),
        "width": whole(properties, "width"),
        "height": whole(properties, "height"),
        "image_id": id_of(address) if address else None,
        "is_family_friendly": True if level is not SafeSearch.OFF else None,
        "attribution": credit(title=words(item, "title"), source_name=host, source_url=page or address, provider=NAME),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


def _decode_error(response: HttpResponse, now: datetime | None = None) -> ProviderError:
    """Return the error of a status: the body's ``error.code`` tells a refused key or a plan from a bad request.

    ``X-RateLimit-Remaining`` and ``X-RateLimit-Reset`` list the short window and the month, in that order.
    """
    try:
        code = text(child(json_object(response, NAME), "error"), "code") or ""
    except BadAnswer:
        code = ""
    trace = trace_id_of(response)
    if "TOKEN" in code:
        return Misconfigured("the key is refused", provider=NAME, trace_id=trace)
    if "PLAN" in code or "SUBSCRIPTION" in code:
        return Misconfigured("the key's plan does not include this", provider=NAME, trace_id=trace)
    left, resets = (_numbers(response.headers.get(f"x-ratelimit-{name}", "")) for name in ("remaining", "reset"))
    spent = [seconds for remaining, seconds in zip(left, resets, strict=False) if remaining <= 0 and seconds > _SHORT]
    if "QUOTA" in code or (response.status == 429 and spent):  # noqa: PLR2004 - Too Many Requests
        until = (now or datetime.now(UTC)) + timedelta(seconds=max(spent)) if spent else None
        return QuotaSpent("the month's allowance is used up", until=until, provider=NAME, trace_id=trace)
    return error_of_status(response, NAME, code)


def _numbers(header: str) -> list[int]:
    return [int(part) for part in header.replace(" ", "").split(",") if part.isdigit()]


_SHORT = 60
"""Seconds: a longer window than this is the month's."""


class Brave(Adapter):
    """The provider."""

    name = NAME
    title = "Brave Search"

    def __init__(self, transport: Transport, settings: BraveSettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures of the whole web."""
        self.check(Verb.SEARCH, request)
        return decode_search(await self.send(build_search(request, self.settings)), request)
