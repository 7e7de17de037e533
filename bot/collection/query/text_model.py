"""A text model in an ONNX file that the operator supplies: the text tower that belongs to their image model.

Such two towers (CLIP, SigLIP) put a picture and the words for it at the same place, so words find pictures that nobody
described. Runs on onnxruntime and on Hugging Face's tokenizers (extra ``vectors``), imported only when it is named. The
tokenizer is the ``tokenizer.json`` beside the file, as exporters write it.
"""

from __future__ import annotations

import importlib
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.collection.arrays import Floats
from bot.collection.hooks import ModelError

TOKENIZER = "tokenizer.json"
_TOKENS = 77
"""Tokens where the model leaves their number open: what CLIP was trained on."""
_IDS, _MASK = "input_ids", "attention_mask"
_BEST_OUTPUTS = ("text_embeds", "pooler_output")
_PADDING = ("<pad>", "[PAD]", "<|endoftext|>", "</s>")
_WHOLE_NUMBERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}


@dataclass
class OnnxTextModel:
    """Turns words into vectors; make it with `OnnxTextModel.open`. Safe for many threads."""

    _session: Any
    _tokenizer: Any
    _inputs: dict[str, Any]
    _output: str
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, file: Path) -> OnnxTextModel:
        """Load the model and its tokenizer and try both.

        Raises:
            ModelError: a package or a file is missing, or it is no text tower.
        """
        try:
            runtime: Any = importlib.import_module("onnxruntime")
            tokenizers: Any = importlib.import_module("tokenizers")
        except ImportError as error:
            raise ModelError("it needs onnxruntime and tokenizers: install magpie-bot[vectors]") from error
        beside = file.with_name(TOKENIZER)
        for needed in (file, beside):
            if not needed.is_file():
                raise ModelError(f"{needed.name} is not there: the model and its {TOKENIZER} have to be in one folder")
        options = runtime.SessionOptions()
        options.log_severity_level = 4
        try:
            tokenizer = tokenizers.Tokenizer.from_file(str(beside))
            session = runtime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise ModelError(f"{file.name} or {TOKENIZER} cannot be read: {_first_line(error, file)}") from error
        made = cls(session, tokenizer, _inputs(session, file.name), _output(session))
        made._pad()
        try:
            vector = made.embed("a photo of a cat")
        except Exception as error:
            raise ModelError(f"{file.name} fails on words: {_first_line(error, file)}") from error
        if len(vector) < 2 or not np.isfinite(vector).all():
            raise ModelError(f"{file.name} gives no vector of words: export the text tower alone")
        return made

    def _pad(self) -> None:
        """Have every text cut and filled up to what the model takes, unless the tokenizer says how itself."""
        shape = self._inputs[_IDS].shape
        fixed = shape[1] if isinstance(shape[1], int) and shape[1] > 0 else None
        self._tokenizer.enable_truncation(fixed or _TOKENS)
        if fixed is not None:
            told: dict[str, Any] = self._tokenizer.padding or {}
            token = told.get("pad_token") or next(
                (t for t in _PADDING if self._tokenizer.token_to_id(t) is not None), ""
            )
            number = told.get("pad_id", self._tokenizer.token_to_id(token) or 0)
            self._tokenizer.enable_padding(length=fixed, pad_id=number, pad_token=token)

    def embed(self, text: str) -> Floats:
        """The vector of words, ``float32 [d]`` of length 1."""
        with self._lock:
            read = self._tokenizer.encode(text)
        given = {_IDS: read.ids, _MASK: read.attention_mask}
        values = {
            name: np.asarray([given[name]], dtype=_WHOLE_NUMBERS[taken.type]) for name, taken in self._inputs.items()
        }
        (found,) = self._session.run([self._output], values)
        vector = np.asarray(found, dtype=np.float32)
        vector = vector[0, 0] if vector.ndim == 3 else vector.reshape(-1)
        return vector / max(1e-12, float(np.linalg.norm(vector)))


def _inputs(session: Any, file: str) -> dict[str, Any]:
    """What the model takes, by name.

    Raises:
        ModelError: that is not tokens of a text.
    """
    taken = {each.name: each for each in session.get_inputs()}
    fit = all(each.type in _WHOLE_NUMBERS and len(each.shape) == 2 for each in taken.values())
    if _IDS not in taken or not set(taken) <= {_IDS, _MASK} or not fit:
        raise ModelError(f"{file} takes {', '.join(sorted(taken))} instead of {_IDS}: export the text tower alone")
    return taken


def _output(session: Any) -> str:
    names = [each.name for each in session.get_outputs()]
    return next((name for name in _BEST_OUTPUTS if name in names), names[0])


def _first_line(error: Exception, file: Path) -> str:
    line = (str(error).splitlines() or [type(error).__name__])[0]
    return line.replace(str(file.parent), "its folder")[:200]
