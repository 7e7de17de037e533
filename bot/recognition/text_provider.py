"""The text reader as a provider: quotes the text in a picture that somebody handed in.

It works on this machine, without a network. The child process that reads ends when nothing was read for a while, and
with it the memory that reading takes.
"""

from __future__ import annotations

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    ImageInsights,
    InsightsRequest,
    Limits,
    Module,
    NotSupported,
    PictureText,
    Provenance,
    Verb,
)
from bot.bing_v7.provider import UnsupportedVerbs
from bot.media.limits import PoolLimits
from bot.media.pool import WorkerPool
from bot.media.refusal import Refused
from bot.media.runner import Busy, Closed, Runner
from bot.media.service import raise_in_contract

from .text import answer_text_job, text_reader_is_installed

NAME = "text-reader"
TITLE = "Magpie's text reader"
_SECONDS, _PATIENCE = 25.0, 90.0
"""Processor time of one picture, and what may pass by the clock until its text is there: a page takes 7 seconds of a
processor that is free, and ten times that on a machine that others use too. Nobody waits for it: the other findings are
shown meanwhile."""
_MOST_LETTERS = 1_000
LIMITS = PoolLimits(at_once=1, heavy_at_once=1, seconds=_SECONDS, memory=3 * 1024**3, nice=5, idle_seconds=60.0)
"""Limits of the child process that reads."""


class TextProvider(UnsupportedVerbs):
    """Answers lookups with the text in the picture.

    Args:
        runner: where it is read; a child process of its own if None.
    """

    name = NAME
    title = TITLE

    def __init__(self, runner: Runner | None = None) -> None:
        self._pool = runner or WorkerPool(answer_text_job, LIMITS)
        self.capabilities = Capabilities(
            levels={Verb.INSIGHTS: ALL_LEVELS},
            modules=frozenset({Module.CAPTION}),
            paging=False,
            takes_regions=True,
            reads_text=True,
            outside=False,
            cache=CachePolicy(None),
            limits=Limits(within=_PATIENCE),
        )

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
        try:
            said, _ = await self._pool.run(job, data, owner=owner, patience=_PATIENCE)
        except (Refused, Busy, Closed) as error:
            raise_in_contract(error)
        return list(said["lines"])

    async def aclose(self) -> None:
        """End the child process."""
        await self._pool.aclose()
