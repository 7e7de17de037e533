"""Whose an offset or a token is: what the chain hands out says which member it came from, so that it goes back there.

v7 knows one number, ``nextOffset``, of 16 bits. The chain's first provider keeps its own numbers; every other
provider's offset carries a number made from its name: ``number * 4096 + offset``. Nothing is stored, so page turns work
after a restart and in another process. The served endpoint pages by plain numbers (`listing`).
A chain of one provider leaves its offsets alone.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from zlib import crc32

from bot.bing_v7 import Image, ImageAnswer, ImageInsights, TrendingImages
from bot.bing_v7.images import map_images
from bot.runtime.by_identity import ByIdentity

_Answer = TypeVar("_Answer", ImageAnswer, ImageInsights, TrendingImages)
STEP = 4096
"""Offsets that one provider of several may use; nobody turns that many pages in a chat."""
MAX_CHAIN_OFFSET = 65_535
_NUMBERS = MAX_CHAIN_OFFSET // STEP
_MARK = "~"
"""Between the name of a provider and its own token."""


class Offsets:
    """Writes and reads the offsets of a chain.

    Args:
        names: the providers' names in the order they are asked. From the seventeenth on they have one page only.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._first = names[0] if names else None
        self._step = STEP if len(names) > 1 else MAX_CHAIN_OFFSET + 1
        self._numbers: dict[str, int] = {}
        for name in sorted(names[1 : _NUMBERS + 1]):
            number = crc32(name.encode()) % _NUMBERS
            while number + 1 in self._numbers.values():
                number = (number + 1) % _NUMBERS
            self._numbers[name] = number + 1
        self._names = {number: name for name, number in self._numbers.items()}

    def write(self, name: str, offset: int | None) -> int | None:
        """Return the offset to hand out for a provider's own offset; None where there is no next page."""
        number = 0 if name == self._first else self._numbers.get(name)
        if offset is None or number is None or offset >= self._step:
            return None
        return number * self._step + offset

    def read(self, offset: int) -> tuple[str | None, int]:
        """Return whose offset it is (None: the usual order) and the provider's own offset.

        Raises:
            KeyError: the provider is no longer among the chain's.
        """
        number, own = divmod(offset, self._step)
        return (self._names[number] if number else None), own


class TokenOwners:
    """Marks insights tokens with their provider's name, so that a token goes back to whoever understands it.

    Args:
        names: the providers' names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._images: ByIdentity[Image, Image] = ByIdentity()

    def read(self, token: str | None) -> tuple[str | None, str | None]:
        """Return the provider whose token it is (None: nobody's mark) and the provider's own token."""
        name, mark, own = (token or "").partition(_MARK)
        return (name, own) if mark and name in self._names else (None, token)

    def mark(self, answer: _Answer, name: str) -> _Answer:
        """Return the answer with every token in it marked: those of its pictures, wherever they stand, and its own."""

        def marked(image: Image) -> Image:
            token = image.image_insights_token
            return image.with_(image_insights_token=self._marked(token, name)) if token else image

        def whole(image: Image) -> Image:
            return map_images(marked(image), marked)

        answer = map_images(answer, lambda image: self._images.get(image, whole, name), nested=False)
        if isinstance(answer, ImageInsights) and answer.image_insights_token:
            return answer.with_(image_insights_token=self._marked(answer.image_insights_token, name))
        return answer

    def _marked(self, token: str, name: str) -> str:
        return token if self.read(token)[0] is not None else f"{name}{_MARK}{token}"
