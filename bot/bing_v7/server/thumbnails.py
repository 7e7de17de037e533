"""What a thumbnail's address asks for: ``w``, ``h``, ``c`` and ``p``. Source: section 10 of the v7 reference."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.bing_v7.errors import InvalidRequest
from bot.bing_v7.reading import first_values, refused

MAX_EDGE = 1_500
SMART, BLIND = 7, 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: box in pixels, crop (0, 4 or 7), and whether to fill the box with white."""

    width: int | None = None
    height: int | None = None
    crop: int = 0
    pad: bool = True

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Wanted":
        """Read the parameters; raises ``InvalidRequest`` for what is no number or no possible size."""
        given = first_values(query.items())
        width, height = _size(given, "w"), _size(given, "h")
        crop = _number(given, "c", 0)
        return cls(width, height, crop if crop in {SMART, BLIND} else 0, _number(given, "p", 1) != 0)


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_EDGE))):
        raise refused(name, text, f"{name} must be a whole number")
    return int(text)


def _size(given: Mapping[str, str], name: str) -> int | None:
    if name not in given:
        return None
    size = _number(given, name, 0)
    if not 1 <= size <= MAX_EDGE:
        raise InvalidRequest(f"{name} must be between 1 and {MAX_EDGE}", parameter=name, value=str(size))
    return size
