"""Vectors of the operator's model in the PostgreSQL store: kept there, scanned in the memory of each process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from bot.collection.arrays import Floats
from bot.collection.store.vectors import VectorTable, pack_vector

from .driver import PostgresConnection, Runs
from .schema import LOCK, POSTGRES_SCHEMA

_BATCH = 5_000
_TABLES = f"""
CREATE TABLE {POSTGRES_SCHEMA}.vectors (
    picture bigint PRIMARY KEY REFERENCES {POSTGRES_SCHEMA}.pictures (id) ON DELETE CASCADE,
    row bigint GENERATED ALWAYS AS IDENTITY,
    model text NOT NULL,
    vector bytea NOT NULL
);
CREATE INDEX ON {POSTGRES_SCHEMA}.vectors (model, row);
"""


async def ensure_vectors_table(connection: PostgresConnection) -> None:
    """Make the table where it is missing: the first indexes had none."""
    if await connection.fetchval("SELECT to_regclass($1)", f"{POSTGRES_SCHEMA}.vectors") is None:
        await connection.execute(_TABLES)


class PostgresVectors:
    """The table, and what a process holds of it in memory."""

    def __init__(self) -> None:
        self._table = VectorTable()

    async def without(self, runs: Runs, model: str) -> list[str]:
        """Image ids of pictures without a vector of a model."""
        sql = (
            "SELECT p.image_id FROM pictures p LEFT JOIN vectors v ON v.picture = p.id AND v.model = $1 "
            "WHERE v.picture IS NULL ORDER BY p.id"
        )
        return [row[0] for row in await runs.fetch(sql, model)]

    async def keep(self, connection: PostgresConnection, model: str, vectors: Mapping[str, Floats]) -> None:
        """Write vectors by image id, in place of older ones, inside a transaction.

        One writer at a time, so that rows are seen in their order.
        """
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        names = list(vectors)
        old = "DELETE FROM vectors v USING pictures p WHERE p.id = v.picture AND p.image_id = ANY($1::text[])"
        await connection.execute(old, names)
        sql = (
            "INSERT INTO vectors (picture, model, vector) SELECT p.id, $1, g.vector "
            "FROM unnest($2::text[], $3::bytea[]) AS g (image_id, vector) JOIN pictures p USING (image_id)"
        )
        await connection.execute(sql, model, names, [pack_vector(vector) for vector in vectors.values()])

    async def like(self, runs: Runs, model: str, vector: Floats, limit: int, least: float | None = None) -> list[str]:
        """Image ids of the pictures whose vectors are nearest, best first."""
        return await self._ranked(runs, model, lambda: self._table.like(vector, limit, least))

    async def shown_by(self, runs: Runs, model: str, vector: Floats, limit: int) -> list[str]:
        """Image ids of the pictures that stand out by a vector of words, best first."""
        return await self._ranked(runs, model, lambda: self._table.standing_out(vector, limit))

    async def _ranked(self, runs: Runs, model: str, find: Callable[[], list[int]]) -> list[str]:
        await self._take(runs, model)
        rows = await asyncio.to_thread(find)
        names = await self._names(runs, rows)
        if len(names) < len(rows):  # pictures went or were embedded anew: begin again without their old rows
            await self._take(runs, model, anew=True)
            rows = await asyncio.to_thread(find)
            names = await self._names(runs, rows)
        return [names[row] for row in rows if row in names]

    async def _take(self, runs: Runs, model: str, *, anew: bool = False) -> None:
        """Take over what is new."""
        sql = f"SELECT row, vector FROM vectors WHERE model = $1 AND row > $2 ORDER BY row LIMIT {_BATCH}"
        last = self._table.last(model, anew=anew)
        while batch := await runs.fetch(sql, model, last):
            await asyncio.to_thread(self._table.add, model, [row[0] for row in batch], [row[1] for row in batch])
            last = batch[-1][0]

    async def _names(self, runs: Runs, rows: Sequence[int]) -> dict[int, str]:
        held = "vectors v JOIN pictures p ON p.id = v.picture"
        sql = f"SELECT v.row, p.image_id FROM {held} WHERE v.row = ANY($1::bigint[])"
        return {row[0]: row[1] for row in await runs.fetch(sql, list(rows))}
