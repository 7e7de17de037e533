"""How long a v7 answer takes to become objects: ours, the official client's, and bare ``json.loads``, in one run.

Run: ``python -m tests.benchmarks.parse_v7``. With ``../shared`` beside the repository recorded answers are parsed,
without it one of our own making. A round gives every method three passes over all answers and keeps its best one, as
``timeit`` does; ratios are medians over rounds. Processor time is taken, so that other work here counts little.
"""

import gc
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.bing_v7 import HttpResponse, ImageAnswer, client

HERE = Path(__file__).parent
RECORDINGS = HERE.parents[2] / "shared/recordings/bing-v7"
FIXTURE = HERE.parent / "bing_v7/fixtures/search.json"
ROUNDS, PASSES = 15, 3


def answers() -> list[bytes]:
    """Return the recorded search answers, or one of our own with 100 pictures."""
    found = sorted(path for path in RECORDINGS.glob("search-*.json") if ".headers" not in path.name)
    recorded = [path.read_bytes() for path in found if "legacy" not in path.name]
    if recorded:
        return recorded
    made = json.loads(FIXTURE.read_bytes())
    made["value"] = made["value"][:1] * 100
    return [json.dumps(made).encode()]


def official() -> Callable[[bytes], Any] | None:
    """Return the deserializer of the official client, if the dependency group ``sdk`` is installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from azure.cognitiveservices.search.imagesearch import ImageSearchClient
            from msrest.authentication import CognitiveServicesCredentials
        except ImportError:
            return None
    made = ImageSearchClient("http://127.0.0.1", CognitiveServicesCredentials("key"))
    return lambda raw: made._deserialize("Images", json.loads(raw))


def decoded(raw: bytes) -> ImageAnswer:
    """Read an answer as the provider does, with the checks of kind and status."""
    return client.decode_answer(HttpResponse(200, {}, raw), ImageAnswer)


def measure(methods: dict[str, Callable[[bytes], Any]], bodies: list[bytes], rounds: int) -> dict[str, list[float]]:
    """Return the processor seconds that each method took for all bodies, round by round."""
    seconds: dict[str, list[float]] = {name: [] for name in methods}
    for _ in range(rounds):
        for name, parse in methods.items():
            gc.collect()
            seconds[name].append(min(one_pass(parse, bodies) for _ in range(PASSES)))
    return seconds


def one_pass(parse: Callable[[bytes], Any], bodies: list[bytes]) -> float:
    """Return the processor seconds of parsing every body once."""
    started = time.process_time()
    for raw in bodies:
        parse(raw)
    return time.process_time() - started


def main() -> None:
    """Print times and ratios."""
    bodies = answers()
    methods: dict[str, Callable[[bytes], Any]] = {"json.loads": json.loads, "ours": decoded}
    sdk = official()
    if sdk:
        methods["official client"] = sdk
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    seconds = measure(methods, bodies, rounds)
    pictures = sum(len(decoded(raw).value) for raw in bodies)
    print(f"{len(bodies)} answers, {sum(map(len, bodies)):,} bytes, {pictures} pictures, {rounds} rounds")
    for name, times in seconds.items():
        each = statistics.median(times) / len(bodies) * 1000
        ratio = statistics.median(mine / base for mine, base in zip(times, seconds["json.loads"], strict=True))
        print(f"{name:16} {each:8.3f} ms an answer   {ratio:6.2f} x json.loads")
    if sdk:
        pairs = zip(seconds["official client"], seconds["ours"], strict=True)
        print(f"ours is {statistics.median(theirs / ours for theirs, ours in pairs):.1f} times as fast as the client")


if __name__ == "__main__":
    main()
