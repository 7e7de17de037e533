"""Reading an indexed picture's file again: only from where it was indexed, and only if it is still that picture."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache

from bot.media.limits import DecodeLimits
from bot.media.refusal import Refused

from .model import FileLocation, Indexed

ANYWHERE = os.sep
"""As `FileLocation.root`: links may lead out of the indexed folder, because the operator said so."""
_SETTLED = 2_000_000_000
"""Nanoseconds since its last change for which a file is read again: it may change without its time changing."""


class NotThere(OSError):
    """The file is not to be read: it is gone, is another one, or a link leads elsewhere. ``str()`` says which."""


def image_id_of(data: bytes) -> str:
    """A picture's id: the SHA-1 of its bytes, 40 upper-case hex digits; a name, not a proof."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest().upper()


def located(place: FileLocation) -> Path:
    """The file of a place with all links followed.

    A place that an older Magpie wrote has no root: then the file itself must be no link.

    Raises:
        NotThere: there is no such file, or a link leads out of the folder that was indexed.
    """
    path = Path(place.key)
    try:
        real = path.resolve(strict=True)
        inside = real.is_relative_to(Path(place.root).resolve()) if place.root else not path.is_symlink()
    except (OSError, RuntimeError) as error:
        raise NotThere("the file is not there") from error
    if not inside:
        raise NotThere("the file is a link that leads out of the indexed folder")
    if not real.is_file():
        raise NotThere("it is not a file any more")
    return real


def read_place(place: FileLocation, image_id: str) -> bytes:
    """The bytes of a picture at one of its places.

    Raises:
        NotThere: they cannot be read there, or are other ones than when the picture was indexed and rated.
    """
    try:
        data = read_bytes(located(place))
    except Refused as refused:
        raise NotThere(str(refused)) from refused
    if image_id_of(data) != image_id:
        raise NotThere("the file is another one than when it was indexed: index its folder again")
    return data


def read_indexed(picture: Indexed) -> bytes:
    """The bytes of a picture, from the first place where they are what was indexed.

    Raises:
        NotThere: no place has them.
    """
    last = NotThere("the picture has no file")
    for place in picture.places:
        try:
            return read_place(place, picture.image_id)
        except OSError as error:
            last = error if isinstance(error, NotThere) else NotThere("the file cannot be read")
    raise last


class ReadFiles:
    """The files that were read before, each as the picture that was indexed: asked for again they are not read.

    Args:
        most: files that are remembered, those asked for last.
    """

    def __init__(self, most: int = 4096) -> None:
        self._lock = Lock()
        self._stats: LRUCache[tuple[str, str], _Stat] = LRUCache(most)

    def knows(self, picture: Indexed) -> bool:
        """True if one of a picture's places was read before, and had what was indexed. Looks at the files' times only.

        Blocks, as the others do; all may be called from several threads.
        """
        return any(self._knows(place, picture.image_id) for place in picture.places)

    def has(self, picture: Indexed) -> bool:
        """True if one of a picture's places has what was indexed; those that are not known are read."""
        return self.knows(picture) or any(self._reads(place, picture.image_id) for place in picture.places)

    def _knows(self, place: FileLocation, image_id: str) -> bool:
        with suppress(OSError):
            now = _Stat.of(located(place))
            with self._lock:
                return self._stats.get((place.key, image_id)) == now
        return False

    def _reads(self, place: FileLocation, image_id: str) -> bool:
        try:
            before = _Stat.of(located(place))
            read_place(place, image_id)
            after = _Stat.of(located(place))
        except OSError:
            return False
        if before == after and before.changed < time.time_ns() - _SETTLED:
            with self._lock:
                self._stats[place.key, image_id] = before
        return True


class _Stat(NamedTuple):
    """What differs once a file is another one or was written to."""

    path: Path
    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> _Stat:
        """Look at a file.

        Raises:
            OSError: there is none.
        """
        found = path.stat()
        return cls(path, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def read_bytes(path: Path) -> bytes:
    """Read a file that may be a picture.

    Raises:
        Refused: it is larger than may be taken.
        OSError: it cannot be read.
    """
    most = DecodeLimits().file_bytes
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > most:
            raise Refused("too-large", most)
        return file.read(most + 1)
