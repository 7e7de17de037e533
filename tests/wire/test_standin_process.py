"""The stand-in with a bot in a process of its own: killed between two page turns, it goes on after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import InteractionFailed, StandIn
from .process import bot_process
from .sample_bot import LEFT

SAMPLE = ("-m", "tests.wire.sample_bot")


async def test_buttons_and_reactions_go_on_after_kill_9(tmp_path: Path) -> None:
    async with StandIn() as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        ann = discord.member(guild, "ann")
        async with bot_process(discord, tmp_path, program=SAMPLE) as bot:
            reply = await discord.command(ann, channel, "show", query="red")
            await discord.press(ann, reply.answer, "Next")
            first_life, waited = bot.pid, bot.kept_waiting()
            assert waited > 0
            await bot.kill()
            assert bot.kept_waiting() == 0
            discord.first_answer = 0.2
            with pytest.raises(InteractionFailed, match="did not respond"):
                await discord.press(ann, reply.answer, "Next")
            discord.first_answer = 3.0
            await bot.start()
            assert bot.pid != first_life
            await discord.press(ann, reply.answer, "Next")
            assert reply.answer.embed["title"] == "Page 3"
            await discord.react(ann, reply.answer, LEFT, until_edit=True)
            assert reply.answer.content == f"added {LEFT}"
        assert len(discord.gateway.identified) == 2


async def test_a_process_that_ends_early_is_told_with_its_output(tmp_path: Path) -> None:
    async with StandIn() as discord:
        with pytest.raises(AssertionError, match="ended with 3 before its login:\nno luck"):
            async with bot_process(discord, tmp_path, program=("-c", "print('no luck'); raise SystemExit(3)")):
                pass
