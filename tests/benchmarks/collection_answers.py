"""What a search of the collection costs in the program as `bot/app` composes it: a new question, and the same again.

Run with ``python -m tests.benchmarks.collection_answers [--captions 100000]``. The index is filled with the made-up
captions of `collection_text` and closed, as ``magpie index`` does, and opened by `open_services`. *Collection* is what
the collection's provider takes to answer; *service* is the search service over the whole chain, with the judging of the
answer. The baseline is the ranking alone, by an FTS5 table of the same words. Processor time of the whole process,
whose garbage is collected as in ``magpie run``: what is loaded at start is left alone, the rest looked through seldom.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.app import open_services
from bot.bing_v7 import SafeSearch, SearchRequest
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.media.service import Media
from bot.runtime.memory import freeze_loaded
from bot.safesearch.content_policy import ContentPolicy
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.settings import COLLECTION, Settings

from .collection_text import filled, plain, queries, rows

REQUESTER = Requester(Place(PlaceKind.CHANNEL, guild_id=1, channel_id=2, age_restricted=False), 3, own=None)
SQL = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 10.0, 6.0, 1.0) LIMIT 1000"
_POLICY = ContentPolicy(SafeSearch.STRICT)
_AT_A_TIME = 40
"""New questions before the same are asked again: fewer than what is kept of them."""


async def asked(ask: Callable[[str], Awaitable[object]], texts: list[str]) -> tuple[list[float], list[float]]:
    """Ask every question twice, some at a time; returns milliseconds of the first and the second time."""
    new: list[float] = []
    again: list[float] = []
    for start in range(0, len(texts), _AT_A_TIME):
        for spent in (new, again):
            for text in texts[start : start + _AT_A_TIME]:
                began = time.process_time()
                await ask(text)
                spent.append((time.process_time() - began) * 1e3)
            await asyncio.sleep(0.5)  # what is counted on the side is not counted here
    return new, again


def told(name: str, times: list[float], base: float) -> None:
    """Print one line."""
    ranked = sorted(times)
    middle = statistics.median(ranked)
    mean, worst = statistics.mean(ranked), ranked[int(len(ranked) * 0.99)]
    ratio = f"{middle / base:5.1f} times the ranking"
    print(f"  {name:24} p50 {middle:7.2f} ms ({ratio})  mean {mean:7.2f}  p99 {worst:7.2f}", flush=True)


async def main(count: int) -> None:
    """Fill an index, then ask."""
    with tempfile.TemporaryDirectory() as folder:
        freeze_loaded()
        baseline, _ = plain(Path(folder) / "plain.sqlite3", count)
        settings = Settings.model_validate({"data_dir": folder, "providers": COLLECTION})
        store = await open_store(settings.collection_address)
        await filled(store, rows(count))
        await store.aclose()
        print(f"{count:,} captions, processor time")
        for name, made_up in queries(count).items():
            texts = [text for text in made_up if _POLICY.may_be_asked(text)]  # some spell a blocked word by chance
            print(name)
            matches = [" AND ".join(f'"{word}"' for word in text.split()) for text in texts]

            async def rank(match: str) -> None:
                baseline.execute(SQL, (match,)).fetchall()

            ranking, _ = await asked(rank, matches)
            base = statistics.median(ranking)
            told("the ranking alone, new", ranking, base)
            for which, spent in zip(("new", "again"), await collection(settings, texts), strict=True):
                told(f"collection, {which}", spent, base)
            for which, spent in zip(("new", "again"), await service(settings, texts), strict=True):
                told(f"service, {which}", spent, base)


async def collection(settings: Settings, texts: list[str]) -> tuple[list[float], list[float]]:
    """Ask the collection's provider alone."""
    provider = CollectionProvider(await open_store(settings.collection_address), Media())
    await asyncio.sleep(2)
    freeze_loaded()
    found = await asked(lambda text: provider.search(SearchRequest(q=text, safe_search=SafeSearch.STRICT)), texts)
    await provider.aclose()
    return found


async def service(settings: Settings, texts: list[str]) -> tuple[list[float], list[float]]:
    """Ask the search service of the whole program."""
    async with open_services(settings) as services:
        await asyncio.sleep(2)
        freeze_loaded()
        return await asked(lambda text: services.search.search(REQUESTER, SearchRequest(q=text)), texts)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--captions", type=int, default=100_000)
    asyncio.run(main(options.parse_args().captions))
