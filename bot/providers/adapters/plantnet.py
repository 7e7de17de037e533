"""Pl@ntNet: which plant it is, with a free key.

Facts: the service's published clients. "Species not found" means that there is no plant, and is an answer.
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
    FormPart,
    HttpRequest,
    HttpResponse,
    Image,
    ImageCaption,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    Limits,
    Match,
    Module,
    PictureRefused,
    Query,
    RelatedSearchesModule,
    SaidAllowance,
    Tag,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.providers.http.decoding import (
    JsonObject,
    all_words,
    child,
    decoded_json,
    error_of_status,
    first_object,
    number,
    objects,
    response_fields,
    said_number,
    text,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import display_url, safe_join
from .base import Adapter, credit, crop_note, file_part, picture_of, provenance, reading, requested_insights

NAME = "plantnet"
TITLE = "Pl@ntNet"
BASE_URL = "https://my-api.plantnet.org/v2/"
_UPLOAD_BYTES = 10_000_000
_MAX_RESULTS = 5
LEAST = 0.05
"""Of the service's own figure; what is below is a guess among hundreds."""
_GBIF = "https://www.gbif.org/species/{}"


@dataclass(frozen=True, slots=True)
class PlantNetSettings:
    """The key, and where the service is."""

    key: SecretStr
    base_url: str = BASE_URL


CAPABILITIES = Capabilities(
    levels={Verb.INSIGHTS: ALL_LEVELS},
    modules=frozenset({Module.BRQ, Module.CAPTION, Module.SIMILAR_IMAGES, Module.TAGS, Module.RELATED_SEARCHES}),
    paging=False,
    cache=CachePolicy(timedelta(days=1)),
    limits=Limits(per_day=500, upload_bytes=_UPLOAD_BYTES, within=12.0),
    attribution="Pl@ntNet",
    home_url="https://plantnet.org/",
    terms_url="https://my.plantnet.org/terms_of_use",
)


def build_insights(request: InsightsRequest, settings: PlantNetSettings) -> HttpRequest:
    """Build ``POST identify/all``."""
    picture_of(request, NAME, address=False, limit=_UPLOAD_BYTES)
    language = written_outside(request.set_lang or request.mkt or "en").partition("-")[0].lower()
    params = (
        ("api-key", settings.key.get_secret_value()),
        ("lang", language),
        ("nb-results", str(_MAX_RESULTS)),
        ("include-related-images", "true"),
    )
    parts = (file_part("images", request), FormPart("organs", b"auto"))
    return HttpRequest("POST", safe_join(settings.base_url, "identify/all"), params, parts=parts, idempotent=False)


def decode_insights(response: HttpResponse, request: InsightsRequest) -> ImageInsights:
    """Read the answer to `build_insights`: species by how sure the service is, with a picture where it has one."""
    source = provenance(NAME, None, *crop_note(request, NAME))
    if response.status == 404 and b"species not found" in response.body[:2000].lower():  # noqa: PLR2004 - Not Found
        return requested_insights({}, request, source)
    if response.status in {400, 415}:
        raise PictureRefused("not-a-picture", provider=NAME)
    if response.status >= 300:  # noqa: PLR2004 - everything that is not a success
        raise error_of_status(response, NAME)
    data = decoded_json(response, NAME)
    with reading(NAME):
        found = [item for item in objects(data, "results") if (number(item, "score") or 0.0) >= LEAST]
        return requested_insights(_parts(found), request, source)


def _parts(found: list[JsonObject]) -> dict[str, object]:
    names = [name for item in found if (name := name_of(item))]
    best = child(found[0], "species") if found else {}
    family, genus = (
        words(child(best, "family"), "scientificNameWithoutAuthor"),
        words(child(best, "genus"), "scientificNameWithoutAuthor"),
    )
    common = all_words(best, "commonNames")
    latin = words(best, "scientificNameWithoutAuthor")
    tags = dict.fromkeys(name for name in (*common[:4], latin, genus, family) if name)
    told = [names[0], family] if names else []
    return {
        "best_representative_query": Query(text=common[0] if common else names[0]) if names else None,
        "image_caption": ImageCaption(caption=" \u00b7 ".join(part for part in told if part)) if names else None,
        "visually_similar_images": ImagesModule(value=tuple(_image(item) for item in found)),
        "image_tags": ImageTagsModule(value=tuple(Tag(name=name) for name in tags)),
        "related_searches": RelatedSearchesModule(value=tuple(Query(text=name) for name in names[1:])),
    }


def name_of(item: JsonObject) -> str | None:
    """Return a species as people and botanists call it: "Common lavender (Lavandula angustifolia)"."""
    species = child(item, "species")
    latin = words(species, "scientificNameWithoutAuthor")
    common = next(iter(all_words(species, "commonNames")), None)
    return f"{common} ({latin})" if common and latin else common or latin


def _image(item: JsonObject) -> Image:
    gbif = child(item, "gbif").get("id")
    page = _GBIF.format(gbif) if isinstance(gbif, (str, int)) and str(gbif).isdigit() else None
    photograph = first_object(item, "images")
    address, score = child(photograph, "url"), number(item, "score")
    fields: dict[str, Any] = {
        "name": name_of(item),
        "content_url": web(text(address, "o")),
        "thumbnail_url": web(text(address, "m")) or web(text(address, "s")),
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": "GBIF" if page else None,
        "is_family_friendly": True,
        "match": Match(
            confidence=Confidence.MAYBE, provider=NAME, score=None if score is None else min(1.0, max(0.0, score))
        ),
        "attribution": credit(
            title=name_of(item),
            author=words(photograph, "author"),
            license=words(photograph, "license"),
            source_name=TITLE,
            source_url=page,
            provider=NAME,
        ),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


class PlantNet(Adapter):
    """The provider."""

    name = NAME
    title = TITLE

    def __init__(self, transport: Transport, settings: PlantNetSettings) -> None:
        self.settings = settings
        super().__init__(transport, CAPABILITIES)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say which plant it is."""
        self.check(Verb.INSIGHTS, request)
        return decode_insights(await self.send(build_insights(request, self.settings)), request)

    def allowance_in(self, response: HttpResponse) -> SaidAllowance | None:
        """Return what stands in an answer: how many pictures the day still allows."""
        left = said_number(response_fields(response).get("remainingIdentificationRequests"))
        return None if left is None else SaidAllowance(left)
