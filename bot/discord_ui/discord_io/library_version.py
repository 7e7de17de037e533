"""The versions of discord.py whose private parts we rely on; with any other, only its public interface is used."""

import discord

KNOWN_VERSIONS = frozenset({"2.7.1"})
"""Versions whose ``AsyncWebhookAdapter``, ``to_components()`` and gateway parsers were read and found as expected."""


def is_known_version() -> bool:
    """True if the discord.py that runs is one of these versions."""
    return discord.__version__ in KNOWN_VERSIONS
