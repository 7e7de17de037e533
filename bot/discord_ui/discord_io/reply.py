"""How an interaction is being answered: one object an interaction, kept with it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import discord


@dataclass(slots=True)
class Reply:
    """The state of one answer.

    ``private``: seen by the user alone. ``message_id``: the message that was deferred, once Discord has named it.
    ``as_new_message``: the answer is a new message, not the deferred one; ``new_message_id`` names it once it is sent.
    ``in_place``: the answer changes a message that was there before, so there is nothing to take back. ``filled``: the
    deferred message shows something now. ``lock``: held
    while the first answer is sent, because an interaction counts as answered only when Discord has said so.
    """

    private: bool = False
    message_id: int | None = None
    as_new_message: bool = False
    new_message_id: int | None = None
    in_place: bool = False
    filled: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


def reply_of(interaction: discord.Interaction[Any]) -> Reply:
    """Return the interaction's reply; made at the first call."""
    return interaction.extras.setdefault("reply", Reply())
