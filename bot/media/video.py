"""Frames of a video, by PyAV (the extra ``video``): one that shows something, or some to choose from."""

import io
from collections.abc import Generator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any, NamedTuple

from PIL import Image

from .animation import detail_of
from .refusal import Refused

PLACES = (0.05, 0.35, 0.65, 0.95)
"""Where the frames to choose from are, as shares of the length."""
_LOOKED_AT = (0.0, 0.1, 0.3, 0.6)
"""Where a still is looked for, as shares of the length, until one shows something."""
_FRAMES = 12
_MOST_DECODED = 600
"""Frames between a key frame and the wanted one: more than most videos have."""
_SHOWS = 12.0
_MICROSECONDS = 1_000_000


class Frame(NamedTuple):
    """One frame and when it is shown, in seconds from the start."""

    seconds: float
    picture: Image.Image


def is_installed() -> bool:
    """Return whether frames of videos can be read."""
    return find_spec("av") is not None


def still(data: bytes, most_pixels: int) -> Image.Image:
    """Return a frame that shows something, upright, as RGB.

    Raises:
        Refused: ``video`` without PyAV, ``too-many-pixels``, or ``broken``.
    """
    with _opened(data, most_pixels) as (container, stream):
        best = _best(container, stream)
    if best is None:
        raise Refused("broken")
    return best


def frames(data: bytes, most_pixels: int, most: int = len(PLACES)) -> list[Frame]:
    """Return the frames to choose from, in order, each once: at `PLACES`, fewer of a video that says no length.

    Only the first ``most`` are decoded.

    Raises:
        Refused: as `still`.
    """
    found: dict[float, Frame] = {}
    with _opened(data, most_pixels) as (container, stream):
        length = _length(container, stream)
        for place in PLACES if length else PLACES[:1]:
            if len(found) >= most:
                break
            with suppress(Exception):  # a place that cannot be read is one place less
                frame = _frame_at(container, stream, place * length)
                found[frame.seconds] = frame
    if not found:
        raise Refused("broken")
    return [found[seconds] for seconds in sorted(found)]


@contextmanager
def _opened(data: bytes, most_pixels: int) -> Generator[tuple[Any, Any]]:
    if not is_installed():
        raise Refused("video")
    import av  # noqa: PLC0415 (an extra)

    with av.open(io.BytesIO(data), mode="r") as container:
        stream = next(iter(container.streams.video), None)
        if stream is None:
            raise Refused("not-a-picture")
        if (pixels := stream.width * stream.height) > most_pixels:
            raise Refused("too-many-pixels", most_pixels, pixels=pixels)
        stream.codec_context.thread_count = 1
        yield container, stream


def _length(container: Any, stream: Any) -> float:
    """Return the seconds that a video takes; 0 if it does not say."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return float(container.duration or 0) / _MICROSECONDS


def _start(stream: Any) -> float:
    return float((stream.start_time or 0) * (stream.time_base or 0))


def _seek(container: Any, stream: Any, seconds: float) -> None:
    """Go to the last key frame before a moment."""
    container.seek(int((seconds + _start(stream)) * _MICROSECONDS))


def _frame_at(container: Any, stream: Any, seconds: float) -> Frame:
    """Return the frame that is shown at a moment, or the last one before it.

    Raises:
        Refused: nothing can be read there.
    """
    _seek(container, stream, seconds)
    last: Any = None
    for number, frame in enumerate(container.decode(stream)):
        last = frame
        if (frame.time or 0.0) - _start(stream) >= seconds or number >= _MOST_DECODED:
            break
    if last is None:
        raise Refused("broken")
    return Frame(max(0.0, (last.time or 0.0) - _start(stream)), _upright(last))


def _best(container: Any, stream: Any) -> Image.Image | None:
    best: Image.Image | None = None
    most, length = -1.0, _length(container, stream)
    for place in _LOOKED_AT if length else _LOOKED_AT[:1]:
        with suppress(Exception):  # as above
            if place:
                _seek(container, stream, place * length)
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
