"""``/image`` of the real bot, answered by real servers: each query by the provider that has something for it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.wire.house import MANY, NEXT, House, open_house, shown

from .wiki import Wiki

pytestmark = [pytest.mark.servers, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house(wiki: Wiki, searx: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """A bot at Moderate that asks the wiki, then searx, then its collection."""
    async with open_house(
        tmp_path_factory.mktemp("magpie"),
        MAGPIE_PROVIDERS="commons,searxng,collection",
        MAGPIE_COMMONS_URL=wiki.api,
        MAGPIE_COMMONS_MODERATE="true",
        MAGPIE_CONTACT="ops@example.org",
        MAGPIE_SEARXNG_URL=searx,
        MAGPIE_SEARXNG_ENGINES="safe local,loose local",
        MAGPIE_SAFESEARCH_DEFAULT="Moderate",
    ) as opened:
        yield opened


@pytest.mark.slow
async def test_commons_answers_with_author_and_licence(house: House) -> None:
    """The wiki's pictures have plain http addresses, which no message shows; page, author and licence stand."""
    reply = await house.discord.command(house.person(), house.channel, "image", query="red panda resting")
    page = shown(reply.answer)
    assert page["title"] == "Red panda resting"
    assert "image" not in page
    assert "CC BY-SA 4.0" in str(page)
    assert "Ada Example" in str(page)


async def test_searx_answers_with_safe_engines_alone_and_pages_on(house: House) -> None:
    person = house.person()
    message = (await house.search(person, query="otter")).answer
    titles: list[str] = []
    for _ in range(25):
        page = shown(message)
        titles.append(page["title"])
        assert page["url"].startswith("https://pages.example/safe/")
        assert page["image"]["url"].startswith("https://pics.example/safe/")
        await house.discord.press(person, message, NEXT)
    assert titles == [f"safe otter {number}" for number in range(25)], "over the end of the server's first page"


async def test_the_collection_answers_where_the_others_have_nothing(house: House) -> None:
    message = (await house.search(house.person(), query=MANY)).answer
    assert shown(message)["title"].startswith("Small bird")
