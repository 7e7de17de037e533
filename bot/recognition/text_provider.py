"""The text reader as a provider: quotes the text in a picture that somebody handed in.

It answers lookups alone, on this machine, without a network. The child process that reads ends when nothing was read
for a while, and with it the memory that reading takes.
"""

from __future__ import annotations

import asyncio

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Limits,
    Module,
    NotSupported,
    PictureText,
    Provenance,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.media.pool import Busy, Closed, PoolLimits, Runner, WorkerPool
from bot.media.refusal import Refused
from bot.media.service import raise_in_contract

from .text import answer_text_job, text_reader_is_installed

NAME = "text-reader"
TITLE = "Magpie's text reader"
_SECONDS = 25.0
_IDLE_SECONDS = 60.0
_MOST_LETTERS = 1_000
_LIMITS = PoolLimits(at_once=1, heavy_at_once=1, seconds=_SECONDS, memory=3 * 1024**3, nice=5)


class TextProvider:
    """Answers lookups with the text in the picture.

    Args:
        runner: where it is read; child processes of its own if None.
        idle_seconds: after which the child process ends.
    """

    name = NAME
    title = TITLE

    def __init__(self, runner: Runner | None = None, *, idle_seconds: float = _IDLE_SECONDS) -> None:
        self._given = runner
        self._pool: Runner | None = runner
        self._idle_seconds = idle_seconds
        self._reading = 0
        self._closing: asyncio.Task[None] | None = None
        self.capabilities = Capabilities(
            levels={Verb.INSIGHTS: ALL_LEVELS},
            modules=frozenset({Module.CAPTION}),
            paging=False,
            takes_regions=True,
            reads_text=True,
            outside=False,
            cache=CachePolicy(None),
            limits=Limits(within=_SECONDS),
        )

    async def search(self, request: SearchRequest) -> ImageAnswer:  # noqa: ARG002 (the protocol's signature)
        """Not supported."""
        raise NotSupported("no search", provider=NAME)

    async def trending(self, request: TrendingRequest) -> TrendingImages:  # noqa: ARG002 (the protocol's signature)
        """Not supported."""
        raise NotSupported("no trending pictures", provider=NAME)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Quote the text in a posted picture that looks like text; of any, if ``read_text`` asks for it.

        Raises:
            PictureRefused: the picture sent cannot be used.
            NotSupported: no picture was posted, or the reader is not installed.
            Overloaded: others' pictures are being read.
        """
        if request.upload is None or not text_reader_is_installed():
            raise NotSupported("only posted pictures are read", provider=NAME)
        crop = request.crop
        region = None if crop is None else (crop.left, crop.top, crop.right, crop.bottom)
        lines = await self._read({"asked": request.read_text, "region": region}, request.upload.data, request.client_id)
        text = "\n".join(lines)[:_MOST_LETTERS]
        source = Provenance(providers=(NAME,))
        return ImageInsights(provenance=source).with_(
            **({"picture_texts": (PictureText(text=text, provider=NAME),)} if text else {})
        )

    async def _read(self, job: dict[str, object], data: bytes, owner: str | None) -> list[str]:
        if self._closing is not None:
            self._closing.cancel()
        self._pool = self._pool or WorkerPool(answer_text_job, _LIMITS)
        self._reading += 1
        try:
            said, _ = await self._pool.run(job, data, owner=owner, patience=_SECONDS)
        except (Refused, Busy, Closed) as error:
            raise_in_contract(error)
        finally:
            self._reading -= 1
            if not self._reading and self._given is None:
                self._closing = asyncio.create_task(self._close_when_idle())
        return list(said["lines"])

    async def _close_when_idle(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.aclose()

    async def aclose(self) -> None:
        """End the child process."""
        if self._closing is not None:
            self._closing.cancel()
            await asyncio.gather(self._closing, return_exceptions=True)
        if self._pool is not None:
            await self._pool.aclose()
