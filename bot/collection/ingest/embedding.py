"""Making the vectors that are missing, after the pictures themselves are in the index."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial

from bot.collection.arrays import Floats
from bot.collection.files import NotThere, located
from bot.collection.model import Indexed
from bot.collection.store import Store

from .hooks import Embedder
from .reading import Wanted, embed_picture
from .reports import IndexReport, OnProgress, Progress, Skipped, Stage
from .workers import Workers

BATCH = 64


async def embed_new(
    store: Store,
    embedder: Embedder,
    report: IndexReport,
    *,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
) -> None:
    """Give a vector to every picture of the index that has none of this model; files that are gone are left out.

    One process does it, because a model is large and uses all cores by itself. A batch is written whole or not at all,
    so that it goes on where it was interrupted.

    Args:
        store: the index.
        embedder: the operator's model.
        report: counts the vectors and lists the files that got none.
        workers: 0 works in a thread of this process.
        on_progress: called after every picture.
    """
    wanted = await store.without_vector(embedder.name)
    began, done = time.monotonic(), 0
    count = 1 if workers is None else min(1, workers)
    async with Workers[Wanted, Floats](count, len(wanted), partial(embed_picture, embedder=embedder)) as pool:
        for start in range(0, len(wanted), BATCH):
            held = await store.pictures(wanted[start : start + BATCH])
            files = await asyncio.to_thread(files_of, held)
            vectors: dict[str, Floats] = {}
            async for file, outcome in pool.read(files):
                done += 1
                if isinstance(outcome, str):
                    report.skipped.append(Skipped(file.path, outcome))
                else:
                    vectors[file.image_id] = outcome
                if on_progress is not None:
                    step = Progress.since(began, done, len(wanted), len(report.skipped), file.path, Stage.VECTORS)
                    on_progress(step)
            await store.keep_vectors(embedder.name, vectors)
            report.vectors += len(vectors)


def files_of(pictures: Sequence[Indexed]) -> list[Wanted]:
    """For each picture the first of its files that is there."""
    there = ((next(_paths(picture), None), picture) for picture in pictures)
    return [Wanted(path, picture.image_id) for path, picture in there if path is not None]


def _paths(picture: Indexed) -> Iterator[str]:
    for place in picture.places:
        with suppress(NotThere):
            yield str(located(place))
