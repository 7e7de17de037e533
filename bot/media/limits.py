"""Limits of files that come in, of pictures that are sent on, and of the processes that work on them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """What may come in.

    Attributes:
        file_bytes: the file.
        pixels: of the picture as it is decoded; a JPEG is decoded at a fraction of its size where less is needed.
        declared_pixels: of the picture as it says it is.
        memory: bytes that decoding may take, as estimated from the header.
    """

    file_bytes: int = 64 * 1024 * 1024
    pixels: int = 80_000_000
    declared_pixels: int = 400_000_000
    memory: int = 448 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FitLimits:
    """What goes out: at most 1 MB (``/images/details``) and 1,500 pixels a side (Visual Search)."""

    max_bytes: int = 1_000_000
    max_edge: int = 1_500


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """What the children of a pool may take.

    Attributes:
        at_once: children side by side, for ordinary jobs.
        heavy_at_once: further children for jobs that need much memory; they end soon after the last such job.
        heavy_nice: by how much those give way to this program's other work: ordinary pictures go ahead of heavy ones.
        heavy_memory: bytes that those may need together; a job that needs more runs while no other heavy one does.
        seconds: processor time that one job may take before its child is killed; by the clock four times as much,
            for the others of a busy machine are no fault of the picture.
        memory: bytes of address space of a child, None for no limit.
        waiting_bytes: bytes of files that wait; what comes beyond is told to come later.
        files: True if children may write files.
        nice: by how much they give way to others.
        idle_seconds: after which children for ordinary jobs end that had none; None keeps them.
    """

    at_once: int = 2
    heavy_at_once: int = 2
    heavy_nice: int = 10
    heavy_memory: int = 216 * 1024 * 1024
    seconds: float = 8.0
    memory: int | None = 1024**3
    waiting_bytes: int = 96 * 1024 * 1024
    files: bool = False
    nice: int = 0
    idle_seconds: float | None = None


HEAVY = 32 * 1024 * 1024
"""Bytes of estimated memory above which a picture is heavy: heavy ones wait for each other, others not for them."""
