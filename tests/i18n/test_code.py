"""No words of a person's language stand in the code: what people read comes from the catalogues."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.discord_ui.render.attribution import _CC_NAMES, _titles

ROOT = Path(__file__).parents[2]

FACING = ("cogs", "bot/discord_ui", "bot/client.py", "bot/services.py", "bot/safesearch/messages.py")
"""What makes messages."""
ANSWERING = ("bot/providers", "bot/collection")
"""What fills in v7's objects; the starter set is a collection with an operator's words, as any other."""

SHOWN: dict[str, tuple[str | int, ...]] = {
    "Button": (1, "label"),
    "Card": ("title", "description", "author", "footer"),
    "Choice": ("name",),
    "Embed": ("title", "description"),
    "Field": (0, 1, "name", "value"),
    "Gallery": ("heading", "sources", "footer"),
    "GalleryItem": (1, "alt"),
    "Label": ("text", "description"),
    "Message": ("text",),
    "Option": (0, 2, "label", "description"),
    "Select": (1, "placeholder"),
    "SelectOption": ("label", "description"),
    "TextDisplay": (0, "content"),
    "TextInput": ("label", "placeholder", "default"),
    "Window": (0, "title"),
    "add_field": ("name", "value"),
    "edit": (0, "content"),
    "edit_message": (0, "content"),
    "edit_original_response": ("content",),
    "locale_str": (0,),
    "send": (0, "content"),
    "send_message": (0, "content"),
    "set_author": ("name",),
    "set_footer": ("text",),
}
"""What makes something that people see, and which of its arguments they see."""

FILLED = ("author", "caption", "display_text", "license", "name", "source_name", "text", "title")
"""Fields of v7's objects that people read."""
CALLED_SO = frozenset({
    "AniList", "Magpie", "Wikimedia Commons", "Wikipedia", "https://", "trace.moe, AniList", "AnimeTrace, AniList",
    *_titles.values(), *_CC_NAMES.values(),
})  # fmt: skip
"""Names, which are the same in every language."""
SILENT = frozenset(
    {"say", "localized", "cast", "info", "debug", "warning", "error", "exception", "compile", "sub", "fullmatch"}
)
"""Calls whose texts are keys, types, log lines or patterns."""


def modules(*rooms: str) -> Iterator[str]:
    """Give the place of every module of some rooms."""
    for room in rooms:
        path = ROOT / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if "starter" not in file.parts:
                yield str(file.relative_to(ROOT))


@cache
def parsed(name: str) -> ast.Module:
    """Return the code of a module; not read before a test asks for it, since every worker collects every test."""
    return ast.parse((ROOT / name).read_text(encoding="utf-8"))


def called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def literals(node: ast.AST) -> Iterator[str]:
    """Give the texts inside an expression; not docstrings, comparisons, indexes, patterns, log lines and keys."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Compare() | ast.Subscript() | ast.Raise() | ast.Assert() | ast.Expr(value=ast.Constant()):
            return
        case ast.Call() if called(node) in SILENT:
            return
        case _:
            for child in ast.iter_child_nodes(node):
                yield from literals(child)


def shown(tree: ast.Module) -> Iterator[str]:
    """Give the texts in arguments that people see."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (places := SHOWN.get(called(node))):
            arguments = [node.args[place] for place in places if isinstance(place, int) and place < len(node.args)]
            arguments += [keyword.value for keyword in node.keywords if keyword.arg in places]
            for argument in arguments:
                yield from literals(argument)


def filled(tree: ast.Module) -> Iterator[str]:
    """Give the texts that fields of v7's objects are filled with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg in FILLED:
                    yield from (text for part in written(keyword.value) for text in literals(part))


@pytest.mark.parametrize("name", list(modules(*FACING)))
def test_what_people_see_comes_from_a_catalogue(name: str) -> None:
    found = [text for text in shown(parsed(name)) if re.search(r"[^\W\d_]{2,}", text) and text not in CALLED_SO]
    assert found == [], name


@pytest.mark.parametrize("name", list(modules(*FACING)))
def test_no_text_in_code_is_a_sentence(name: str) -> None:
    found = [text for text in literals(parsed(name)) if re.search(r"[A-Za-z]{2,}[,:;]? [A-Za-z]{2,}", text)]
    assert [text for text in found if text not in CALLED_SO] == [], name


def written(node: ast.expr) -> Iterator[ast.expr]:
    """Give the parts of an expression that are written there; what a call returns was read from somewhere."""
    match node:
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from written(part)
        case ast.IfExp(body=one, orelse=other):
            yield from written(one)
            yield from written(other)
        case ast.BinOp(left=one, right=other):
            yield from written(one)
            yield from written(other)
        case ast.JoinedStr(values=parts):
            yield from (part for part in parts if isinstance(part, ast.Constant))
        case ast.Constant():
            yield node
        case _:
            return


@pytest.mark.parametrize("name", list(modules(*ANSWERING)))
def test_answers_bring_no_words_of_ours(name: str) -> None:
    found = [text for text in filled(parsed(name)) if re.search(r"[^\W\d_]{2,}", text) and text not in CALLED_SO]
    assert found == [], name


def test_the_search_finds_what_it_is_for() -> None:
    code = ast.parse(
        'Button("x", "Next")\nCard(title=f"Page {n}")\nsend("Hello " + name)\nquery(text="cats")\n'
        'Button("next", say(locale, "button-next"))\nCard(title=one if kind == "big one" else two)\n'
    )
    assert list(shown(code)) == ["Next", "Page ", "Hello "]
    assert list(filled(code)) == ["Page ", "cats"]
