"""Asks one provider within a time limit, or several side by side, and marks what they answer.

Every failure becomes a ``ProviderError``; an answer says who gave it, and pictures whose flag is missing do not pass.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from typing import TypeVar

from bot.bing_v7 import (
    Attribution,
    Image,
    ImageAnswer,
    ImageInsights,
    Match,
    Provenance,
    Provider,
    ProviderError,
    TrendingImages,
    Unavailable,
)
from bot.bing_v7.images import clear_unflagged, map_images
from bot.bing_v7.reuse import part_of_answer
from bot.runtime.deadlines import finish_within

log = logging.getLogger(__name__)

T = TypeVar("T", ImageAnswer, ImageInsights, TrendingImages)
_ENGINE = "/"
"""Between the name of a provider and that of the engine it asked: ``searxng/bing``."""


async def ask_one(member: Provider, call: Callable[[], Awaitable[T]], within: float) -> T:
    """Ask one provider for no longer than ``within`` seconds; the answer carries its name.

    Raises:
        ProviderError: it cannot answer, takes too long, or fails in a way it should not.
    """
    try:
        with part_of_answer():
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


def stamped(answer: T, name: str) -> T:
    """Return the answer with its provider's name on it, on every result and on how each match was found.

    An adapter cannot forget to name itself, and none can name another: only ``name`` and ``name/engine`` stay.
    """

    def named(image: Image) -> Image:
        changes: dict[str, Attribution | Match] = {}
        given, match = image.attribution, image.match
        if given is None:
            changes["attribution"] = Attribution(provider=name)
        elif not _is_of(given.provider, name):
            changes["attribution"] = given.with_(provider=name)
        if match is not None and not _is_of(match.provider, name):
            changes["match"] = match.with_(provider=name)
        return image.with_(**changes) if changes else image

    source = answer.provenance or Provenance()
    own = tuple(one for one in source.providers if _is_of(one, name))
    if own != source.providers or not own:
        source = source.with_(providers=own or (name,))
    return map_images(answer, named, results_only=True).with_(provenance=source)


def _is_of(given: str | None, name: str) -> bool:
    return given == name or (given is not None and given.partition(_ENGINE)[0] == name)


def says_adult(answer: ImageAnswer | ImageInsights | TrendingImages) -> bool:
    """True if a search's answer says of the question or of itself as a whole that it is about adult things.

    Pictures in it that carry no flag of their own are then no safe ones.
    """
    if not isinstance(answer, ImageAnswer):
        return False
    return answer.is_family_friendly is False or bool(answer.query_context and answer.query_context.adult_intent)
