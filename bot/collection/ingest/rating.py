"""A rater that the operator names: a Python function, looked up when it is needed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.collection.arrays import Bytes
from bot.collection.model import Rating

from .hooks import ModelError


@dataclass(frozen=True, slots=True)
class NamedRater:
    """Calls ``module:function`` with each unrated picture; it pickles as the name. Make it with `NamedRater.open`."""

    name: str

    @classmethod
    def open(cls, name: str) -> NamedRater:
        """Look the function up.

        Raises:
            ModelError: the module cannot be imported, or has no such function.
        """
        _function(name)
        return cls(name)

    def rate(self, picture: Bytes) -> Rating | None:
        """Ask the function, which answers with ``safe``, ``racy``, ``violent``, ``adult`` or None.

        Raises:
            ValueError: it answered something else.
        """
        said = _function(self.name)(picture)
        return None if said is None else Rating(str(said).strip().lower())


@cache
def _function(name: str) -> Callable[[Bytes], object]:
    module, _, attribute = name.partition(":")
    if not module or not attribute.isidentifier():
        raise ModelError(f"{name!r} does not look like module:function")
    try:
        found: object = getattr(importlib.import_module(module), attribute, None)
    except Exception as error:
        raise ModelError(f"the module {module} cannot be imported: {type(error).__name__}: {error}") from error
    if not callable(found):
        raise ModelError(f"the module {module} has no function {attribute}")
    return found
