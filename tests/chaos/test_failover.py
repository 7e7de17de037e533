"""The database's primary is lost under a running bot, and its hot standby takes its place."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest
from yarl import URL

from tests.postgres import Postgres, hot_standby, postgres_server
from tests.scaling.test_hot_standby import replayed
from tests.wire.house import draw_collection
from tests.wire.process import bot_command

from .breaking import becomes_ready, free_port, ready
from .crowd import Crowd, crowd

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]


def either(*servers: Postgres) -> str:
    """An address that leads to whichever of the servers takes writes."""
    places = ",".join(f"127.0.0.1:{URL(server.url).port}" for server in servers)
    return f"postgresql://postgres@{places}/postgres?target_session_attrs=read-write"


def told(people: Crowd, first: int) -> Counter[str]:
    """How often people read which first line since an act."""
    read: Counter[str] = Counter()
    for one in people.sent[first:]:
        texts = [m.text() for m in (one.message, *one.followups) if m is not None and not m.deleted]
        read[(texts[-1].splitlines() or [""])[0][:100] if texts and texts[-1] else "a result"] += 1
    return read


async def test_the_standby_takes_the_place_of_the_primary(tmp_path: Path) -> None:
    """State and collection are on the servers; nothing is set anew, and pages of before can be turned."""
    port = free_port()
    with postgres_server() as primary, hot_standby(primary) as standby:
        url = either(primary, standby)
        shared = tmp_path / "shared"
        shared.mkdir()
        draw_collection(shared)
        await bot_command("index", str(shared), data=tmp_path / "indexer", MAGPIE_DATABASE_URL=url)
        env = {"MAGPIE_DATABASE_URL": url, "MAGPIE_COLLECTION_URL": url, "MAGPIE_HEALTH_PORT": str(port)}
        async with crowd(tmp_path, env=env) as people:
            await becomes_ready(port)
            await people.pages(6)
            await people.busy(3)
            await people.all_told()
            before = told(people, 0)
            await asyncio.sleep(10)  # pages are written within two seconds
            await replayed(primary, standby)

            first = len(people.sent)
            primary.stop()
            lost = time.monotonic()
            await people.busy(6)
            status, words = await asyncio.to_thread(ready, port)
            assert (status, "the database" in words) == (503, True), words
            await asyncio.to_thread(standby.promote)
            promoted = time.monotonic()
            await becomes_ready(port, 60)
            print(
                f"ready {time.monotonic() - promoted:.1f} s after the promotion, {promoted - lost:.1f} s after the loss"
            )
            await people.all_told()
            during, first = told(people, first), len(people.sent)

            await people.busy(5)
            await people.all_told()
            print(f"before {before}\nduring {during}\nafter {told(people, first)}")
            people.said_once()
            await people.works()
            people.quiet()
