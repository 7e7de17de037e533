"""The child processes of a pool, which the product has no need to name."""

from __future__ import annotations

from bot.media.pool import WorkerPool


def processes_of(pool: WorkerPool) -> tuple[int, ...]:
    """Return the ids of a pool's children."""
    children = pool._children
    return tuple(child.process.pid for child in (*children._idle[True], *children._idle[False], *children._busy))
