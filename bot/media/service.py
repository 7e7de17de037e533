"""The interface of this package: what can be done with a picture, with the contract's errors."""

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from bot.bing_v7 import Crop, Overloaded, PictureRefused, Unavailable, Upload

from .limits import DecodeLimits, FitLimits
from .pool import WorkerPool
from .refusal import Refused
from .runner import Busy, Closed, Runner
from .tasks import Answer

PATIENCE = 10.0
"""Seconds after which a waiting caller gets an error."""
_COME_AGAIN, _SOONEST = 10.0, 2.0
"""Seconds after which another try is worth it: where nothing is known of the queue, and at least."""
_WHOLE = (0.0, 0.0, 1.0, 1.0)


class PicturesUnreadable(Unavailable):
    """No picture can be read now, whatever it is: no child process starts, or the program is ending."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was written anew: only its pixels are left."""

    data: bytes
    content_type: str
    ending: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Pixels:
    """``rgb`` is ``uint8 [h, w, 3]``: upright, sRGB, on a ground."""

    rgb: NDArray[np.uint8]
    encoding: str
    damaged: bool


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames of a video on one picture, with when each is shown and where on the picture it is."""

    sheet: Drawn
    seconds: tuple[float, ...]
    regions: tuple[Crop, ...]


class Media:
    """Reads, cuts and draws pictures in child processes.

    Every method raises ``PictureRefused`` for a picture that cannot be used, ``Overloaded`` where too many are
    waiting, and ``PicturesUnreadable`` where no child process can be started. ``owner`` is for whom it is done:
    owners take turns.

    Args:
        runner: where the work is done.
        patience: seconds after which a waiting caller gets an error.
    """

    def __init__(self, runner: Runner | None = None, patience: float = PATIENCE) -> None:
        self.runner = runner or WorkerPool()
        self._patience = patience

    async def fit(
        self,
        data: bytes,
        *,
        limits: FitLimits | None = None,
        decode_limits: DecodeLimits | None = None,
        owner: Hashable = None,
        patience: float | None = None,
        frame: int | None = None,
    ) -> Upload:
        """Return a picture fit for sending on: a JPEG within limits without metadata, with the hash of the file.

        ``frame`` is the one of a video's frames that is meant, of those that `frames` shows; a hash is of no frame.
        ``patience`` is for this call, where it differs from that of the others.
        """
        job = {"task": "fit", "fit": _plain(limits), "limits": _plain(decode_limits), "frame": frame}
        said, clean = await self._run(job, data, owner, patience)
        return Upload(
            data=clean,
            content_type=said["type"],
            filename="image.jpg",
            sha1=None if frame is not None else hashlib.sha1(data, usedforsecurity=False).hexdigest(),
            damaged=said["facts"]["damaged"],
            video=said["facts"]["encoding"] == "mp4",
        )

    async def cut_out(self, upload: Upload, region: Crop, *, owner: Hashable = None) -> Upload:
        """Return a part of a picture as a picture of its own."""
        said, part = await self._run({"task": "cut", "region": _sides(region)}, upload.data, owner)
        return Upload(data=part, content_type=said["type"], filename="image.jpg", damaged=upload.damaged)

    async def show(self, data: bytes, max_edge: int | None, *, owner: Hashable = None) -> Drawn:
        """Return a picture as Discord and browsers can show it, no side longer than ``max_edge``."""
        return _drawn(await self._run({"task": "show", "edge": max_edge}, data, owner))

    async def thumbnail(
        self, data: bytes, width: int | None, height: int | None, crop: int, *, pad: bool, owner: Hashable = None
    ) -> bytes:
        """Return a thumbnail as v7's host drew them, as JPEG."""
        job = {"task": "thumbnail", "width": width, "height": height, "crop": crop, "pad": pad}
        return (await self._run(job, data, owner))[1]

    async def preview(self, data: bytes, boxes: Sequence[tuple[str, Crop]], *, owner: Hashable = None) -> Drawn:
        """Return a picture with a grid and numbered boxes, as JPEG."""
        job = {"task": "preview", "boxes": [(label, _sides(region)) for label, region in boxes]}
        return _drawn(await self._run(job, data, owner))

    async def frames(self, data: bytes, *, owner: Hashable = None) -> Frames:
        """Return a video's frames to choose from, on one picture."""
        said, sheet = await self._run({"task": "frames"}, data, owner)
        regions = tuple(Crop(left=a, top=b, right=c, bottom=d) for a, b, c, d in said["regions"])
        return Frames(_drawn((said, sheet)), tuple(said["seconds"]), regions)

    async def pixels(self, data: bytes, edge: int, region: Crop | None = None, *, owner: Hashable = None) -> Pixels:
        """Return the pixels of a picture or a part of it, the longest side of the whole at most ``edge``."""
        sides = _WHOLE if region is None else _sides(region)
        job = {"task": "pixels", "edge": edge, "region": None if sides == _WHOLE else sides}
        said, raw = await self._run(job, data, owner)
        rgb = np.frombuffer(raw, dtype=np.uint8).reshape(said["shape"])
        return Pixels(rgb, said["facts"]["encoding"], said["facts"]["damaged"])

    async def aclose(self) -> None:
        """End the child processes."""
        await self.runner.aclose()

    async def _run(self, job: Mapping[str, Any], data: bytes, owner: Hashable, patience: float | None = None) -> Answer:
        waits = self._patience if patience is None else patience
        try:
            return await self.runner.run(job, data, owner=owner, patience=waits)
        except (Refused, Busy, Closed) as error:
            raise_in_contract(error)


def raise_in_contract(error: Refused | Busy | Closed) -> NoReturn:
    """Raise the contract's error for one of this package.

    Raises:
        PictureRefused: the picture cannot be taken.
        Overloaded: there was no turn in time.
        PicturesUnreadable: nothing can be done any more.
    """
    match error:
        case Refused():
            why = "broken" if error.why == "crashed" else error.why
            raise PictureRefused(why, limit=error.limit, pixels=error.pixels) from error
        case Busy():
            wait = timedelta(seconds=_COME_AGAIN if error.wait is None else max(_SOONEST, error.wait))
            raise Overloaded("pictures are being read for others", retry_after=wait) from error
        case Closed():
            raise PicturesUnreadable(str(error)) from error


def _plain(limits: DecodeLimits | FitLimits | None) -> dict[str, Any]:
    return {} if limits is None else asdict(limits)


def _sides(region: Crop) -> tuple[float, float, float, float]:
    return region.left, region.top, region.right, region.bottom


def _drawn(answer: Answer) -> Drawn:
    said, data = answer
    return Drawn(data, said["type"], said["ending"], said["width"], said["height"])
