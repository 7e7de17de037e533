"""Who has to agree before an answer is given again."""

import asyncio
import time

import pytest

from bot.bing_v7.reuse import (
    ReuseNotes,
    may_be_reused,
    must_not_be_reused,
    noting_reuse,
    part_of_answer,
    rests_on,
)


class Changing:
    """Something that answers rest on."""

    def __init__(self) -> None:
        self.value = 1

    async def version(self) -> int:
        return self.value


async def test_nobody_said_anything_so_it_is_not_given_again() -> None:
    with noting_reuse() as notes:
        rests_on(Changing().version, 1)
    assert notes.terms() is None


async def test_the_shortest_time_and_every_version_hold() -> None:
    one, other = Changing(), Changing()
    with noting_reuse() as notes:
        may_be_reused(3_600)
        rests_on(one.version, await one.version())
        may_be_reused(60)
        rests_on(other.version, await other.version())
    terms = notes.terms()
    assert terms is not None
    assert terms.until <= time.monotonic() + 60
    assert await terms.hold()
    other.value = 2
    assert not await terms.hold()
    other.value = 1
    assert await terms.hold()
    with noting_reuse() as notes:
        may_be_reused(0)
    terms = notes.terms()
    assert terms is not None
    assert not await terms.hold()


async def test_two_states_of_one_thing_are_no_answer_to_give_again() -> None:
    changing = Changing()
    with noting_reuse() as notes:
        may_be_reused(60)
        rests_on(changing.version, 1)
        rests_on(changing.version, 2)
    assert notes.terms() is None


async def test_one_refusal_counts_more_than_any_agreement() -> None:
    with noting_reuse() as notes:
        may_be_reused(60)
        must_not_be_reused()
        may_be_reused(60)
    assert notes.terms() is None


async def silent() -> None:
    """Say nothing."""


async def agreeing() -> None:
    may_be_reused(60)


async def failing() -> None:
    may_be_reused(60)
    raise ValueError


async def whole(*parts: object) -> ReuseNotes:
    """Ask parts side by side, as a chain does, in tasks of their own."""

    async def ask(part: object) -> None:
        with part_of_answer():
            await asyncio.ensure_future(part())  # type: ignore[operator]

    with noting_reuse() as notes:
        await asyncio.gather(*map(ask, parts), return_exceptions=True)
    return notes


@pytest.mark.parametrize("other", [silent, failing])
async def test_every_part_has_to_agree(other: object) -> None:
    assert (await whole(agreeing, agreeing)).terms() is not None
    assert (await whole(agreeing, other)).terms() is None
    assert (await whole(other, agreeing)).terms() is None


async def test_what_is_said_too_late_or_outside_changes_nothing() -> None:
    may_be_reused(60)
    must_not_be_reused()
    with part_of_answer():
        rests_on(Changing().version, 1)
    with noting_reuse() as notes:
        may_be_reused(60)
    terms = notes.terms()
    must_not_be_reused()
    assert notes.terms() == terms
    assert terms is not None
