"""114 presses by 19 strangers on one page at once: how many private copies, and how long does anybody wait?

``python -m tests.benchmarks.press_burst [rounds] [strangers]`` lets 19 people (or as many as are given) press *next* of
somebody else's page six times each, all at once, over real sockets against the whole bot as a process of its own.
Baseline of the same run: as many people press once each, one after the other.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.wire.house import NEXT, House, open_house
from tests.wire.interactions import Callback, Interaction

STRANGERS, TIMES = int(sys.argv[2]) if len(sys.argv) > 2 else 19, 6
LONGEST = 60.0


class Round(NamedTuple):
    """What one round took: seconds until first answers and until the last copy, and the bot's processor time."""

    first: list[float]
    unanswered: int
    whole: float
    processor: float
    answers: Counter[str]


async def play(house: House, times: int, *, at_once: bool) -> Round:
    """Let 19 new people press the page of another."""
    message = (await house.search(house.person())).answer
    await house.offered(message)
    people = [house.person() for _ in range(STRANGERS)]
    until = "sent" if at_once else "settled"
    started, processor = time.perf_counter(), house.bot.cpu_seconds()
    sent = [await house.discord.press(one, message, NEXT, until=until) for _ in range(times) for one in people]
    try:
        await house.discord.until(lambda: all(map(is_over, sent)), "all", within=LONGEST)
    except AssertionError:
        print("not all were answered")
    whole = time.perf_counter() - started
    answers = Counter(one.callback.name.lower() if one.callback else "nothing" for one in sent)
    waits = [one.latency for one in sent if one.latency is not None]
    return Round(waits, len(sent) - len(waits), whole, house.bot.cpu_seconds() - processor, answers)


def is_over(one: Interaction) -> bool:
    return one.settled or one.callback is Callback.DEFER_UPDATE


async def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        async with open_house(Path(folder)) as house:
            await play(house, 1, at_once=False)
            pairs = [
                (await play(house, 1, at_once=False), await play(house, TIMES, at_once=True)) for _ in range(rounds)
            ]
    print("| pressed | answered by | first answer, median and longest | last copy after | processor time | against |")
    print("| --- | --- | --- | --- | --- | --- |")
    base = statistics.median(one.processor for one, _ in pairs)
    for name, column in ((f"{STRANGERS} presses, one at a time", 0), (f"{STRANGERS * TIMES} presses at once", 1)):
        found = [pair[column] for pair in pairs]
        waits = [each for one in found for each in one.first]
        processor = statistics.median(one.processor for one in found)
        answers = ", ".join(f"{number} {name}" for name, number in sorted(found[-1].answers.items()))
        print(
            f"| {name} | {answers} | {statistics.median(waits):.2f} s, {max(waits):.2f} s | "
            f"{statistics.median(one.whole for one in found):.2f} s | {processor:.2f} s | x{processor / base:.2f} |"
        )
    print(f"unanswered: {sum(one.unanswered for pair in pairs for one in pair)}")


if __name__ == "__main__":
    asyncio.run(main())
