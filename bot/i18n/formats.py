"""Numbers, sizes, prices, days and lists as the reader's language writes them.

Chosen: Babel, which Fluent's runtime brings and formats its numbers with, so that both agree; its data are Unicode's
CLDR. What Babel writes oddly in one of our languages (units: ``900 byte``, ``1,2 MByte``) is a message instead.

Every function takes a Discord locale, as ``say()`` does, and writes as that reader does: ``es-419`` has its own
decimal point, though its sentences are those of ``es-ES``.
"""

import math
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from .catalogue import reader_locale, say

_BYTE_KEYS = ("size-bytes", "size-kilobytes", "size-megabytes", "size-gigabytes")
_CURRENCY = re.compile(r"[A-Z]{3}")
_TOUCHING = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Z]{2,})")
"""Where letters of a currency and its number touch; CLDR asks for a space there, which Babel leaves out."""
_WITHOUT_SPACES = frozenset({"ja"})
"""Languages whose sentences follow each other without a space."""
_MOST = 1e15
"""Larger prices are not real ones and are not shown."""


def listed(names: Iterable[str], locale: str | None) -> str:
    """Return names as a sentence lists them: ``A, B, and C``, ``A, B und C``, ``A、B、C``; empty if there are none."""
    return format_list([name for name in names if name], "standard", locale=_of(locale))


def enumerated(names: Iterable[str], locale: str | None) -> str:
    """Return names separated as the language separates them, without an "and": ``A, B, C``, ``A、B、C``."""
    return _separator(locale).join(name for name in names if name)


def sentences(parts: Iterable[str | None], locale: str | None) -> str:
    """Return sentences one after the other, with a space between them where the language has one there."""
    return ("" if reader_locale(locale) in _WITHOUT_SPACES else " ").join(part for part in parts if part)


@lru_cache(maxsize=4096)
def file_size(amount: int, locale: str | None) -> str:
    """Return a number of bytes with SI prefixes and two digits at least: ``345 kB``, ``1.2 MB``, ``1,2 Mo``."""
    held = max(amount, 0)
    power = min((len(str(held)) - 1) // 3, len(_BYTE_KEYS) - 1)
    value = held / 1000**power
    digits = 1 if power and round(value, 1) < 10 else 0  # noqa: PLR2004 (from ten on two digits are there anyway)
    if round(value, digits) >= 1000 and power < len(_BYTE_KEYS) - 1:  # noqa: PLR2004 (999.9 kB are a megabyte)
        power, value = power + 1, 1.0
    return say(locale, _BYTE_KEYS[power], amount=round(value, digits or None))


def price(amount: float, currency: str | None, locale: str | None) -> str | None:
    """Return a price in its currency (ISO 4217): ``$1,234.50``, ``1.234,50 €``; None for what is no price.

    Other words for a currency follow the number as they are; they must have been cleaned by the caller.
    """
    if not math.isfinite(amount) or abs(amount) >= _MOST:
        return None
    code = (currency or "").strip()
    if not _CURRENCY.fullmatch(code) or code not in _of("en-US").currencies:
        number = str(format_decimal(amount, format="#,##0.00", locale=_of(locale)))
        return f"{number}\N{NO-BREAK SPACE}{code}" if code else number
    return _TOUCHING.sub("\N{NO-BREAK SPACE}", format_currency(amount, code, locale=_of(locale)))


def day(moment: date, locale: str | None) -> str:
    """Return a calendar day: ``Jan 31, 2026``, ``31.01.2026``, ``2026/01/31``."""
    return format_date(moment, "medium", locale=_of(locale))


def days(length: timedelta, locale: str | None) -> str:
    """Return a length of whole days in words: ``1 day``, ``1 week``, ``1日``."""
    words = format_timedelta(length, locale=_of(locale))
    return words.replace(" ", "") if _of(locale).language == "ja" else words  # CLDR's space is not how it is written


def duration(length: timedelta | None, locale: str | None) -> str | None:
    """Return a length of time in hours and minutes; None if it is not known or under half a minute."""
    hours, minutes = divmod(round(length.total_seconds() / 60) if length else 0, 60)
    if hours > 0 and minutes:
        return say(locale, "duration-both", hours=hours, minutes=minutes)
    if hours > 0:
        return say(locale, "duration-hours", hours=hours)
    return say(locale, "duration-minutes", minutes=minutes) if hours == 0 and minutes else None


@cache
def _separator(locale: str | None) -> str:
    pattern: str = _of(locale).list_patterns["standard"]["middle"]
    return pattern.removeprefix("{0}").removesuffix("{1}")


@cache
def _of(locale: str | None) -> Locale:
    return Locale.parse(reader_locale(locale), sep="-")
