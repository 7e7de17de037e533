"""Insights tokens and picture addresses that only this endpoint can make.

A token must be opaque as well as signed, because a provider's own token may say more than a stranger should know (a
path, an address). ``cryptography``'s Fernet does both and lets secrets be changed without breaking older tokens; it is
the best kept library for it. ``itsdangerous`` signs but does not hide.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_MARK_BYTES = 12


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


def _derive(secret: str, purpose: bytes) -> bytes:
    return hmac.digest(secret.encode(), b"magpie/" + purpose, hashlib.sha256)


class Tokens:
    """Makes and reads tokens and picture marks.

    Args:
        secrets: the first makes, all of them read; at least one.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        boxes = [Fernet(base64.urlsafe_b64encode(_derive(secret, b"token"))) for secret in secrets]
        self._box = MultiFernet(boxes)
        self._marks = [_derive(secret, b"picture") for secret in secrets]

    def seal(self, content: TokenContent) -> str:
        """Return an opaque token (URL-safe, without padding)."""
        return self._box.encrypt(f"{content.kind}{content.text}".encode()).decode().rstrip("=")

    def open(self, token: str) -> TokenContent | None:
        """Return what a token of ours stands for; None for any other text."""
        try:
            text = self._box.decrypt((token + "=" * (-len(token) % 4)).encode()).decode()
            return TokenContent(TokenKind(text[:1]), text[1:])
        except (InvalidToken, ValueError, binascii.Error):
            return None

    def mark(self, image_id: str, *, adult: bool = False) -> str:
        """Return ``OIP.<image id>.<mark>``: an id under which this endpoint gives the picture to any caller.

        ``adult`` says whether the link still holds should the picture be rated adult (it was given at Off).
        """
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
