"""Visual Search: served over any provider, asked by both official clients, and asked by us."""

import asyncio
import io
import json
import warnings
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bing_v7 import (
    Confidence,
    Crop,
    Image,
    ImageInsights,
    ImagesModule,
    InsightsRequest,
    Match,
    Misconfigured,
    Module,
    NormalizedRectangle,
    Person,
    Provider,
    Query,
    RecognizedEntitiesModule,
    RecognizedEntity,
    RecognizedEntityGroup,
    RecognizedEntityRegion,
    RelatedSearchesModule,
    Upload,
    client,
)
from bot.bing_v7.visual_search import details_as_insights, knowledge_of, read_knowledge
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.adapters.v7 import V7Provider
from bot.providers.http.transport import Transport

from .conftest import HELD, Endpoint, Run, SmallProvider, png
from .sdks import OLD_WARNINGS

PATH = "/v7.0/images/visualsearch"
KEY = "0123456789abcdef0123456789abcdef"


def form(knowledge: Any = None, picture: bytes | None = None) -> aiohttp.FormData:
    made = aiohttp.FormData(default_to_multipart=True)
    if knowledge is not None:
        made.add_field("knowledgeRequest", knowledge if isinstance(knowledge, str) else json.dumps(knowledge))
    if picture is not None:
        made.add_field("image", picture, filename="a.png", content_type="application/octet-stream")
    return made


@pytest.fixture
def knowing(provider: SmallProvider) -> SmallProvider:
    """A provider that knows everything that Visual Search has an action for."""
    small = provider.insights

    async def insights(request: InsightsRequest) -> ImageInsights:
        known = await small(request)
        similar = tuple(
            Image(image_id=f"{n:040X}", content_url=f"https://example.org/{n}.jpg", host_page_url=f"https://{host}/{n}")
            for n, host in enumerate(("a.example.org", "other.example", "example.org"))
        )
        pages = known.pages_including
        assert pages is not None
        sure = Match(confidence=Confidence.EXACT, provider="small")
        person = RecognizedEntity(entity=Person(name="Ada", url="https://example.org/ada"), match_confidence=0.9)
        region = NormalizedRectangle(left=0.25, top=0.125, right=0.75, bottom=0.5)
        group = RecognizedEntityGroup(
            recognized_entity_regions=(RecognizedEntityRegion(region=region, matching_entities=(person,)),)
        )
        return known.with_(
            pages_including=pages.with_(value=(pages.value[0].with_(match=sure), *pages.value[1:])),
            visually_similar_images=ImagesModule(value=similar),
            related_searches=RelatedSearchesModule(value=(Query(text="magpie nest"),)),
            recognized_entity_groups=RecognizedEntitiesModule(value=(group,)),
        )

    provider.insights = insights  # type: ignore[method-assign]  # the fixture's own
    return provider


def actions(body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    whole = body["tags"][0]
    assert whole["displayName"] == ""
    return {action["actionType"]: action for action in whole["actions"]}


async def test_a_posted_picture(endpoint: Endpoint, knowing: SmallProvider) -> None:
    response, body = await endpoint.send("POST", PATH, data=form(picture=png()))
    assert response.status == 200
    assert next(iter(body)) == "_type"
    assert body["_type"] == "ImageKnowledge"
    assert body["image"]["imageInsightsToken"]
    found = actions(body)
    assert found.keys() == {"PagesIncluding", "VisualSearch", "RelatedSearches", "ImageById", "BestRepresentativeQuery"}
    assert len(found["VisualSearch"]["data"]["value"]) == 3
    assert found["RelatedSearches"]["data"]["value"][0]["text"] == "magpie nest"
    assert found["ImageById"]["data"]["value"][0]["imageId"] == HELD
    link = found["BestRepresentativeQuery"]["serviceUrl"]
    assert link == endpoint.url("/v7.0/images/search?q=magpie")
    tags = {tag["displayName"]: tag for tag in body["tags"][1:]}
    assert tags["bird"]["actions"][0]["actionType"] == "TextResults"
    assert tags["Ada"]["actions"][0]["data"]["url"] == "https://example.org/ada"
    assert tags["Ada"]["boundingBox"]["queryRectangle"]["bottomRight"] == {"x": 0.75, "y": 0.5}


async def test_a_picture_by_address_token_and_part(endpoint: Endpoint, knowing: SmallProvider) -> None:
    crop = {"left": 0.1, "top": 0.2, "right": 0.5, "bottom": 0.6}
    info = {"url": "https://example.org/a.png", "cropArea": crop}
    response, _ = await endpoint.send("POST", PATH, data=form({"imageInfo": info}))
    assert response.status == 200
    asked = knowing.asked[-1]
    assert isinstance(asked, InsightsRequest)
    assert (asked.img_url, asked.crop) == ("https://example.org/a.png", Crop(**crop))
    assert asked.wants(Module.RECOGNIZED_ENTITIES)
    _, body = await endpoint.get("/v7.0/images/search?q=x")
    token = body["value"][0]["imageInsightsToken"]
    response, _ = await endpoint.send("POST", PATH, data=form({"imageInfo": {"imageInsightsToken": token}}))
    assert response.status == 200
    response, body = await endpoint.send("POST", PATH, data=form({"imageInfo": {"cropArea": crop}}, png()))
    assert response.status == 200
    assert isinstance(asked := knowing.asked[-1], InsightsRequest)
    assert asked.upload is not None
    assert asked.crop == Crop(**crop)
    response, _ = await endpoint.send(
        "POST", PATH, data=form({"imageInfo": {"imageInsightsToken": body["image"]["imageInsightsToken"]}})
    )
    assert response.status == 200, "the token of a post is good for another"


async def test_site_skill_and_page(endpoint: Endpoint, knowing: SmallProvider) -> None:
    async def asked(**knowledge: Any) -> dict[str, Any]:
        request = {"imageInfo": {"url": "https://example.org/a.png"}, "knowledgeRequest": knowledge}
        response, body = await endpoint.send("POST", PATH, data=form(request))
        assert response.status == 200
        return body

    on_site = actions(await asked(filters={"site": "www.example.org"}))["VisualSearch"]["data"]
    assert [image["hostPageUrl"] for image in on_site["value"]] == ["https://a.example.org/0", "https://example.org/2"]
    page = actions(await asked(offset=1, count=1))["VisualSearch"]["data"]
    assert (page["currentOffset"], page["nextOffset"], page["totalEstimatedMatches"]) == (1, 2, 3)
    last = actions(await asked(offset=2, count=35))["VisualSearch"]["data"]
    assert len(last["value"]) == 1
    assert "nextOffset" not in last
    only = await asked(invokedSkills=["SimilarImages"], invokedSkillsRequestData={"enableEntityData": "true"})
    assert actions(only).keys() == {"VisualSearch"}
    assert len(only["tags"]) == 1


@pytest.mark.parametrize(
    ("knowledge", "picture", "sub_code"),
    [
        (None, None, "ParameterMissing"),
        ({}, None, "ParameterMissing"),
        ("{", None, "ParameterInvalidValue"),
        ("[]", None, "ParameterInvalidValue"),
        ("{" * 2_000, None, "ParameterInvalidValue"),
        ({"imageInfo": {"url": "https://e.org/a"}}, png(), "ParameterInvalidValue"),
        ({"imageInfo": {"url": "https://e.org/a", "imageInsightsToken": "t"}}, None, "ParameterInvalidValue"),
        ({"imageInfo": {"url": "file:///etc/passwd"}}, None, "ParameterInvalidValue"),
        ({"imageInfo": {"cropArea": {"left": 0.5, "right": 0.1}}}, png(), "ParameterInvalidValue"),
        ({"imageInfo": {"url": "https://e.org/a"}, "knowledgeRequest": {"count": -1}}, None, "ParameterInvalidValue"),
    ],
)
async def test_what_cannot_be_asked(endpoint: Endpoint, knowledge: Any, picture: bytes | None, sub_code: str) -> None:
    response, body = await endpoint.send("POST", PATH, data=form(knowledge, picture))
    assert (response.status, body["errors"][0]["subCode"]) == (400, sub_code)


def sdks(address: str) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        azure = pytest.importorskip("azure.cognitiveservices.search.visualsearch", reason="the group test is missing")
        microsoft = pytest.importorskip("visual_search_client", reason="the group test is missing")
        from azure.core.credentials import AzureKeyCredential
        from msrest.authentication import CognitiveServicesCredentials

        older = azure.VisualSearchClient(address, CognitiveServicesCredentials(KEY))
        younger = microsoft.VisualSearchClient(AzureKeyCredential(KEY), base_url=f"{address}/v7.0", retry_total=0)
    return [older.images, younger.images]


@pytest.mark.parametrize("which", [0, 1], ids=["azure-0.2.0", "microsoft-1.0.0"])
class TestSdks:
    pytestmark = OLD_WARNINGS

    async def test_they_read_all_of_it(self, run: Run, knowing: SmallProvider, which: int) -> None:
        endpoint = await run(keys=[KEY])
        images = sdks(endpoint.url("").rstrip("/"))[which]
        found = await asyncio.to_thread(images.visual_search, image=io.BytesIO(png()), market="en-US")
        assert found.image.image_insights_token
        kinds = {action.action_type: action for action in found.tags[0].actions}
        assert kinds.keys() >= {"PagesIncluding", "VisualSearch", "RelatedSearches", "ImageById"}
        if which == 0:  # the younger client's models have no place for the data of an action
            assert kinds["PagesIncluding"].data.value[0].image_id == HELD
            assert kinds["VisualSearch"].data.value[0].content_url == "https://example.org/0.jpg"
            assert kinds["RelatedSearches"].data.value[0].text == "magpie nest"
        assert kinds["BestRepresentativeQuery"].display_name == "magpie"
        ada = next(tag for tag in found.tags if tag.display_name == "Ada")
        assert ada.bounding_box.query_rectangle.top_left.x == 0.25
        assert ada.actions[0].action_type == "Entity"
        assert ada.actions[0].name == "Ada"

    async def test_by_knowledge_request(self, run: Run, knowing: SmallProvider, which: int) -> None:
        endpoint = await run(keys=[KEY])
        images = sdks(endpoint.url("").rstrip("/"))[which]
        request = json.dumps({"imageInfo": {"url": "https://example.org/a.png"}})
        found = await asyncio.to_thread(images.visual_search, knowledge_request=request, safe_search="Strict")
        assert found.tags[0].actions


async def only_visual_search(served: Endpoint) -> TestServer:
    """An endpoint of the last years: no details any more, everything else as it is."""

    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/details"):
            return web.json_response({"error": {"code": "404", "message": "Resource not found"}}, status=404)
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        async with served.session.request(
            request.method, served.url(str(request.rel_url)), data=await request.read(), headers=headers
        ) as response:
            return web.Response(body=await response.read(), status=response.status, content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    return server


async def test_an_endpoint_that_has_only_visual_search_is_asked_that_way(run: Run, knowing: SmallProvider) -> None:
    served = await run(keys=[KEY])
    front = await only_visual_search(served)
    transport = Transport()
    try:
        asked: Provider = V7Provider(client.Endpoint(str(front.make_url("/v7.0")), KEY), transport, Media(InThread()))
        for request in (
            InsightsRequest(upload=Upload(data=png())),
            InsightsRequest(img_url="https://example.org/a.png", crop=Crop(left=0.5)),
        ):
            found = await asked.insights(request)
            assert found.image_insights_token
            assert found.best_representative_query == Query(text="magpie", display_text="magpie")
            assert found.pages_including is not None
            assert found.pages_including.value[0].image_id == HELD
            assert found.visually_similar_images is not None
            assert len(found.visually_similar_images.value) == 3
            assert [tag.name for tag in (found.image_tags.value if found.image_tags else ())] == ["bird"]
            assert found.recognized_entity_groups is not None
            region = found.recognized_entity_groups.value[0].recognized_entity_regions[0]
            assert region.region == NormalizedRectangle(left=0.25, top=0.125, right=0.75, bottom=0.5)
            assert region.matching_entities[0].entity.name == "Ada"
        last = knowing.asked[-1]
        assert isinstance(last, InsightsRequest)
        assert last.crop == Crop(left=0.5)
    finally:
        await transport.aclose()
        await front.close()


async def test_an_endpoint_that_has_neither_is_misconfigured(run: Run) -> None:
    transport = Transport()
    served = await run()
    try:
        asked = V7Provider(client.Endpoint(served.url("/nowhere")), transport, Media(InThread()))
        with pytest.raises(Misconfigured):
            await asked.insights(InsightsRequest(img_url="https://example.org/a.png"))
    finally:
        await transport.aclose()


def test_answers_of_the_service_itself_are_read() -> None:
    """A text in the picture, and document-level suggestions, as Microsoft's pages show them."""
    knowledge = {
        "_type": "ImageKnowledge",
        "instrumentation": {"_type": "ResponseInstrumentation"},
        "tags": [
            {"displayName": "", "actions": [
                {"actionType": "DocumentLevelSuggestions", "data": {"value": [{"text": "a"}]}},
                {"actionType": "MoreSizes"}, {"actionType": "VisualSearch", "data": "nonsense"}, 7,
            ]},
            {"displayName": "##TextRecognition", "actions": [{"actionType": "TextRecognition"}]},
            {"displayName": "Ada", "boundingBox": {"queryRectangle": {"topLeft": {"x": "no"}}},
             "actions": [{"actionType": "Entity", "displayName": "Ada", "webSearchUrl": "https://example.org"}]},
            "nonsense",
        ],
        "image": {"imageInsightsToken": "bcid_1"},
    }  # fmt: skip
    read = ImageInsights.model_validate(details_as_insights(knowledge))
    assert read.image_insights_token == "bcid_1"
    assert read.related_searches is not None
    assert read.visually_similar_images is None
    assert read.image_tags is None
    assert read.recognized_entity_groups is not None
    region = read.recognized_entity_groups.value[0].recognized_entity_regions[0]
    assert (region.region, region.matching_entities[0].entity.name) == (None, "Ada")


def test_an_empty_answer_has_one_empty_tag() -> None:
    asked = read_knowledge('{"imageInfo": {"url": "https://e.org"}}', posted=False)
    assert knowledge_of({"_type": "ImageInsights"}, asked, "https://h/v7.0") == {
        "_type": "ImageKnowledge", "tags": [{"displayName": "", "actions": []}], "image": {},
    }  # fmt: skip
