"""EfficientNet-lite0 as an ONNX graph, put together from its weights.

Two outputs: ``vector``, the 1,280 numbers before the classifier, and ``logits``, one for each of ImageNet's 1,000
classes. The layers are those of M. Tan and Q. Le's EfficientNet-B0 without squeeze-and-excitation and with ReLU6 in
place of swish, "lite" as its authors published it; batch normalisation is folded into the convolutions.

OpenCV runs it, and two things are written for OpenCV 5: paddings stand there in numbers, because it reads
``SAME_UPPER`` as if it were ``SAME_LOWER``; and what ReLU6 gives is divided by 6, and is then a hard sigmoid, 0 to 1,
which OpenCV computes within the convolution. A clip would be a pass of its own, with the layout of memory changed
before and after (19 ms a run instead of 16). Neither changes what comes out by more than rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .onnx_file import Attribute, Node, Tensor, onnx_file

_EDGE = 224
"""Side of the input in pixels for which paddings are reckoned; 192 has the same. Values are (v - 127) / 128 of red,
green and blue."""
_LENGTH = 1280
_CLASSES = 1000
_EPSILON = 1e-3
_STAGES = ((3, 1, 1), (3, 2, 2), (5, 2, 2), (3, 2, 3), (5, 1, 3), (5, 2, 4), (3, 1, 1))
"""Kernel, stride of the first block, blocks; in order."""
_MOST = 6.0
"""Where ReLU6 ends."""

Weights = Mapping[str, NDArray[Any]]


class _Values(NamedTuple):
    """What goes from layer to layer: its name, its side in pixels, and by how much it is too small."""

    name: str
    edge: int
    scale: float


class _Block(NamedTuple):
    """One inverted residual block."""

    prefix: str
    stride: int


class _Graph:
    """Nodes and weights as they are added; each step returns its result."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[Node] = []
        self.arrays: dict[str, NDArray[np.float32]] = {}

    def add(self, operation: str, inputs: list[str], output: str, **attributes: Attribute) -> str:
        """Add a node with one result."""
        self.nodes.append(Node(operation, inputs, [output], attributes))
        return output

    def array(self, name: str, values: NDArray[Any]) -> str:
        """Add weights."""
        self.arrays[name] = np.ascontiguousarray(values, dtype=np.float32)
        return name

    def convolution(self, given: _Values, name: str, norm: str, *, stride: int = 1, clipped: bool = True) -> _Values:
        """A convolution, its batch normalisation and, unless it is a block's last, ReLU6."""
        kernel = self._weights[f"{name}.weight"]
        scale = self._weights[f"{norm}.weight"] / np.sqrt(self._weights[f"{norm}.running_var"] + _EPSILON)
        shift = self._weights[f"{norm}.bias"] - scale * self._weights[f"{norm}.running_mean"]
        after = _MOST if clipped else 1.0
        folded = self.array(f"{name}.w", kernel * (scale * given.scale / after)[:, None, None, None])
        bias = self.array(f"{name}.b", shift / after)
        side = -(-given.edge // stride)
        padding = max(0, (side - 1) * stride + kernel.shape[2] - given.edge)
        begin, end = padding // 2, padding - padding // 2
        done = self.add(
            "Conv", [given.name, folded, bias], f"{name}.out",
            group=kernel.shape[0] if kernel.shape[1] == 1 and "depthwise" in name else 1,
            kernel_shape=kernel.shape[2:], strides=[stride, stride], pads=[begin, begin, end, end],
        )  # fmt: skip
        if clipped:
            done = self.add("HardSigmoid", [done], f"{name}.clipped", alpha=1.0, beta=0.0)
        return _Values(done, side, after)

    def block(self, given: _Values, block: _Block) -> _Values:
        """Expand, filter each channel by itself, project; added to what came in where the shapes allow it."""
        prefix = block.prefix
        inside = given
        if f"{prefix}._expand_conv.weight" in self._weights:
            inside = self.convolution(inside, f"{prefix}._expand_conv", f"{prefix}._bn0")
        inside = self.convolution(inside, f"{prefix}._depthwise_conv", f"{prefix}._bn1", stride=block.stride)
        done = self.convolution(inside, f"{prefix}._project_conv", f"{prefix}._bn2", clipped=False)
        first = self._weights.get(f"{prefix}._expand_conv.weight")
        same = first is not None and first.shape[1] == self._weights[f"{prefix}._project_conv.weight"].shape[0]
        if not same or block.stride != 1:
            return done
        return done._replace(name=self.add("Add", [done.name, given.name], f"{prefix}.sum"))


def _blocks() -> list[_Block]:
    strides = [first if place == 0 else 1 for _, first, count in _STAGES for place in range(count)]
    return [_Block(f"_blocks.{number}", stride) for number, stride in enumerate(strides)]


def build(weights: Weights) -> bytes:
    """Return the network as an ONNX file.

    Raises:
        KeyError: a weight is missing.
    """
    graph = _Graph(weights)
    now = graph.convolution(_Values("picture", _EDGE, 1.0), "_conv_stem", "_bn0", stride=2)
    for block in _blocks():
        now = graph.block(now, block)
    now = graph.convolution(now, "_conv_head", "_bn1")
    pooled = graph.add("GlobalAveragePool", [now.name], "pooled")
    graph.add("Flatten", [pooled], "vector")
    matrix = graph.array("fc.w", weights["_fc.weight"] * now.scale)
    bias = graph.array("fc.b", weights["_fc.bias"])
    graph.add("Gemm", ["vector", matrix, bias], "logits", transB=1)
    return onnx_file(
        "efficientnet-lite0", graph.nodes, graph.arrays,
        [Tensor("picture", ["n", 3, "height", "width"])],
        [Tensor("vector", ["n", _LENGTH]), Tensor("logits", ["n", _CLASSES])],
    )  # fmt: skip
