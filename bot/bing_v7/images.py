"""Every picture that an answer holds, found by the types of the contract and not by a list kept by hand.

A field that is added to the contract tomorrow is visited as well, as long as its type can hold an `Image`.
"""

from collections.abc import Callable, Iterator
from functools import cache
from operator import is_
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel

from .answers import ImageAnswer, ImagesModule, Tile
from .objects import Image

_M = TypeVar("_M", bound=BaseModel)
_RESULTS = (ImageAnswer, ImagesModule, Tile)
"""What lists pictures as results; pictures of people, firms and products stand elsewhere."""

_Change = Callable[[Image], Image | None]


def map_images(answer: _M, change: _Change, *, results_only: bool = False, nested: bool = True) -> _M:
    """Return the answer with every picture replaced by what ``change`` makes of it.

    Args:
        answer: an answer or a part of one.
        change: returns the new picture, or None to take it out; a trending tile goes with its picture.
        results_only: leave the pictures of people, firms and products alone.
        nested: visit pictures inside of pictures as well; False where ``change`` sees to them itself.
    """
    return _mapped(answer, change, results_only=results_only, nested=nested) or answer


def clear_unflagged(answer: _M) -> _M:
    """Return the answer with results that lack ``isFamilyFriendly`` as not family friendly."""
    return map_images(
        answer,
        lambda image: image.with_(is_family_friendly=False) if image.is_family_friendly is None else image,
        results_only=True,
    )


def images_of(answer: BaseModel, *, results_only: bool = False) -> Iterator[Image]:
    """Yield every picture of an answer or of a part of one."""
    found: list[Image] = []

    def note(image: Image) -> Image:
        found.append(image)
        return image

    map_images(answer, note, results_only=results_only)
    yield from found


def _mapped(model: _M, change: _Change, *, results_only: bool, nested: bool = True) -> _M | None:
    """Return the model with its pictures changed, None if it has to go with a picture that it cannot be without."""
    gone: list[str] = []
    changes: dict[str, Any] = {}
    fields, kind = model.__dict__, type(model)
    direct = _lists_results(kind) if results_only else not nested  # nothing but the change happens to its pictures
    for name in _holders(kind):
        value = fields.get(name)
        if not value:
            continue
        items = cast("tuple[BaseModel, ...]", value if isinstance(value, tuple) else (value,))
        visited = [
            change(item)
            if direct and type(item) is Image
            else _visited(item, change, kind, results_only=results_only, nested=nested)
            for item in items
        ]
        kept = [item for item in visited if item is not None]
        if len(kept) == len(items) and all(map(is_, kept, items)):
            continue
        if isinstance(value, tuple):
            changes[name] = tuple(kept)
        elif kept:
            changes[name] = kept[0]
        elif type(model).model_fields[name].is_required():
            return None
        else:
            changes[name] = None
            gone.append(name)
    if not changes:
        return model
    copy = model.model_copy(update=changes)
    copy.model_fields_set.difference_update(gone)
    return copy


def _visited(
    item: BaseModel, change: _Change, parent: type[BaseModel], *, results_only: bool, nested: bool
) -> BaseModel | None:
    if not isinstance(item, Image):
        return _mapped(item, change, results_only=results_only, nested=nested)
    if results_only:
        return change(item) if _lists_results(parent) else item
    changed = change(item)
    return changed if changed is None or not nested else _mapped(changed, change, results_only=False)


@cache
def _lists_results(kind: type[BaseModel]) -> bool:
    return issubclass(kind, _RESULTS)


@cache
def _holders(kind: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model in which pictures may stand, at whatever depth."""
    return tuple(
        name
        for name, field in kind.model_fields.items()
        if any(_may_hold_images(model) for model in _models_in(field.annotation))
    )


@cache
def _may_hold_images(kind: type[BaseModel]) -> bool:
    seen: set[type[BaseModel]] = set()
    left = [kind]
    while left:
        model = left.pop()
        if issubclass(model, Image):
            return True
        if model not in seen:
            seen.add(model)
            left += [part for field in model.model_fields.values() for part in _models_in(field.annotation)]
    return False


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
