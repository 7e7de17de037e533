"""Typed readings of what v7 writes as text: sizes, dates, durations, colours, licences.

Each function returns None for text that it cannot read; the raw text stays in the object.
"""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum

_SIZE = re.compile(r"\s*(\d+)\s*B\s*", re.IGNORECASE)
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\.(\d+)")
_COLOR = re.compile(r"#?([0-9A-Fa-f]{6})")


class CreativeCommons(StrEnum):
    """The licence words that v7 writes in ``creativeCommons``."""

    PUBLIC = "PublicNoRightsReserved"
    BY = "Attribution"
    BY_SA = "AttributionShareAlike"
    BY_ND = "AttributionNoDerivs"
    BY_NC = "AttributionNonCommercial"
    BY_NC_SA = "AttributionNonCommercialShareAlike"
    BY_NC_ND = "AttributionNonCommercialNoDerivs"


class Availability(StrEnum):
    """The words that v7 writes in an offer's ``availability``."""

    DISCONTINUED = "Discontinued"
    IN_STOCK = "InStock"
    IN_STORE_ONLY = "InStoreOnly"
    LIMITED = "LimitedAvailability"
    ONLINE_ONLY = "OnlineOnly"
    OUT_OF_STOCK = "OutOfStock"
    PRE_ORDER = "PreOrder"
    SOLD_OUT = "SoldOut"


def read_size(text: str | None) -> int | None:
    """Read ``"12345 B"`` as a number of bytes."""
    match = _SIZE.fullmatch(text or "")
    return int(match[1]) if match else None


def write_size(size: int) -> str:
    """Write a number of bytes as v7 does: always in B, without grouping."""
    return f"{size} B"


def read_date(text: str | None) -> datetime | None:
    """Read v7's date (seven fractional digits and Z; older answers have neither) as an aware datetime."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(_FRACTION.sub(lambda found: f".{found[1][:6]:0<6}", text.strip()))
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def write_date(moment: datetime) -> str:
    """Write an aware datetime with seven fractional digits and Z, as v7 does."""
    return f"{moment.astimezone(UTC).isoformat(timespec='microseconds').removesuffix('+00:00')}0Z"


def read_duration(text: str | None) -> timedelta | None:
    """Read an ISO 8601 duration such as ``PT45M``."""
    match = _DURATION.fullmatch((text or "").strip())
    if not match or not any(match.groups()):
        return None
    return timedelta(**{unit: float(number) for unit, number in match.groupdict().items() if number})


def read_color(text: str | None) -> int | None:
    """Read six hex digits (``083680``) as a colour number 0..0xFFFFFF."""
    match = _COLOR.fullmatch((text or "").strip())
    return int(match[1], 16) if match else None


def read_license(text: str | None) -> CreativeCommons | None:
    """Read v7's licence word."""
    try:
        return CreativeCommons((text or "").strip())
    except ValueError:
        return None


def read_availability(text: str | None) -> Availability | None:
    """Read v7's word for whether a product can be bought."""
    try:
        return Availability((text or "").strip())
    except ValueError:
        return None


def write_color(color: int) -> str:
    """Write a colour number 0..0xFFFFFF as v7 does: six upper-case hex digits without ``#``."""
    return f"{color:06X}"
