"""Functions that the operator names, looked up when they are needed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache

from bot.collection.arrays import Bytes
from bot.collection.hooks import ModelError


@cache
def function_named(name: str) -> Callable[[Bytes], object]:
    """The function ``module:function``.

    Raises:
        ModelError: the module cannot be imported, or has no such function.
    """
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
