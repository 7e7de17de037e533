"""A long walk through the world of the no-leak test: ``python -m tests.safesearch.long_run --steps 100000``."""

from __future__ import annotations

import argparse
import time

from .plants import Kind
from .world import Leak, walk

STEPS_A_WORLD = 250


def main() -> int:
    """FallbackSearch, and say how far it went; exit status 1 if anything leaked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began, done, leaks = time.monotonic(), 0, 0
    shown: dict[Kind, int] = dict.fromkeys(Kind, 0)
    seed = options.seed
    while done < options.steps:
        try:
            world = walk(seed, STEPS_A_WORLD)
        except Leak as leak:
            leaks += 1
            print(f"seed {seed}: {leak}")
        else:
            for kind, times in world.shown.items():
                shown[kind] += times
        done += STEPS_A_WORLD
        seed += 1
    counts = ", ".join(f"{kind.value} {times}" for kind, times in shown.items())
    print(f"{done} steps, {time.monotonic() - began:.0f} s, {leaks} leaks")
    print(f"shown where allowed: {counts}")
    return 1 if leaks else 0


if __name__ == "__main__":
    raise SystemExit(main())
