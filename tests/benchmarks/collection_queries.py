"""Whether searches of one's own pictures find what people mean: judged queries over captions.

Run with `python -m tests.benchmarks.collection_queries [--misses]`. The captions are those of the starter set and some
in Japanese, Chinese and Korean, and those of ../shared/collection where that folder is. The queries and what is right
for them stand in ``collection_queries.txt``. The baseline is what the collection did before: all words, in an FTS5
table with Porter's stems. An answer counts if one of the right titles is among the first five, or if nothing is found
where nothing is right.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot.bing_v7 import SafeSearch, SearchRequest
from bot.collection.ingest.manifest import credit_of
from bot.collection.model import Indexed, PictureCredit, Rating
from bot.collection.query.search import Searching
from bot.collection.starter.making import ENTRIES
from bot.collection.store import open_store
from bot.collection.text.tokens import tokens
from tests.collection.made import row

FILE = Path(__file__).with_suffix(".txt")
SHARED = Path(__file__).parents[3] / "shared/collection/manifest.jsonl"
_TOP = 5
_FURTHER = (
    "熊猫在吃竹子", "长城日落", "白い猫", "猫が寝ている", "赤い花", "東京タワーの夜景", "富士山と湖", "さくらの公園",
    "カワセミ", "ラーメン", "고양이와 강아지", "서울의 밤", "Boeing 747 at the gate", "Trans\u00adport am Kai",
)  # fmt: skip


class Case(NamedTuple):
    """A query, its kind, and parts of the titles that are right; nothing is right where there are none."""

    kind: str
    query: str
    right: tuple[str, ...]
    or_nothing: bool


def cases(*, shared: bool) -> list[Case]:
    """Read the judged queries."""
    found: list[Case] = []
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        kind, query, right = line.split(" | ")
        parts = [part.strip() for part in right.split(";")]
        titles = tuple(part for part in parts if part != "-")
        if shared or kind != "shared":
            found.append(Case(kind, query, titles, "-" in parts))
    return found


def captions() -> list[PictureCredit]:
    """Everything that is said of the pictures."""
    found = [PictureCredit(title=e.title, description=e.about, tags=tuple(e.tags), gallery=e.gallery) for e in ENTRIES]
    found += [PictureCredit(title=title) for title in _FURTHER]
    if SHARED.is_file():
        found += [credit_of(json.loads(line)) for line in SHARED.read_text("utf-8").splitlines()]
    return [replace(credit, rating=Rating.SAFE) for credit in found]


def pictures(said: Sequence[PictureCredit]) -> Iterator[Indexed]:
    """Captions as pictures."""
    for number, credit in enumerate(said, start=1):
        made = row("x", seed=number, key=f"/p/{number}")
        yield replace(made, places=(replace(made.places[0], credit=credit),))


def right(case: Case, titles: Sequence[str]) -> bool:
    """Whether an answer is what the case wants."""
    if not titles:
        return case.or_nothing
    return any(part in title for part in case.right for title in titles[:_TOP])


def before(said: Sequence[PictureCredit], asked: Sequence[Case]) -> list[list[str]]:
    """The baseline's answers: every word must match, by Porter's stem."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE t USING fts5 (title, tags, body, tokenize = 'porter unicode61')")
    words = [tuple(" ".join(tokens(text)) for text in (c.title, " ".join(c.tags), c.description)) for c in said]
    table.executemany("INSERT INTO t VALUES (?, ?, ?)", words)
    sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 10.0, 6.0, 1.0) LIMIT 5"
    found: list[list[str]] = []
    for case in asked:
        pieces = [f'"{" ".join(tokens(piece))}"' for piece in case.query.split() if tokens(piece)]
        rows = table.execute(sql, (" AND ".join(pieces),)).fetchall() if pieces else [(1,)]
        found.append([said[number - 1].title for (number,) in rows])
    return found


async def after(said: Sequence[PictureCredit], asked: Sequence[Case]) -> list[tuple[list[str], str | None]]:
    """The collection's answers, and the spelling that it answered instead."""
    with tempfile.TemporaryDirectory() as place:
        store = await open_store(Path(place) / "index.sqlite3")
        await store.upsert(list(pictures(said)))
        searching = Searching(store, None, show_unrated=False)
        found: list[tuple[list[str], str | None]] = []
        for case in asked:
            answer = await searching.answer(SearchRequest(q=case.query, safe_search=SafeSearch.STRICT))
            context = answer.query_context
            titles = [image.name or "" for image in answer.value]
            found.append((titles, context.altered_query if context else None))
        await store.aclose()
    return found


class Judged(NamedTuple):
    """What came of the queries: scores by kind, and what was wrong, in words."""

    captions: int
    scores: dict[str, Counter[str]]
    missed: list[str]
    false_corrections: list[str]
    nonsense: list[str]

    @property
    def total(self) -> Counter[str]:
        """The scores of all kinds together."""
        return sum(self.scores.values(), Counter[str]())


def judged() -> Judged:
    """Ask both and judge the answers."""
    said = captions()
    asked = cases(shared=SHARED.is_file())
    found = Judged(len(said), {}, [], [], [])
    for case, was, (now, altered) in zip(asked, before(said, asked), asyncio.run(after(said, asked)), strict=True):
        good = right(case, now)
        score = {"asked": 1, "before": int(right(case, was)), "after": int(good)}
        found.scores.setdefault(case.kind, Counter()).update(score)
        if not good:
            found.missed.append(f"{case.kind} {case.query!r}: {now[:_TOP]}")
        if altered and not good:
            found.false_corrections.append(f"{case.query} -> {altered}")
        if case.kind == "none" and now and not good:
            found.nonsense.append(f"{case.query}: {now[0]}")
    return found


def main(*, misses: bool) -> None:
    """Print the table."""
    found = judged()
    total = found.total
    print(f"{total['asked']} queries over {found.captions} captions; right among the first {_TOP}:")
    for kind, score in found.scores.items():
        print(f"  {kind:8} {score['asked']:4}  before {score['before']:4}  after {score['after']:4}")
    shares = (total["before"] / total["asked"], total["after"] / total["asked"])
    print(f"  all      {total['asked']:4}  before {shares[0]:.3f}  after {shares[1]:.3f}")
    print(f"  false corrections: {found.false_corrections}, nonsense: {found.nonsense}")
    for line in found.missed if misses else ():
        print(f"  missed: {line}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", action="store_true", help="name the queries that were not answered")
    main(misses=options.parse_args().misses)
