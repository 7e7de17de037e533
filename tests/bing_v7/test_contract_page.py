"""The page that lists the contract is complete."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

import bot.bing_v7
from bot.bing_v7 import InsightsRequest, SearchRequest, TrendingRequest, Upload
from bot.bing_v7.reading import CROP, HEADERS
from bot.bing_v7.requests import Crop

PAGE = (Path(bot.bing_v7.__file__).parent / "CONTRACT.md").read_text("utf-8")
REQUESTS = (SearchRequest, InsightsRequest, TrendingRequest)
OBJECTS = [
    model
    for name in bot.bing_v7.__all__
    if isinstance(model := getattr(bot.bing_v7, name), type)
    and issubclass(model, BaseModel)
    and not issubclass(model, (*REQUESTS, Upload, Crop))
]


def rows(name: str) -> str:
    """Return the rows of an object: the one that begins with its name and those below that begin with nothing."""
    found = re.search(rf"^\| [^|\n]*\b{name}\b.*\n(?:\| \|.*\n)*", PAGE, re.MULTILINE)
    assert found, f"{name} is not on the page"
    return found[0]


@pytest.mark.parametrize("model", OBJECTS, ids=lambda model: model.__name__)
def test_every_field_of_every_object(model: type[BaseModel]) -> None:
    inherited = "".join(rows(base.__name__) for base in model.__mro__ if base.__name__ in {"Thing", "CreativeWork"})
    if model.__name__ == "ErrorResponse":
        inherited = PAGE
    if model.__name__ in {"RecognizedEntity", "RecognizedEntityRegion"}:
        inherited += rows("Thing")
    if model.__name__ == "Error":
        inherited = PAGE.partition("## Errors")[2]
    listed = rows(model.__name__) + inherited
    wire_names = [field.alias or name for name, field in model.model_fields.items()]
    unlisted = [name for name in wire_names if f"`{name}`" not in listed]
    assert not unlisted, f"bot/bing_v7/CONTRACT.md lacks fields of {model.__name__}: {', '.join(unlisted)}"


def test_every_parameter_and_header() -> None:
    fields = [pair for model in REQUESTS for pair in model.model_fields.items()]
    names = {field.alias or name for name, field in fields if name not in {*HEADERS, "crop", "upload", "read_text"}}
    for name in names | set(CROP.values()) | set(HEADERS.values()):
        assert f"`{name}`" in PAGE, f"bot/bing_v7/CONTRACT.md lacks {name}"
