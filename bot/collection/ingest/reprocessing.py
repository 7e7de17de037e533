"""Another look at pictures that are in the index already: one batch after the other, counted and told as it goes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.collection.files import NotThere, located
from bot.collection.model import Indexed
from bot.collection.store import Store
from bot.media.refusal import Refused
from bot.media.tasks import Answer, Handler

from .reports import IndexReport, OnProgress, Progress, Skipped, Stage
from .workers import Workers, run_all

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reprocessing(Generic[T]):
    """What is made of each picture, and how a batch of it is kept.

    ``handler`` runs in a child process and ``made_of`` reads its answer here. ``keep`` gets the batch's pictures and
    what was made of them, by image id; files that gave nothing are not in it.
    """

    stage: Stage
    handler: Handler
    made_of: Callable[[Answer], T]
    keep: Callable[[Sequence[Indexed], dict[str, T]], Awaitable[None]]
    batch: int


async def reprocess(
    store: Store,
    wanted: Sequence[str],
    job: Reprocessing[T],
    report: IndexReport,
    *,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
) -> None:
    """Read pictures by image id; a batch is kept whole or not at all, so that it goes on where it was interrupted.

    One process does it, because a model is large and uses all cores by itself; ``workers`` 0 works in a thread of this
    one. ``report`` lists the files that gave nothing; ``on_progress`` is called after every picture.
    """
    began, done = time.monotonic(), 0
    count = 1 if workers is None else min(1, workers)
    async with Workers(count, len(wanted), job.handler, models=True) as pool:
        for start in range(0, len(wanted), job.batch):
            held = await store.pictures(wanted[start : start + job.batch])
            made: dict[str, T] = {}
            async for file, outcome in run_all(pool, await asyncio.to_thread(_files_of, held)):
                done += 1
                if isinstance(outcome, Refused):
                    report.skipped.append(Skipped(file["path"], str(outcome), outcome.why))
                else:
                    made[file["image_id"]] = job.made_of(outcome)
                if on_progress is not None:
                    skipped = len(report.skipped)
                    on_progress(Progress.since(began, done, len(wanted), skipped, file["path"], job.stage))
            await job.keep(held, made)


def _files_of(pictures: Sequence[Indexed]) -> list[dict[str, str]]:
    """For each picture the first of its files that is there."""
    there = ((next(_paths(picture), None), picture) for picture in pictures)
    return [{"path": path, "image_id": picture.image_id} for path, picture in there if path is not None]


def _paths(picture: Indexed) -> Iterator[str]:
    for place in picture.places:
        with suppress(NotThere):
            yield str(located(place))
