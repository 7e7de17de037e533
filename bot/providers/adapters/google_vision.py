"""Google Cloud Vision's web detection: where on the web a picture is, with a key.

The bytes are sent, never an address. What it finds is not filtered, so below Off only titles and links are given, and
a picture that Google takes for adult (at Strict also racy) is refused. Facts: recorded answers and the service's
published error model.
"""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta

from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    Blocked,
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
    Person,
    PictureRefused,
    ProviderError,
    Query,
    QuotaSpent,
    RateLimited,
    RecognizedEntitiesModule,
    RecognizedEntity,
    RecognizedEntityGroup,
    RecognizedEntityRegion,
    RelatedSearchesModule,
    SafeSearch,
    Tag,
    Unavailable,
    Verb,
)
from bot.providers.http.decoding import (
    JsonObject,
    child,
    error_of_status,
    first_object,
    json_object,
    number,
    objects,
    retry_after,
    text,
    trace_id_of,
    words,
)
from bot.providers.http.html_text import html_to_text
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import address_host, display_url, format_of, id_of, safe_join
from .base import Adapter, credit, crop_note, picture_of, provenance, reading, requested_insights, text_only

NAME = "google-vision"
BASE_URL = "https://vision.googleapis.com/v1/"
_UPLOAD_BYTES = 7_000_000
"""Ten megabytes a request, and base64 makes four bytes of three."""
_ENTITY_GROUP = "WebEntities"
_SURE_ENOUGH = 0.5
_BAD = frozenset({"LIKELY", "VERY_LIKELY"})
_KNOWN = frozenset({"UNKNOWN", "VERY_UNLIKELY", "UNLIKELY", "POSSIBLE"}) | _BAD


@dataclass(frozen=True, slots=True)
class GoogleVisionSettings:
    """The key, where the service is, and whether names of people and things are shown (they come from web captions)."""

    key: SecretStr
    base_url: str = BASE_URL
    entities: bool = True
    most_results: int = 20


CAPABILITIES = Capabilities(
    levels={Verb.INSIGHTS: ALL_LEVELS},
    modules=frozenset({
        Module.BRQ, Module.PAGES_INCLUDING, Module.SIMILAR_IMAGES, Module.TAGS, Module.RELATED_SEARCHES,
        Module.RECOGNIZED_ENTITIES,
    }),
    paging=False,
    text_only_below_off=True,
    cache=CachePolicy(timedelta(hours=1)),
    # web detection costs $3.50 per 1,000, and below Off the rating of the picture $1.50 more
    limits=Limits(per_month=1000, upload_bytes=_UPLOAD_BYTES, price=0.005),
    attribution="Google Cloud Vision",
    home_url="https://cloud.google.com/vision",
    terms_url="https://cloud.google.com/terms",
)  # fmt: skip


def build_insights(request: InsightsRequest, settings: GoogleVisionSettings) -> HttpRequest:
    """Build ``POST images:annotate``; below Off the picture itself is rated too."""
    data = picture_of(request, NAME, address=False, limit=_UPLOAD_BYTES)
    features: list[dict[str, object]] = [{"type": "WEB_DETECTION", "maxResults": settings.most_results}]
    if request.safe_search is not SafeSearch.OFF:
        features.append({"type": "SAFE_SEARCH_DETECTION"})
    content = base64.b64encode(data if isinstance(data, bytes) else b"").decode()
    return HttpRequest(
        "POST",
        safe_join(settings.base_url, "images:annotate"),
        headers={"Content-Type": "application/json", "X-Goog-Api-Key": settings.key.get_secret_value()},
        body=json.dumps({"requests": [{"image": {"content": content}, "features": features}]}).encode(),
        idempotent=False,
    )


def decode_insights(response: HttpResponse, request: InsightsRequest, settings: GoogleVisionSettings) -> ImageInsights:
    """Read the answer to `build_insights`.

    Raises:
        Blocked: the picture is not for this level, or was not rated although it had to be.
        PictureRefused: the service cannot read the picture.
    """
    data = json_object(response, NAME)
    if response.status >= 300 or "error" in data:  # noqa: PLR2004 - everything that is not a success
        raise _error(response, child(data, "error"))
    with reading(NAME):
        answer = first_object(data, "responses")
        if failed := child(answer, "error"):
            raise _error_by_code(response, failed)
        if request.safe_search is not SafeSearch.OFF:
            _refuse_adult(child(answer, "safeSearchAnnotation"), request.safe_search)
        return _insights(child(answer, "webDetection"), request, settings)


def _refuse_adult(rating: JsonObject, level: SafeSearch) -> None:
    looked_at = ("adult", "racy") if level is SafeSearch.STRICT else ("adult",)
    if any(rating.get(name) in _BAD or rating.get(name) not in _KNOWN for name in looked_at):
        raise Blocked("picture", provider=NAME)


def _insights(web_detection: JsonObject, request: InsightsRequest, settings: GoogleVisionSettings) -> ImageInsights:
    off = request.safe_search is SafeSearch.OFF
    pages = [_page(item) for item in objects(web_detection, "pagesWithMatchingImages")]
    similar = [
        _picture(address, confidence)
        for name, confidence in (
            ("fullMatchingImages", Confidence.EXACT),
            ("partialMatchingImages", Confidence.LIKELY),
            ("visuallySimilarImages", Confidence.MAYBE),
        )
        for item in objects(web_detection, name)
        if (address := _address(item))
    ]
    labels = [label for item in objects(web_detection, "bestGuessLabels") if (label := words(item, "label"))]
    entities = objects(web_detection, "webEntities") if settings.entities else []
    named = [(name, number(item, "score") or 0.0) for item in entities if (name := words(item, "description"))]
    parts: dict[str, object] = {
        "best_representative_query": Query(text=labels[0]) if labels else None,
        "related_searches": RelatedSearchesModule(value=tuple(Query(text=label) for label in labels[1:])),
        "pages_including": ImagesModule(value=tuple(page if off else text_only(page) for page in pages)),
        "visually_similar_images": ImagesModule(value=tuple(similar) if off else ()),
        "image_tags": ImageTagsModule(value=tuple(Tag(name=name) for name, score in named if score >= _SURE_ENOUGH)),
        "recognized_entity_groups": _entities(named),
    }
    notes = crop_note(request, NAME)
    return requested_insights(
        parts, request, provenance(NAME, request.safe_search, *notes, text_only=bool(pages or similar))
    )


def _entities(named: list[tuple[str, float]]) -> RecognizedEntitiesModule:
    matching = tuple(
        RecognizedEntity(
            entity=Person.model_validate({"_type": "Thing", "name": name}), match_confidence=min(1.0, score)
        )
        for name, score in named
    )
    group = RecognizedEntityGroup(
        name=_ENTITY_GROUP, recognized_entity_regions=(RecognizedEntityRegion(matching_entities=matching),)
    )
    return RecognizedEntitiesModule(value=(group,) if matching else ())


def _page(item: JsonObject) -> Image:
    full = [found for image in objects(item, "fullMatchingImages") if (found := _address(image))]
    partial = [found for image in objects(item, "partialMatchingImages") if (found := _address(image))]
    confidence = Confidence.EXACT if full else Confidence.LIKELY if partial else Confidence.MAYBE
    page, title = _address(item), html_to_text(text(item, "pageTitle"))
    shown: dict[str, object] = {
        "name": title,
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": address_host(page),
        "attribution": credit(title=title, source_name=address_host(page), source_url=page, provider=NAME),
    }
    image = _picture(next(iter([*full, *partial]), None), confidence)
    return image.with_(**{name: value for name, value in shown.items() if value is not None})


def _picture(address: str | None, confidence: Confidence) -> Image:
    fields: dict[str, str | None] = {
        "content_url": address,
        "encoding_format": format_of(address),
        "image_id": id_of(address) if address else None,
    }
    return Image(
        **{name: value for name, value in fields.items() if value},  # pyright: ignore[reportArgumentType] (all texts)
        match=Match(confidence=confidence, provider=NAME),
        attribution=credit(source_name=address_host(address), source_url=address, provider=NAME),
    )


def _address(item: JsonObject) -> str | None:
    return web(text(item, "url"))


_TO_MEND = (
    ("billing", "billing must be switched on for the key's project"),
    ("has not been used", "the Vision API must be switched on for the key's project"),
    ("disabled", "the Vision API must be switched on for the key's project"),
    ("are blocked", "the key's restrictions do not let it use the Vision API"),
)
"""What the operator has to mend, by words of Google's message (in small letters)."""


def _error(response: HttpResponse, error: JsonObject) -> ProviderError:
    said = (text(error, "message") or "").lower()
    if response.status == 413 or "payload size exceeds" in said:  # noqa: PLR2004 - Content Too Large
        return PictureRefused("too-large", limit=_UPLOAD_BYTES, provider=NAME)
    reason = next((reason for mark, reason in _TO_MEND if mark in said), "the key is refused")
    if "api key" in said or text(error, "status") in {"PERMISSION_DENIED", "UNAUTHENTICATED"}:
        return Misconfigured(reason, provider=NAME, trace_id=trace_id_of(response))
    if text(error, "status") == "INVALID_ARGUMENT":
        return PictureRefused("not-a-picture", provider=NAME)
    return error_of_status(response, NAME) if response.status >= 300 else _error_by_code(response, error)  # noqa: PLR2004


def _error_by_code(response: HttpResponse, error: JsonObject) -> ProviderError:
    """Return the error that a google.rpc code stands for."""
    trace = trace_id_of(response)
    match error.get("code"):
        case 3:
            return PictureRefused("not-a-picture", provider=NAME)
        case 7 | 16:
            return Misconfigured("not allowed", provider=NAME, trace_id=trace)
        case 8 if "per minute" in (text(error, "message") or ""):
            return RateLimited("too many", retry_after=retry_after(response), provider=NAME, trace_id=trace)
        case 8:
            return QuotaSpent("the allowance is used up", provider=NAME, trace_id=trace)
        case code:
            return Unavailable(f"code {code}", provider=NAME, trace_id=trace)


class GoogleVision(Adapter):
    """The provider."""

    name = NAME
    title = "Google Cloud Vision"

    def __init__(self, transport: Transport, settings: GoogleVisionSettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Find the picture on the web."""
        self.check(Verb.INSIGHTS, request)
        return decode_insights(await self.send(build_insights(request, self.settings)), request, self.settings)
