"""Writes ONNX files of the few things that the recognizer's network is made of.

The format is a protocol buffer: each field is a number and a wire type, then the value (protobuf.dev, "Encoding"); the
numbers of the fields are those of ``onnx.proto``. ONNX's own package would write the same, and puts 29 MB on the disk
of everybody who runs the bot, for a file that is written once; the tests read with it what is written here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_IR_VERSION = 8
_OPSET = 13
_FLOAT = 1
"""``TensorProto.DataType.FLOAT``."""
_VARINT, _BYTES, _FIXED_32 = 0, 2, 5
"""Wire types."""

Attribute = int | float | Sequence[int]


class Node(NamedTuple):
    """One operation; inputs and outputs are names of arrays."""

    operation: str
    inputs: Sequence[str]
    outputs: Sequence[str]
    attributes: Mapping[str, Attribute]


class Tensor(NamedTuple):
    """An input or output, ``float32``; a side that may be of any length has a name instead of a number."""

    name: str
    shape: Sequence[int | str]


def onnx_file(
    name: str,
    nodes: Iterable[Node],
    arrays: Mapping[str, NDArray[np.float32]],
    inputs: Iterable[Tensor],
    outputs: Iterable[Tensor],
) -> bytes:
    """Return a model with one graph; ``arrays`` are its weights by name."""
    graph = b"".join((
        *(_field(1, _node(node)) for node in nodes),
        _field(2, name),
        *(_field(5, _weights(key, array)) for key, array in arrays.items()),
        *(_field(11, _described(tensor)) for tensor in inputs),
        *(_field(12, _described(tensor)) for tensor in outputs),
    ))  # fmt: skip
    return _field(1, _IR_VERSION) + _field(7, graph) + _field(8, _field(2, _OPSET))


def _node(node: Node) -> bytes:
    return b"".join((
        *(_field(1, name) for name in node.inputs),
        *(_field(2, name) for name in node.outputs),
        _field(4, node.operation),
        *(_field(5, _attribute(name, value)) for name, value in node.attributes.items()),
    ))  # fmt: skip


def _attribute(name: str, value: Attribute) -> bytes:
    """Name, value and ``AttributeProto.AttributeType``."""
    match value:
        case float():
            return _field(1, name) + _field(2, value) + _field(20, 1)
        case int():
            return _field(1, name) + _field(3, value) + _field(20, 2)
        case _:
            return _field(1, name) + b"".join(_field(8, number) for number in value) + _field(20, 7)


def _weights(name: str, array: NDArray[np.float32]) -> bytes:
    shape = b"".join(_field(1, side) for side in array.shape)
    return shape + _field(2, _FLOAT) + _field(8, name) + _field(9, array.astype("<f4").tobytes())


def _described(tensor: Tensor) -> bytes:
    sides = (_field(2, side) if isinstance(side, str) else _field(1, side) for side in tensor.shape)
    shape = b"".join(_field(1, side) for side in sides)
    return _field(1, tensor.name) + _field(2, _field(1, _field(1, _FLOAT) + _field(2, shape)))


def _field(number: int, value: int | float | str | bytes) -> bytes:  # noqa: PYI041 (the two are written differently)
    match value:
        case int():
            return _varint(number << 3 | _VARINT) + _varint(value)
        case float():
            return _varint(number << 3 | _FIXED_32) + struct.pack("<f", value)
        case _:
            data = value.encode() if isinstance(value, str) else value
            return _varint(number << 3 | _BYTES) + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth bit says that more follow. Not negative."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))
