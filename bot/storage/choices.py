"""Settings of servers, channels and users: a name and a short value; and how answers are shown in a place."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, delete, insert, select

from .database import Database
from .setting_changes import SettingsCache, announce_change
from .tables import guild_settings, user_settings
from .upsert import insert_into

WHOLE_SERVER = 0
_DISPLAY_FRESH = 60.0
"""Seconds in which another process may not notice a change where nothing tells it (`setting_changes`)."""
_DISPLAY = "display."


class Choices:
    """The tables of choices."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_server(self, guild_id: int, name: str, channel_id: int = 0) -> str | None:
        """Return what a server (or one of its channels) chose; None if it chose nothing."""
        return await self._get(guild_settings, guild_id=guild_id, channel_id=channel_id, name=name)

    async def set_server(self, guild_id: int, name: str, value: str | None, channel_id: int = 0) -> None:
        """Remember what a server (or one of its channels) chose; None forgets it."""
        await self._set(guild_settings, value, guild_id=guild_id, channel_id=channel_id, name=name)

    async def claim_server(self, guild_id: int, name: str, value: str) -> bool:
        """Remember a choice of a server that has none of this name yet; True for the only caller that set it."""
        row = {"guild_id": guild_id, "channel_id": 0, "name": name, "value": value}
        async with self._database.transaction() as connection:
            statement = insert_into(connection, guild_settings).values(**row).on_conflict_do_nothing()
            return (await connection.execute(statement)).rowcount == 1

    async def all_of_server(self, guild_id: int, prefix: str) -> dict[int, dict[str, str]]:
        """Return every choice whose name begins so, by channel (0: the whole server), without the prefix."""
        table = guild_settings.c
        statement = select(table.channel_id, table.name, table.value).where(
            table.guild_id == guild_id, table.name.startswith(prefix, autoescape=True)
        )
        found: dict[int, dict[str, str]] = {}
        async with self._database.transaction() as connection:
            for channel_id, name, value in (await connection.execute(statement)).all():
                found.setdefault(channel_id, {})[name.removeprefix(prefix)] = value
        return found

    async def of_person(self, user_id: int, name: str) -> str | None:
        """Return what a person chose; None if nothing."""
        return await self._get(user_settings, user_id=user_id, name=name)

    async def set_person(self, user_id: int, name: str, value: str | None) -> None:
        """Remember what a person chose; None forgets it."""
        await self._set(user_settings, value, user_id=user_id, name=name)

    async def _get(self, table: Table, **key: Any) -> str | None:
        statement = select(table.c.value).where(*(table.c[name] == value for name, value in key.items()))
        async with self._database.transaction() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def _set(self, table: Table, value: str | None, **key: Any) -> None:
        async with self._database.transaction(changes=True) as connection:
            await connection.execute(delete(table).where(*(table.c[name] == part for name, part in key.items())))
            if value is not None:
                await connection.execute(insert(table).values(value=value, **key))
            if table is guild_settings:
                await announce_change(connection, key["guild_id"])


class DisplayChoices(SettingsCache[dict[int, dict[str, str]]]):
    """How answers are shown: choices of a server, and of single channels, which take precedence.

    By name (``view``, ``private``, ``reactions``); kept in memory for a minute, forgotten on change.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(_DISPLAY_FRESH)
        self._choices = Choices(database)
        database.setting_changes.tell(self)

    async def of(self, guild_id: int | None, channel_id: int | None) -> Mapping[str, str]:
        """Return what holds in a channel: its own choices over those of its server; nothing outside servers."""
        if guild_id is None:
            return {}
        every = await self.kept(guild_id, lambda server: self._choices.all_of_server(server, _DISPLAY))
        return {**every.get(WHOLE_SERVER, {}), **every.get(channel_id or WHOLE_SERVER, {})}

    async def choose(self, guild_id: int, channel_id: int, choices: Mapping[str, str | None]) -> None:
        """Change choices of a channel (0: of the whole server); None takes one back."""
        for name, value in choices.items():
            await self._choices.set_server(guild_id, f"{_DISPLAY}{name}", value, channel_id)
        self.forget(guild_id)
