"""``python -m tests.scaling.writer PLACE CHANGE``: changes a collection as another process does."""

from __future__ import annotations

import asyncio
import sys

from bot.collection.model import Rating
from bot.collection.store import open_store
from tests.collection.made import row


async def main(place: str, change: str) -> None:
    store = await open_store(place)
    if change == "adult":
        await store.upsert([row("magpie two", rating=Rating.ADULT)])
    elif change == "gone":
        await store.remove_places(["/pictures/magpie two.jpg"])
    elif change == "renamed":
        await store.upsert([row("magpie two", title="magpie of another name")])
    else:
        await store.upsert([row("magpie three")])
    await store.aclose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
