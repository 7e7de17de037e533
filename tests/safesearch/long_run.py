"""A long walk through the worlds of the no-leak test: ``python -m tests.safesearch.long_run --steps 100000``."""

from __future__ import annotations

import argparse
import time
from collections import Counter

from .surface import Surface, surface_walk
from .world import Leak, walk

STEPS_A_WORLD = 250
SURFACE_EVERY = 5
"""One world in so many is walked on its surface, by what people press; the others by what pages ask of the service."""
RESTLESS, LATE = 0.05, 0.6
"""Of a world's surface: how often something becomes stricter meanwhile, and the share of late interactions."""
TELL_EVERY = 10_000


def main() -> int:
    """Walk, and say how far it went; exit status 1 if anything leaked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began, used, done, leaks, seed = time.monotonic(), time.process_time(), 0, 0, options.seed
    shown, pressed, requests = Counter[str](), Counter[str](), 0
    while done < options.steps:
        try:
            world = (
                walk(seed, STEPS_A_WORLD)
                if seed % SURFACE_EVERY
                else surface_walk(seed, STEPS_A_WORLD, restless=RESTLESS, late=LATE)
            )
        except Leak as leak:
            leaks += 1
            print(f"seed {seed}: {leak}", flush=True)
        else:
            shown.update({kind.value: times for kind, times in world.shown.items()})
            if isinstance(world, Surface):
                pressed.update(world.pressed)
                requests += world.sends
        done += STEPS_A_WORLD
        seed += 1
        if done % TELL_EVERY == 0:
            print(f"{done} steps, {leaks} leaks, {time.process_time() - used:.0f} s of processor time", flush=True)
    took, processor = time.monotonic() - began, time.process_time() - used
    print(f"{done} steps, {took:.0f} s ({processor:.0f} s of processor time), {leaks} leaks")
    print(f"{requests} requests to Discord looked at, {pressed.total()} presses: {dict(pressed.most_common())}")
    print(f"shown where allowed: {dict(shown)}")
    return 1 if leaks else 0


if __name__ == "__main__":
    raise SystemExit(main())
