"""A still of a video, by PyAV (the extra ``video``)."""

import io
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from PIL import Image

from .animation import detail_of
from .refusal import Refused

_PLACES = (0.0, 0.1, 0.3, 0.6)
"""Where a still is looked for, as shares of the length, until one shows something."""
_FRAMES = 12
_SHOWS = 12.0


def is_installed() -> bool:
    """Return whether stills of videos can be read."""
    return find_spec("av") is not None


def still(data: bytes, most_pixels: int) -> Image.Image:
    """Return a frame that shows something, upright, as RGB.

    Raises:
        Refused: ``video`` without PyAV, ``too-many-pixels``, or ``broken``.
    """
    if not is_installed():
        raise Refused("video")
    import av  # noqa: PLC0415 (as above)

    with av.open(io.BytesIO(data), mode="r") as container:
        stream = next(iter(container.streams.video), None)
        if stream is None:
            raise Refused("not-a-picture")
        if stream.width * stream.height > most_pixels:
            raise Refused("too-many-pixels", most_pixels)
        stream.codec_context.thread_count = 1
        best = _best(container, stream)
    if best is None:
        raise Refused("broken")
    return best


def _best(container: Any, stream: Any) -> Image.Image | None:
    best: Image.Image | None = None
    most = -1.0
    for place in _PLACES:
        with suppress(Exception):  # a place that cannot be read is one place less
            if place and stream.duration:
                container.seek(int(stream.duration * place) + (stream.start_time or 0), stream=stream)
            elif place:
                break
            for number, frame in enumerate(container.decode(stream)):
                picture = _upright(frame)
                detail = detail_of(picture)
                if detail > most:
                    best, most = picture, detail
                if most >= _SHOWS or number >= _FRAMES:
                    break
        if most >= _SHOWS:
            break
    return best


def _upright(frame: Any) -> Image.Image:
    picture: Image.Image = frame.to_image()
    turn = int(getattr(frame, "rotation", 0) or 0) % 360
    return picture.rotate(turn, expand=True) if turn else picture
