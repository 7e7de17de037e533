"""Many interactions at once, timed from the event to the bot's first answer: for benchmarks, not for tests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

from .model import Json, Message, User, copied, walk
from .people import Until
from .standin import StandIn


@dataclass(frozen=True)
class Load:
    """What so many interactions took: ``latencies`` from the event to the first answer, ``seconds`` in all."""

    latencies: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        """The latency in seconds that so many of a hundred stay below."""
        return quantiles(self.latencies, n=100)[percent - 1]


async def press_many(
    discord: StandIn,
    user: User,
    message: Message,
    custom_id: str | Callable[[int], str],
    *,
    count: int,
    in_flight: int = 1,
    until: Until = "answered",
    pause: float = 0.0,
) -> Load:
    """Press a button ``count`` times, ``in_flight`` at a time; the n-th press may have a custom_id of its own.

    Every press is on the message as it stands at the beginning, its first button carrying the custom_id.
    ``until="settled"`` waits for deferred edits before the next press, and ``pause`` is in seconds. Make the stand-in
    with ``check=False, record=False``, and run the bot as a process.
    """
    latencies: list[float] = []
    numbers = iter(range(count))
    shown = discord.snapshot(message)

    known = _with_button(shown, custom_id) if isinstance(custom_id, str) else None

    async def presses() -> None:
        for number in numbers:
            name = custom_id if isinstance(custom_id, str) else custom_id(number)
            one = await discord.press(user, message, name, shown=known or _with_button(shown, name), until=until)
            assert one.latency is not None
            latencies.append(one.latency)
            if pause:
                await asyncio.sleep(pause)

    started = time.perf_counter()
    await asyncio.gather(*(presses() for _ in range(in_flight)))
    return Load(latencies, time.perf_counter() - started)


def _with_button(shown: Json, custom_id: str) -> Json:
    """``shown`` with ``custom_id`` on its first button that is no link."""
    seen = copied(shown)
    button = next(part for part in walk(seen["components"]) if part.get("type") == 2 and part.get("custom_id"))
    button.update(custom_id=custom_id, disabled=False)
    return seen
