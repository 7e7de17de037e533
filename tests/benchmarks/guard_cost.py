"""What judging an answer costs: ``python -m tests.benchmarks.guard_cost``.

An answer of 35 pictures with titles, three links each, attribution and ten suggestions is read from JSON (the baseline:
pydantic's own reading of the same text) and judged in Strict with a server's lists. Every round has new words, so that
nothing is remembered; "again" judges the same answer once more, as the guard does after the gate.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from bot.bing_v7 import Attribution, Image, ImageAnswer, Query, SafeSearch
from bot.safesearch.answer_filter import AnswerFilter
from bot.safesearch.content_policy import ContentPolicy
from bot.safesearch.lists import Lists

ROUNDS = 60
LISTS = Lists.of(
    hosts=[f"blocked{number}.example" for number in range(200)],
    words=[f"wumpus{chr(97 + number % 26)}" for number in range(200)],
)
_WORDS = ("red", "blue", "river", "house", "garden", "mountain", "winter", "light", "old", "bridge", "market", "flower")


def answer(rng: random.Random) -> ImageAnswer:
    """Make an answer as a provider would give it."""

    def title() -> str:
        return " ".join([*rng.choices(_WORDS, k=8), str(rng.randrange(10**6))])

    def link(host: str) -> str:
        slug = "-".join(rng.choices(_WORDS, k=5))
        return f"https://{host}{rng.randrange(1000)}.example.org/{slug}/{rng.randrange(10**9)}.jpg"

    images = tuple(
        Image(
            name=title(), content_url=link("img"), thumbnail_url=link("thumb"), host_page_url=link("www"), width=1200,
            height=800, image_id=f"{rng.randrange(16**40):040X}", is_family_friendly=True,
            attribution=Attribution(author=title(), license="CC BY 4.0", source_url=link("www")),
        )
        for _ in range(35)
    )  # fmt: skip
    return ImageAnswer(value=images, related_searches=tuple(Query(text=title()) for _ in range(10)))


def main() -> None:
    """Measure and print medians and ratios."""
    rng = random.Random(7)
    judge = ContentPolicy(SafeSearch.STRICT, LISTS)
    read, judged, again = [], [], []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS):
        text = answer(rng).model_dump_json(by_alias=True, exclude_unset=True)
        times = [time.thread_time()]
        made = ImageAnswer.model_validate_json(text)
        times.append(time.thread_time())
        kept = AnswerFilter(judge).answer(made)
        times.append(time.thread_time())
        AnswerFilter(judge).answer(kept)
        times.append(time.thread_time())
        assert len(kept.value) == 35
        for place, kind in enumerate((read, judged, again)):
            kind.append(1000 * (times[place + 1] - times[place]))
    base = statistics.median(read)
    for name, figures in (("reading the answer (baseline)", read), ("judging it", judged), ("judging it again", again)):
        median = statistics.median(figures)
        print(f"{name}: {median:.2f} ms, x{median / base:.1f}")


if __name__ == "__main__":
    main()
