"""The picture that a lookup is about, made ready to be compared."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.bing_v7 import InsightsRequest
from bot.collection.arrays import Bytes, Codes, Floats
from bot.collection.files import image_id_of
from bot.collection.fingerprints.fingerprint import WORKING_EDGE
from bot.collection.fingerprints.similar import has_few_tones, has_structure, similarity_code
from bot.collection.hooks import Embedder
from bot.media.service import Media

log = logging.getLogger(__name__)

_WHOLE = (0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class Sample:
    """The picture in question: its pixels, code and vector, and the id its bytes would have.

    ``image_id`` is None for a part of a picture, ``vector`` without a model. ``structured`` is False for blank pictures
    and noise, which look like one another and show nothing. ``few_tones`` is True for screenshots, pages and drawings,
    of which a model's vector says first of all that they are such.
    """

    pixels: Bytes
    looks: Codes
    image_id: str | None
    vector: Floats | None = None
    structured: bool = True
    few_tones: bool = False


async def sample_of(data: bytes, request: InsightsRequest, media: Media, embedder: Embedder | None) -> Sample:
    """Decode, cut the region out, and compute the code for looks and the vector.

    Raises:
        PictureRefused: the bytes are no picture that can be taken.
    """
    crop = request.crop
    part = crop is not None and (crop.left, crop.top, crop.right, crop.bottom) != _WHOLE
    decoded = await media.pixels(data, WORKING_EDGE, crop if part else None, owner=request.client_id)
    return await asyncio.to_thread(_sample, decoded.rgb, None if part else _id_of(data, request), embedder)


def _id_of(data: bytes, request: InsightsRequest) -> str:
    told = request.upload.sha1 if request.upload else None
    return told.upper() if told else image_id_of(data)


def _sample(pixels: Bytes, image_id: str | None, embedder: Embedder | None) -> Sample:
    vector = None if embedder is None else _embedded(pixels, embedder)
    return Sample(pixels, similarity_code(pixels), image_id, vector, has_structure(pixels), has_few_tones(pixels))


def _embedded(pixels: Bytes, embedder: Embedder) -> Floats | None:
    """The picture's vector; None where the operator's model fails, which costs only its part of the answer."""
    try:
        return embedder.embed(pixels)
    except Exception:
        log.exception("the model of MAGPIE_EMBEDDER failed on a picture")
        return None
