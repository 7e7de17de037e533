"""What is said about an answer that was stopped takes its place: nobody is left with "thinking"."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.discord_ui.discord_io.responses import defer, delete, delete_deferred, fill, privately, tell
from bot.discord_ui.model.message import Message

from .test_in_flight import Response


@pytest.mark.parametrize(("private", "expected"), [(True, ["edit"]), (False, ["delete", "follow-up"])])
async def test_a_page_that_was_stopped_on_its_way_leaves_no_thinking(private: bool, expected: list[str]) -> None:
    sent: list[str] = []
    on_its_way = asyncio.Event()

    async def edit(*, content: str | None = None, **_: Any) -> None:
        if content != "stopped":
            on_its_way.set()
            await asyncio.Event().wait()
        sent.append("edit")

    async def delete_original() -> None:
        sent.append("delete")

    async def follow_up(*, content: str, ephemeral: bool, **_: Any) -> None:
        assert (content, ephemeral) == ("stopped", True)
        sent.append("follow-up")

    interaction: Any = SimpleNamespace(
        response=Response(), extras={}, edit_original_response=edit, delete_original_response=delete_original,
        followup=SimpleNamespace(send=follow_up),
    )  # fmt: skip
    await defer(interaction, private=private, thinking=True)
    filling = asyncio.create_task(fill(interaction, "session", Message()))
    await on_its_way.wait()
    filling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await filling
    await tell(interaction, "stopped")
    assert sent == expected


@pytest.mark.parametrize("page", [True, False])
async def test_once_the_deferred_message_is_deleted_whatever_follows_is_a_message_of_its_own(page: bool) -> None:
    sent: list[str] = []

    async def delete_original() -> None:
        sent.append("delete")

    async def edit(**_: Any) -> None:
        raise AssertionError("the message is gone")

    async def follow_up(*, ephemeral: bool, **_: Any) -> SimpleNamespace:
        sent.append("private" if ephemeral else "public")
        return SimpleNamespace(id=1)

    interaction: Any = SimpleNamespace(
        response=Response(), extras={}, edit_original_response=edit, delete_original_response=delete_original,
        followup=SimpleNamespace(send=follow_up),
    )  # fmt: skip
    await defer(interaction, thinking=True)
    await delete_deferred(interaction)
    await defer(interaction, private=True, thinking=True)  # as where private messages wait for their turn
    if page:
        await privately(interaction, "session", Message())
    else:
        await tell(interaction, "it failed")
    assert sent == ["delete", "private"]


async def test_a_message_is_deleted_also_where_the_connection_was_reset_and_one_that_is_gone_is_no_error() -> None:
    answers: list[Any] = [
        aiohttp.ServerDisconnectedError(),
        None,
        discord.NotFound(SimpleNamespace(status=404, reason="Not Found"), {"code": 10008}),  # pyright: ignore[reportArgumentType]
    ]

    async def call() -> None:
        if (answer := answers.pop(0)) is not None:
            raise answer

    await delete(call)
    assert len(answers) == 1
    await delete(call)
    assert not answers
