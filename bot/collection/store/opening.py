"""Choosing a store by its address."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.collection.store.sqlite.store import SqliteStore

from .base import Store, StoreError


def errors_of(address: str | Path) -> tuple[type[Exception], ...]:
    """Return what the store at an address raises when it is lost while it is in use."""
    if str(address).startswith("postgres"):
        from bot.collection.store.postgres.driver import ERRORS  # noqa: PLC0415 -- needs the optional asyncpg

        return ERRORS
    return (sqlite3.Error,)


async def open_store(address: str | Path, *, patient: bool = False) -> Store:
    """Open the store at an address, making it if it is not there.

    Args:
        address: a file's path or ``sqlite:///path`` for SQLite; ``postgresql://...`` for PostgreSQL (15 or newer).
        patient: bring a store of an older Magpie up to date even if that takes many minutes.

    Raises:
        StoreError: it cannot be opened; the sentence says why.
    """
    text = str(address)
    scheme = text.split("://", 1)[0].split("+", maxsplit=1)[0] if "://" in text else ""
    if scheme in {"postgresql", "postgres"}:
        try:
            from bot.collection.store.postgres.store import PostgresStore  # noqa: PLC0415 -- needs the optional asyncpg
        except ImportError as error:
            raise StoreError("PostgreSQL needs asyncpg: uv run --extra postgres magpie") from error
        return await PostgresStore.open("postgresql://" + text.split("://", 1)[1], patient=patient)
    if scheme not in {"", "sqlite"}:
        raise StoreError(f"the collection cannot be kept in {scheme}: use a file's path or postgresql://")
    file = Path(text.split("://", 1)[1].removeprefix("/")) if scheme else Path(text)
    file.parent.mkdir(parents=True, exist_ok=True)
    return await SqliteStore.open(file, patient=patient)
