"""Insights tokens and picture addresses that only this endpoint can make.

A token must be opaque as well as signed, because a provider's own token may say more than a stranger should know (a
path, an address). ``cryptography``'s AES-SIV (RFC 5297) does both at a tenth of the cost of its Fernet, and needs no
number that must never come twice, so that several processes may share a secret for ever. The same content has the same
token, as a picture had in v7. ``itsdangerous`` signs but does not hide.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from bot.runtime.by_identity import PICTURES

_MARK_BYTES = 12
_MARKS_REMEMBERED = PICTURES
"""Each is written several times in an answer: with its picture, and with suggestions that show it."""
_BLOCK = 16
"""Contents are filled up to a multiple of so many bytes, so that a token does not tell how long exactly one is."""


class TokenKind(StrEnum):
    """What is inside a token."""

    NATIVE = "t"
    """The provider's own insights token."""
    ADDRESS = "u"
    """The address of a picture whose provider made no token."""
    UPLOAD = "p"
    """When it ends to be good, and the fingerprint of a posted picture."""


@dataclass(frozen=True, slots=True)
class TokenContent:
    """What a token stands for."""

    kind: TokenKind
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A held picture that may be given, and whether even if it is adult."""

    image_id: str
    adult: bool


def _derive(secret: str, purpose: bytes, hashed: str = "sha256") -> bytes:
    return hmac.digest(secret.encode(), b"magpie/" + purpose, hashed)


def _as_text(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _filled(data: bytes) -> bytes:
    missing = _BLOCK - len(data) % _BLOCK
    return data + bytes([missing]) * missing


class Tokens:
    """Makes and reads tokens and picture marks.

    Args:
        secrets: the first makes, all of them read; at least one.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._boxes = [AESSIV(_derive(secret, b"token", "sha512")) for secret in secrets]
        self._marks = [_derive(secret, b"picture") for secret in secrets]
        self._remembered = lru_cache(_MARKS_REMEMBERED)(self._mark)

    def seal(self, content: TokenContent) -> str:
        """Return an opaque token (URL-safe, without padding)."""
        sealed = self._boxes[0].encrypt(_filled(f"{content.kind}{content.text}".encode()), None)
        return _as_text(sealed)

    def open(self, token: str) -> TokenContent | None:
        """Return what a token of ours stands for; None for any other text."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (ValueError, binascii.Error):
            return None
        if _as_text(sealed) != token:  # other letters that mean the same bytes
            return None
        for box in self._boxes:
            with suppress(InvalidTag, ValueError):
                filled = box.decrypt(sealed, None)
                text = filled[: -filled[-1]].decode()
                return TokenContent(TokenKind(text[:1]), text[1:])
        return None

    def mark(self, image_id: str, *, adult: bool = False) -> str:
        """Return ``OIP.<image id>.<mark>``: an id under which this endpoint gives the picture to any caller.

        ``adult`` says whether the link still holds should the picture be rated adult (it was given at Off).
        """
        return self._remembered(image_id, adult)

    def _mark(self, image_id: str, adult: bool) -> str:
        return f"OIP.{image_id}.{self._sign(self._marks[0], image_id, adult=adult)}"

    def marked(self, picture: str) -> Marked | None:
        """Return what an id that ``mark`` made stands for; None for any other text."""
        kind, _, rest = picture.partition(".")
        image_id, _, given = rest.rpartition(".")
        if kind != "OIP" or not image_id or not given.isascii():
            return None
        for adult in (False, True):
            if any(hmac.compare_digest(self._sign(key, image_id, adult=adult), given) for key in self._marks):
                return Marked(image_id, adult)
        return None

    @staticmethod
    def _sign(key: bytes, image_id: str, *, adult: bool) -> str:
        text = f"{'adult' if adult else 'clean'}/{image_id}"
        digest = hmac.digest(key, text.encode("utf-8", "replace"), hashlib.sha256)[:_MARK_BYTES]
        return base64.urlsafe_b64encode(digest).decode()
