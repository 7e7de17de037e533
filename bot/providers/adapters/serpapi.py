"""SerpApi: Google's pictures by words and Google Lens by picture, paid by the search.

A service that reads Google's pages; whether its use is allowed is for the operator to weigh. A search by words is
filtered (``safe=active`` below Off); what Lens finds is not said to be, so below Off only titles and links are given.
Facts: the service's page on uploads, and public clients; see docs/providers.md for what is not verified.
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
    Confidence,
    FormPart,
    HttpRequest,
    HttpResponse,
    Image,
    ImageAnswer,
    ImageInsights,
    ImagesModule,
    InsightsRequest,
    Limits,
    Match,
    Misconfigured,
    Module,
    ProviderError,
    Query,
    QuotaSpent,
    RelatedSearchesModule,
    SafeSearch,
    SearchRequest,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.providers.http.decoding import (
    JsonObject,
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
from .base import (
    Adapter,
    credit,
    crop_note,
    file_part,
    first_wanted,
    picture_of,
    provenance,
    reading,
    requested_insights,
    text_only,
)
from .local_filters import SHAPES, narrow

NAME = "serpapi"
TITLE = "SerpApi (Google)"
BASE_URL = "https://serpapi.com/"
_UPLOAD_BYTES = 500_000
PAGE = 100
"""Results of one page of Google's pictures (``ijn``)."""


@dataclass(frozen=True, slots=True)
class SerpApiSettings:
    """The key, and where the service is."""

    key: SecretStr
    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.SEARCH: ALL_LEVELS, Verb.INSIGHTS: ALL_LEVELS},
    filters=SHAPES | {"mkt", "setLang"},
    modules=frozenset({Module.BRQ, Module.PAGES_INCLUDING, Module.RELATED_SEARCHES}),
    cache=CachePolicy(timedelta(hours=1)),
    limits=Limits(per_month=250, price=0.025, within=25.0, upload_bytes=_UPLOAD_BYTES),
    attribution="Google, through SerpApi",
    home_url="https://serpapi.com/",
    terms_url="https://serpapi.com/legal",
)


def _search(
    engine: str, request: SearchRequest | InsightsRequest, settings: SerpApiSettings, *more: tuple[str, str]
) -> HttpRequest:
    language, _, country = (request.mkt or "").partition("-")
    params = [("engine", engine), *more, ("safe", "off" if request.safe_search is SafeSearch.OFF else "active")]
    if language := written_outside(request.set_lang or language).partition("-")[0].lower():
        params.append(("hl", language))
    if country := (request.cc or country).lower():
        params.append(("gl", country))
    params.append(("api_key", settings.key.get_secret_value()))
    return HttpRequest("GET", safe_join(settings.base_url, "search.json"), tuple(params), idempotent=False)


def build_search(request: SearchRequest, settings: SerpApiSettings) -> HttpRequest:
    """Build ``GET search.json`` for Google's pictures; never sent twice, because it is paid."""
    return _search("google_images", request, settings, ("q", request.q), ("ijn", str(request.offset // PAGE)))


def decode_search(response: HttpResponse, request: SearchRequest) -> ImageAnswer:
    """Read the answer to `build_search`."""
    data = _answered(response)
    with reading(NAME):
        items = objects(data, "images_results")
        start = request.offset % PAGE
        end = start + request.count
        images = [_picture(item, request.safe_search) for item in items[start:end]]
        page = request.offset // PAGE
        after = page * PAGE + end if end < min(len(items), PAGE) else (page + 1) * PAGE
        fields: dict[str, Any] = {"next_offset": after} if items else {}
        return ImageAnswer(
            value=first_wanted(narrow(images, request), request.id),
            current_offset=request.offset,
            provenance=provenance(NAME),
            **fields,
        )


def _picture(item: JsonObject, level: SafeSearch) -> Image:
    address = web(text(item, "original"))
    fields: dict[str, Any] = {
        "thumbnail_url": web(text(item, "thumbnail")),
        "width": whole(item, "original_width"),
        "height": whole(item, "original_height"),
        "is_family_friendly": True if level is not SafeSearch.OFF else None,
    }
    return _found(item, address).with_(**{name: value for name, value in fields.items() if value is not None})


def _found(item: JsonObject, address: str | None) -> Image:
    """Read what pictures and findings share: the page, its name and the picture's address."""
    page, name = web(text(item, "link")), words(item, "title")
    fields: dict[str, Any] = {
        "name": name,
        "content_url": address,
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": words(item, "source") or address_host(page),
        "encoding_format": format_of(address),
        "image_id": id_of(address) if address else None,
        "attribution": credit(
            title=name,
            source_name=words(item, "source") or address_host(page),
            source_url=page or address,
            provider=NAME,
        ),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


def build_upload(request: InsightsRequest, settings: SerpApiSettings) -> HttpRequest:
    """Build ``POST image``, which gives a posted picture an id for one search."""
    key = FormPart("api_key", settings.key.get_secret_value().encode())
    parts = (file_part("image", request), key)
    return HttpRequest("POST", safe_join(settings.base_url, "image"), parts=parts, idempotent=False)


def decode_upload(response: HttpResponse) -> str:
    """Read the picture's id.

    Raises:
        BadAnswer: there is none.
    """
    found = text(_answered(response), "image_id")
    if found is None:
        raise BadAnswer("the upload gave no image_id", provider=NAME, trace_id=trace_id_of(response))
    return found


def build_insights(request: InsightsRequest, settings: SerpApiSettings, image_id: str | None = None) -> HttpRequest:
    """Build ``GET search.json`` for Google Lens: by the id of an uploaded picture, or by a public address."""
    picture = picture_of(request, NAME) if image_id is None else ""
    shown = ("url", picture) if isinstance(picture, str) and picture else ("image_id", image_id or "")
    return _search("google_lens", request, settings, ("type", "all"), shown)


def decode_insights(response: HttpResponse, request: InsightsRequest) -> ImageInsights:
    """Read the answer to `build_insights`: exact matches, then pictures much like it."""
    data = _answered(response)
    with reading(NAME):
        off = request.safe_search is SafeSearch.OFF
        pages = [
            _match(item, confidence)
            for name, confidence in (("exact_matches", Confidence.EXACT), ("visual_matches", Confidence.MAYBE))
            for item in objects(data, name)
        ]
        titles = [title for item in objects(data, "knowledge_graph") if (title := words(item, "title"))]
        searches = [found for item in objects(data, "related_content") if (found := words(item, "query"))]
        guesses = list(dict.fromkeys([*titles, *searches]))
        parts: dict[str, object] = {
            "best_representative_query": Query(text=guesses[0]) if guesses else None,
            "pages_including": ImagesModule(value=tuple(page if off else text_only(page) for page in pages)),
            "related_searches": RelatedSearchesModule(value=tuple(Query(text=guess) for guess in guesses[1:])),
        }
        notes = crop_note(request, NAME)
        return requested_insights(parts, request, provenance(NAME, request.safe_search, *notes, text_only=bool(pages)))


def _match(item: JsonObject, confidence: Confidence) -> Image:
    thumbnail = web(text(item, "thumbnail"))
    more: dict[str, Any] = {
        "thumbnail_url": thumbnail,
        "width": whole(item, "image_width"),
        "height": whole(item, "image_height"),
        "match": Match(confidence=confidence, provider=NAME),
    }
    found = _found(item, web(text(item, "image")))
    return found.with_(**{name: value for name, value in more.items() if value is not None})


def _answered(response: HttpResponse) -> JsonObject:
    """Return a good answer; the service's errors are words, and "no results" is one of them."""
    data = json_object(response, NAME)
    said = text(data, "error")
    if said is None:
        return decoded_json(response, NAME)
    if response.status < 300 and "any results" in said:  # noqa: PLR2004 - a success
        return {}
    raise _error(response, said.lower())


def _error(response: HttpResponse, said: str) -> ProviderError:
    trace = trace_id_of(response)
    if "api key" in said or "api_key" in said:
        return Misconfigured("the key is refused", provider=NAME, trace_id=trace)
    if "run out" in said:  # "has run out of searches", "searches for the month have run out"
        return QuotaSpent("the plan's searches are used up", provider=NAME, trace_id=trace)
    if response.status < 300:  # noqa: PLR2004 - an error with status 200
        return BadAnswer("the service says that it failed", provider=NAME, trace_id=trace)
    return error_of_status(response, NAME)


class SerpApi(Adapter):
    """The provider."""

    name = NAME
    title = TITLE

    def __init__(self, transport: Transport, settings: SerpApiSettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures as Google does."""
        self.check(Verb.SEARCH, request)
        return decode_search(await self.send(build_search(request, self.settings)), request)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Find the picture with Google Lens; a posted one is uploaded first."""
        self.check(Verb.INSIGHTS, request)
        image_id = None
        if request.upload is not None:
            image_id = decode_upload(await self.send(build_upload(request, self.settings)))
        return decode_insights(await self.send(build_insights(request, self.settings, image_id)), request)
