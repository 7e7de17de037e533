"""An image model in an ONNX file that the operator supplies, such as the image tower of CLIP, SigLIP or DINO.

Runs on onnxruntime (extra ``vectors``), which is imported only when a model is named. What the model wants is read from
its own input: layout, size and number type; only how colours are scaled has to be said.
"""

from __future__ import annotations

import hashlib
import importlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bot.collection.arrays import Bytes, Floats
from bot.collection.hooks import ModelError
from bot.collection.opencv import cv2
from bot.runtime.system_errors import cause_of

_EDGE = 224
"""Side in pixels where a model leaves it open; what the towers of CLIP and DINO were trained on."""
_LONGEST = 8192
_NUMBERS = {"tensor(float)": np.float32, "tensor(float16)": np.float16}
_BEST_OUTPUTS = ("image_embeds", "pooler_output")
"""Names under which exporters put the one vector of a picture, beside those of its parts."""


class Scaling(StrEnum):
    """Mean and deviation of red, green and blue that a model was trained with."""

    CLIP = "clip"
    IMAGENET = "imagenet"
    HALF = "half"


_SCALES: dict[Scaling, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    Scaling.CLIP: ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)),
    Scaling.IMAGENET: ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    Scaling.HALF: ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
}


class _Model(NamedTuple):
    """A loaded model: the session, what it takes and which output is the vector."""

    session: Any
    input: str
    output: str
    height: int
    width: int
    channels_first: bool
    number: type[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class OnnxEmbedder:
    """An embedder over an ONNX file; make it with `OnnxEmbedder.open`. It pickles as its three fields.

    Attributes:
        name: digest of the file and the scaling.
        file: the model.
        scaling: how colours are scaled.
        floor: nobody has measured the operator's model, so the index says what is alike.
    """

    name: str
    file: Path
    scaling: Scaling
    floor: float | None = None

    @classmethod
    def open(cls, file: Path, scaling: Scaling = Scaling.CLIP) -> OnnxEmbedder:
        """Load a model and try it on one picture.

        Raises:
            ModelError: onnxruntime is missing, the file cannot be read, or it is no model of the kind wanted.
        """
        try:
            with file.open("rb") as data:
                digest = hashlib.file_digest(data, "sha256").hexdigest()[:16]
        except OSError as error:
            raise ModelError(f"{file.name} cannot be read: {cause_of(error)}") from error
        made = cls(f"{digest}-{scaling}", file, scaling)
        vector = made._tried()
        if vector.ndim != 1 or not 1 < len(vector) <= _LONGEST or not np.isfinite(vector).all():
            raise ModelError(f"{file.name} gives no vector of a picture: export the image tower alone")
        return made

    def _tried(self) -> Floats:
        ramp = np.linspace(0, 255, 64 * 64 * 3).astype(np.uint8).reshape(64, 64, 3)
        try:
            return self.embed(ramp)
        except ModelError:
            raise
        except Exception as error:
            raise ModelError(f"{self.file.name} fails on a picture: {_first_line(error)}") from error

    def embed(self, picture: Bytes) -> Floats:
        """The vector of an RGB picture, ``float32 [d]`` of length 1."""
        model = _load(str(self.file), self.name)
        given = _prepared(picture, model, self.scaling)
        (found,) = model.session.run([model.output], {model.input: given})
        vector = _one_vector(np.asarray(found, dtype=np.float32))
        return vector / max(1e-12, float(np.linalg.norm(vector)))


def _one_vector(found: Floats) -> Floats:
    """The picture's vector in an output: ``[1, d]``, ``[1, d, 1, 1]``, or the first of the parts ``[1, n, d]``."""
    if found.ndim == 3:
        return found[0, 0]
    return found.reshape(-1) if found.ndim in {1, 2} or found.shape[2:] == (1, 1) else found[0]


def _prepared(picture: Bytes, model: _Model, scaling: Scaling) -> Any:
    """Scale to cover the input, cut the middle out, scale colours; ``[1, 3, h, w]`` or ``[1, h, w, 3]``."""
    height, width = picture.shape[:2]
    factor = max(model.height / height, model.width / width)
    size = (max(model.width, round(width * factor)), max(model.height, round(height * factor)))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    fitted = np.asarray(cv2.resize(picture, size, interpolation=how), dtype=np.float32)
    top, left = (size[1] - model.height) // 2, (size[0] - model.width) // 2
    middle = fitted[top : top + model.height, left : left + model.width]
    mean, deviation = (np.asarray(values, dtype=np.float32) for values in _SCALES[scaling])
    scaled = ((middle / 255 - mean) / deviation).astype(model.number)
    return np.ascontiguousarray(scaled.transpose(2, 0, 1) if model.channels_first else scaled)[None]


def unload() -> None:
    """Let go of the models that were loaded in this process; they are loaded again when they are needed."""
    _load.cache_clear()


@lru_cache(maxsize=2)
def _load(file: str, name: str) -> _Model:  # noqa: ARG001 (the name tells a changed file from the one before)
    """Load a model once in a process."""
    try:
        runtime: Any = importlib.import_module("onnxruntime")
    except ImportError as error:
        raise ModelError("it needs onnxruntime: install magpie-bot[vectors]") from error
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    try:
        session = runtime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        why = _first_line(error).replace(file, "it")
        raise ModelError(f"{Path(file).name} is no ONNX model that can be run: {why}") from error
    return _described(session, Path(file).name)


def _described(session: Any, file: str) -> _Model:
    inputs, outputs = session.get_inputs(), [output.name for output in session.get_outputs()]
    if len(inputs) != 1:
        raise ModelError(f"{file} wants {len(inputs)} inputs instead of one picture: export the image tower alone")
    (taken,) = inputs
    shape, number = list(taken.shape), _NUMBERS.get(taken.type)
    if number is None or len(shape) != 4 or 3 not in {shape[1], shape[3]}:
        raise ModelError(f"{file} takes {taken.type} of shape {shape} instead of a picture with three colours")
    channels_first = shape[1] == 3
    sides = shape[2:4] if channels_first else shape[1:3]
    height, width = (side if isinstance(side, int) and side > 0 else _EDGE for side in sides)
    output = next((name for name in _BEST_OUTPUTS if name in outputs), outputs[0])
    return _Model(session, taken.name, output, height, width, channels_first, number)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
