"""What Discord refuses in buttons, selects, layouts and modals, and openapi.json does not say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .model import Json, walk

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = frozenset({3, 5, 6, 7, 8})
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, UPLOAD = 9, 10, 11, 12, 13, 14, 17, 18, 19
V2_PARTS = frozenset({SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER})
LINK, PREMIUM = 5, 6
MOST_V2_PARTS = 40
MOST_V2_TEXT = 4000
MOST_ROWS = 5
MOST_MODAL_PARTS = 5


def component_problems(components: list[Json], *, is_v2: bool) -> list[str]:
    """Every rule that a message's components break; ``is_v2`` is the message's components V2 flag."""
    parts = walk(components)
    problems = _layout_problems(components, parts, is_v2=is_v2)
    problems += _id_problems(parts)
    for part in parts:
        check = CHECKS.get(int(part.get("type") or 0))
        problems += check(part) if check else []
    return problems


def _layout_problems(components: list[Json], parts: list[Json], *, is_v2: bool) -> list[str]:
    if not is_v2:
        problems = (
            [] if len(components) <= MOST_ROWS else [f"there are {len(components)} rows; {MOST_ROWS} are allowed"]
        )
        found = sorted({int(part["type"]) for part in parts} & V2_PARTS)
        if found:
            problems.append(f"components of types {found} need the components V2 flag")
        bare = [part["type"] for part in components if part.get("type") not in V2_PARTS | {ROW}]
        return problems + ([f"components of types {bare} must stand in a row"] if bare else [])
    problems = []
    if not components:
        problems.append("a components V2 message needs at least one component")
    if len(parts) > MOST_V2_PARTS:
        problems.append(f"there are {len(parts)} components, nested ones counted; {MOST_V2_PARTS} are allowed")
    text = sum(len(str(part.get("content") or "")) for part in parts if part.get("type") == TEXT)
    if text > MOST_V2_TEXT:
        problems.append(f"all texts together have {text} characters; {MOST_V2_TEXT} are allowed")
    return problems


def _id_problems(parts: list[Json]) -> list[str]:
    custom = [part["custom_id"] for part in parts if part.get("custom_id") is not None]
    problems = [
        f"the custom_id {one!r} is used {custom.count(one)} times"
        for one in dict.fromkeys(custom)
        if custom.count(one) > 1
    ]
    problems += [
        f"a custom_id has {len(one)} characters; 1 to 100 are allowed" for one in custom if not 1 <= len(one) <= 100
    ]
    numbers = [part["id"] for part in parts if part.get("id")]
    return problems + (["two components have the same id"] if len(set(numbers)) < len(numbers) else [])


def _row(part: Json) -> list[str]:
    children = part.get("components") or []
    kinds = [child.get("type") for child in children]
    if not children:
        return ["a row is empty"]
    buttons = kinds.count(BUTTON)
    if buttons == len(kinds):
        return [] if buttons <= 5 else [f"a row has {buttons} buttons; 5 are allowed"]
    if len(kinds) > 1:
        return [f"a row holds either buttons or a single select, this one holds types {kinds}"]
    return []


def _button(part: Json) -> list[str]:
    style, label, name = part.get("style"), str(part.get("label") or ""), part.get("custom_id") or part.get("url")
    problems: list[str] = []
    if style == LINK:
        if not part.get("url") or part.get("custom_id"):
            problems.append(f"the link button {label!r} needs a url and no custom_id")
        elif not _is_link(str(part["url"])):
            problems.append(f"the link button {label!r} leads to no web address: {part['url']!r}")
    elif style != PREMIUM and (not part.get("custom_id") or part.get("url")):
        problems.append(f"the button {label!r} needs a custom_id and no url")
    if style != PREMIUM and not label.strip() and not part.get("emoji"):
        problems.append(f"the button {name!r} has neither label nor emoji")
    return (
        problems + _most(label, 80, f"the label of button {name!r}") + _most(str(part.get("url") or ""), 512, "a url")
    )


def _is_link(url: str) -> bool:
    return url.startswith(("http://", "https://", "discord://")) and " " not in url


def _select(part: Json) -> list[str]:
    name = part.get("custom_id")
    problems = [] if name else ["a select needs a custom_id"]
    problems += _most(str(part.get("placeholder") or ""), 150, f"the placeholder of select {name!r}")
    low, high = part.get("min_values", 1), part.get("max_values", 1)
    if not 0 <= low <= high <= 25 or high < 1:
        problems.append(f"select {name!r} wants {low} to {high} values")
    if part.get("type") != STRING_SELECT:
        return problems
    options = part.get("options") or []
    if not 1 <= len(options) <= 25:
        problems.append(f"select {name!r} has {len(options)} options; 1 to 25 are allowed")
    if high > len(options):
        problems.append(f"select {name!r} wants {high} values of {len(options)}")
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        problems.append(f"select {name!r} has two options of one value")
    if sum(bool(option.get("default")) for option in options) > high:
        problems.append(f"select {name!r} has more defaults than it takes values")
    for option in options:
        for key, least in (("label", 1), ("value", 1), ("description", 0)):
            text = str(option.get(key) or "")
            problems += _most(text, 100, f"the {key} of an option of select {name!r}")
            if least and not text.strip():
                problems.append(f"an option of select {name!r} has an empty {key}")
    return problems


def _section(part: Json) -> list[str]:
    texts = part.get("components") or []
    problems = [] if 1 <= len(texts) <= 3 else [f"a section has {len(texts)} texts; 1 to 3 are allowed"]
    return problems + ([] if part.get("accessory") else ["a section needs an accessory"])


def _text(part: Json) -> list[str]:
    return [] if str(part.get("content") or "").strip() else ["a text component is empty"]


def _gallery(part: Json) -> list[str]:
    items = part.get("items") or []
    problems = [] if 1 <= len(items) <= 10 else [f"a gallery has {len(items)} items; 1 to 10 are allowed"]
    for item in items:
        problems += _most(str(item.get("description") or ""), 1024, "the alt text of a gallery item")
    return problems


def _thumbnail(part: Json) -> list[str]:
    return _most(str(part.get("description") or ""), 1024, "the alt text of a thumbnail")


def _container(part: Json) -> list[str]:
    allowed = {ROW, TEXT, SECTION, GALLERY, SEPARATOR, FILE}
    kinds = [child.get("type") for child in part.get("components") or []]
    if not kinds:
        return ["a container is empty"]
    wrong = [kind for kind in kinds if kind not in allowed]
    return [f"a container may not hold components of types {wrong}"] if wrong else []


def _most(text: str, most: int, what: str) -> list[str]:
    return [f"{what} has {len(text)} characters; {most} are allowed"] if len(text) > most else []


CHECKS: dict[int, Callable[[Json], list[str]]] = {
    ROW: _row,
    BUTTON: _button,
    **dict.fromkeys(SELECTS, _select),
    SECTION: _section,
    TEXT: _text,
    THUMBNAIL: _thumbnail,
    GALLERY: _gallery,
    CONTAINER: _container,
}


def modal_problems(data: Json) -> list[str]:
    """Every rule that a modal (the ``data`` of a type 9 callback) breaks."""
    parts: list[Json] = data.get("components") or []
    problems = _most(str(data.get("title") or ""), 45, "the modal's title")
    problems += [] if str(data.get("title") or "").strip() else ["the modal has no title"]
    if not 1 <= len(str(data.get("custom_id") or "")) <= 100:
        problems.append("the modal's custom_id must have 1 to 100 characters")
    if not 1 <= len(parts) <= MOST_MODAL_PARTS:
        problems.append(f"the modal has {len(parts)} parts; 1 to {MOST_MODAL_PARTS} are allowed")
    wrong = [part.get("type") for part in parts if part.get("type") not in (ROW, TEXT, LABEL)]
    problems += [f"a modal may not hold components of types {wrong}"] if wrong else []
    every = walk(parts)
    for part in every:
        problems += _modal_part(part)
    return problems + _id_problems(every)


def _modal_part(part: Json) -> list[str]:
    kind: Any = part.get("type")
    if kind == TEXT_INPUT:
        problems = _most(str(part.get("label") or ""), 45, "the label of an input")
        problems += _most(str(part.get("placeholder") or ""), 100, "the placeholder of an input")
        low, high = part.get("min_length") or 0, part.get("max_length") or 4000
        if not 0 <= low <= high <= 4000:
            problems.append(f"an input takes {low} to {high} characters")
        return problems + _most(str(part.get("value") or ""), high, "the value of an input")
    if kind == LABEL:
        problems = _most(str(part.get("label") or ""), 45, "a label")
        problems += [] if str(part.get("label") or "").strip() else ["a label is empty"]
        return problems + _most(str(part.get("description") or ""), 100, "the description of a label")
    if kind == ROW:
        inner = [child.get("type") for child in part.get("components") or []]
        return [] if inner == [TEXT_INPUT] else [f"a modal's row holds one text input, this one holds types {inner}"]
    return _select(part) if kind in SELECTS else []
