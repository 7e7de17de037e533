"""How a server wants answers shown: choices of the server, and of single channels over them."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from .database import Database
from .tables import guild_settings

WHOLE_SERVER = 0


class DisplayChoices:
    """Choices by name (``view``, ``private``, ``reactions``); read once a server, then kept in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[int, dict[int, dict[str, str]]] = {}

    async def of(self, guild_id: int | None, channel_id: int | None) -> Mapping[str, str]:
        """Return what holds in a channel: its own choices over those of its server; nothing outside servers."""
        if guild_id is None:
            return {}
        every = self._kept.get(guild_id)
        if every is None:
            every = self._kept[guild_id] = await self._read(guild_id)
        return {**every.get(WHOLE_SERVER, {}), **every.get(channel_id or WHOLE_SERVER, {})}

    async def choose(self, guild_id: int, channel_id: int, choices: Mapping[str, str | None]) -> None:
        """Change choices of a channel (0: of the whole server); None takes one back."""
        table = guild_settings.c
        async with self._database.transaction() as connection:
            for name, value in choices.items():
                await connection.execute(
                    delete(guild_settings).where(
                        table.guild_id == guild_id, table.channel_id == channel_id, table.name == f"display.{name}"
                    )
                )
                if value is not None:
                    await connection.execute(
                        insert(guild_settings).values(
                            guild_id=guild_id, channel_id=channel_id, name=f"display.{name}", value=value
                        )
                    )
        self._kept.pop(guild_id, None)

    async def _read(self, guild_id: int) -> dict[int, dict[str, str]]:
        table = guild_settings.c
        statement = select(table.channel_id, table.name, table.value).where(
            table.guild_id == guild_id, table.name.startswith("display.")
        )
        found: dict[int, dict[str, str]] = {}
        async with self._database.transaction() as connection:
            for channel_id, name, value in (await connection.execute(statement)).all():
                found.setdefault(channel_id, {})[name.removeprefix("display.")] = value
        return found
