"""The commands as Discord is told about them, of a bot that never logs in."""

from __future__ import annotations

from typing import Any

from bot.app import open_services
from bot.client import COGS, CommandTranslator, Magpie
from bot.settings import Settings

from .starter_data import give_starter


async def commands_sent(settings: Settings) -> list[dict[str, Any]]:
    """Return every command in all languages."""
    give_starter(settings.data_dir)
    async with open_services(settings) as services:
        client = Magpie(services, shard_count=1)
        translator = CommandTranslator()
        await client.tree.set_translator(translator)
        for cog in COGS:
            await client.load_extension(cog)
        commands = [
            await command.get_translated_payload(client.tree, translator) for command in client.tree.get_commands()
        ]
        for name in list(client.cogs):
            await client.remove_cog(name)
        await client.http.close()
    return commands
