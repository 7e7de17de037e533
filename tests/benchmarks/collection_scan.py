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
    """Median processor time and fastest round by the clock, in milliseconds."""
    clock: list[float] = []
    processor: list[float] = []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - began) * 1e3)
        processor.append((time.process_time() - used) * 1e3)
    return statistics.median(processor), min(clock)


def main(rows: int) -> None:
    """Measure one size."""
    codes = np.random.default_rng(1).integers(0, 2**64, (rows, 4), dtype=np.uint64)
    asked = codes[rows // 2][None].copy()
    turned = np.concatenate([asked, np.random.default_rng(2).integers(0, 2**64, (7, 4), dtype=np.uint64)])
    flat = np.ascontiguousarray(codes.T).ravel()
    floor = best(lambda: np.bitwise_xor.reduce(flat))
    print(f"{rows:,} codes, {flat.nbytes / 2**20:.0f} MiB: reading once {floor[0]:.2f} ms of processor time")
    cases = (
        ("numpy, up to 40 bits", False, False, 40),
        ("numpy, complements too", False, True, 40),
        ("numpy, up to 84 bits", False, True, 84),
        ("faiss, up to 40 bits", True, False, 40),
        ("faiss, up to 84 bits", True, True, 84),
    )
    for name, fast, inverted, most in cases:
        table = CodeTable(fast=fast, fast_from=1)
        if fast and not table.fast:
            print("  faiss is not installed")
            continue
        for start in range(0, rows, 500_000):
            part = codes[start : start + 500_000]
            table.add(np.arange(start + 1, start + 1 + len(part)), part)
        found = table.near(asked, most, 10, inverted=inverted)
        if found[0].row != rows // 2 + 1:
            raise SystemExit("the scan missed its needle")
        spent, fastest = best(lambda t=table, i=inverted, m=most: t.near(asked, m, 10, inverted=i))
        print(f"  {name:24} {spent:7.2f} ms ({spent / floor[0]:.2f} times reading once), by the clock {fastest:.2f}")
        spent, _ = best(lambda t=table, i=inverted, m=most: t.near(turned, m, 10, inverted=i))
        print(f"  {'... eight at once, each':24} {spent / 8:7.2f} ms ({spent / 8 / floor[0]:.2f} times)", flush=True)


if __name__ == "__main__":
    for count in [int(argument) for argument in sys.argv[1:]] or [1_000_000, 10_000_000]:
        main(count)
