"""Reading an indexed picture's file again: only from where it was indexed, and only if it is still that picture."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from bot.media.limits import DecodeLimits
from bot.media.refusal import Refused

from .model import FileLocation, Indexed

ANYWHERE = os.sep
"""As `FileLocation.root`: links may lead out of the indexed folder, because the operator said so."""


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
