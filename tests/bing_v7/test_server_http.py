"""The endpoint as HTTP: files, browsers, proxies, bodies of all kinds, callers without a right key."""

import asyncio
import io
import json
import os
import shutil
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from PIL import Image as Pictures

from bot.bing_v7 import (
    Attribution,
    Capabilities,
    Image,
    ImageAnswer,
    InsightsRequest,
    Module,
    Note,
    NoteCode,
    NotSupported,
    Picture,
    PictureRefused,
    Provenance,
    QueryContext,
    SearchRequest,
    Upload,
)
from bot.bing_v7.client import KEY_HEADER
from bot.bing_v7.server.pictures import file_name
from tests.chromium import QUIET

from .conftest import HELD, Endpoint, Run, SmallProvider, png

SEARCH = "/v7.0/images/search?q=x"
DETAILS = "/v7.0/images/details"


async def held(endpoint: Endpoint) -> dict[str, Any]:
    return (await endpoint.get(SEARCH))[1]["value"][0]


async def test_the_whole_picture_has_a_name_and_needs_no_query(endpoint: Endpoint, provider: SmallProvider) -> None:
    async def search(request: SearchRequest) -> ImageAnswer:
        image = Image(name="Elster, auf dem Zaun!", content_url=f"magpie:picture/{HELD}", encoding_format="png")
        return ImageAnswer(value=(image,))

    provider.search = search  # type: ignore[method-assign]  # one call of one test
    address = (await held(endpoint))["contentUrl"]
    assert urlsplit(address).query == ""
    assert address.endswith("/elster-auf-dem-zaun.png")
    response, data = await endpoint.bytes(address)
    assert (response.status, response.headers["Content-Type"], data) == (200, "image/png", png())


@pytest.mark.parametrize(
    ("title", "encoding", "name"),
    [
        ("A red house", "jpeg", "a-red-house.jpg"),
        ("Ein Büro", "animatedgif", "ein-buro.gif"),
        ("日本", "webp", "picture.webp"),
        (None, None, "picture"),
        ("../../etc/passwd", "png", "etc-passwd.png"),
        ("x" * 300, "tiff", "x" * 60 + ".tif"),
    ],
)
def test_names_of_files(title: str | None, encoding: str | None, name: str) -> None:
    assert file_name(title, encoding) == name


async def test_a_file_that_is_here_already_is_not_sent_again(endpoint: Endpoint) -> None:
    address = (await held(endpoint))["contentUrl"]
    first, _ = await endpoint.bytes(address)
    for tag, status in ((first.headers["ETag"], 304), ("*", 304), ('"other"', 200)):
        async with endpoint.session.get(address, headers={"If-None-Match": tag}) as response:
            assert (response.status, response.headers["ETag"]) == (status, first.headers["ETag"])
            assert bool(await response.read()) == (status == 200)


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=0-999999", 206, slice(0, None)),
        ("bytes=999999-", 416, slice(0, 0)),
        ("bytes=0-1,5-6", 200, slice(0, None)),
        ("lines=1-2", 200, slice(0, None)),
    ],
)
async def test_any_part_of_a_file(endpoint: Endpoint, asked: str, status: int, part: slice) -> None:
    address = (await held(endpoint))["contentUrl"]
    async with endpoint.session.get(address, headers={"Range": asked}) as response:
        body = await response.read()
        assert response.status == status
        if status == 416:
            assert response.headers["Content-Range"] == f"bytes */{len(png())}"
            assert json.loads(body)["_type"] == "ErrorResponse"
            return
        assert body == png()[part]
        assert ("Content-Range" in response.headers) == (status == 206)


async def test_a_part_of_a_file_that_has_changed_is_the_whole_file(endpoint: Endpoint) -> None:
    address = (await held(endpoint))["contentUrl"]
    async with endpoint.session.get(address, headers={"Range": "bytes=0-4", "If-Range": '"old"'}) as response:
        assert (response.status, await response.read()) == (200, png())


async def test_a_held_picture_has_a_page_of_its_own(endpoint: Endpoint, provider: SmallProvider) -> None:
    credit = Attribution(author="<b>A&B</b>", author_url="javascript:alert(1)", source_url="https://example.org/x")

    async def picture(image_id: str, max_edge: int | None = None) -> Picture | None:
        image = Image(name="<script>", attribution=credit)
        return Picture(png(), "image/png", "a.png", 948, 632, True, image) if image_id == HELD else None

    provider.picture = picture  # type: ignore[method-assign]  # one call of one test
    response, data = await endpoint.bytes((await held(endpoint))["webSearchUrl"])
    text = data.decode()
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "<script" not in text
    assert "javascript:" not in text
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in text
    assert 'href="https://example.org/x"' in text
    source = text.partition('<img src="')[2].partition('"')[0]
    assert (await endpoint.bytes(source))[1] == png()
    assert (await endpoint.bytes("/page/OIP.a.b"))[0].status == 404


async def test_pictures_are_posted_in_many_ways(endpoint: Endpoint, provider: SmallProvider) -> None:
    boundary = b"--b\r\nContent-Disposition: form-data; name=%s\r\n%s\r\n%s\r\n--b--\r\n"
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    bodies = [
        (boundary % (b'"image"', b"", png()), form),
        (boundary % (b'"file"', b"Content-Type: image/png\r\n", png()), form),
        (boundary % (b'"blob"', b"Content-Type: application/octet-stream\r\n", png()), form),
        (png(), {"Content-Type": "application/octet-stream"}),
        (png(), {"Content-Type": "image/png"}),
        (png(), {"Content-Type": "application/x-www-form-urlencoded"}),
    ]
    for data, headers in bodies:
        provider.asked.clear()
        response, _ = await endpoint.send("POST", DETAILS, data=data, headers=headers)
        assert response.status == 200, headers
        assert isinstance(asked := provider.asked[0], InsightsRequest)
        assert asked.upload is not None
        assert Pictures.open(io.BytesIO(asked.upload.data)).size == (948, 632)


@pytest.mark.parametrize(
    ("expected", "key", "declared", "first"),
    [
        ("100-continue", "right" * 8, len(png()), b"HTTP/1.1 100 "),
        ("100-Continue", "right" * 8, len(png()), b"HTTP/1.1 100 "),
        ("100-continue", "wrong" * 8, len(png()), b"HTTP/1.1 401 "),
        ("100-continue", "right" * 8, 900_000_000, b"HTTP/1.1 400 "),
    ],
)
async def test_a_client_that_waits_is_asked_for_a_picture_only_if_it_will_be_read(
    run: Run, expected: str, key: str, declared: int, first: bytes
) -> None:
    endpoint = await run(keys=["right" * 8])
    reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.server.port)
    head = (
        f"Host: x\r\n{KEY_HEADER}: {key}\r\nExpect: {expected}\r\nContent-Length: {declared}\r\nContent-Type: image/png"
    )
    writer.write(f"POST {DETAILS} HTTP/1.1\r\n{head}\r\n\r\n".encode())
    assert (await reader.readline()).startswith(first)
    if first.endswith(b"100 "):
        assert await reader.readline() == b"\r\n"
        writer.write(png())
        assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
        answered = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(answered.partition("Content-Length: ")[2].partition("\r\n")[0])
        assert "_type" in json.loads(await reader.readexactly(length))
    writer.close()


@pytest.mark.parametrize("expected", ["100-continue", "200-ok", "\u00e9"])
async def test_what_else_a_client_expects_changes_no_answer(endpoint: Endpoint, expected: str) -> None:
    response, body = await endpoint.get(SEARCH, headers={"Expect": expected})
    assert (response.status, body["_type"]) == (200, "Images")


async def test_a_body_that_stops_halfway_is_408(run: Run) -> None:
    endpoint = await run(body_seconds=0.2)

    async def halfway() -> Any:
        yield b"--b\r\n"
        await asyncio.sleep(2)

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response, body = await endpoint.send("POST", DETAILS, data=halfway(), headers=headers)
    assert (response.status, body["errors"][0]["code"]) == (408, "InvalidRequest")


def lacking(provider: SmallProvider, *modules: Module) -> None:
    """Let the provider have only these modules, and refuse what it lacks as the chain does."""
    provider.capabilities = Capabilities(
        levels=provider.capabilities.levels, filters=provider.capabilities.filters, modules=frozenset(modules)
    )
    insights = provider.insights

    async def refusing(request: InsightsRequest) -> Any:
        if not any(request.wants(module) for module in modules):
            raise NotSupported("nobody has the parts that were asked for")
        return await insights(request)

    provider.insights = refusing  # type: ignore[method-assign]  # one test


@pytest.mark.parametrize("module", ["RecognizedEntities", "Recipes", "ShoppingSources", "SimilarProducts"])
async def test_parts_that_nobody_has_are_left_out(endpoint: Endpoint, provider: SmallProvider, module: str) -> None:
    lacking(provider, Module.TAGS, Module.PAGES_INCLUDING)
    response, body = await endpoint.send("POST", f"{DETAILS}?modules={module}", data=png())
    assert response.status == 200
    assert body.keys() == {"_type", "imageInsightsToken"}
    response, body = await endpoint.get(f"{DETAILS}?imgUrl=http://e.org/a&modules={module}")
    assert (response.status, body["_type"]) == (200, "ImageInsights")


async def test_a_post_gives_a_token_that_a_later_get_takes(run: Run, provider: SmallProvider) -> None:
    endpoint = await run(token_seconds=60)
    _, posted = await endpoint.send("POST", f"{DETAILS}?modules=All", data=png())
    asked = len(provider.asked)
    token = posted["imageInsightsToken"]
    response, body = await endpoint.get(DETAILS, params={"insightsToken": token, "modules": "Tags"})
    assert response.status == 200
    assert body["imageTags"] == posted["imageTags"]
    assert "pagesIncluding" not in body
    response, body = await endpoint.get(DETAILS, params={"insightsToken": token, "modules": "RecognizedEntities"})
    assert (response.status, body["_type"]) == (200, "ImageInsights")
    assert len(provider.asked) == asked, "the picture is not here any more, so nobody is asked"
    other = await run()
    response, body = await other.get(DETAILS, params={"insightsToken": token})
    assert (response.status, body["errors"][0]["parameter"]) == (400, "insightsToken")


async def test_what_was_found_at_a_milder_level_is_not_given_at_a_stricter_one(endpoint: Endpoint) -> None:
    _, posted = await endpoint.send("POST", f"{DETAILS}?safeSearch=Moderate", data=png())
    token = posted["imageInsightsToken"]
    for level, known in (("Off", True), ("Moderate", True), ("Strict", False)):
        _, body = await endpoint.get(DETAILS, params={"insightsToken": token, "safeSearch": level})
        assert ("imageTags" in body) == known, level


@pytest.mark.parametrize(("level", "given"), [("Strict", False), ("Moderate", False), ("Off", True)])
async def test_a_token_gives_nothing_of_a_picture_that_was_rated_adult_since(
    endpoint: Endpoint, provider: SmallProvider, level: str, given: bool
) -> None:
    _, posted = await endpoint.send("POST", f"{DETAILS}?safeSearch=Strict", data=png())
    question = {"insightsToken": posted["imageInsightsToken"], "safeSearch": level}
    response, body = await endpoint.get(DETAILS, params=question)
    assert (response.status, body["imageTags"]) == (200, posted["imageTags"])
    provider.rated = False
    response, body = await endpoint.get(DETAILS, params=question)
    assert ("imageTags" in body) is given
    if not given:
        (error,) = body["errors"]
        assert (response.status, error["parameter"]) == (400, "insightsToken")
        assert "post the picture again" in error["moreDetails"]


async def test_a_token_ends(run: Run) -> None:
    endpoint = await run(token_seconds=1)
    _, posted = await endpoint.send("POST", DETAILS, data=png())
    await asyncio.sleep(2.1)
    response, body = await endpoint.get(DETAILS, params={"insightsToken": posted["imageInsightsToken"]})
    assert (response.status, body["errors"][0]["parameter"]) == (400, "insightsToken")


async def test_a_picture_at_an_address_is_fetched(run: Run, provider: SmallProvider) -> None:
    async def fetch(address: str) -> Upload:
        if "private" in address:
            raise PictureRefused("unsafe-address")
        if "gone" in address:
            raise PictureRefused("unreachable")
        if "large" in address:
            raise PictureRefused("too-large", limit=64_000_000)
        if "huge" in address:
            raise PictureRefused("too-many-pixels", limit=80_000_000, pixels=120_040_000)
        return Upload(data=png())

    endpoint = await run(fetch=fetch)
    response, body = await endpoint.get(f"{DETAILS}?imgUrl=https://example.org/a.png")
    assert (response.status, "imageInsightsToken" in body) == (200, True)
    assert isinstance(asked := provider.asked[-1], InsightsRequest)
    assert asked.upload is not None
    assert asked.img_url is None
    response, body = await endpoint.get(f"{DETAILS}?imgUrl=https://private.example.org/")
    assert (response.status, body["errors"][0]["parameter"]) == (400, "imgUrl")
    assert len(provider.asked) == 1
    for address, words in (("large", "64,000,000 bytes"), ("huge", "has 120.1 megapixels; at most 80 are allowed")):
        response, body = await endpoint.get(f"{DETAILS}?imgUrl=https://{address}.example.org/")
        assert (response.status, body["errors"][0]["parameter"]) == (400, "imgUrl")
        assert words in json.dumps(body)
    response, _ = await endpoint.get(f"{DETAILS}?imgUrl=https://gone.example.org/")
    assert response.status == 200, "somebody may know it by its address"
    provider.error = NotSupported("by address", filters=frozenset({"imgUrl"}))
    response, body = await endpoint.get(f"{DETAILS}?imgUrl=https://gone.example.org/")
    assert (response.status, body["errors"][0]["parameter"]) == (400, "imgUrl")


async def test_a_filter_that_was_not_applied_is_refused(endpoint: Endpoint, provider: SmallProvider) -> None:
    note = Note(code=NoteCode.FILTER_NOT_APPLIED, provider="small", detail="imageContent")
    search = provider.search

    async def unfiltered(request: SearchRequest) -> ImageAnswer:
        return (await search(request)).with_(provenance=Provenance(providers=("small",), notes=(note,)))

    provider.search = unfiltered  # type: ignore[method-assign]  # one test
    response, body = await endpoint.get(f"{SEARCH}&imageContent=Face")
    assert (response.status, body["errors"][0]["parameter"]) == (400, "imageContent")
    provider.capabilities = Capabilities(levels=provider.capabilities.levels)
    asked = len(provider.asked)
    response, body = await endpoint.get(f"{SEARCH}&size=Large")
    assert (response.status, body["errors"][0]["parameter"]) == (400, "size")
    assert len(provider.asked) == asked


KEYED = {"keys": ("abc",)}
PREFLIGHT = {
    "Origin": "https://page.example",
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "ocp-apim-subscription-key",
}


async def preflight(endpoint: Endpoint, headers: dict[str, str]) -> aiohttp.ClientResponse:
    async with endpoint.session.options(endpoint.url(SEARCH), headers=headers) as response:
        return response


async def test_pages_may_ask_with_a_key(run: Run) -> None:
    endpoint = await run(**KEYED)
    response = await preflight(endpoint, PREFLIGHT)
    assert response.status == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Headers"] == "ocp-apim-subscription-key"
    response, _ = await endpoint.get(SEARCH, headers={"Origin": "https://page.example", KEY_HEADER: "abc"})
    assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "BingAPIs-TraceId" in response.headers["Access-Control-Expose-Headers"]
    response, _ = await endpoint.get(SEARCH, headers={"Origin": "https://page.example"})
    assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (401, "*"), "so that it is read"


async def test_only_named_pages_may_ask_where_some_are_named(run: Run) -> None:
    endpoint = await run(**KEYED, origins=("https://ours.example",))
    assert "Access-Control-Allow-Origin" not in (await preflight(endpoint, PREFLIGHT)).headers
    response = await preflight(endpoint, PREFLIGHT | {"Origin": "https://ours.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "https://ours.example"
    assert response.headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
)
async def test_without_keys_no_other_site_may_ask(
    endpoint: Endpoint, provider: SmallProvider, headers: dict[str, str], status: int
) -> None:
    response, _ = await endpoint.get(SEARCH, headers=headers)
    assert response.status == status
    assert bool(provider.asked) == (status == 200)
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Access-Control-Allow-Origin" not in (await preflight(endpoint, PREFLIGHT)).headers


async def test_without_keys_the_page_of_the_endpoint_itself_may_ask(run: Run) -> None:
    endpoint = await run(origins=("http://localhost:3000",))
    own = str(endpoint.server.make_url("/")).rstrip("/")
    for origin in (own, "http://localhost:3000"):
        assert (await endpoint.get(SEARCH, headers={"Origin": origin}))[0].status == 200


async def links(endpoint: Endpoint, **headers: str) -> set[str]:
    _, body = await endpoint.get(SEARCH, headers={KEY_HEADER: "abc", **headers})
    image = body["value"][0]
    addresses = (image["contentUrl"], image["thumbnailUrl"], image["webSearchUrl"])
    return {f"{urlsplit(each).scheme}://{urlsplit(each).netloc}" for each in addresses}


async def test_links_behind_a_proxy(run: Run) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "pictures.example"}
    unknown = await run(**KEYED)
    assert await links(unknown, **forwarded) == {str(unknown.server.make_url("/")).rstrip("/")}
    known = await run(**KEYED, proxies=("127.0.0.0/8",))
    assert await links(known, **forwarded) == {"https://pictures.example"}
    named = await run(**KEYED, proxies=("127.0.0.0/8",), public_url="https://named.example/")
    assert await links(named, **forwarded) == {"https://named.example"}


async def test_answers_are_compressed_for_whoever_asks(endpoint: Endpoint, provider: SmallProvider) -> None:
    async def search(request: SearchRequest) -> ImageAnswer:
        return ImageAnswer(value=(Image(name="x" * 5_000),))

    provider.search = search  # type: ignore[method-assign]  # one test
    for accepted, coding in (("gzip, deflate", "gzip"), ("identity", None), ("gzip;q=0", None)):
        async with endpoint.session.get(endpoint.url(SEARCH), headers={"Accept-Encoding": accepted}) as response:
            assert response.headers.get("Content-Encoding") == coding
            assert (await response.json())["value"]
            assert "Accept-Encoding" in response.headers["Vary"]


async def test_guessing_keys_is_slowed_down_and_disturbs_nobody(run: Run) -> None:
    endpoint = await run(keys=("right", "other"), wrong_keys_per_minute=5)

    async def status(key: str) -> int:
        return (await endpoint.get(SEARCH, headers={KEY_HEADER: key}))[0].status

    assert await status("right") == 200
    statuses = [await status(f"wrong{n}") for n in range(8)]
    assert statuses == [401] * 5 + [429] * 3
    assert await status("other") == 429, "a right guess is not told from a wrong one"
    assert await status("right") == 200
    response, _ = await endpoint.get(SEARCH, headers={KEY_HEADER: "wrong"})
    assert 1 <= int(response.headers["Retry-After"]) <= 60


async def test_wrong_keys_are_counted_by_whom_a_named_proxy_names(run: Run) -> None:
    async def statuses(endpoint: Endpoint, callers: list[str]) -> list[int]:
        headers = [{KEY_HEADER: "wrong", "X-Forwarded-For": f"198.51.100.7, {caller}"} for caller in callers]
        return [(await endpoint.get(SEARCH, headers=each))[0].status for each in headers]

    several = [f"203.0.113.{number}" for number in range(4)]
    named = await run(**KEYED, proxies=("127.0.0.0/8",), wrong_keys_per_minute=2)
    assert await statuses(named, several) == [401] * 4, "each of them once"
    assert await statuses(named, ["203.0.113.9"] * 4) == [401, 401, 429, 429]
    unnamed = await run(**KEYED, wrong_keys_per_minute=2)
    assert await statuses(unnamed, several) == [401, 401, 429, 429], "whoever is no proxy of ours cannot change names"


@pytest.mark.parametrize("offset", [35, 36, 1_000])
async def test_the_total_is_there_past_the_end(endpoint: Endpoint, provider: SmallProvider, offset: int) -> None:
    async def search(request: SearchRequest) -> ImageAnswer:
        return ImageAnswer(value=(), total_estimated_matches=35)

    provider.search = search  # type: ignore[method-assign]  # one test
    _, body = await endpoint.get(f"{SEARCH}&offset={offset}")
    assert (body["_type"], body["value"], body["totalEstimatedMatches"]) == ("Images", [], 35)
    assert "nextOffset" not in body


async def test_what_an_answer_says_of_adults_and_spelling_is_sent_in_v7s_words(
    endpoint: Endpoint, provider: SmallProvider
) -> None:
    context = QueryContext(altered_query="magpie", alteration_override_query="+magpi", adult_intent=True)

    async def search(request: SearchRequest) -> ImageAnswer:
        pictures = (Image(name="a", is_family_friendly=True), Image(name="b", is_family_friendly=False))
        return ImageAnswer(value=pictures, query_context=context, is_family_friendly=False)

    provider.search = search  # type: ignore[method-assign]  # one test
    for level, names in (("Strict", ["a"]), ("Moderate", ["a"]), ("Off", ["a", "b"])):
        _, body = await endpoint.get(f"{SEARCH}&safeSearch={level}")
        assert [image["name"] for image in body["value"]] == names
        assert [image["isFamilyFriendly"] for image in body["value"]] == [True, False][: len(names)]
        assert body["isFamilyFriendly"] is False
        assert body["queryContext"] == {
            "originalQuery": "x", "alteredQuery": "magpie", "alterationOverrideQuery": "+magpi", "adultIntent": True,
        }  # fmt: skip


@pytest.mark.browser
async def test_the_page_of_a_picture_in_a_wide_and_a_narrow_browser(
    endpoint: Endpoint, provider: SmallProvider
) -> None:
    """The picture is drawn under the page's own policy, nothing sticks out, and the source can be followed."""
    playwright = pytest.importorskip("playwright.async_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    credit = Attribution(
        author="A. Painter",
        license="CC BY 4.0",
        license_url="https://example.org/by",
        source_url="https://example.org/x",
    )

    async def picture(image_id: str, max_edge: int | None = None) -> Picture | None:
        image = Image(name="A magpie " + "with-a-very-long-name-" * 8, attribution=credit, description="On a fence.")
        return Picture(png(), "image/png", "a.png", 948, 632, True, image) if image_id == HELD else None

    provider.picture = picture  # type: ignore[method-assign]  # one test
    address = (await held(endpoint))["webSearchUrl"]
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path=chromium, args=QUIET)
        try:
            for width in (1280, 390):
                page = await browser.new_page(viewport={"width": width, "height": 800})
                complaints: list[str] = []
                page.on("console", lambda message, here=complaints: here.append(message.text))
                await page.goto(address)
                shown = await page.evaluate("[document.images[0].naturalWidth, document.documentElement.scrollWidth]")
                text = await page.inner_text("main")
                links = await page.evaluate("[...document.links].map(link => link.href)")
                if folder := os.environ.get("MAGPIE_TEST_SHOTS"):
                    await page.screenshot(path=f"{folder}/page-{width}.png")
                assert shown[0] == 948, width
                assert shown[1] <= width
                assert all(words in text for words in ("A magpie", "A. Painter", "CC BY 4.0", "On a fence.")), width
                assert {"https://example.org/by", "https://example.org/x"} <= set(links), width
                assert [each for each in complaints if "Content Security Policy" in each] == [], width
        finally:
            await browser.close()
