"""Codes of a PostgreSQL store: scanned whole in the memory of each process, or looked up as words by the server.

In memory (64 bytes a picture) the scan is exact at any distance. Beyond `IN_MEMORY` pictures the server looks codes up
by 16 words of 16 bits: two codes that differ in at most 31 bits have a word that differs in at most one bit, so looking
for all 16 words with no bit or one bit changed misses none of them. Further away it was measured to find all of 1,500
at 40 bits, 98 % at 48, 65 % at 64 and 17 % at 84.
"""

from __future__ import annotations

import asyncio

import numpy as np

from bot.collection.arrays import BITS, Codes, code_bytes, code_of
from bot.collection.store.base import CodeKind, Near
from bot.collection.store.codes import CodeMatch, CodeTable

from .driver import Pool, bits_of

IN_MEMORY = 5_000_000
_WORDS = 16
_BATCH = 20_000
_FLIPS = np.concatenate([np.zeros(1, np.int64), 1 << np.arange(16, dtype=np.int64)])


class CodeMemory:
    """The codes of all pictures in this process, brought up to date before each search.

    Writers take row numbers and commit under one lock, so what is new always has higher numbers than what was seen.
    """

    def __init__(self, *, fast: bool = True) -> None:
        self._tables = {kind: CodeTable(fast=fast) for kind in CodeKind}
        self._last = 0
        self._lock = asyncio.Lock()

    async def refresh(self, pool: Pool) -> None:
        """Take over what is new."""
        # `bit_send` gives the bits as the wire has them: four bytes of length, then the code's own bytes.
        codes = ", ".join(f"substring(bit_send({kind.value}) FROM 5)" for kind in CodeKind)
        sql = f"SELECT id, {codes} FROM pictures WHERE id > $1 ORDER BY id LIMIT {_BATCH}"
        async with self._lock:
            rows = await pool.fetch(sql, self._last)
            while rows:
                numbers = np.array([row[0] for row in rows], dtype=np.int64)
                for place, kind in enumerate(CodeKind, start=1):
                    self._tables[kind].add(numbers, code_of(b"".join(row[place] for row in rows)))
                self._last = int(numbers[-1])
                rows = await pool.fetch(sql, self._last) if len(rows) == _BATCH else []

    async def near(self, pool: Pool, kind: CodeKind, codes: Codes, most: int, limit: int) -> list[Near]:
        """Pictures with near codes, exactly."""
        await self.refresh(pool)
        while True:
            rows = await asyncio.to_thread(self._tables[kind].near, codes, most, limit, inverted=kind is CodeKind.COPY)
            names = await _names(pool, rows)
            gone = [row.row for row in rows if row.row not in names]
            if not gone:
                return [Near(names[r.row], r.distance, r.query, r.inverted) for r in rows]
            for table in self._tables.values():
                table.remove(np.array(sorted(gone), dtype=np.int64))


async def _names(pool: Pool, rows: list[CodeMatch]) -> dict[int, str]:
    sql = "SELECT id, image_id FROM pictures WHERE id = ANY($1::bigint[])"
    return {got[0]: got[1] for got in await pool.fetch(sql, [row.row for row in rows])} if rows else {}


async def near_by_words(pool: Pool, kind: CodeKind, codes: Codes, most: int, limit: int) -> list[Near]:
    """Pictures with near codes, found by the server: copy codes by their words, codes of looks one by one."""
    asked = [(code, False) for code in codes]
    if kind is CodeKind.COPY:
        asked += [(~code, True) for code in codes]
    distance = f"bit_count(p.{kind.value} # q.code)"
    where = f"{distance} <= $2"
    values: list[object] = [[bits_of(code_bytes(code)) for code, _ in asked], most, limit]
    if kind is CodeKind.COPY:
        where += " AND p.copy_words && $4::integer[]"
        values.append(near_words(np.stack([code for code, _ in asked])))
    sql = (
        "SELECT image_id, distance, place FROM (SELECT DISTINCT ON (p.image_id) p.image_id, "
        f"{distance} AS distance, q.place FROM pictures p, "
        f"unnest($1::bit({BITS})[]) WITH ORDINALITY AS q (code, place) WHERE {where} "
        "ORDER BY p.image_id, distance, q.place) f ORDER BY distance, image_id LIMIT $3"
    )
    rows = await pool.fetch(sql, *values)
    places = [(int(row[2]) - 1, row) for row in rows]
    return [Near(row[0], int(row[1]), place % len(codes), asked[place][1]) for place, row in places]


def words_of(code: bytes) -> list[int]:
    """A code's 16 words, each with its place in the upper half."""
    values = np.frombuffer(code, dtype="<u2").astype(np.int64)
    return (values + (np.arange(_WORDS) << 16)).tolist()


def near_words(codes: Codes) -> list[int]:
    """All words of codes ``uint64 [n, 4]`` with no bit or one bit changed."""
    values = codes.astype("<u8").view("<u2").astype(np.int64).reshape(-1, _WORDS)
    flipped = values[:, :, None] ^ _FLIPS
    placed = flipped + (np.arange(_WORDS, dtype=np.int64) << 16)[None, :, None]
    return np.unique(placed).tolist()
