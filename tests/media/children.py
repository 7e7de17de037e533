"""The child processes of a pool, which the product has no need to name."""

from __future__ import annotations

from bot.media.pool import WorkerPool


def processes_of(pool: WorkerPool) -> tuple[int, ...]:
    """Return the ids of a pool's children."""
    return tuple(process.pid for process in pool._children._processes)
