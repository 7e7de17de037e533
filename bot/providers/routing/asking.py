"""Asks one provider within a time limit, or several side by side; every failure becomes a ``ProviderError``."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from typing import TypeVar

from bot.bing_v7 import ImageAnswer, ImageInsights, Provider, ProviderError, TrendingImages, Unavailable
from bot.runtime.deadlines import finish_within

from .tokens import clear_unflagged, says_adult, stamped

log = logging.getLogger(__name__)

T = TypeVar("T", ImageAnswer, ImageInsights, TrendingImages)


async def ask_one(member: Provider, call: Callable[[], Awaitable[T]], within: float) -> T:
    """Ask one provider for no longer than ``within`` seconds; the answer carries its name.

    Raises:
        ProviderError: it cannot answer, takes too long, or fails in a way it should not.
    """
    try:
        answer = await finish_within(call(), within)
    except TimeoutError:
        raise Unavailable(f"no answer within {within:.1f} s", provider=member.name) from None
    except ProviderError as error:
        error.provider = error.provider or member.name
        raise
    except Exception as error:
        log.exception("%s failed in a way it should not", member.name)
        raise Unavailable(f"unexpected {type(error).__name__}", provider=member.name) from error
    answer = stamped(answer, member.name)
    return clear_unflagged(answer) if member.capabilities.flags_adult or says_adult(answer) else answer


async def ask_side_by_side(
    members: Iterable[Provider], call: Callable[[Provider], Awaitable[T]], within: Callable[[Provider], float]
) -> AsyncGenerator[tuple[str, T | ProviderError], None]:
    """Yield the name of each provider with its answer or error, as they come; ``within`` says how long each may take.

    Close the generator (``contextlib.aclosing``) when leaving early: the others are then cancelled.
    """

    async def one(member: Provider) -> tuple[str, T | ProviderError]:
        try:
            return member.name, await ask_one(member, lambda: call(member), within(member))
        except ProviderError as error:
            return member.name, error

    tasks = [asyncio.create_task(one(member)) for member in members]
    try:
        for next_done in asyncio.as_completed(tasks):
            yield await next_done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
