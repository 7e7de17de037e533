"""Offsets that remember which provider answered the first page, so that a page turn asks the same one again.

v7 knows one number, ``nextOffset``. The chain's first provider keeps its own numbers; every other provider's offset
carries a code made from its name: ``code * 1_000_000 + offset``. Nothing is stored, so page turns work after a restart,
in another process and through the served endpoint; the largest value stays below 2**31, which v7's clients can hold.
"""

from collections.abc import Sequence
from zlib import crc32

STEP = 1_000_000
_CODES = 2_000


class Offsets:
    """Writes and reads the offsets of a chain.

    Args:
        names: the providers' names in the order they are asked.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._codes: dict[str, int] = {}
        for name in sorted(names[1:]):
            code = crc32(name.encode()) % _CODES
            while code + 1 in self._codes.values():
                code = (code + 1) % _CODES
            self._codes[name] = code + 1
        self._names = {code: name for name, code in self._codes.items()}

    def write(self, name: str, offset: int | None) -> int | None:
        """Return the offset to hand out for a provider's own offset; None where there is no next page."""
        if offset is None or offset >= STEP:
            return None
        return self._codes.get(name, 0) * STEP + offset

    def read(self, offset: int) -> tuple[str | None, int]:
        """Return whose offset it is (None: the usual order) and the provider's own offset.

        Raises:
            KeyError: the provider is no longer among the chain's.
        """
        code, own = divmod(offset, STEP)
        return (self._names[code] if code else None), own
