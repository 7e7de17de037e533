"""Which discord.py our use of its inner parts was read against; with any other its own public ways are used."""

import discord

READ_AGAINST = frozenset({"2.7.1"})
"""Versions in which ``AsyncWebhookAdapter``, ``to_components()`` and the gateway's parsers are as expected."""


def is_read() -> bool:
    """True if the discord.py that runs is one of these versions."""
    return discord.__version__ in READ_AGAINST
