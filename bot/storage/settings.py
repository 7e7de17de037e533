"""People's own choices, and choices of servers that are not about safety."""

from sqlalchemy import Table, and_, delete, select
from sqlalchemy.sql.elements import ColumnElement

from .database import Database
from .tables import guild_settings, user_settings
from .upsert import upsert

REMEMBER_QUERIES = "remember-queries"
"""Name of a person's choice to have their own searches suggested to them again (``yes``)."""


class UserSettings:
    """A person's choices by name; deleting all of them is part of deleting a person's data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, user_id: int, name: str) -> str | None:
        """Return a choice, None if it was never made."""
        return (await self.all(user_id)).get(name)

    async def all(self, user_id: int) -> dict[str, str]:
        """Return all choices of a person."""
        table = user_settings.c
        async with self._database.transaction() as connection:
            rows = await connection.execute(select(table.name, table.value).where(table.user_id == user_id))
            return {row[0]: row[1] for row in rows}

    async def set(self, user_id: int, name: str, value: str | None) -> None:
        """Make a choice, or (None) take it back."""
        table = user_settings.c
        here = and_(table.user_id == user_id, table.name == name)
        await _put(self._database, user_settings, here, {"user_id": user_id, "name": name}, value)


class GuildSettings:
    """A server's choices by name, for all of it or (``channel_id``) for one channel."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, guild_id: int, channel_id: int = 0) -> dict[str, str]:
        """Return what holds: the channel's choices over the server's."""
        table = guild_settings.c
        query = select(table.channel_id, table.name, table.value).where(
            table.guild_id == guild_id, table.channel_id.in_((0, channel_id))
        )
        async with self._database.transaction() as connection:
            rows = sorted((await connection.execute(query)).all(), key=lambda row: row[0] != 0)
        return {name: value for _, name, value in rows}

    async def set(self, guild_id: int, name: str, value: str | None, channel_id: int = 0) -> None:
        """Make a choice, or (None) take it back."""
        table = guild_settings.c
        here = and_(table.guild_id == guild_id, table.channel_id == channel_id, table.name == name)
        row = {"guild_id": guild_id, "channel_id": channel_id, "name": name}
        await _put(self._database, guild_settings, here, row, value)


async def _put(
    database: Database, table: Table, here: ColumnElement[bool], row: dict[str, int | str], value: str | None
) -> None:
    async with database.transaction() as connection:
        if value is None:
            await connection.execute(delete(table).where(here))
        else:
            await upsert(connection, table, [{**row, "value": value}])
