"""``magpie check --live``: every provider that is on is asked one harmless question."""

import io
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image as Pictures
from rich.console import Console

from bot.bing_v7 import (
    Category,
    Certainty,
    Depiction,
    Image,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Misconfigured,
    Query,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingImages,
    Verb,
)
from bot.cli.check_live import QUESTION, asked_live
from bot.providers.adapters.searxng import Searxng, SearxngSettings
from bot.providers.http.transport import Transport
from bot.providers.routing.chain import Chain
from tests.providers.scripted import Scripted


async def told(*members: Any) -> tuple[str, list[str]]:
    printed = io.StringIO()
    chain = Chain({verb: [one for one in members if one.capabilities.supports(verb)] for verb in Verb})
    failed = [one async for one in asked_live(chain, Console(file=printed, width=200))]
    return printed.getvalue(), failed


def answer(request: Any) -> Any:
    if isinstance(request, SearchRequest):
        return ImageAnswer(value=(Image(name="a"), Image(name="b")))
    if isinstance(request, InsightsRequest):
        return ImageInsights(best_representative_query=Query(text="red circle"))
    return TrendingImages(categories=(Category(title="x", tiles=(Tile(query=Query(text="x"), image=Image()),)),))


async def test_what_came_back_is_told_for_every_verb() -> None:
    able = Scripted("able", answer)
    printed, failed = await told(able, Scripted("refused", Misconfigured("the key is refused", provider="refused")))
    for line in (
        "able, search: 2 pictures in",
        "able, insights: 0 pictures, best guess 'red circle'",
        "able, trending: 1",
    ):
        assert line in printed
    assert failed == [f"refused, {verb.value}: refused: the key is refused." for verb in Verb]


@pytest.mark.parametrize(
    ("caption", "sees"),
    [
        ("A red circle on a white background.", True),
        ("A round red shape", True),
        ("A cat on a sofa", False),
        ("A red car in front of a house", False),
    ],
)
async def test_a_model_that_makes_pictures_up_is_found_out(caption: str, sees: bool) -> None:
    """What it says of a red circle on white tells whether it has seen it."""
    seen = Depiction(name=caption, certainty=Certainty.LOW, provider="vision", model="blind-7b")
    scripted = Scripted("vision", lambda _: ImageInsights(depictions=(seen,)))
    printed, failed = await told(scripted)
    assert ("saw the red circle" in printed) is sees
    assert any("vision, insights: it did not see the red circle" in one for one in failed) is not sees


async def test_the_question_is_harmless() -> None:
    """At the strictest level, with one plain word and a picture of nobody's."""
    mild = Scripted("mild", answer, levels=frozenset({SafeSearch.OFF, SafeSearch.MODERATE}))
    await told(mild)
    search, lookup, _ = mild.asked
    assert {one.safe_search for one in mild.asked} == {SafeSearch.MODERATE}
    assert (search.q, search.count) == (QUESTION, 5)
    with Pictures.open(io.BytesIO(lookup.upload.data)) as picture:
        assert picture.size == (256, 256)
        red, green, blue = picture.convert("RGB").getpixel((128, 128))  # type: ignore[misc]
        assert red > 200
        assert max(green, blue) < 100


async def test_a_searxng_that_shuts_magpie_out_says_what_to_do() -> None:
    async def refuse(_: web.Request) -> web.Response:
        return web.Response(status=429)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    async with TestServer(app) as server, Transport(contact="ops@example.org") as transport:
        _, failed = await told(Searxng(transport, SearxngSettings(str(server.make_url("/")))))
    assert len(failed) == 1
    assert "put Magpie's address into pass_ip" in failed[0]
