"""Reading one file into what the index keeps: runs in a worker process, returns only plain values."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from bot.collection.arrays import Floats
from bot.collection.decode import Refused, Why, decode, open_picture
from bot.collection.files import image_id_of, read_bytes
from bot.collection.fingerprints.codebook import visual_words
from bot.collection.fingerprints.fingerprint import fingerprint
from bot.collection.model import Credit, Looks, Rating

from .embedded import embedded_credit
from .hooks import Embedder, Rater

_NUMBERED = re.compile(r"^(img|dsc|dscn|dscf|pict?|p|image|photo|screenshot|untitled)?[\s_-]*\d*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was read."""

    image_id: str
    looks: Looks
    credit: Credit


class Job(NamedTuple):
    """A file to read; ``unrated`` is True where nobody said how it is rated."""

    path: str
    unrated: bool


def read_job(job: Job, rater: Rater | None) -> Found | str:
    """Read the file of a job; the rater is asked only about what nobody rated."""
    return read_picture(job.path, rater if job.unrated else None)


def read_picture(path: str, rater: Rater | None = None) -> Found | str:
    """Read a file, or say in a sentence why it is skipped; never raises for what is in the file."""
    try:
        data = read_bytes(Path(path))
        found = found_in(data, Path(path).stem)
        rating = Rating.UNKNOWN if rater is None else rated(rater, data)
        return found if rating is Rating.UNKNOWN else replace(found, credit=replace(found.credit, rating=rating))
    except Refused as refused:
        return str(refused)
    except OSError as error:
        return f"the file cannot be read: {error.strerror or error}"
    except MemoryError:
        return Why.TOO_MANY_PIXELS.value


def rated(rater: Rater, data: bytes) -> Rating:
    """What a rater says of a picture; a rater that fails says nothing, and none can call a picture safe."""
    try:
        said = rater.rate(decode(data).rgb)
    except Exception:  # noqa: BLE001 -- a model that fails must not stop the indexing, and leaves the rating unknown
        return Rating.UNKNOWN
    return Rating.UNKNOWN if said is None or said is Rating.SAFE else said


class Wanted(NamedTuple):
    """A file that is to get a vector, and the picture that it was when it was indexed."""

    path: str
    image_id: str


def embed_picture(wanted: Wanted, embedder: Embedder) -> Floats | str:
    """The vector of a file, or a sentence why it has none; never raises."""
    try:
        data = read_bytes(Path(wanted.path))
        if image_id_of(data) != wanted.image_id:
            return "the file is another one than when it was indexed: index its folder again"
        return embedder.embed(decode(data).rgb)
    except Refused as refused:
        return str(refused)
    except OSError as error:
        return f"the file cannot be read: {error.strerror or error}"
    except Exception as error:  # noqa: BLE001 -- a model that fails on a picture must not stop the others
        return f"the model fails on it: {type(error).__name__}"


def found_in(data: bytes, stem: str = "") -> Found:
    """Compute everything about a picture's bytes.

    Args:
        data: the file.
        stem: the file's name without its ending; becomes the title where the picture has none.

    Raises:
        Refused: the bytes cannot be taken.
    """
    picture = decode(data)
    prints = fingerprint(picture)
    credit = Credit()
    with suppress(Refused):
        credit = embedded_credit(open_picture(data))
    looks = Looks(
        width=picture.width,
        height=picture.height,
        size=len(data),
        encoding=picture.encoding,
        animated=picture.animated,
        transparent=picture.transparent,
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
    return Found(image_id_of(data), looks, replace(credit, title=credit.title or _spoken(stem)))


def _spoken(stem: str) -> str:
    """A file's name as words; nothing for names that cameras give."""
    words = re.sub(r"[\s_\-]+", " ", stem).strip()
    return "" if _NUMBERED.match(words) else words[:1].upper() + words[1:300]
