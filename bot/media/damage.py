"""Truncated or damaged files: shown, as viewers do, if enough of the picture is there.

Pillow can go on where data ends, but does not say how much it got. So a damaged file is decoded twice, over two
different grounds: rows that differ were never written.
"""

from collections.abc import Callable

from PIL import Image, ImageFile

from .refusal import Refused

ENOUGH_SHARE = 0.75
"""Share of a picture that must be there for a damaged file to be used."""
_GREY = 128
_SLIGHT = 0.002
"""A smaller share of missing pixels is not reported."""
_END_OF_JPEG = b"\xff\xd9"

Reopen = Callable[[bytes], Image.Image]


def load(picture: Image.Image, data: bytes, reopen: Reopen) -> tuple[Image.Image, bool]:
    """Decode an opened picture; return it, or what is left of it, and whether a part is missing.

    Args:
        picture: opened and at the frame wanted.
        data: its file.
        reopen: opens the file again in the same way.

    Raises:
        Refused: ``broken``, if less than three quarters are there.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        picture.load()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (whatever a damaged file makes a decoder raise)
        return _left(picture, data, reopen)
    else:
        return picture, False
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = True


def _left(picture: Image.Image, data: bytes, reopen: Reopen) -> tuple[Image.Image, bool]:
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        if picture.format in {"JPEG", "MPO"}:
            found = reopen(data + _END_OF_JPEG)
            found.load()
            share = _share_of_jpeg(found)
            coarse = bool(found.info.get("progressive"))  # its last refinements are missing
        else:
            found, share = _share_written(data, reopen)
            coarse = False
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("broken") from error
    if share < ENOUGH_SHARE:
        raise Refused("broken")
    return found, coarse or share < 1.0 - _SLIGHT


def _share_of_jpeg(picture: Image.Image) -> float:
    """Return which share of the pixels is there: libjpeg fills the rest of the file's last rows with middle grey."""
    import numpy as np  # noqa: PLC0415 (as in `transparency`)

    grey = np.abs(np.asarray(picture.convert("L")).astype(np.int16) - _GREY) <= 1
    from_the_end = np.where(grey.all(axis=1), picture.width, np.argmin(grey[:, ::-1], axis=1))[::-1]
    whole = np.flatnonzero(from_the_end == 0)
    lost = int(from_the_end[: int(whole[0]) if whole.size else None].sum())
    return 1.0 - lost / grey.size


def _share_written(data: bytes, reopen: Reopen) -> tuple[Image.Image, float]:
    """Return the picture over black and the share of its rows that a decoding over white has too."""
    import numpy as np  # noqa: PLC0415 (as in `transparency`)

    over_black, over_white = (_over(reopen(data), value) for value in (0, 255))
    rows = (np.asarray(over_black) == np.asarray(over_white)).reshape(over_black.height, -1).mean(axis=1)
    return over_black, float((rows > 0.5).mean())


def _over(picture: Image.Image, value: int) -> Image.Image:
    """Decode over memory that was filled with a value before."""
    bands = len(picture.getbands())
    picture.im = Image.core.fill(picture.mode, picture.size, value if bands == 1 else (value,) * bands)
    picture.load()
    return picture
