"""Every sentence that Magpie says, by locale: Fluent catalogues, English as the last resort.

Chosen: Mozilla's Fluent (``fluent.runtime``), because its messages carry plurals and lists of choices as the languages
need them, and translators can read the files.
"""

from .catalogue import (
    DEFAULT_LOCALE,
    LOCALES,
    catalogue_digest,
    forget_unused,
    known_keys,
    nearest_locale,
    reader_locale,
    say,
)
from .formats import day, days, duration, enumerated, file_size, listed, price, sentences

__all__ = [
    "DEFAULT_LOCALE",
    "LOCALES",
    "catalogue_digest",
    "day",
    "days",
    "duration",
    "enumerated",
    "file_size",
    "forget_unused",
    "known_keys",
    "listed",
    "nearest_locale",
    "price",
    "reader_locale",
    "say",
    "sentences",
]
