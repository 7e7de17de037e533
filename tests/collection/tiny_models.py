"""Image models of a few bytes, as an exporter would write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

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


COLOURS = {"red": (2.0, -1.0, -1.0), "green": (-1.0, 2.0, -1.0), "blue": (-1.0, -1.0, 2.0)}


def text_tower(folder: Path, length: int | str = "tokens", inputs: Sequence[str] = ("input_ids",)) -> Path:
    """The text tower beside `mean_colour`: names of colours lie where pictures of them do; with its tokenizer."""
    words = ["[PAD]", "[UNK]", *COLOURS]
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer, tokenizer.normalizer = Whitespace(), Lowercase()
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.array([(0, 0, 0), (0.1, 0.1, 0.1), *COLOURS.values()], dtype=np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["each"]),
        helper.make_node("ReduceMean", ["each"], ["text_embeds"], axes=[1], keepdims=0),
    ]
    taken = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", length]) for name in inputs]
    result = helper.make_tensor_value_info("text_embeds", TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "tiny", taken, [result], [numpy_helper.from_array(table, "table")])
    file = folder / "text_model.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), file)
    return file


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
