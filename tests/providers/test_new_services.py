"""What is particular to KLIPY, Pexels, SerpApi, Serper, Fluffle, AnimeTrace and Pl@ntNet."""

import io
import json
from typing import Any

import pytest
from aiohttp import web
from PIL import Image as Pictures
from pydantic import SecretStr

from bot.bing_v7 import (
    Color,
    HttpResponse,
    ImageType,
    InsightsRequest,
    Misconfigured,
    NotSupported,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    SearchRequest,
    TrendingRequest,
    Unavailable,
    Upload,
)
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.adapters import animetrace, fluffle, klipy, pexels, plantnet, serpapi, serper
from bot.providers.http.transport import Transport
from bot.providers.middleware.upload_preparation import PreparedUploads

from .cases import body_of, case, lookup, response, search
from .conftest import Stage

OFF, MODERATE, STRICT = SafeSearch.OFF, SafeSearch.MODERATE, SafeSearch.STRICT
KEY = SecretStr("s3cr3t-value")


def said(data: object, status: int = 200) -> HttpResponse:
    return HttpResponse(status, {}, json.dumps(data).encode())


def test_gifs_are_of_a_size_that_a_message_shows_and_advertisements_are_left_out() -> None:
    first, second = case("klipy").decode(response(body_of("klipy")), search(OFF, count=24)).value
    assert first.content_url == "https://static.klipy.example/101md.gif"
    assert first.thumbnail_url == "https://static.klipy.example/101sm.gif"
    assert (first.name, first.encoding_format) == ("Otter Waves & Smiles GIF", "animatedgif")
    assert second.content_url == "https://static.klipy.example/102hd.gif"


def test_gifs_turn_pages_by_their_size() -> None:
    settings = klipy.KlipySettings(KEY, "https://k.example")
    third = klipy.build_search(search(OFF, count=50, offset=100), settings)
    assert dict(third.params)["page"] == "3"
    assert dict(klipy.build_search(search(OFF, count=3), settings).params)["per_page"] == "8"
    assert klipy.decode_search(response(body_of("klipy")), search(OFF, count=50, offset=100)).next_offset == 150
    with pytest.raises(NotSupported):
        klipy.build_search(search(OFF, image_type=ImageType.PHOTO), settings)


def test_a_gifs_title_is_a_search() -> None:
    answer = klipy.decode_trending(
        response(body_of("klipy-trending")), TrendingRequest(safe_search=STRICT, set_lang="de")
    )
    (category,) = answer.categories
    assert category.title == "Beliebte GIFs"
    assert [tile.query.text for tile in category.tiles] == ["Otter Waves & Smiles", "Sleepy Otter"]


async def test_the_key_in_klipys_path_is_in_no_log(
    stage: Stage, transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    stage.plays(500)
    with caplog.at_level("DEBUG"), pytest.raises(Unavailable) as caught:
        await klipy.Klipy(transport, klipy.KlipySettings(KEY, stage.base)).search(SearchRequest(q="x", safe_search=OFF))
    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert "/s3cr3t-value/gifs/search" in str(stage.seen[0].path)
    assert "s3cr3t-value" not in "".join(ours) + str(caught.value)


def test_photographs_are_credited_and_carry_no_creative_commons() -> None:
    first, _ = pexels.decode_search(response(body_of("pexels")), search(STRICT, count=2)).value
    assert first.attribution
    assert (first.attribution.author, first.attribution.license) == ("Ada", "Pexels License")
    assert (first.creative_commons, first.accent, first.is_family_friendly) == (None, 0x978E82, True)
    settings = pexels.PexelsSettings(KEY, "https://p.example")
    asked = dict(pexels.build_search(search(OFF, color=Color.TEAL, set_lang="pt-BR"), settings).params)
    assert (asked["color"], asked["locale"]) == ("turquoise", "pt-BR")
    with pytest.raises(NotSupported):
        pexels.build_search(search(OFF, color=Color.MONOCHROME), settings)


def test_a_sentence_makes_a_short_search() -> None:
    answer = pexels.decode_trending(response(body_of("pexels-curated")), TrendingRequest(safe_search=STRICT))
    tile = answer.categories[0].tiles[0]
    assert tile.query.text == "A Brown Otter Swimming in the"
    assert tile.query.display_text == "A Brown Otter Swimming in the Clear Water of a River"


async def test_a_picture_is_uploaded_small_enough_and_then_asked_about(stage: Stage, transport: Transport) -> None:
    noise = Pictures.effect_noise((1200, 1000), 90)
    packed = io.BytesIO()
    noise.save(packed, "PNG")
    large = packed.getvalue()
    assert len(large) > serpapi._UPLOAD_BYTES

    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body_of("serpapi-lens"))

    stage.handler = handler
    service = serpapi.SerpApi(transport, serpapi.SerpApiSettings(KEY, stage.base))
    provider = PreparedUploads(service, Media(InThread()))
    request = InsightsRequest(upload=Upload(data=large, content_type="image/png"), safe_search=STRICT)
    answer = await provider.insights(request)
    first, second = stage.seen
    assert (first.method, first.path, second.path) == ("POST", "/image", "/search.json")
    assert len(stage.bodies[0]) < serpapi._UPLOAD_BYTES + 2000
    assert (second.query["image_id"], second.query["safe"]) == ("abc123", "active")
    assert answer.pages_including
    assert [page.match and page.match.confidence.value for page in answer.pages_including.value] == ["exact", "maybe"]
    assert all(page.content_url is None for page in answer.pages_including.value)


SERPAPI: list[tuple[int, str, type[ProviderError] | None]] = [
    (200, "Google hasn't returned any results for this query.", None),
    (401, "Invalid API key. Your API key should be here", Misconfigured),
    (429, "Your account has run out of searches.", QuotaSpent),
    (429, "Your searches for the month have run out. You can upgrade", QuotaSpent),
    (429, "You are exceeding your hourly throughput", RateLimited),
]


@pytest.mark.parametrize(("status", "words", "kind"), SERPAPI)
def test_serpapis_errors_are_words(status: int, words: str, kind: type[ProviderError] | None) -> None:
    if kind is None:
        assert serpapi.decode_search(said({"error": words}, status), search(OFF)).value == ()
        return
    with pytest.raises(kind):
        serpapi.decode_search(said({"error": words}, status), search(OFF))


def test_spent_credits_at_serper() -> None:
    with pytest.raises(QuotaSpent):
        serper.decode_search(said({"message": "Not enough credits", "statusCode": 400}, 400), search(OFF))


@pytest.mark.parametrize(("level", "shown"), [(OFF, ["e621", "FurAffinity"]), (STRICT, ["FurAffinity"])])
def test_fluffle_leaves_out_what_is_not_safe_and_counts_it(level: SafeSearch, shown: list[str]) -> None:
    answer = fluffle.decode_insights(response(body_of("fluffle")), lookup(level))
    assert answer.pages_including
    assert [page.host_page_domain_friendly_name for page in answer.pages_including.value] == shown
    notes = answer.provenance.notes if answer.provenance else ()
    assert [note.count for note in notes if note.code == "withheld"] == ([] if level is OFF else [1])


def test_fluffle_refuses_a_picture() -> None:
    with pytest.raises(PictureRefused):
        fluffle.decode_insights(said({"errors": [{"code": "x", "message": "y"}]}, 415), lookup(OFF))


def test_characters_have_boxes_names_and_the_mark_of_a_program() -> None:
    answer = animetrace.decode_insights(response(body_of("animetrace")), lookup(STRICT, set_lang="de"))
    assert answer.recognized_entity_groups
    (group,) = answer.recognized_entity_groups.value
    first, second = group.recognized_entity_regions
    assert first.region
    assert (first.region.left, first.region.bottom) == (0.1, 0.9)
    assert second.region is None  # a box that reaches out of the picture says nothing
    assert [one.entity.name for one in first.matching_entities] == ["初音ミク", "鏡音リン"]
    assert first.matching_entities[0].entity.to_wire()["_type"] == "Thing"
    assert answer.best_representative_query
    assert answer.best_representative_query.text == "初音ミク VOCALOID"
    assert answer.image_tags
    assert "KI-generiert" in [tag.name for tag in answer.image_tags.value]


MIKU = {
    "data": {
        "Character": {
            "name": {"full": "Miku Hatsune"}, "siteUrl": "https://anilist.co/character/17835",
            "image": {"medium": "https://s4.anilist.example/miku.png"},
            "media": {"nodes": [{"isAdult": False, "title": {"english": None, "romaji": "Vocaloid"}}]},
        }
    }
}  # fmt: skip


@pytest.mark.parametrize(("adult", "level", "named"), [(False, STRICT, True), (True, STRICT, False), (True, OFF, True)])
async def test_anilist_gives_the_name_in_latin_letters_and_nothing_adult(
    stage: Stage, transport: Transport, adult: bool, level: SafeSearch, named: bool
) -> None:
    known: dict[str, Any] = json.loads(json.dumps(MIKU))
    known["data"]["Character"]["media"]["nodes"][0]["isAdult"] = adult

    async def handler(request: web.Request) -> web.StreamResponse:
        return web.json_response(known) if request.path == "/graphql" else web.Response(body=body_of("animetrace"))

    stage.handler = handler
    settings = animetrace.AnimeTraceSettings(stage.base, f"{stage.base}/graphql")
    answer = await animetrace.AnimeTrace(transport, settings).insights(lookup(level))
    assert answer.visually_similar_images
    first = answer.visually_similar_images.value[0]
    assert (first.name == "Miku Hatsune (Vocaloid)") is named
    assert (first.thumbnail_url is not None) is named
    assert json.loads(stage.bodies[1])["variables"] == {"name": "初音ミク"}


@pytest.mark.parametrize(("code", "kind"), [(17737, RateLimited), (17722, Unavailable), (None, Unavailable)])
def test_animetraces_own_codes(code: int | None, kind: type[ProviderError]) -> None:
    with pytest.raises(kind):
        animetrace.decode_insights(said({"code": code, "zh_message": "x"}), lookup(OFF))


def test_a_plant_has_both_its_names() -> None:
    answer = plantnet.decode_insights(response(body_of("plantnet")), lookup(STRICT))
    assert answer.best_representative_query
    assert answer.best_representative_query.text == "Common lavender"
    assert answer.image_caption
    assert answer.image_caption.caption == "Common lavender (Lavandula angustifolia) \u00b7 Lamiaceae"
    assert answer.visually_similar_images
    first, second = answer.visually_similar_images.value
    assert (first.host_page_url, second.name) == ("https://www.gbif.org/species/2927305", "Lavandula stoechas")
    assert first.match
    assert (first.match.confidence, round(first.match.score or 0, 2)) == ("maybe", 0.95)


def test_no_plant_is_an_answer_and_a_bad_picture_is_none() -> None:
    nothing = said({"statusCode": 404, "error": "Not Found", "message": "Species not found"}, 404)
    answer = plantnet.decode_insights(nothing, lookup(STRICT))
    assert answer.best_representative_query is None
    with pytest.raises(Misconfigured):
        plantnet.decode_insights(said({"message": "Cannot GET /v3"}, 404), lookup(STRICT))
    with pytest.raises(PictureRefused):
        plantnet.decode_insights(said({"message": "Unsupported file type"}, 415), lookup(STRICT))
