"""Several bots and several endpoints on one PostgreSQL: they answer the same, and see each other's changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import open_services
from bot.bing_v7 import Blocked, SafeSearch, SearchRequest
from bot.safesearch.place import Place, PlaceKind
from bot.safesearch.policy import Scope
from bot.search.service import Requester
from bot.settings import Settings
from bot.storage.policies import ListKind
from tests.benchmarks.served import HEADERS, served
from tests.postgres import running_postgres
from tests.wire import StandIn
from tests.wire.house import MANY, NEXT, draw_collection, place_of, shown
from tests.wire.process import bot_command, bot_process

from .relay import relay

pytestmark = pytest.mark.postgres

WAIT = 60.0
PATIENT = {"MAGPIE_PROVIDER_SECONDS": "25"}
ADULTS = Requester(Place(PlaceKind.CHANNEL, 1, 10, None, None, True), 7, own=None)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose database ``filled`` has a small collection, and no state yet."""
    folder = tmp_path_factory.mktemp("collection")
    draw_collection(folder)
    with running_postgres() as address:

        async def fill() -> None:
            url = await database(address, "filled", template="template1")
            await bot_command("index", str(folder), data=folder / "data", preloaded=True, MAGPIE_DATABASE_URL=url)

        asyncio.run(fill())
        yield address


async def database(server: str, name: str, *, template: str = "filled") -> str:
    """Make a database, a copy of another."""
    import asyncpg

    connection = await asyncpg.connect(server)
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    await connection.close()
    return f"{server.rpartition('/')[0]}/{name}"


@pytest.mark.slow
async def test_settings_of_one_bot_hold_in_the_other_at_once(server: str, tmp_path: Path) -> None:
    url = await database(server, "settings")
    values: dict[str, Any] = {"data_dir": tmp_path, "providers": ("collection",), "database_url": url}
    values |= {"allow_safesearch_off": True, "provider_seconds": 25}
    settings = Settings.model_validate(values)
    async with open_services(settings) as one, open_services(settings) as other:
        await asyncio.wait_for(other.database.setting_changes.listening.wait(), WAIT)
        assert (await other.search.decide(ADULTS)).level is SafeSearch.STRICT
        await one.policies.set_level(1, Scope.CHANNEL, 10, SafeSearch.OFF, 7)
        async with asyncio.timeout(WAIT):
            while (await other.search.decide(ADULTS)).level is SafeSearch.STRICT:  # noqa: ASYNC110 (nothing is set)
                await asyncio.sleep(0.01)
        assert (await other.search.search(ADULTS, SearchRequest(q=MANY))).answer.value
        await other.policies.add(1, ListKind.WORD, MANY, 7)
        async with asyncio.timeout(WAIT):
            while MANY not in (await one.search.rules(ADULTS))[1].words:  # noqa: ASYNC110 (as above)
                await asyncio.sleep(0.01)
        with pytest.raises(Blocked):
            await one.search.search(ADULTS, SearchRequest(q=MANY))
        for services in (one, other):
            await services.search.background.settled()


@pytest.mark.slow
async def test_endpoints_behind_one_address_give_the_same_answers(server: str, tmp_path: Path) -> None:
    """Started at the same moment; what one of them has handed out the others take back."""
    url = await database(server, "endpoints")
    async with AsyncExitStack() as stack:
        variables: dict[str, Any] = {"MAGPIE_DATABASE_URL": url, **PATIENT}
        started = await asyncio.gather(
            *(
                stack.enter_async_context(served(data=tmp_path / str(number), forked=True, **variables))
                for number in range(3)
            )
        )
        address = await stack.enter_async_context(relay([one.address for one in started]))
        search = f"{address}/v7.0/images/search?q={MANY}&count=3"
        answers = [await asked(search) for _ in started]
        assert len(answers[0]["value"]) == 3
        assert [pictures(answer) for answer in answers] == [pictures(answers[0])] * len(started)
        further = [pictures(await asked(f"{search}&offset={answers[0]['nextOffset']}")) for _ in started]
        assert further == [further[0]] * len(started)
        assert not set(further[0]) & set(pictures(answers[0]))
        token = answers[0]["value"][0]["imageInsightsToken"]
        details = f"{address}/v7.0/images/details?modules=all&insightsToken={token}"
        insights = [await asked(details) for _ in started]
        said = [(one["bestRepresentativeQuery"]["text"], one["imageCaption"]["caption"]) for one in insights]
        assert said == [said[0]] * len(started)
        thumbnail = answers[0]["value"][0]["thumbnailUrl"]
        assert thumbnail.startswith(address)
        files = [await fetched(thumbnail) for _ in started]
        assert files == [files[0]] * len(started)
        assert [one.tracebacks() for one in started] == [0] * len(started)


async def fetched(address: str) -> bytes:
    """A file, over a connection of its own."""
    async with aiohttp.ClientSession(headers=HEADERS) as session, session.get(address) as response:
        assert (response.status, response.content_type) == (200, "image/jpeg"), await response.read()
        return await response.read()


async def asked(address: str) -> dict:
    """One question over a connection of its own."""
    async with aiohttp.ClientSession(headers=HEADERS) as session, session.get(address) as response:
        assert response.status == 200, await response.text()
        return await response.json()


def pictures(answer: dict) -> list[tuple[str, str, str]]:
    """Everything of an answer's pictures that a client can come back with."""
    return [(one["imageId"], one["name"], one["contentUrl"]) for one in answer["value"]]


@pytest.mark.slow
async def test_bots_share_servers_by_shard_and_answer_the_same(server: str, tmp_path: Path) -> None:
    url = await database(server, "shards")
    shared = {"MAGPIE_DATABASE_URL": url, "MAGPIE_PROVIDERS": "collection", "MAGPIE_SHARD_COUNT": "2", **PATIENT}
    async with StandIn(check_answers=True, strict=False) as discord, AsyncExitStack() as stack:
        guilds = {}
        while len(guilds) < 2:
            guild = discord.guild()
            guilds.setdefault((guild.id >> 22) % 2, guild)
            await asyncio.sleep(0.002)
        bots = [
            await stack.enter_async_context(
                bot_process(
                    discord, tmp_path / f"bot{shard}", env={**shared, "MAGPIE_SHARD_IDS": str(shard)}, preloaded=True
                )
            )
            for shard in range(2)
        ]
        assert sorted(one["shard"] for one in discord.gateway.identified) == [[0, 2], [1, 2]]
        titles = []
        for shard in range(2):
            person = discord.member(guilds[shard], f"person {shard}")
            reply = await discord.command(person, discord.channel(guilds[shard]), "image", query=MANY)
            turned = await discord.press(person, reply.answer, NEXT)
            titles.append((shown(reply.answer)["title"], place_of(turned.answer)))
        assert titles[0] == titles[1]
        assert "Traceback" not in "".join(bot.output for bot in bots)
