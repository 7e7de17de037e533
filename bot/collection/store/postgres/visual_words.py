"""Visual words in PostgreSQL: for each word, the pictures that hold it, two bytes a picture.

A list is cut into blocks of 65,536 row numbers, so that a number in it takes 16 bits. New pictures wait in a short tail
and are added to the lists some thousand at once: a list is then rewritten a few times in all, not for each picture.
Numbers of pictures that went stay in the lists and are left out when names are looked up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.collection.fingerprints.codebook import VISUAL_WORDS
from bot.collection.store.postings import pack_words, unpack_words

from .driver import Pool, Runs

TAIL = 2_048
"""Pictures in the tail that are worth a rewriting of the lists."""

_BLOCK_BITS = 16
_COMMON = 0.02
_SPARE = 50
_TAIL_ROW = -1


async def add_words(connection: Runs, pictures: Sequence[tuple[int, Sequence[int]]]) -> None:
    """Add the words of new pictures by row number, inside the writer's transaction."""
    rows = [(row, pack_words(words)) for row, words in pictures if len(words)]
    await connection.executemany("INSERT INTO word_tail VALUES ($1, $2)", rows)
    if await connection.fetchval("SELECT count(*) FROM word_tail") >= TAIL:
        await _fold(connection)


async def _fold(connection: Runs) -> None:
    """Move the tail into the lists."""
    rows = await connection.fetch("DELETE FROM word_tail RETURNING picture, words")
    rows.sort(key=lambda row: row[0])
    words, owners = _flat(rows)
    order = np.argsort(words, kind="stable")
    words, owners = words[order].astype(np.int64), owners[order]
    places = np.stack([words, owners >> _BLOCK_BITS])
    starts = np.flatnonzero(np.any(np.diff(places, axis=1, prepend=-1) != 0, axis=0))
    low = (owners & (1 << _BLOCK_BITS) - 1).astype("<u2").tobytes()
    ends = [*starts[1:].tolist(), len(words)]
    lists = [low[2 * begin : 2 * end] for begin, end in zip(starts.tolist(), ends, strict=True)]
    await connection.execute(
        "INSERT INTO word_lists SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bytea[]) "
        "ON CONFLICT (word, block) DO UPDATE SET pictures = word_lists.pictures || excluded.pictures",
        places[0, starts].tolist(),
        places[1, starts].tolist(),
        lists,
    )


def _flat(rows: Sequence[Any]) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """All words of rows of (picture, words), and the picture of each."""
    owners = np.array([row[0] for row in rows], dtype=np.int64)
    return unpack_words(b"".join(row[1] for row in rows)), np.repeat(owners, [len(row[1]) // 2 for row in rows])


async def sharing(pool: Pool, words: Sequence[int], total: int, limit: int) -> list[str]:
    """Image ids of pictures that share words, by the sum of the words' rarity, best first."""
    # One statement sees lists and tail in one state.
    sql = (
        "SELECT word, block, pictures FROM word_lists WHERE word = ANY($1::integer[]) "
        f"UNION ALL SELECT {_TAIL_ROW}, picture, words FROM word_tail"
    )
    rows = await pool.fetch(sql, list(words))
    best = await asyncio.to_thread(_best, rows, words, total, limit + _SPARE)
    sql = "SELECT id, image_id FROM pictures WHERE id = ANY($1::bigint[])"
    names = {row[0]: row[1] for row in await pool.fetch(sql, best)}
    return [names[row] for row in best if row in names][:limit]


def _best(rows: Sequence[Any], asked: Sequence[int], total: int, most: int) -> list[int]:
    lists = [row for row in rows if row[0] != _TAIL_ROW]
    tail_words, tail_owners = _flat([row[1:] for row in rows if row[0] == _TAIL_ROW])
    wanted = np.zeros(VISUAL_WORDS, dtype=bool)
    wanted[list(asked)] = True
    word = np.array([row[0] for row in lists], dtype=np.int64)
    lengths = np.array([len(row[2]) // 2 for row in lists], dtype=np.int64)
    sizes = np.bincount(word, weights=lengths, minlength=VISUAL_WORDS) + np.bincount(tail_words, minlength=VISUAL_WORDS)
    used = wanted & (sizes > 0) & (sizes <= max(50, _COMMON * total))
    weight = np.where(used, np.log(1 + total / np.maximum(sizes, 1)), 0).astype(np.float32)
    kept = [row for row, use in zip(lists, used[word].tolist(), strict=True) if use]
    first = np.array([row[1] << _BLOCK_BITS for row in kept], dtype=np.int64)
    owners = unpack_words(b"".join(row[2] for row in kept)) + np.repeat(first, lengths[used[word]])
    known = used[tail_words]
    everyone = np.concatenate([owners, tail_owners[known]])
    weights = np.concatenate([np.repeat(weight[word], lengths * used[word]), weight[tail_words[known]]])
    if not len(everyone):
        return []
    base = int(everyone.min())
    scores = np.bincount(everyone - base, weights=weights)
    places = np.argpartition(-scores, most)[:most] if len(scores) > most else np.arange(len(scores))
    ranked = places[np.lexsort((places, -scores[places]))]
    return [int(place) + base for place in ranked if scores[place] > 0]
