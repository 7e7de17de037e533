"""The settings and lists of servers, as the guard needs them: cached for seconds, dropped on change."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.bing_v7 import SafeSearch, Unavailable
from bot.storage.policies import AuditRow, ListKind, ListRow, PolicyStore, TooManyEntries
from bot.storage.setting_changes import SettingsCache

from .blocked_words import fold_word
from .hosts import normal_host
from .lists import NO_LISTS, Lists
from .place import Place
from .policy import NOTHING_SET, Decision, OperatorPolicy, Scope, ScopeLevel, Scopes, decide

__all__ = [
    "BadEntry", "ListKind", "Policies", "ServerPolicy", "SettingsChanging", "SettingsUnreadable", "TooManyEntries",
    "spelled",
]  # fmt: skip

FRESH_SECONDS = 5.0
"""Seconds in which a change by another process may not be noticed, where nothing tells of it or that is lost."""
LONGEST_WORD = 100


class SettingsUnreadable(Unavailable):
    """A server's settings cannot be read, so that nothing can be shown there; no provider is to blame."""


class SettingsChanging(Unavailable):
    """A place's settings change again and again while an answer is judged by them, so that nothing was shown."""

    def __init__(self) -> None:
        super().__init__("the rules of the place keep changing")


class BadEntry(ValueError):
    """The entry is not a host, or not a word."""


@dataclass(frozen=True, slots=True)
class ServerPolicy:
    """Everything that a server's moderators decided."""

    levels: dict[tuple[Scope, int], ScopeLevel]
    lists: Lists

    def scopes(self, place: Place) -> Scopes:
        """Return the settings that bear on a place."""
        if not self.levels:
            return NOTHING_SET
        return Scopes(
            server=self.levels.get((Scope.SERVER, place.guild_id or 0)),
            category=self.levels.get((Scope.CATEGORY, place.category_id)) if place.category_id else None,
            channel=self.levels.get((Scope.CHANNEL, place.channel_id)) if place.channel_id else None,
        )


class Policies(SettingsCache[ServerPolicy]):
    """Says which level and lists hold at a place, and changes them.

    Args:
        store: where settings and lists are kept.
        operator: what the operator decides for all servers.
        clock: tells the time in seconds.
    """

    def __init__(
        self,
        store: PolicyStore,
        operator: OperatorPolicy | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(FRESH_SECONDS, clock)
        self.store = store
        self.operator = operator or OperatorPolicy()

    async def decide(self, place: Place, own: SafeSearch | None = None) -> Decision:
        """Return the level that holds at a place now.

        Raises:
            SettingsUnreadable: the settings cannot be read.
        """
        return (await self.rules(place, own))[0]

    async def rules(self, place: Place, own: SafeSearch | None = None) -> tuple[Decision, Lists]:
        """Return the level and the lists that hold at a place now; the lists of a server hold wherever it is known.

        Raises:
            SettingsUnreadable: the settings cannot be read.
        """
        if place.guild_id is None:
            return decide(place, NOTHING_SET, self.operator, own), NO_LISTS
        policy = await self.of_server(place.guild_id)
        return decide(place, policy.scopes(place), self.operator, own), policy.lists

    async def of_server(self, guild_id: int) -> ServerPolicy:
        """Return what a server's moderators decided.

        Raises:
            SettingsUnreadable: it cannot be read.
        """
        return await self.kept(guild_id, self._read)

    async def _read(self, guild_id: int) -> ServerPolicy:
        try:
            levels = await self.store.levels(guild_id)
            entries = await self.store.entries(guild_id)
        except SQLAlchemyError as error:
            raise SettingsUnreadable("the safety settings cannot be read") from error
        return ServerPolicy(
            {
                (Scope(row.scope), row.scope_id): ScopeLevel(SafeSearch(row.level), row.set_by, row.set_at)
                for row in levels
            },
            _lists(entries),
        )

    async def set_level(
        self, guild_id: int, scope: Scope, scope_id: int, level: SafeSearch | None, by: int
    ) -> SafeSearch | None:
        """Set or (None) clear a level; return what was set before."""
        try:
            before = await self.store.set_level(guild_id, scope, scope_id, level and level.value, by)
        finally:
            self.forget(guild_id)
        return SafeSearch(before) if before else None

    async def add(self, guild_id: int, kind: ListKind, entry: str, by: int) -> tuple[str, bool]:
        """Put an entry on a list; return it in its one spelling, and False if it was there already.

        Raises:
            BadEntry: it is no host or no word.
            TooManyEntries: the lists are full.
        """
        value = spelled(kind, entry)
        try:
            return value, await self.store.add_entry(guild_id, kind, value, by)
        finally:
            self.forget(guild_id)

    async def remove(self, guild_id: int, kind: ListKind, entry: str, by: int) -> tuple[str, bool]:
        """Take an entry off a list; return it in its one spelling, and False if it was not there.

        Raises:
            BadEntry: it is no host or no word.
        """
        value = spelled(kind, entry)
        try:
            for stored in dict.fromkeys((value, entry)):  # an older Magpie kept "www."
                if await self.store.remove_entry(guild_id, kind, stored, by):
                    return stored, True
            return value, False
        finally:
            self.forget(guild_id)

    async def entries(self, guild_id: int) -> list[ListRow]:
        """Return a server's lists."""
        return await self.store.entries(guild_id)

    async def audit(self, guild_id: int, limit: int = 20) -> list[AuditRow]:
        """Return the latest changes in a server, newest first."""
        return list(await self.store.audit(guild_id, limit))


def spelled(kind: ListKind, entry: str) -> str:
    """Return a list entry in its one spelling.

    Raises:
        BadEntry: it is no host, or no word.
    """
    if kind is ListKind.WORD:
        word = " ".join(fold_word(entry).split())
        if not any(letter.isalnum() for letter in word) or len(word) > LONGEST_WORD:
            raise BadEntry(entry)
        return word
    host = normal_host(entry.strip().removeprefix("*."))
    if host and kind is ListKind.HOST and "." in (bare := host.removeprefix("www.")):
        host = bare  # whoever blocks an address means its site, which answers without "www." as well
    labels = host.split(".") if host else []
    if host is None or "." not in host or not all(re.fullmatch(r"[\w\-]+", label) for label in labels):
        raise BadEntry(entry)
    return host


def _lists(entries: list[ListRow]) -> Lists:
    def of(kind: ListKind) -> list[str]:
        return [row.value for row in entries if row.kind is kind]

    return Lists.of(of(ListKind.HOST), of(ListKind.WORD), of(ListKind.ALLOW))
