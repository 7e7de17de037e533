"""One name, one meaning: a public name stands at the top of one module only, or it is listed here with the reason."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
APART = ("bot/collection/starter/", "bot/storage/migrations/")
"""Drawings, each a function with the name of what it shows, and Alembic's scripts."""
EVERYWHERE = {"log", "T", "T_co", "setup"}
"""A module's logger, type variables, discord.py's entry point of a cog."""

ADAPTERS = {
    "NAME", "TITLE", "BASE_URL", "CAPABILITIES", "capabilities", "read_image",
    "build_search", "build_insights", "build_trending", "decode_search", "decode_insights", "decode_trending",
}  # fmt: skip
"""What every adapter has; bot/providers/adapters/__init__.py says what each is."""
SPEAKING_V7 = ("bot/providers/adapters/", "bot/bing_v7/client.py", "bot/recognition/")

ALLOWED = {
    "main": "what a module does when it is run as a program",
}


def defined_twice() -> dict[str, list[str]]:
    """Public names that more than one module defines at its top, with those modules."""
    where: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(path for room in ("bot", "cogs") for path in (ROOT / room).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(APART):
            for name in set(names_in(ast.parse(path.read_text("utf-8")))):
                where[name].append(place)
    return {name: places for name, places in where.items() if len(places) > 1}


def names_in(module: ast.Module) -> list[str]:
    """The public names that a module defines."""
    found: list[str] = []
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.append(node.target.id)
    return [name for name in found if not name.startswith("_") and name not in EVERYWHERE]


def is_contract(name: str, places: list[str]) -> bool:
    """Whether a name is meant to be implemented several times, in the same way."""
    return name in ADAPTERS and all(place.startswith(SPEAKING_V7) for place in places)


def test_no_public_name_has_two_meanings() -> None:
    twice = {name: places for name, places in defined_twice().items() if not is_contract(name, places)}
    assert {name: places for name, places in twice.items() if name not in ALLOWED} == {}
    assert len(ALLOWED) < 10


def test_nothing_is_listed_that_is_no_longer_there() -> None:
    assert set(ALLOWED) <= set(defined_twice())


def test_names_are_found_however_they_are_defined() -> None:
    source = "A = 1\nB: int = 2\n_c = 3\ndef d(): ...\nasync def e(): ...\nclass F: ...\nlog = 4\n"
    assert names_in(ast.parse(source)) == ["A", "B", "d", "e", "F"]
