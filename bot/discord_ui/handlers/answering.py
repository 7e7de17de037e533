"""The way in for everything that a person waits for beside the controls of pages: commands, other buttons, windows."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.discord_ui.discord_io.errors import Restarting, TooBusy, TooOften, show_error
from bot.discord_ui.sessions.service import session_service_of


async def admit_command(interaction: discord.Interaction[Any]) -> bool:
    """Begin to answer a command in the running task; False if there is too much to do, which the person is told."""
    if interaction.type is discord.InteractionType.autocomplete:
        return True
    in_flight = session_service_of(interaction.client).in_flight
    try:
        in_flight.begin(interaction)
        in_flight.count_command(interaction)
    except (TooBusy, Restarting, TooOften) as refused:
        await show_error(interaction, refused)
        return False
    return True


async def answer_interaction(interaction: discord.Interaction[Any], work: Callable[[], Awaitable[object]]) -> None:
    """Do what a button or window asks for in the running task; whatever goes wrong is told and logged."""
    in_flight = session_service_of(interaction.client).in_flight
    try:
        in_flight.begin(interaction)
        in_flight.count_press(interaction)
        await work()
    except Exception as error:  # noqa: BLE001 (whatever it is, the person is told and the log has it)
        await show_error(interaction, error)
