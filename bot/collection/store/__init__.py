"""Where the index lives: one small interface, SQLite by default and PostgreSQL by address."""

from .base import CodeKind, Counts, Details, Hits, KnownFile, Near, SearchReads, Store, TagCount
from .opening import open_store

__all__ = [
    "CodeKind",
    "Counts",
    "Details",
    "Hits",
    "KnownFile",
    "Near",
    "SearchReads",
    "Store",
    "TagCount",
    "open_store",
]
