"""The child process of a worker pool: it does one job after the other.

It is started with a small environment, so no key is within reach of a hostile file, and with limits on memory, files
and core dumps where the system has them. It reads jobs from its standard input and writes answers to its standard
output: one line of JSON, then as many bytes as the line says. Nothing that it writes can make the parent run code.
"""

import base64
import json
import os
import pickle
import signal
import sys
import warnings
from typing import Any, BinaryIO

from .tasks import Handler

OUT_OF_TIME = getattr(signal, "SIGPROF", 27)
"""The signal that ends a child whose job took more processor time than it may."""
READY = b"ready\n"
"""What a child writes once it can take jobs; the time until then counts for no job."""


def main() -> None:
    """Work until the input ends; the first line says what is to be run and within which bounds."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    warnings.simplefilter("ignore")
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints must not get among the answers
    os.dup2(sys.stderr.fileno(), 1)
    setup: dict[str, Any] = json.loads(jobs.readline())
    bound(setup["memory"], files=setup["files"])
    if setup["nice"] and hasattr(os, "nice"):
        os.nice(setup["nice"])
    handler: Handler = pickle.loads(base64.b64decode(setup["handler"]))  # noqa: S301 (the parent's own)
    answers.write(READY)
    answers.flush()
    work(handler, jobs, answers, setup["seconds"])


def work(handler: Handler, jobs: BinaryIO, answers: BinaryIO, seconds: float) -> None:
    """Answer every job of a stream; the process ends if one takes more than ``seconds`` of processor time."""
    while line := jobs.readline():
        job: dict[str, Any] = json.loads(line)
        given = jobs.read(job.pop("size"))
        alarm(seconds)
        said, data = handler(job, given)
        alarm(0)
        answers.write(json.dumps({**said, "size": len(data)}).encode() + b"\n" + data)
        answers.flush()


def alarm(seconds: float) -> None:
    """End this process after ``seconds`` of processor time from now; 0 cancels that. No effect outside of Unix."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def bound(memory: int | None, *, files: bool) -> None:
    """Limit the address space in bytes, files that are written, and core dumps."""
    try:
        import resource  # noqa: PLC0415 (Unix has it)
    except ImportError:
        return
    limits = [(resource.RLIMIT_CORE, 0)]
    if memory is not None:
        limits.append((resource.RLIMIT_AS, memory))
    if not files:
        limits.append((resource.RLIMIT_FSIZE, 0))
    for kind, most in limits:
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))
