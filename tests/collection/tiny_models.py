"""Image models of a few bytes, as an exporter would write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import onnx
from onnx import TensorProto, helper

Shape = Sequence[int | str]


def mean_colour(file: Path, shape: Shape = ("batch", 3, 8, 8), number: int = TensorProto.FLOAT, out: str = "y") -> Path:
    """A model whose vector is a picture's mean colour, three numbers."""
    axes = [2, 3] if shape[1] == 3 else [1, 2]
    node = helper.make_node("ReduceMean", ["x"], [out], axes=axes, keepdims=0)
    return _saved(file, [node], [helper.make_tensor_value_info("x", number, list(shape))], out, number)


def parts(file: Path) -> Path:
    """A model that gives the vectors of a picture's rows, the first of which counts."""
    node = helper.make_node("ReduceMean", ["x"], ["y"], axes=[3], keepdims=0)
    return _saved(file, [node], [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 4, 4])], "y")


def two_inputs(file: Path) -> Path:
    """A model that wants more than a picture."""
    node = helper.make_node("Add", ["x", "words"], ["y"])
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3, 4, 4]) for name in ("x", "words")]
    return _saved(file, [node], inputs, "y")


def whole_picture(file: Path, shape: Shape = (1, 3, 4, 4), number: int = TensorProto.FLOAT) -> Path:
    """A model whose output is a picture again, or which takes something else."""
    node = helper.make_node("Identity", ["x"], ["y"])
    return _saved(file, [node], [helper.make_tensor_value_info("x", number, list(shape))], "y", number)


def _saved(
    file: Path,
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    out: str,
    number: int = TensorProto.FLOAT,
) -> Path:
    result = helper.make_tensor_value_info(out, number, None)
    graph = helper.make_graph(nodes, "tiny", inputs, [result])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), file)
    return file
