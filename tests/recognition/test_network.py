"""The recognizer's network: the file as ONNX's own package reads it, and what OpenCV makes of it."""

import errno
from pathlib import Path
from typing import Any, Self

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from bot.collection.hooks import ModelError
from bot.recognition import classifier
from bot.recognition.classifier import BuiltInEmbedder, look, model_file
from bot.recognition.onnx_file import Node, Tensor, onnx_file

SIDES = st.integers(1, 400)


@given(st.lists(SIDES, min_size=1, max_size=4), st.floats(-1e6, 1e6, width=32), st.lists(st.integers(0, 1 << 40)))
def test_a_written_file_reads_back_as_onnx_reads_it(shape: list[int], number: float, numbers: list[int]) -> None:
    weights = {"weights": np.arange(6, dtype=np.float32).reshape(2, 3), "one": np.array([number], np.float32)}
    node = Node("Made", ["in", "weights"], ["out"], {"ints": numbers, "float": float(number), "int": 300})
    data = onnx_file("a graph", [node], weights, [Tensor("in", ["n", *shape])], [Tensor("out", shape)])
    read = onnx.ModelProto.FromString(data)
    assert (read.graph.name, read.ir_version, read.opset_import[0].version) == ("a graph", 8, 13)
    wanted = helper.make_node("Made", ["in", "weights"], ["out"], float=float(number), int=300)
    if numbers:  # of none the package cannot tell what they are none of
        wanted.attribute.append(helper.make_attribute("ints", numbers))
    found = {one.name: helper.get_attribute_value(one) for one in read.graph.node[0].attribute}
    assert found == {"ints": numbers, **{one.name: helper.get_attribute_value(one) for one in wanted.attribute}}
    assert {one.name: numpy_helper.to_array(one).tolist() for one in read.graph.initializer} == {
        name: array.tolist() for name, array in weights.items()
    }
    assert read.graph.input[0] == helper.make_tensor_value_info("in", TensorProto.FLOAT, ["n", *shape])
    assert read.graph.output[0] == helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)


def pictures() -> list[np.ndarray]:
    """Gradients, edges and noise: what reaches all parts of a layer, its borders too."""
    random = np.random.default_rng(4)
    ramp = np.linspace(0, 255, 300 * 400 * 3).reshape(300, 400, 3).astype(np.uint8)
    blocks = np.kron(random.integers(0, 256, (6, 8, 3), dtype=np.uint8), np.ones((50, 50, 1), np.uint8))
    return [ramp, blocks, random.integers(0, 256, (500, 260, 3), dtype=np.uint8), np.full((90, 120, 3), 200, np.uint8)]


def test_opencv_computes_what_the_graph_says(models: Path) -> None:
    """Against another engine, for both sizes of views: a padding read otherwise changes the vector by a tenth."""
    file = model_file(models)
    onnx.checker.check_model(onnx.load(file), full_check=True)
    other = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    for picture in pictures():
        seen = look(picture, file)
        whole = classifier._fitted(picture)
        for row, view in enumerate((whole, whole[16:208, 16:208][:, ::-1])):
            given = ((view.astype(np.float32) - 127) / 128).transpose(2, 0, 1)[None]
            found: Any = other.run(["vector", "logits"], {"picture": given})
            vectors, logits = found
            wanted = np.exp(logits[0] - logits.max())
            assert np.abs(seen.views[row] - wanted / wanted.sum()).max() < 1e-4
            if row == 0:
                assert float(seen.vector @ vectors[0]) / np.linalg.norm(vectors[0]) > 0.99999


def test_the_embedders_vector_is_that_of_a_look(models: Path) -> None:
    picture = pictures()[1]
    vector = BuiltInEmbedder(models).embed(picture)
    assert vector.dtype == np.float32
    assert np.array_equal(vector, look(picture, model_file(models)).vector)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_folder_with_letters_beyond_ascii(models: Path, tmp_path: Path) -> None:
    file = tmp_path / "Bücher 写真" / "model.onnx"
    file.parent.mkdir()
    file.write_bytes(model_file(models).read_bytes())
    assert np.array_equal(look(pictures()[0], file).vector, look(pictures()[0], model_file(models)).vector)


def test_a_file_that_was_cut_short_says_what_to_do(models: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(model_file(models).read_bytes()[:100_000])
    with pytest.raises(ModelError, match=r"model.onnx cannot be loaded: delete it"):
        look(pictures()[0], file)


def test_the_file_of_an_older_version_is_not_left_behind(models: Path, tmp_path: Path) -> None:
    older, other = tmp_path / "efficientnet-lite0-1.onnx", tmp_path / "mine.onnx"
    for file in (older, other):
        file.write_bytes(b"x")
    made = model_file(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([made, other])


class FullDisk:
    """In place of the process that builds the file: counts how often it is asked, and writes once there is room."""

    def __init__(self) -> None:
        self.asked, self.room = 0, False

    def __call__(self, *_: Any, **__: Any) -> "FullDisk":
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def submit(self, _work: Any, name: str) -> "FullDisk":
        self.asked += 1
        if self.room:
            Path(name).write_bytes(b"model")
        return self

    def result(self) -> None:
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_that_cannot_be_written_is_not_built_again_for_each_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FullDisk()
    monkeypatch.setattr(classifier, "ProcessPoolExecutor", disk)
    monkeypatch.setattr(classifier, "recognizer_is_installed", lambda: True)
    for _ in range(20):
        with pytest.raises(ModelError, match="cannot be written: No space left on device"):
            model_file(tmp_path)
    assert disk.asked == 1
    disk.room = True
    monkeypatch.setattr(classifier, "_RESTS", 0.0)
    assert model_file(tmp_path).read_bytes() == b"model"
