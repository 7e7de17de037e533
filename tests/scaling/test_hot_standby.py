"""The collection read from a hot standby (streaming replication) while the primary is indexed, lost, and replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import numpy as np
import pytest
from PIL import Image

from bot.app import open_services
from bot.bing_v7 import InsightsRequest, SearchRequest, Upload
from bot.collection.filters import ANY
from bot.collection.store import open_store
from bot.collection.store.base import StoreError
from bot.collection.text.text_query import parse_query
from bot.safesearch.place import Place, PlaceKind
from bot.search.service import Requester
from bot.services import Services
from bot.settings import Settings
from tests.collection.made import NOW
from tests.postgres import Postgres, hot_standby, postgres_server
from tests.wire.house import MANY, draw_collection
from tests.wire.process import bot_command

pytestmark = pytest.mark.postgres

WAIT = 60.0
SAFE = 6
"""Pictures of the small collection that may be shown in Strict."""
MORE = 12
REPLAYED = "SELECT pg_last_wal_replay_lsn() >= $1::text::pg_lsn"
PERSON = Requester(Place(PlaceKind.CHANNEL, 1, 10, None, None, False), 7, own=None)


@pytest.fixture
def servers() -> Iterator[tuple[Postgres, Postgres]]:
    """A primary and its standby."""
    with postgres_server() as primary, hot_standby(primary) as standby:
        yield primary, standby


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    draw_collection(folder)
    return folder


async def index(folder: Path, server: Postgres, data: Path) -> str:
    address = {"MAGPIE_COLLECTION_URL": server.url}
    return await bot_command("index", str(folder), "--rating", "safe", data=data, preloaded=True, **address)


@asynccontextmanager
async def bot_over(server: Postgres, data: Path) -> AsyncIterator[Services]:
    """What a bot is made of, with its collection on that server and its state in a file."""
    values = {"data_dir": data, "providers": ("collection",), "collection_url": server.url, "provider_seconds": 25}
    async with open_services(Settings.model_validate(values)) as services:
        yield services
        await services.search.background.settled()


async def found(services: Services) -> int:
    answer = await services.search.search(PERSON, SearchRequest(q=MANY, count=100))
    return len(answer.answer.value)


async def until_found(services: Services, enough: Callable[[int], bool]) -> int:
    async with asyncio.timeout(WAIT):
        while not enough(count := await found(services)):  # noqa: ASYNC110 (a server sets no event)
            await asyncio.sleep(0.05)
    return count


async def replayed(primary: Postgres, standby: Postgres) -> None:
    """Wait until the standby has everything that the primary has written."""
    source, copy = await asyncpg.connect(primary.url), await asyncpg.connect(standby.url)
    written = await source.fetchval("SELECT pg_current_wal_lsn()::text")
    async with asyncio.timeout(WAIT):
        while not await copy.fetchval(REPLAYED, written):  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.05)
    await source.close()
    await copy.close()


async def test_a_standby_without_the_tables_says_what_to_do(servers: tuple[Postgres, Postgres]) -> None:
    with pytest.raises(StoreError, match="run magpie index on its primary"):
        await open_store(servers[1].url)


@pytest.mark.slow
async def test_people_are_answered_by_the_standby(
    servers: tuple[Postgres, Postgres], pictures: Path, tmp_path: Path
) -> None:
    """While `index` writes, after the primary is gone, and after the standby has taken its place."""
    primary, standby = servers
    await index(pictures, primary, tmp_path / "indexer")
    await replayed(primary, standby)
    async with bot_over(standby, tmp_path / "bot") as services:
        assert await found(services) == SAFE
        picture = InsightsRequest(upload=Upload(data=(pictures / "0.png").read_bytes(), content_type="image/png"))
        named = (await services.search.insights(PERSON, picture)).answer.best_representative_query
        await while_indexed(services, pictures, primary, tmp_path)

        await counts_nothing(standby)

        primary.stop()
        assert await found(services) == SAFE + MORE
        assert (await services.search.insights(PERSON, picture)).answer.best_representative_query == named
        with pytest.raises(StoreError, match="PostgreSQL cannot be reached"):
            await open_store(primary.url)

        standby.promote()
        assert await found(services) == SAFE + MORE
        (pictures / "more-0.png").unlink()
        printed = await index(pictures, standby, tmp_path / "indexer")
        assert "1 removed" in printed
        assert await until_found(services, lambda count: count < SAFE + MORE) == SAFE + MORE - 1


async def counts_nothing(standby: Postgres) -> None:
    """On a standby an identification is not counted, and is no error."""
    store = await open_store(standby.url)
    (held,) = (await store.text(parse_query(MANY), ANY, 1)).image_ids
    await store.note_identified(held, NOW)
    assert await store.most_identified(NOW, ANY, 5) == []
    await store.aclose()


async def while_indexed(services: Services, pictures: Path, primary: Postgres, folder: Path) -> None:
    """Every search that is asked while pictures are added is answered, and none finds fewer than the one before."""
    manifest = (pictures / "manifest.jsonl").open("a", encoding="utf-8")
    with manifest:
        for number in range(MORE):
            noise = np.random.default_rng(100 + number).integers(0, 256, (9, 12, 3), dtype=np.uint8)
            name = f"more-{number}.png"
            Image.fromarray(noise).resize((480, 360), Image.Resampling.BICUBIC).save(pictures / name)
            manifest.write(f'\n{{"file": "{name}", "title": "Small bird {name}", "rating": "safe"}}')
    indexing = asyncio.create_task(index(pictures, primary, folder / "indexer"))
    seen = [await found(services)]
    while not indexing.done():
        seen.append(await found(services))
        await asyncio.sleep(0.02)
    assert f"{MORE} added" in await indexing
    seen.append(await until_found(services, lambda count: count == SAFE + MORE))
    assert seen == sorted(seen)
    assert len(seen) > 5
