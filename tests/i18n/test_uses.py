"""The catalogue and the code agree: every key that is asked for is there, and every key there is asked for."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.bing_v7 import FILTERS, Confidence, NoteCode, SafeSearch, Verb
from bot.discord_ui.model.filters import WORDED, values_of
from bot.discord_ui.model.lookup_session import QUESTIONS, Section
from bot.discord_ui.model.pager import View
from bot.discord_ui.render.footer import _WHYS
from bot.discord_ui.render.lookup_regions import CELLS, WHOLE
from bot.i18n import known_keys
from bot.safesearch.policy import Rule, Scope

ROOT = Path(__file__).parents[2]
SPEAKERS = {"say": 1, "localized": 0}
"""Functions that take a key, and at which place."""


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """Return every module of the bot."""
    paths = sorted(path for room in ("bot", "cogs") for path in (ROOT / room).rglob("*.py"))
    return tuple((str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def as_pattern(node: ast.expr) -> str | None:
    """Return a pattern for the texts that an expression comes to: a literal, an f-string or a sum that begins so."""
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in parts)
        case ast.BinOp(left=left, op=ast.Add()) if (begin := as_pattern(left)) is not None:
            return begin if begin.endswith(".*") else f"{begin}.*"
        case _:
            return None


def spoken(tree: ast.Module) -> Iterator[str]:
    """Give the pattern of every key that is passed to ``say()`` or ``localized()``; keys in variables are left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKERS:
            place = SPEAKERS[node.func.id]
            for one in either(node.args[place]) if len(node.args) > place else ():
                if (pattern := as_pattern(one)) is not None:
                    yield pattern


def either(node: ast.expr) -> Iterable[ast.expr]:
    """Give both sides of a choice, or the expression itself."""
    return (*either(node.body), *either(node.orelse)) if isinstance(node, ast.IfExp) else (node,)


def test_every_key_that_is_asked_for_is_there() -> None:
    asked = [(name, pattern) for name, tree in sources() for pattern in spoken(tree)]
    assert len(asked) > 150
    missing = [(name, key) for name, key in asked if not any(re.fullmatch(key, known) for known in known_keys())]
    assert missing == []


def test_every_key_is_asked_for() -> None:
    patterns = {pattern for _, tree in sources() for node in ast.walk(tree) if isinstance(node, ast.expr)
                if (pattern := as_pattern(node)) is not None}  # fmt: skip
    literal = {re.sub(r"\\(.)", r"\1", pattern) for pattern in patterns if not re.search(r"(?<!\\)\.[+*]", pattern)}
    begun = [re.compile(pattern) for pattern in patterns if re.match(r"[a-z]+\\-[^.]*\.[+*]", pattern)]
    ended = {re.sub(r"\\(.)", r"\1", pattern[2:]) for pattern in patterns if re.fullmatch(r"\.\+\\-[a-z\\-]+", pattern)}
    unused = [
        key
        for key in sorted(known_keys() - literal)
        if not any(pattern.fullmatch(key) for pattern in begun)
        and not any(key.endswith(end) and key.removesuffix(end) in literal for end in ended)
    ]
    assert unused == []


COMPLETED: dict[str, Iterable[str]] = {
    "insights-section-": [one.value for one in Section if one not in QUESTIONS],
    "insights-band-": [one.value for one in Confidence],
    "insights-": [one.value for one in Confidence],
    "region-": (WHOLE, *CELLS),
    "choice-view-": [one.value for one in View],
    "choice-safesearch-": [one.value for one in SafeSearch],
    "choice-scope-": [one.value for one in Scope],
    "safesearch-rule-": [one.value for one in Rule],
    "safesearch-effect-": [one.value for one in SafeSearch],
    "safesearch-level-": [*(one.value for one in SafeSearch), "inherit"],
    "level-": [one.value.lower() for one in SafeSearch],
    "about-provider-": [one.value for one in Verb],
    "why-": _WHYS,
    "note-": [NoteCode.WITHHELD.value, NoteCode.UNRATED.value],
    "filter-name-": (*FILTERS, "q"),
    "trends-wikipedia-": ("picture", "article", "read", "news", "day"),
    **{f"choice-{name}-": values_of(name) for name in WORDED},
}
"""Beginnings of keys, and all that may follow them."""


@pytest.mark.parametrize("begin", COMPLETED)
def test_whatever_completes_a_key_has_words(begin: str) -> None:
    assert {f"{begin}{value}" for value in COMPLETED[begin]} - known_keys() == set()


def test_every_reason_to_refuse_a_picture_has_words() -> None:
    reasons = {
        node.args[0].value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "PictureRefused"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert len(reasons) > 4
    assert {f"error-picture-{reason}" for reason in reasons} - known_keys() == set()
