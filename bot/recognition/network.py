"""EfficientNet-lite0 as an ONNX graph, put together from its weights.

Two outputs: ``vector``, the 1,280 numbers before the classifier, and ``logits``, one for each of ImageNet's 1,000
classes. The layers are those of M. Tan and Q. Le's EfficientNet-B0 without squeeze-and-excitation and with ReLU6 in
place of swish, "lite" as its authors published it; batch normalisation is folded into the convolutions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_EDGE = 224
"""Side of the input in pixels; the values are (v - 127) / 128 of red, green and blue."""
_LENGTH = 1280
_CLASSES = 1000
_EPSILON = 1e-3
_STAGES = ((3, 1, 1), (3, 2, 2), (5, 2, 2), (3, 2, 3), (5, 1, 3), (5, 2, 4), (3, 1, 1))
"""Kernel, stride of the first block, blocks; in order."""

Weights = Mapping[str, NDArray[Any]]


class _Block(NamedTuple):
    """One inverted residual block."""

    prefix: str
    stride: int


class _Graph:
    """Nodes and weights as they are added; each step returns the name of its result."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = [
            numpy_helper.from_array(np.array(0, dtype=np.float32), "zero"),
            numpy_helper.from_array(np.array(6, dtype=np.float32), "six"),
        ]

    def add(self, operation: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add a node with one result."""
        self.nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """Add an array."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name))
        return name

    def convolution(self, given: str, name: str, norm: str, *, stride: int = 1, clipped: bool = True) -> str:
        """A convolution, its batch normalisation and, unless it is a block's last, ReLU6."""
        kernel = self._weights[f"{name}.weight"]
        scale = self._weights[f"{norm}.weight"] / np.sqrt(self._weights[f"{norm}.running_var"] + _EPSILON)
        shift = self._weights[f"{norm}.bias"] - scale * self._weights[f"{norm}.running_mean"]
        folded = self.constant(f"{name}.w", kernel * scale[:, None, None, None])
        bias = self.constant(f"{name}.b", shift)
        group = kernel.shape[0] if kernel.shape[1] == 1 and "depthwise" in name else 1
        done = self.add(
            "Conv", [given, folded, bias], f"{name}.out", auto_pad="SAME_UPPER", group=group,
            kernel_shape=list(kernel.shape[2:]), strides=[stride, stride],
        )  # fmt: skip
        return self.add("Clip", [done, "zero", "six"], f"{name}.clipped") if clipped else done

    def block(self, given: str, block: _Block) -> str:
        """Expand, filter each channel by itself, project; added to what came in where the shapes allow it."""
        prefix = block.prefix
        inside = given
        if f"{prefix}._expand_conv.weight" in self._weights:
            inside = self.convolution(inside, f"{prefix}._expand_conv", f"{prefix}._bn0")
        inside = self.convolution(inside, f"{prefix}._depthwise_conv", f"{prefix}._bn1", stride=block.stride)
        done = self.convolution(inside, f"{prefix}._project_conv", f"{prefix}._bn2", clipped=False)
        first = self._weights.get(f"{prefix}._expand_conv.weight")
        same = first is not None and first.shape[1] == self._weights[f"{prefix}._project_conv.weight"].shape[0]
        return self.add("Add", [done, given], f"{prefix}.sum") if same and block.stride == 1 else done


def _blocks() -> list[_Block]:
    strides = [first if place == 0 else 1 for _, first, count in _STAGES for place in range(count)]
    return [_Block(f"_blocks.{number}", stride) for number, stride in enumerate(strides)]


def build(weights: Weights) -> bytes:
    """Return the network as an ONNX file.

    Raises:
        KeyError: a weight is missing.
    """
    graph = _Graph(weights)
    now = graph.convolution("picture", "_conv_stem", "_bn0", stride=2)
    for block in _blocks():
        now = graph.block(now, block)
    now = graph.convolution(now, "_conv_head", "_bn1")
    now = graph.add("GlobalAveragePool", [now], "pooled")
    graph.add("Flatten", [now], "vector")
    matrix, bias = graph.constant("fc.w", weights["_fc.weight"]), graph.constant("fc.b", weights["_fc.bias"])
    graph.add("Gemm", ["vector", matrix, bias], "logits", transB=1)
    shape = ["n", 3, _EDGE, _EDGE]
    made = helper.make_graph(
        graph.nodes,
        "efficientnet-lite0",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, shape)],
        [
            helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["n", _LENGTH]),
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", _CLASSES]),
        ],
        graph.constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)  # pyright: ignore[reportUnknownMemberType]
    return model.SerializeToString()
