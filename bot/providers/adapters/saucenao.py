"""SauceNAO: where a drawing is from; a free key raises the limits.

Results are unsorted, weak ones are noise, and much of the index is adult: below Off whatever is marked hidden, is not
marked at all, or stands in an adult collection is left out. Facts: a recorded answer and clients' published types.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    Confidence,
    DayWindow,
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
    Query,
    QuotaSpent,
    RateLimited,
    RelatedSearchesModule,
    SafeSearch,
    SaidAllowance,
    Tag,
    Unavailable,
    Verb,
)
from bot.providers.http.decoding import (
    JsonObject,
    all_words,
    child,
    decoded_json,
    error_of_status,
    number,
    objects,
    response_fields,
    said_number,
    text,
    texts,
    trace_id_of,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import address_host, display_url, safe_join
from .base import Adapter, credit, crop_note, file_part, picture_of, provenance, reading, requested_insights

NAME = "saucenao"
BASE_URL = "https://saucenao.com/"
_UPLOAD_BYTES = 15_000_000
LIKELY = 80.0
ADULT_INDEXES = frozenset({0, 2, 16, 18, 22, 38})
_HIDE = {SafeSearch.OFF: "0", SafeSearch.MODERATE: "2", SafeSearch.STRICT: "3"}


@dataclass(frozen=True, slots=True)
class SauceNaoSettings:
    """Where the service is, and the account's key if there is one."""

    base_url: str = BASE_URL
    key: SecretStr | None = None


def capabilities(settings: SauceNaoSettings) -> Capabilities:
    """Return what the service can do with or without a key."""
    return Capabilities(
        levels={Verb.INSIGHTS: ALL_LEVELS},
        modules=frozenset({
            Module.BRQ, Module.PAGES_INCLUDING, Module.SIMILAR_IMAGES, Module.TAGS, Module.RELATED_SEARCHES,
        }),
        paging=False,
        flags_adult=True,
        cache=CachePolicy(timedelta(hours=1)),
        limits=Limits(
            per_minute=12 if settings.key else 8,
            per_day=200 if settings.key else 10,
            at_once=1,
            upload_bytes=_UPLOAD_BYTES,
            day_window=DayWindow.ROLLING,
        ),
        attribution="SauceNAO",
        home_url="https://saucenao.com/",
        terms_url="https://saucenao.com/legal.html",
    )  # fmt: skip


def build_insights(request: InsightsRequest, settings: SauceNaoSettings) -> HttpRequest:
    """Build ``search.php``: a posted picture as a file, a public address as it is."""
    picture = picture_of(request, NAME, limit=_UPLOAD_BYTES)
    params = [("output_type", "2"), ("numres", "16"), ("db", "999"), ("hide", _HIDE[request.safe_search])]
    if settings.key:
        params.append(("api_key", settings.key.get_secret_value()))
    address = safe_join(settings.base_url, "search.php")
    if isinstance(picture, str):
        return HttpRequest("GET", address, (*params, ("url", picture)), idempotent=False)
    return HttpRequest("POST", address, tuple(params), parts=(file_part("file", request),), idempotent=False)


def decode_insights(response: HttpResponse, request: InsightsRequest, *, keyed: bool = False) -> ImageInsights:
    """Read the answer to `build_insights`.

    Args:
        response: what came.
        request: what was asked.
        keyed: whether a key was sent; an answer to nobody then means that the key is bad.
    """
    if response.status >= 300:  # noqa: PLR2004 - everything that is not a success
        raise _decode_error(response)
    data = decoded_json(response, NAME)
    with reading(NAME):
        header = child(data, "header")
        _refuse(header, response, keyed=keyed)
        least = number(header, "minimum_similarity") or 0.0
        results = sorted(objects(data, "results"), key=lambda item: -similarity(item))
        results = [item for item in results if similarity(item) >= least and _allowed(item, request.safe_search)]
        return requested_insights(_parts(results), request, provenance(NAME, None, *crop_note(request, NAME)))


def _refuse(header: JsonObject, response: HttpResponse, *, keyed: bool) -> None:
    status = number(header, "status")
    if keyed and number(header, "user_id") == 0:
        raise Misconfigured("the key is refused", provider=NAME, trace_id=trace_id_of(response))
    if status is None or status >= 0:
        return
    words = (text(header, "message") or "").lower()
    if "key" in words or "account" in words:
        raise Misconfigured("the key is refused", provider=NAME)
    if "server" in words or "try again" in words:
        raise Unavailable("the service failed", provider=NAME)
    raise PictureRefused("not-a-picture", provider=NAME)


def similarity(item: JsonObject) -> float:
    """Return how alike a result is, 0 to 100; it is written as text."""
    return number(child(item, "header"), "similarity") or 0.0


def _allowed(item: JsonObject, level: SafeSearch) -> bool:
    return level is SafeSearch.OFF or _is_clean(child(item, "header"))


def _is_clean(header: JsonObject) -> bool:
    return number(header, "hidden") == 0 and number(header, "index_id") not in ADULT_INDEXES


def _parts(results: list[JsonObject]) -> dict[str, object]:
    near = [item for item in results if similarity(item) >= LIKELY]
    far = [item for item in results if similarity(item) < LIKELY]
    found = [image for item in near for image in _images(item)]
    pages = [image for image in found if image.host_page_url]
    similar = [image for image in found if not image.host_page_url]  # no page is known that shows it
    similar += [image for item in far for image in _images(item)[:1]]
    best = child(near[0], "data") if near else {}
    titles = [title for item in near if (title := _title_of(child(item, "data")))]
    material = _split(all_words(best, "material"))
    names = dict.fromkeys([*_split(all_words(best, "characters")), *material])
    author = author_of(best)
    searches = dict.fromkeys([author, *material] if author else material)
    return {
        "best_representative_query": Query(text=titles[0]) if titles else None,
        "pages_including": ImagesModule(value=tuple(pages)),
        "visually_similar_images": ImagesModule(value=tuple(similar)),
        "image_tags": ImageTagsModule(value=tuple(Tag(name=name) for name in names)),
        "related_searches": RelatedSearchesModule(value=tuple(Query(text=name) for name in searches)),
    }


def _title_of(data: JsonObject) -> str | None:
    """Return what the picture or the work is called; a source that is an address is no title."""
    names = (words(data, key) for key in ("title", "eng_name", "jp_name", "source", "material"))
    return next((name for name in names if name and not web(name)), None)


def author_of(data: JsonObject) -> str | None:
    """Return who made it; the field is a text or a list, under several names."""
    for key in ("member_name", "creator", "author_name", "artist", "author"):
        if found := [name for name in all_words(data, key) if name.lower() != "unknown"]:
            return ", ".join(found)
    return None


def _split(names: list[str]) -> list[str]:
    return [name.strip() for joined in names for name in joined.split(",") if name.strip()]


def _images(item: JsonObject) -> list[Image]:
    """Read one result: a finding for each of its pages, or one without a page."""
    header, data = child(item, "header"), child(item, "data")
    pages: list[str | None] = [page for address in texts(data, "ext_urls") if (page := web(address))]
    if not pages and (source := web(text(data, "source"))):
        pages = [source]
    score = similarity(item)
    fields: dict[str, Any] = {
        "name": _title_of(data),
        "thumbnail_url": web(text(header, "thumbnail")),
        "is_family_friendly": _is_clean(header) if "hidden" in header else None,
        "match": Match(
            confidence=Confidence.LIKELY if score >= LIKELY else Confidence.MAYBE, provider=NAME, score=score / 100
        ),
    }
    known = {name: value for name, value in fields.items() if value is not None}
    return [_on_page(Image(**known), page, data) for page in pages or [None]]


def _on_page(image: Image, page: str | None, data: JsonObject) -> Image:
    changes: dict[str, object] = {
        "attribution": credit(
            title=image.name,
            author=author_of(data),
            author_url=web(text(data, "author_url")),
            source_name=address_host(page),
            source_url=page,
            provider=NAME,
        )
    }
    if page:
        changes |= {
            "host_page_url": page,
            "host_page_display_url": display_url(page),
            "host_page_domain_friendly_name": address_host(page),
        }
    return image.with_(**changes)


def _decode_error(response: HttpResponse) -> ProviderError:
    """Return the error of a status; a 429 says in words whether the day or the half minute is used up."""
    if response.status != 429:  # noqa: PLR2004 - Too Many Requests
        return error_of_status(response, NAME)
    trace = trace_id_of(response)
    if b"daily" in response.body[:4000].lower():
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        return QuotaSpent("the day's searches are used up", until=tomorrow, provider=NAME, trace_id=trace)
    return RateLimited("too many searches", retry_after=timedelta(seconds=30), provider=NAME, trace_id=trace)


class SauceNao(Adapter):
    """The provider."""

    name = NAME
    title = "SauceNAO"

    def __init__(self, transport: Transport, settings: SauceNaoSettings | None = None) -> None:
        self.settings = settings or SauceNaoSettings()
        super().__init__(transport, capabilities(self.settings))

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Find where a drawing is from."""
        self.check(Verb.INSIGHTS, request)
        response = await self.send(build_insights(request, self.settings))
        return decode_insights(response, request, keyed=self.settings.key is not None)

    def allowance_in(self, response: HttpResponse) -> SaidAllowance | None:
        """Return what stands in every answer's header: the searches of 24 hours, what is left of them, and of 30 s."""
        header = child(response_fields(response), "header")
        left, limit, short = (said_number(header.get(name)) for name in ("long_remaining", "long_limit", "short_limit"))
        return None if left is None else SaidAllowance(left, limit or None, per_minute=2 * short if short else None)
