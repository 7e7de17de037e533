import asyncio
from pathlib import Path

import pytest

from bot.storage.choices import Choices
from tests.databases import open_database


@pytest.fixture
async def choices(tmp_path: Path):
    database = await open_database(tmp_path / "choices.db")
    yield Choices(database)
    await database.close()


async def test_servers_channels_and_people_choose_apart(choices: Choices) -> None:
    await choices.set_server(1, "identify", "inside")
    await choices.set_server(1, "identify", "outside", channel_id=7)
    await choices.set_person(1, "identify", "ask")
    assert await choices.of_server(1, "identify") == "inside"
    assert await choices.of_server(1, "identify", channel_id=7) == "outside"
    assert await choices.of_person(1, "identify") == "ask"
    assert await choices.of_server(2, "identify") is None
    assert await choices.of_server(1, "other") is None
    assert await choices.of_person(2, "identify") is None


async def test_a_choice_is_changed_and_forgotten(choices: Choices) -> None:
    for value in ("inside", "outside", "outside"):
        await choices.set_server(1, "identify", value)
        assert await choices.of_server(1, "identify") == value
    await choices.set_server(1, "identify", None)
    assert await choices.of_server(1, "identify") is None


async def test_one_of_several_callers_claims_a_choice(choices: Choices) -> None:
    claims = await asyncio.gather(*(choices.claim_server(1, "first-message", "yes") for _ in range(5)))
    assert sorted(claims) == [False, False, False, False, True]
    assert await choices.claim_server(2, "first-message", "yes")
    assert await choices.of_server(1, "first-message") == "yes"
