"""Making the vectors that are missing, after the pictures themselves are in the index."""

from __future__ import annotations

from collections.abc import Sequence

from bot.collection.arrays import Floats
from bot.collection.hooks import Embedder
from bot.collection.model import Indexed
from bot.collection.store import Store

from .reading import EmbedFile, vector_of
from .reports import IndexReport, OnProgress, Stage
from .reprocessing import Reprocessing, reprocess

EMBEDDER_BATCH = 64
"""Vectors made before they are written."""


async def embed_new(
    store: Store,
    embedder: Embedder,
    report: IndexReport,
    *,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
) -> None:
    """Give a vector to every picture of the index that has none of this model; files that are gone are left out.

    One process does it, because a model is large and uses all cores by itself. A batch is written whole or not at all,
    so that it goes on where it was interrupted.

    Args:
        store: the index.
        embedder: the operator's model.
        report: counts the vectors and lists the files that got none.
        workers: 0 works in a thread of this process.
        on_progress: called after every picture.
    """

    async def keep(_held: Sequence[Indexed], vectors: dict[str, Floats]) -> None:
        await store.keep_vectors(embedder.name, vectors)
        report.vectors += len(vectors)

    job = Reprocessing(Stage.VECTORS, EmbedFile(embedder), vector_of, keep, EMBEDDER_BATCH)
    wanted = await store.without_vector(embedder.name)
    await reprocess(store, wanted, job, report, workers=workers, on_progress=on_progress)
