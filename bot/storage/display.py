"""Display choices of a server, and of single channels, which take precedence."""

from collections.abc import Mapping

from cachetools import TTLCache

from .choices import Choices
from .database import Database

WHOLE_SERVER = 0
_FRESH_SECONDS = 60.0
"""Seconds in which another process may not notice a change where nothing tells it (`setting_changes`)."""
_PREFIX = "display."


class DisplayChoices:
    """Choices by name (``view``, ``private``, ``reactions``); kept in memory for a minute, forgotten on change."""

    def __init__(self, database: Database) -> None:
        self._choices = Choices(database)
        self._kept: TTLCache[int, dict[int, dict[str, str]]] = TTLCache(10_000, _FRESH_SECONDS)
        self._changes = 0
        database.setting_changes.tell(self)

    async def of(self, guild_id: int | None, channel_id: int | None) -> Mapping[str, str]:
        """Return what holds in a channel: its own choices over those of its server; nothing outside servers."""
        if guild_id is None:
            return {}
        every = self._kept.get(guild_id)
        if every is None:
            seen = self._changes
            every = await self._choices.all_of_server(guild_id, _PREFIX)
            if seen == self._changes:
                self._kept[guild_id] = every
        return {**every.get(WHOLE_SERVER, {}), **every.get(channel_id or WHOLE_SERVER, {})}

    async def choose(self, guild_id: int, channel_id: int, choices: Mapping[str, str | None]) -> None:
        """Change choices of a channel (0: of the whole server); None takes one back."""
        for name, value in choices.items():
            await self._choices.set_server(guild_id, f"{_PREFIX}{name}", value, channel_id)
        self.forget(guild_id)

    def forget(self, guild_id: int) -> None:
        """Read a server's choices again next time, even if they are being read at this moment."""
        self._changes += 1
        self._kept.pop(guild_id, None)

    def forget_all(self) -> None:
        """Read the choices of every server again next time."""
        self._changes += 1
        self._kept.clear()
