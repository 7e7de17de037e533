"""The picture that a lookup is about, made ready to be compared."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import numpy as np

from bot.bing_v7 import Crop, InsightsRequest
from bot.bing_v7.errors import PictureRefused
from bot.collection.arrays import Bytes, Codes, Floats
from bot.collection.decode import Refused, Why, decode
from bot.collection.files import image_id_of
from bot.collection.fingerprints.similar import has_structure, similarity_code
from bot.collection.ingest.hooks import Embedder

from .answers import NAME

log = logging.getLogger(__name__)

_WHYS = {Why.TOO_LARGE: "too-large", Why.TOO_MANY_PIXELS: "too-many-pixels"}


@dataclass(frozen=True, slots=True)
class Sample:
    """The picture in question: its pixels, code and vector, and the id its bytes would have.

    ``image_id`` is None for a part of a picture, ``vector`` without a model. ``structured`` is False for blank pictures
    and noise, which look like one another and show nothing.
    """

    pixels: Bytes
    looks: Codes
    image_id: str | None
    vector: Floats | None = None
    structured: bool = True


def sample_of(data: bytes, request: InsightsRequest, embedder: Embedder | None) -> Sample:
    """Decode, cut the region out, and compute the code for looks and the vector.

    Raises:
        Refused: the bytes are no picture that can be taken.
    """
    decoded = decode(data)
    told = request.upload.sha1 if request.upload else None
    image_id = told.upper() if told else image_id_of(data)
    pixels = cut_out(decoded.rgb, request.crop)
    if pixels is not decoded.rgb:
        image_id = None
    vector = None if embedder is None else _embedded(pixels, embedder)
    return Sample(pixels, similarity_code(pixels), image_id, vector, has_structure(pixels))


def cut_out(pixels: Bytes, crop: Crop | None) -> Bytes:
    """Return the region of a picture, at least one pixel; the picture itself where that is all of it."""
    if crop is None or (crop.left, crop.top, crop.right, crop.bottom) == (0, 0, 1, 1):
        return pixels
    height, width = pixels.shape[:2]
    left, right = int(crop.left * width), max(int(crop.left * width) + 1, round(crop.right * width))
    top, bottom = int(crop.top * height), max(int(crop.top * height) + 1, round(crop.bottom * height))
    return np.ascontiguousarray(pixels[top:bottom, left:right])


def _embedded(pixels: Bytes, embedder: Embedder) -> Floats | None:
    """The picture's vector; None where the operator's model fails, which costs only its part of the answer."""
    try:
        return embedder.embed(pixels)
    except Exception:
        log.exception("the model of MAGPIE_EMBEDDER failed on a picture")
        return None


def refusal(refused: Refused) -> PictureRefused:
    """The contract's error for a picture that cannot be taken."""
    why = _WHYS.get(refused.why, "not-a-picture")
    return PictureRefused(why, str(refused), limit=refused.limit, provider=NAME)
