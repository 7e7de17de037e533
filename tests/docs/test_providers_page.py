"""The table in docs/providers.md says of every provider what its adapter declares, and where the facts come from.

The shorter table of docs/terms.md has the same providers.
"""

import re
from pathlib import Path

import pytest

from bot.bing_v7 import Capabilities, DayWindow, SafeSearch, Verb
from bot.providers.http.transport import Transport
from bot.providers.registry import REGISTRY, make
from bot.providers.settings import ProviderSettings
from tests.providers.test_registry import CONTACT, FULL

DOCS = Path(__file__).parents[2] / "docs"
PAGE, TERMS = DOCS / "providers.md", DOCS / "terms.md"
COLUMNS = [
    "provider", "verbs", "levels", "free limit", "card needed", "cost beyond", "its day or month", "terms", "verified",
]  # fmt: skip
MADE_ELSEWHERE = {"collection", "recognizer", "text-reader", "v7"}
_VERBS = {"search": Verb.SEARCH, "identify": Verb.INSIGHTS, "trending": Verb.TRENDING}
_LETTERS = {SafeSearch.STRICT: "S", SafeSearch.MODERATE: "M", SafeSearch.OFF: "O"}
WITHOUT_KEYS = ProviderSettings(
    **{
        name: getattr(FULL, name)
        for name in ProviderSettings.model_fields
        if not name.startswith(("openverse", "saucenao", "tracemoe"))
    }
)


def rows() -> dict[str, dict[str, str]]:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert [cell.strip() for cell in lines[0].strip("|").split("|")] == COLUMNS
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]
    return {one[0].strip("`"): dict(zip(COLUMNS, one, strict=True)) for one in cells}


ROWS = rows()


def declared(name: str) -> tuple[Capabilities, ...]:
    """What the adapter declares without keys of one's own, where there can be none, and with them."""
    return tuple(make(name, Transport(), settings, CONTACT).capabilities for settings in (WITHOUT_KEYS, FULL))


def row_of(name: str) -> dict[str, str]:
    assert name in ROWS, f"docs/providers.md has no row of {name}"
    return ROWS[name]


def test_every_provider_has_a_row_and_every_row_is_full() -> None:
    assert set(ROWS) == set(REGISTRY) | MADE_ELSEWHERE, "docs/providers.md has one row a provider"
    assert [name for name, row in ROWS.items() if not all(row.values())] == [], "rows with an empty cell"


def test_every_provider_has_a_row_in_the_terms() -> None:
    rows_there = set(re.findall(r"^\| `([\w-]+)` \|", TERMS.read_text("utf-8"), re.MULTILINE))
    assert rows_there == set(REGISTRY) | MADE_ELSEWHERE, "docs/terms.md has one row a provider"


@pytest.mark.parametrize("name", REGISTRY)
def test_verbs_and_levels(name: str) -> None:
    row, (known, _) = row_of(name), declared(name)
    verbs = {_VERBS[word] for word in re.findall(r"\w+", row["verbs"]) if word in _VERBS}
    assert verbs == {verb for verb in Verb if known.supports(verb)}
    levels = {level for honoured in known.levels.values() for level in honoured}
    letters = re.match(r"(?:[SMO](?: high| medium| off)?(?:,? )?)+", f"{row['levels']} ")
    assert letters
    assert {letter for letter in letters[0] if letter in "SMO"} == {_LETTERS[level] for level in levels}
    if known.text_only_below_off:
        assert "texts" in row["levels"]


@pytest.mark.parametrize("name", REGISTRY)
def test_limits_prices_and_windows(name: str) -> None:
    row = row_of(name)
    for known in declared(name):
        limits = known.limits
        for number, unit in ((limits.per_hour, "hour"), (limits.per_day, "day"), (limits.per_month, "month")):
            if number is not None:
                found = re.search(rf"(?<![\d,]){number:,}(?![\d,])", row["free limit"])
                assert found, f"the adapter declares {number:,} a {unit}; the free limit says: {row['free limit']}"
        if limits.price:
            assert f"${limits.price * 1000:g} per 1,000" in row["cost beyond"]
        if limits.per_day is not None:
            rolls = limits.day_window is DayWindow.ROLLING
            assert ("last 24 hours" if rolls else "day, UTC") in row["its day or month"]
        if limits.per_month is not None:
            assert "calendar month" in row["its day or month"]


@pytest.mark.parametrize("name", REGISTRY)
def test_terms_and_documents(name: str) -> None:
    row, (known, _) = row_of(name), declared(name)
    if known.terms_url:
        assert f"({known.terms_url})" in row["terms"]
    assert re.search(r"20[12]\d", row["verified"])
