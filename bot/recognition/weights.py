"""Reads PyTorch's old file format without PyTorch, and nothing in it but arrays of numbers.

A ``.pth`` file is a pickle, and a pickle may call anything. Here four names are known to the unpickler, all others are
refused, so that a file can make arrays and dictionaries and nothing else. The format ("legacy" in
``torch.serialization``): three small pickles (a magic number, the protocol version, the sizes of types), the pickled
dictionary whose arrays name their storage, a pickled list of storage names, then each storage as a count of numbers
(8 bytes) and the numbers.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_TYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}
_MOST_NUMBERS = 1 << 28

Array = NDArray[np.float32] | NDArray[np.int64]


class WeightsError(Exception):
    """The file is not what it should be; ``str()`` says why."""


class _Storage(NamedTuple):
    """Numbers that stand further down in the file."""

    key: str
    kind: np.dtype[Any]
    length: int


class _View(NamedTuple):
    """An array as the dictionary holds it: a part of a storage."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]


def read_weights(path: Path) -> dict[str, Array]:
    """Read the arrays of a file by name.

    Raises:
        WeightsError: it is not of that format, holds something else than arrays, or ends too early.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        try:
            if _Plain(file).load() != _MAGIC or _Plain(file).load() != _PROTOCOL:
                raise WeightsError(f"{path.name} is not in the format that is read here")
            _Plain(file).load()
            found: Mapping[object, object] = _Arrays(file).load()
            keys: list[str] = _Plain(file).load()
            views = {str(name): view for name, view in found.items() if isinstance(view, _View)}
            needed = {view.storage.key: view.storage for view in views.values()}
            storages = {key: _numbers(file, needed[key].kind, needed[key].length) for key in keys}
            return {name: _array(view, storages) for name, view in views.items()}
        except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, LookupError) as error:
            raise WeightsError(f"{path.name} cannot be read: {error}") from error


class _Plain(pickle.Unpickler):
    """Reads numbers, texts, lists and dictionaries; calls nothing."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not allowed")


class _Arrays(_Plain):
    """Reads a dictionary of arrays."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        if (module_name, global_name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module_name, global_name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _view
        if module_name == "torch" and global_name in _TYPES:
            return _TYPES[global_name]
        return super().find_class(module_name, global_name)

    def persistent_load(self, pid: Any) -> _Storage:
        match pid:
            case ("storage", np.dtype(), str(key), str(), int(count), None) if 0 <= count <= _MOST_NUMBERS:
                return _Storage(key, pid[1], count)
            case _:
                raise pickle.UnpicklingError("an array without a storage")


def _view(storage: _Storage, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], *_: object) -> _View:
    return _View(storage, offset, tuple(shape), tuple(stride))


def _numbers(file: BinaryIO, kind: np.dtype[Any], count: int) -> Array:
    """Read a storage, which says itself once more how many numbers it has."""
    told = int.from_bytes(file.read(8), "little")
    data = file.read(count * kind.itemsize)
    if told != count or len(data) != count * kind.itemsize:
        raise ValueError("it ends too early")
    return np.frombuffer(data, dtype=kind)  # pyright: ignore[reportReturnType] (one of the two types above)


def _array(view: _View, storages: Mapping[str, Array]) -> Array:
    """Lay a view over its storage; numpy refuses one that reaches beyond it."""
    numbers = storages[view.storage.key]
    size = numbers.itemsize
    strides = tuple(step * size for step in view.stride)
    laid: Array = np.ndarray(view.shape, numbers.dtype, numbers.data, view.offset * size, strides)
    return np.ascontiguousarray(laid)
