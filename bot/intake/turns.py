"""How many pictures are read at once: in all, and for one user, whose slow addresses hold up nobody else."""

import asyncio
from collections.abc import AsyncGenerator, Hashable
from contextlib import AsyncExitStack, asynccontextmanager
from weakref import WeakValueDictionary

from bot.bing_v7 import Overloaded


class Turns:
    """Lets in so many at once.

    Args:
        at_once: how many in all.
        of_one: how many of one owner; whoever names none is bound by ``at_once`` alone.
    """

    def __init__(self, at_once: int, of_one: int) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._at_once, self._of_one = at_once, of_one
        self._owners: WeakValueDictionary[Hashable, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, owner: Hashable, within: float) -> AsyncGenerator[None]:
        """Wait at most ``within`` seconds for a turn, and hold it.

        Raises:
            Overloaded: none came.
        """
        own = self._owners.setdefault(owner, asyncio.Semaphore(self._at_once if owner is None else self._of_one))
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(within):
                    await held.enter_async_context(own)
                    await held.enter_async_context(self._all)
            except TimeoutError:
                raise Overloaded("too many pictures are being read") from None
            yield
