"""Reading one file into what the index keeps: runs in child processes, which answer in plain values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.collection.arrays import Bytes, Floats
from bot.collection.files import image_id_of, read_bytes
from bot.collection.fingerprints.codebook import visual_words
from bot.collection.fingerprints.fingerprint import WORKING_EDGE, fingerprint
from bot.collection.hooks import Embedder, Rater, model_failure
from bot.collection.model import Looks, PictureCredit, Rating
from bot.media import metadata
from bot.media.decoding import Decoded, decode, guarded, open_file, pixels_of
from bot.media.limits import DecodeLimits
from bot.media.metadata import Metadata
from bot.media.refusal import Refused
from bot.media.sniffing import ENOUGH, kind_of
from bot.media.tasks import Answer, Job, refusal
from bot.runtime.system_errors import cause_of

from .manifest import read_moment, read_tags

_NUMBERED = re.compile(r"^(img|dsc|dscn|dscf|pict?|p|image|photo|screenshot|untitled)?[\s_-]*\d*$", re.IGNORECASE)
_LIMITS = DecodeLimits()


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file that was read; ``damaged`` is True if a part of the picture is missing."""

    image_id: str
    looks: Looks
    credit: PictureCredit
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Reads the file that a job names; the rater is asked only about what nobody rated."""

    rater: Rater | None = None

    def __call__(self, job: Job, data: bytes) -> Answer:
        """Answer with what was found, or why the file is skipped."""
        del data
        beside = Path(job["sidecar"]) if job["sidecar"] else None
        rater = self.rater if job["unrated"] else None
        return answered(lambda: (as_values(read_picture(job["path"], rater, beside)), b""))


@dataclass(frozen=True, slots=True)
class EmbedFile:
    """Makes the vector of the file that a job names, if it still is the picture that it was."""

    embedder: Embedder

    def __call__(self, job: Job, data: bytes) -> Answer:
        """Answer with the vector's bytes, or why there is none."""
        del data
        return answered(lambda: _embedded(job, self.embedder))


def vector_of(answer: Answer) -> Floats:
    """Return the vector in an answer of ``EmbedFile``."""
    return np.frombuffer(answer[1], dtype=np.float32).copy()


def answered(work: Callable[[], Answer]) -> Answer:
    """Do the work of a job; whatever goes wrong is an answer too."""
    try:
        return work()
    except Refused as refused:
        return refusal(refused)
    except OSError as error:
        return {"why": "unreadable", "detail": f"the file cannot be read: {cause_of(error)}"}, b""
    except MemoryError:
        return {"why": "too-many-pixels", "limit": _LIMITS.pixels}, b""
    except Exception as error:  # noqa: BLE001 (a model that fails on a picture must not stop the others)
        return {"why": "failed", "detail": f"reading it failed: {type(error).__name__}"}, b""


def _embedded(job: Job, embedder: Embedder) -> Answer:
    rgb = pixels_of_indexed(job)
    try:
        return {}, np.asarray(embedder.embed(rgb), dtype=np.float32).tobytes()
    except Exception as error:  # noqa: BLE001 (as above)
        return {"why": "failed", "detail": f"the model fails on it: {model_failure(error)}"}, b""


def pixels_of_indexed(job: Job) -> Bytes:
    """Return the pixels of a file that was indexed before.

    Raises:
        Refused: it is another picture by now, or cannot be read.
        OSError: it is not there.
    """
    decoded, image_id, _, _ = _decoded(Path(job["path"]))
    if image_id != job["image_id"]:
        raise Refused("changed", sentence="the file is another one than when it was indexed: index its folder again")
    return pixels_of(decoded)[0]


def read_picture(path: str, rater: Rater | None = None, sidecar: Path | None = None) -> ReadResult:
    """Compute everything about a file.

    Args:
        path: the file; its name becomes the title where the picture has none.
        rater: asked for a rating.
        sidecar: an XMP file that speaks of it too.

    Raises:
        Refused: it cannot be taken.
        OSError: it cannot be read.
    """
    decoded, image_id, size, said = _decoded(Path(path))
    if sidecar is not None:
        said = metadata.joined(metadata.sidecar(sidecar), said)
    rgb, opaque = pixels_of(decoded)
    prints = fingerprint(rgb, opaque)
    facts = decoded.facts
    looks = Looks(
        width=facts.width,
        height=facts.height,
        size=size,
        encoding=facts.encoding,
        animated=facts.animated,
        transparent=facts.transparent,
        kind=prints.kind.value,
        colours=prints.colours.dominant,
        monochrome=prints.colours.monochrome,
        accent=prints.colours.accent,
        copy_code=prints.copy_code,
        quality=prints.quality,
        looks_code=prints.looks_code,
        points=prints.points.pack(),
        words=tuple(visual_words(prints.points.descriptors).tolist()),
    )
    credit = replace(_credit(said, Path(path).stem), rating=_rated(rater, rgb))
    return ReadResult(image_id, looks, credit, facts.damaged)


def _decoded(path: Path) -> tuple[Decoded, str, int, Metadata]:
    """Return the picture, its id, the file's bytes and what it says of itself."""
    data = read_bytes(path)
    decoded = decode(data, WORKING_EDGE, _LIMITS)
    kind = kind_of(data[:ENOUGH])
    said = Metadata() if kind == "VIDEO" else guarded(lambda: metadata.embedded(open_file(data, kind)))
    return decoded, image_id_of(data), len(data), said


def _rated(rater: Rater | None, rgb: Bytes) -> Rating:
    """What a rater says of a picture; a rater that fails says nothing, and none can call a picture safe."""
    if rater is None:
        return Rating.UNKNOWN
    try:
        said = rater.rate(rgb)
    except Exception:  # noqa: BLE001 (a model that fails must not stop the indexing, and leaves the rating unknown)
        return Rating.UNKNOWN
    return Rating.UNKNOWN if said is None or said is Rating.SAFE else said


def _credit(said: Metadata, stem: str) -> PictureCredit:
    return PictureCredit(
        title=said.title or _spoken(stem),
        description=said.description,
        tags=read_tags(list(said.tags)),
        author=said.author,
        licence=said.licence,
        licence_url=said.licence_url,
        page=said.page if said.page.startswith(("http://", "https://")) else "",
        published=read_moment(said.published),
    )


def as_values(found: ReadResult) -> dict[str, Any]:
    """Return what was found as values that JSON knows."""
    looks, credit = ({name: getattr(one, name) for name in one.__slots__} for one in (found.looks, found.credit))
    for name in ("copy_code", "looks_code", "points"):
        looks[name] = looks[name].hex()
    credit["published"] = found.credit.published and found.credit.published.isoformat()
    return {"image_id": found.image_id, "looks": looks, "credit": credit, "damaged": found.damaged}


def of_values(values: dict[str, Any]) -> ReadResult:
    """Read what ``as_values`` wrote."""
    looks, credit = dict(values["looks"]), dict(values["credit"])
    for name in ("copy_code", "looks_code", "points"):
        looks[name] = bytes.fromhex(looks[name])
    looks["colours"], looks["words"] = tuple(looks["colours"]), tuple(looks["words"])
    credit["tags"], credit["rating"] = tuple(credit["tags"]), Rating(credit["rating"])
    credit["published"] = read_moment(credit["published"] or "")
    return ReadResult(values["image_id"], Looks(**looks), PictureCredit(**credit), values["damaged"])


def _spoken(stem: str) -> str:
    """A file's name as words; nothing for names that cameras give."""
    words = re.sub(r"[\s_\-]+", " ", stem).strip()
    return "" if _NUMBERED.match(words) else words[:1].upper() + words[1:300]
