"""The scan of all hashes against the time that reading the memory takes at least, in numpy and with faiss.

Run with `python -m tests.benchmarks.collection_scan [ROWS...]`.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from bot.collection.store.codes import CodeTable

ROUNDS = 15


def best(work: Callable[[], object]) -> tuple[float, float]:
    """Median and fastest of some rounds in milliseconds."""
    times: list[float] = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1e3)
    return statistics.median(times), min(times)


def main(rows: int) -> None:
    """Measure one size."""
    codes = np.random.default_rng(1).integers(0, 2**64, (rows, 4), dtype=np.uint64)
    asked = codes[rows // 2][None].copy()
    flat = np.ascontiguousarray(codes.T).ravel()
    floor = best(lambda: np.bitwise_xor.reduce(flat))
    print(f"{rows:,} codes, {flat.nbytes / 2**20:.0f} MiB: reading once {floor[0]:.2f} ms (fastest {floor[1]:.2f})")
    for name, fast, inverted in (
        ("numpy", False, False),
        ("numpy, complements too", False, True),
        ("faiss", True, False),
    ):
        table = CodeTable(fast=fast)
        if fast and not table.fast:
            print("faiss is not installed")
            continue
        for start in range(0, rows, 500_000):
            part = codes[start : start + 500_000]
            table.add(np.arange(start + 1, start + 1 + len(part)), part)
        found = table.near(asked, 40, 10, inverted=inverted)
        if found[0].row != rows // 2 + 1:
            raise SystemExit("the scan missed its needle")
        median, fastest = best(lambda t=table, i=inverted: t.near(asked, 40, 10, inverted=i))
        print(f"  {name:24} {median:7.2f} ms (fastest {fastest:.2f}), {median / floor[0]:.2f} times reading once")


if __name__ == "__main__":
    for count in [int(argument) for argument in sys.argv[1:]] or [1_000_000, 10_000_000]:
        main(count)
