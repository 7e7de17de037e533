"""Reads text in pictures, with RapidOCR and the models inside its package; runs in a child process.

Reading takes seconds of a processor and most of a gigabyte, so it is done only for a picture that looks like a page of
text, or when somebody asks for it. What is read is a quotation from a stranger.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from bot.collection.arrays import Bytes
from bot.collection.opencv import cv2
from bot.media.decoding import TooHeavy, decode, pixels_of
from bot.media.limits import DecodeLimits
from bot.media.refusal import Refused
from bot.media.tasks import Answer, Job, refusal
from bot.media.writing import box_of

_PACKAGES = ("rapidocr", "onnxruntime")
_EDGE = 1_500
"""Longest side in pixels of what is read: what is handed in is not larger."""
_LOOKED_AT = 640
_LINES = 8
"""Lines from which a picture looks like text: 3 of 3 screenshots have 29 and more, of 200 photographs one has 10."""
_HEIGHTS = range(5, 49)
"""Pixels, at ``_LOOKED_AT``."""
_LENGTH, _FILLED = 4, 0.45
_SCORE, _SURE = 0.6, 0.8
_LEVEL, _GAP = 0.5, 2.5
"""Heights of a line: how far words of one may be apart upright, and from side to side; columns are farther apart."""
_LETTERS = 3
"""A picture whose surest line has fewer letters and digits has no text: the model sees single signs in textures."""


def text_reader_is_installed() -> bool:
    """True if the packages of the extra ``text`` are there; loads none of them."""
    return all(importlib.util.find_spec(name) is not None for name in _PACKAGES)


def answer_text_job(job: Job, data: bytes) -> Answer:
    """Read a picture's text: the job says whether it was asked for, and which ``region`` is meant."""
    try:
        decoded = decode(data, _EDGE, DecodeLimits(), allow_heavy=bool(job.get("allow_heavy")))
    except Refused as refused:
        return refusal(refused)
    except TooHeavy as heavy:
        return {"heavy": heavy.needed}, b""
    rgb, _ = pixels_of(decoded)
    if region := job.get("region"):
        left, top, right, bottom = box_of(region, decoded.picture.size)
        rgb = rgb[top:bottom, left:right]
    if not (job["asked"] or looks_like_text(rgb)):
        return {"lines": []}, b""
    return {"lines": read_lines(rgb)}, b""


def looks_like_text(picture: Bytes) -> bool:
    """True if an RGB picture ``uint8 [h, w, 3]`` has many even, long and low shapes; about 4 ms."""
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    factor = _LOOKED_AT / max(grey.shape)
    if factor < 1:
        size = max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    edges = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    _, ink = cv2.threshold(edges, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 9), np.uint8))
    _, _, shapes, _ = cv2.connectedComponentsWithStats(joined)
    lines = sum(
        height in _HEIGHTS and width >= _LENGTH * height and area >= _FILLED * width * height
        for _, _, width, height, area in shapes[1:].tolist()
    )
    return lines >= _LINES


def read_lines(picture: Bytes) -> list[str]:
    """Return the lines of text in an RGB picture ``uint8 [h, w, 3]``, from top to bottom; empty if there are none."""
    found: Any = _engine()(np.ascontiguousarray(picture[:, :, ::-1]))
    scored = [
        (Piece.at(box, str(line).strip()), float(score))
        for box, line, score in zip(_given(found.boxes), found.txts or (), found.scores or (), strict=True)
        if score >= _SCORE
    ]
    sure = any(score >= _SURE and sum(map(str.isalnum, piece.text)) >= _LETTERS for piece, score in scored)
    return joined_lines([piece for piece, _ in scored if piece.text]) if sure else []


def _given(values: Any) -> Any:
    """Return an array that may not be there."""
    return () if values is None else values


class Piece(NamedTuple):
    """Some words as they were found: where, in pixels, and what."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @classmethod
    def at(cls, corners: Any, text: str) -> Piece:
        """Words in a box of four corners, ``float [4, 2]``."""
        left, top = np.min(corners, axis=0).tolist()
        right, bottom = np.max(corners, axis=0).tolist()
        return cls(left, top, right, bottom, text)

    def follows(self, other: Piece) -> bool:
        """True if these words stand in the same line right of the others, and not in another column."""
        height = min(self.bottom - self.top, other.bottom - other.top)
        level = abs(self.top + self.bottom - other.top - other.bottom) / 2 < _LEVEL * height
        return level and -height < self.left - other.right < _GAP * height


def joined_lines(pieces: Sequence[Piece]) -> list[str]:
    """Join words that stand beside each other in one line, such as a menu's; lines stay in the order they begin in."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        line = next((line for line in reversed(lines) if piece.follows(line[-1])), None)
        if line is None:
            lines.append([piece])
        else:
            line.append(piece)
    return [" ".join(piece.text for piece in line) for line in lines]


@lru_cache(maxsize=1)
def _engine() -> Any:
    module: Any = importlib.import_module("rapidocr")
    return module.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # text that stands on its head is rare, and costs every line a look
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
