"""The workshop's other side: a child process that decodes, cleans and shrinks pictures, and knows nothing else.

It is started with an empty environment, so no key is within reach of a hostile file, and with limits on memory, files
and core dumps where the system has them. It reads jobs from its standard input and writes results to its standard
output: one line of JSON, then as many bytes as the line says.
"""

import json
import sys
import warnings
from typing import Any, BinaryIO

from bot.bing_v7 import PictureRefused, Upload
from bot.bing_v7.upload import UploadLimits, fit_now

MEMORY = 1024**3
"""Bytes of address space that the process may take; far above what the pixel cap needs."""


def main() -> None:
    """Work until the input ends."""
    warnings.simplefilter("ignore")
    _bound()
    work(sys.stdin.buffer, sys.stdout.buffer)


def work(jobs: BinaryIO, results: BinaryIO) -> None:
    """Answer every job of a stream."""
    while line := jobs.readline():
        header = json.loads(line)
        answer, data = _answer(jobs.read(header.pop("size")), UploadLimits(**header))
        results.write(json.dumps({**answer, "size": len(data)}).encode() + b"\n" + data)
        results.flush()


def _answer(data: bytes, limits: UploadLimits) -> tuple[dict[str, Any], bytes]:
    try:
        return {}, fit_now(Upload(data=data), limits).data
    except PictureRefused as refused:
        # The first bytes were a picture's, so what cannot be decoded is damaged.
        why = "broken" if refused.why == "not-a-picture" else refused.why
        return {"why": why, "limit": refused.limit}, b""
    except MemoryError:
        return {"why": "too-many-pixels", "limit": limits.accept_pixels}, b""
    except Exception:  # noqa: BLE001 (whatever a hostile file makes a decoder raise, the file is not usable)
        return {"why": "broken", "limit": None}, b""


def _bound() -> None:
    try:
        import resource  # noqa: PLC0415 (Unix has it)
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))
