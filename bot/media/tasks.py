"""The jobs of child processes: plain values in, plain values and bytes out."""

from collections.abc import Callable, Mapping
from typing import Any

from .decoding import Facts, TooHeavy, decode
from .limits import DecodeLimits, FitLimits
from .refusal import Refused
from .thumbnail import thumbnail
from .transparency import flattened
from .writing import Written, box_of, cut, fit, show

Job = Mapping[str, Any]
Answer = tuple[dict[str, Any], bytes]
Handler = Callable[[Job, bytes], Answer]
"""What a child process runs: a job and bytes to an answer and bytes; top-level functions or picklable objects."""


def answer(job: Job, data: bytes) -> Answer:
    """Do a job; a refusal is an answer too, and so is the memory that a heavy job needs."""
    try:
        return _TASKS[job["task"]](job, data)
    except Refused as refused:
        return refusal(refused)
    except TooHeavy as heavy:
        return {"heavy": heavy.needed}, b""
    except MemoryError:
        return {"why": "too-many-pixels", "limit": DecodeLimits().pixels}, b""
    except Exception:  # noqa: BLE001 (whatever a hostile file makes a decoder raise, the file is not usable)
        return {"why": "broken", "limit": None}, b""


def refusal(refused: Refused) -> Answer:
    """Return a refusal as an answer."""
    return {"why": refused.why, "limit": refused.limit, "detail": str(refused), "pixels": refused.pixels}, b""


def _limits(job: Job) -> DecodeLimits:
    return DecodeLimits(**job.get("limits", {}))


def _facts(facts: Facts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in Facts.__slots__}


def _picture(written: Written) -> Answer:
    said = {"type": written.content_type, "ending": written.ending, "width": written.width, "height": written.height}
    return said, written.data


def _fit(job: Job, data: bytes) -> Answer:
    heavy, frame = job["allow_heavy"], job.get("frame")
    written, facts = fit(data, FitLimits(**job.get("fit", {})), _limits(job), allow_heavy=heavy, frame=frame)
    said, out = _picture(written)
    return {**said, "facts": _facts(facts)}, out


def _cut(job: Job, data: bytes) -> Answer:
    return _picture(
        cut(data, job["region"], FitLimits(**job.get("fit", {})), _limits(job), allow_heavy=job["allow_heavy"])
    )


def _show(job: Job, data: bytes) -> Answer:
    return _picture(show(data, job["edge"], _limits(job), allow_heavy=job["allow_heavy"]))


def _thumbnail(job: Job, data: bytes) -> Answer:
    box = job["width"], job["height"], job["crop"]
    return _picture(thumbnail(data, *box, pad=job["pad"], limits=_limits(job), allow_heavy=job["allow_heavy"]))


def _preview(job: Job, data: bytes) -> Answer:
    from .preview import Box, preview  # noqa: PLC0415 (seldom asked for, and fonts and drawing take time to load)

    boxes = [Box(label, tuple(region)) for label, region in job["boxes"]]
    return _picture(preview(data, boxes, _limits(job), allow_heavy=job["allow_heavy"]))


def _frames(job: Job, data: bytes) -> Answer:
    if not job["allow_heavy"]:
        raise TooHeavy(_limits(job).memory)  # what a video needs is not known before
    from .frame_sheet import frame_sheet  # noqa: PLC0415 (as above)

    sheet, seconds, regions = frame_sheet(data, _limits(job))
    said, out = _picture(sheet)
    return {**said, "seconds": seconds, "regions": regions}, out


def _pixels(job: Job, data: bytes) -> Answer:
    decoded = decode(data, job["edge"], _limits(job), allow_heavy=job["allow_heavy"])
    rgb = flattened(decoded.picture)
    if region := job.get("region"):
        rgb = rgb.crop(box_of(region, rgb.size))
    return {"shape": [rgb.height, rgb.width, 3], "facts": _facts(decoded.facts)}, rgb.tobytes()


_TASKS: Mapping[str, Callable[[Job, bytes], Answer]] = {
    "fit": _fit,
    "cut": _cut,
    "show": _show,
    "thumbnail": _thumbnail,
    "preview": _preview,
    "frames": _frames,
    "pixels": _pixels,
}
