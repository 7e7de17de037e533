"""What is parsed and written again equals what was recorded, field for field."""

import json
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.bing_v7 import ErrorResponse, ImageAnswer, ImageInsights, TrendingImages

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))
MODELS = {
    "Images": ImageAnswer,
    "ImageInsights": ImageInsights,
    "TrendingImages": TrendingImages,
    "ErrorResponse": ErrorResponse,
}


def differences(old: Any, new: Any, path: str = "$") -> list[str]:
    """Name every place where two JSON values differ, in value or in type."""
    if isinstance(old, dict) and isinstance(new, dict):
        names = [*old, *(name for name in new if name not in old)]
        return [
            found
            for name in names
            for found in (
                differences(old[name], new[name], f"{path}.{name}")
                if name in old and name in new
                else [f"{path}.{name} {'lost' if name in old else 'added'}"]
            )
        ]
    if isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return [f"{path} has {len(new)} instead of {len(old)}"]
        return [
            found for at, pair in enumerate(zip(old, new, strict=True)) for found in differences(*pair, f"{path}[{at}]")
        ]
    both_numbers = {type(old), type(new)} <= {int, float}
    return [] if old == new and (both_numbers or type(old) is type(new)) else [f"{path}: {old!r} became {new!r}"]


def changes(path: Path) -> list[str]:
    raw = path.read_bytes()
    old = json.loads(raw)
    read = MODELS[old["_type"]].model_validate_json(raw)
    new = json.loads(json.dumps(read.to_wire()))
    assert next(iter(new)) == "_type"
    return differences(old, new)


def test_differences_are_seen() -> None:
    assert differences({"a": 1, "b": [1], "c": "x"}, {"a": True, "b": [], "d": 0}) == [
        "$.a: 1 became True",
        "$.b has 0 instead of 1",
        "$.c lost",
        "$.d added",
    ]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_own_answers_survive(path: Path) -> None:
    assert changes(path) == []


def test_recorded_answers_survive(shared: Path, snapshot: SnapshotAssertion) -> None:
    recordings = [
        path for path in sorted((shared / "recordings/bing-v7").glob("*.json")) if ".headers" not in path.name
    ]
    answers = [path for path in recordings if json.loads(path.read_bytes()).get("_type") in MODELS]
    assert len(answers) >= 23
    assert {path.stem: changes(path) for path in answers} == snapshot


def test_every_field_is_typed() -> None:
    """Everything in our own answers but the two inventions lands in a field, not among the extras."""
    extras: list[str] = []

    def walk(value: Any, path: str) -> None:
        if isinstance(value, tuple):
            for item in value:
                walk(item, path)
        elif hasattr(value, "model_extra"):
            extras.extend(f"{path}.{name}" for name in value.model_extra or {})
            for name in type(value).model_fields:
                walk(getattr(value, name), f"{path}.{name}")

    for path in FIXTURES:
        raw = path.read_bytes()
        walk(MODELS[json.loads(raw)["_type"]].model_validate_json(raw), path.stem)
    assert sorted(extras) == ["details.detectedObjects", "search.value.somethingNew"]


def test_recorded_fields_are_typed(shared: Path) -> None:
    """Recorded v7 answers hold no field that has no type of its own; v5 ones are older than the contract."""
    unknown: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, tuple):
            for item in value:
                walk(item)
        elif hasattr(value, "model_extra"):
            unknown.update(value.model_extra or {})
            for name in type(value).model_fields:
                walk(getattr(value, name))

    for path in (shared / "recordings/bing-v7").glob("*.json"):
        raw = path.read_bytes()
        kind = json.loads(raw).get("_type") if ".headers" not in path.name and "legacy" not in path.name else None
        if kind in MODELS:
            walk(MODELS[kind].model_validate_json(raw))
    assert unknown == set()
