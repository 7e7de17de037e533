"""Vectors of the operator's model in the PostgreSQL store: kept there, scanned in the memory of each process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.collection.arrays import Floats
from bot.collection.store.vectors import VectorTable, pack_vector

from .driver import Connection, Pool
from .schema import LOCK, SCHEMA

_BATCH = 5_000
TABLES = f"""
CREATE TABLE {SCHEMA}.vectors (
    picture bigint PRIMARY KEY REFERENCES {SCHEMA}.pictures (id) ON DELETE CASCADE,
    row bigint GENERATED ALWAYS AS IDENTITY,
    model text NOT NULL,
    vector bytea NOT NULL
);
CREATE INDEX ON {SCHEMA}.vectors (model, row);
"""


async def prepare(connection: Connection) -> None:
    """Make the table where it is missing: the first indexes had none."""
    if await connection.fetchval("SELECT to_regclass($1)", f"{SCHEMA}.vectors") is None:
        await connection.execute(TABLES)


async def without(pool: Pool, model: str) -> list[str]:
    """Image ids of pictures without a vector of a model."""
    sql = (
        "SELECT p.image_id FROM pictures p LEFT JOIN vectors v ON v.picture = p.id AND v.model = $1 "
        "WHERE v.picture IS NULL ORDER BY p.id"
    )
    return [row[0] for row in await pool.fetch(sql, model)]


async def keep(connection: Connection, model: str, vectors: Mapping[str, Floats]) -> None:
    """Write vectors by image id, in place of older ones; one writer at a time, so that rows are seen in their order."""
    await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    names = list(vectors)
    old = "DELETE FROM vectors v USING pictures p WHERE p.id = v.picture AND p.image_id = ANY($1::text[])"
    await connection.execute(old, names)
    sql = (
        "INSERT INTO vectors (picture, model, vector) SELECT p.id, $1, g.vector "
        "FROM unnest($2::text[], $3::bytea[]) AS g (image_id, vector) JOIN pictures p USING (image_id)"
    )
    await connection.execute(sql, model, names, [pack_vector(vector) for vector in vectors.values()])


async def like(
    pool: Pool, table: VectorTable, model: str, vector: Floats, limit: int, least: float | None = None
) -> list[str]:
    """Image ids of the pictures whose vectors are nearest, best first."""
    await _take(pool, table, model)
    rows = await asyncio.to_thread(table.like, vector, limit, least)
    names = await _names(pool, rows)
    if len(names) < len(rows):  # pictures went or were embedded anew: begin again without their old rows
        await _take(pool, table, model, anew=True)
        rows = await asyncio.to_thread(table.like, vector, limit, least)
        names = await _names(pool, rows)
    return [names[row] for row in rows if row in names]


async def _take(pool: Pool, table: VectorTable, model: str, *, anew: bool = False) -> None:
    sql = f"SELECT row, vector FROM vectors WHERE model = $1 AND row > $2 ORDER BY row LIMIT {_BATCH}"
    last = table.last(model, anew=anew)
    while batch := await pool.fetch(sql, model, last):
        await asyncio.to_thread(table.add, model, [row[0] for row in batch], [row[1] for row in batch])
        last = batch[-1][0]


async def _names(pool: Pool, rows: Sequence[int]) -> dict[int, str]:
    sql = "SELECT v.row, p.image_id FROM vectors v JOIN pictures p ON p.id = v.picture WHERE v.row = ANY($1::bigint[])"
    return {row[0]: row[1] for row in await pool.fetch(sql, list(rows))}
