"""Any answer that the models can hold survives writing and reading."""

import json
from functools import cache
from typing import Any, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.bing_v7 import Certainty, Confidence, ErrorResponse, ImageAnswer, ImageInsights, NoteCode, TrendingImages
from bot.bing_v7._model import V7Model
from tests.examples import examples

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**63), 2**63),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    Certainty: st.sampled_from(Certainty),
    Confidence: st.sampled_from(Confidence),
    NoteCode: st.sampled_from(NoteCode),
}
DEEPEST = 3


def of_type(kind: Any, depth: int) -> st.SearchStrategy[Any]:
    if kind in PLAIN:
        return PLAIN[kind]
    if kind is type(None):
        return st.none()
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        short = 0 if depth > DEEPEST and isinstance(item, type) and issubclass(item, BaseModel) else 2
        return st.lists(of_type(item, depth), max_size=short).map(tuple) if short else st.just(())
    if get_args(kind):
        choices = [of_type(part, depth) for part in get_args(kind)]
        return st.one_of(choices)
    return objects(kind, depth)


@cache
def objects(model: type[V7Model], depth: int = 0) -> st.SearchStrategy[V7Model]:
    """Build a model with any subset of its fields, and with fields that nobody knows."""
    given_fields: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in model.model_fields.items():
        if name == "type_" and field.default is not None:
            continue
        deep = depth >= DEEPEST and not field.is_required() and "bot." in str(field.annotation)
        if not deep:
            given_fields[name] = st.deferred(lambda kind=field.annotation: of_type(kind, depth + 1))
    required = {name: strategy for name, strategy in given_fields.items() if model.model_fields[name].is_required()}
    optional = {name: strategy for name, strategy in given_fields.items() if name not in required}
    extras = st.dictionaries(TEXT.map(lambda text: f"x-{text}"), JSON, max_size=1)
    known = (
        st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True).flatmap(
            lambda names: st.fixed_dictionaries(required | {name: optional[name] for name in names})
        )
        if optional
        else st.fixed_dictionaries(required)
    )
    return st.builds(lambda fields, more: model(**fields, **more), known, extras)


@pytest.mark.thorough
@pytest.mark.parametrize("model", [ImageAnswer, ImageInsights, TrendingImages, ErrorResponse])
def test_written_and_read_again_is_the_same(model: type[V7Model]) -> None:
    @settings(max_examples=examples(120), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(objects(model))
    def check(answer: V7Model) -> None:
        wire = answer.to_wire()
        read = model.model_validate_json(json.dumps(wire))
        assert next(iter(wire)) == "_type"
        assert read == answer
        assert read.to_wire() == wire

    check()


def test_not_a_number_cannot_be_held() -> None:
    with pytest.raises(ValueError, match="finite"):
        ImageInsights.model_validate({"shoppingSources": {"price": float("nan")}})
