"""The child processes of a pool, which the product has no need to name."""

from __future__ import annotations

from bot.media.pool import WorkerPool


def processes_of(pool: WorkerPool) -> tuple[int, ...]:
    """Return the ids of a pool's children."""
    return tuple(child.process.pid for child in (*pool._idle, *pool._idle_heavy, *pool._busy))
