"""How often searches were made, and by how many people; never by whom.

A person stands as a keyed hash of person and search: equal only for the same person making the same search, so nobody's
searches can be joined to a history. A server stands as a keyed hash too.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from sqlalchemy import and_, case, delete, func, select

from bot.bing_v7 import SafeSearch

from .database import LONG, Database
from .secrets import PEOPLE, SecretStore
from .tables import query_people
from .upsert import insert_into

LEAST_PEOPLE = 3
"""Different people who must have made a search before it is shown to others: nobody's own shall be seen."""
_KEPT = timedelta(days=15)
LONGEST_QUERY = 200


class Counted(NamedTuple):
    """A search of the last 24 hours.

    ``hours`` are the searches in each of them, the newest first; ``before`` those in the fortnight before.
    """

    text: str
    people: int
    hours: tuple[int, ...]
    before: int


class QueryCountStore:
    """Counts of searches by hour.

    Args:
        database: where they are kept.
        key: the secret that hides people and servers.
    """

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key

    @classmethod
    async def open(cls, database: Database) -> Self:
        """Return the counts of a database with the secret that is kept there."""
        return cls(database, await SecretStore(database).key(PEOPLE))

    async def note(self, guild_id: int, user_id: int, query: str, level: SafeSearch, now: datetime) -> None:
        """Count a search; ``level`` is the level at which it passed, the strictest one is kept."""
        text = normalized_query(query)
        if not text or len(text) > LONGEST_QUERY:
            return
        table = query_people.c
        async with self._database.transaction() as connection:
            statement = insert_into(connection, query_people).values(
                server=self.server(guild_id), hour=_hour(now), query=text, person=self.person(user_id, text),
                strictness=level.strictness, searches=1,
            )  # fmt: skip
            given = statement.excluded.strictness
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=list(query_people.primary_key),
                    set_={
                        "searches": table.searches + 1,
                        "strictness": case((given > table.strictness, given), else_=table.strictness),
                    },
                )
            )

    async def counts(
        self, now: datetime, limit: int, level: SafeSearch = SafeSearch.STRICT, server: bytes | None = None
    ) -> list[Counted]:
        """Return the last day's searches that enough people made at this level or a stricter one, most people first.

        With ``server``, as `server()` gives it, only what was searched there, and by so many people there.
        """
        table = query_people.c
        fit = table.strictness >= level.strictness
        if server is not None:
            fit = and_(fit, table.server == server)
        people = func.count(table.person.distinct())
        last_day = table.hour > _hour(now) - timedelta(hours=24)
        popular = select(table.query, people).where(fit, last_day).group_by(table.query)
        popular = popular.having(people >= LEAST_PEOPLE).order_by(people.desc(), table.query).limit(limit)
        hourly = select(table.query, table.hour, func.sum(table.searches)).where(fit, table.hour > _hour(now) - _KEPT)
        hours: dict[str, list[tuple[datetime, int]]] = {}
        async with self._database.transaction() as connection:
            found = [(str(row[0]), int(row[1])) for row in await connection.execute(popular)]
            if not found:
                return []
            # filled up to the limit: each length would be a statement of its own, which every connection keeps
            texts = [text for text, _ in found] + [found[0][0]] * (limit - len(found))
            hourly = hourly.where(table.query.in_(texts)).group_by(table.query, table.hour)
            for text, hour, searches in await connection.execute(hourly):
                hours.setdefault(text, []).append((hour, searches))
        return [_counted(text, many, hours.get(text, []), now) for text, many in found]

    async def popular(self, guild_id: int, prefix: str, level: SafeSearch, now: datetime, limit: int) -> list[str]:
        """Return a server's searches that begin so and that enough people made, at this level or a stricter one."""
        table = query_people.c
        people = func.count(table.person.distinct())
        query = select(table.query).where(
            table.server == self.server(guild_id),
            table.strictness >= level.strictness,
            table.hour > now - _KEPT,
            table.query.startswith(normalized_query(prefix), autoescape=True),
        )
        query = query.group_by(table.query).having(people >= LEAST_PEOPLE)
        query = query.order_by(people.desc(), table.query).limit(limit)
        async with self._database.transaction() as connection:
            return list((await connection.scalars(query)).all())

    async def forget_person(self, user_id: int) -> int:
        """Delete what a person was counted for, found by hashing anew; return how many rows."""
        table = query_people.c
        async with self._database.transaction(within=LONG) as connection:
            queries: Sequence[str] = (await connection.scalars(select(table.query).distinct())).all()
            gone = 0
            for text in queries:
                here = (table.query == text, table.person == self.person(user_id, text))
                gone += (await connection.execute(delete(query_people).where(*here))).rowcount
        return gone

    async def prune(self, now: datetime) -> None:
        """Forget what is older than a fortnight and a day."""
        async with self._database.transaction(within=LONG) as connection:
            await connection.execute(delete(query_people).where(query_people.c.hour < now - _KEPT))

    def person(self, user_id: int, text: str) -> bytes:
        """Return what stands for a person who made a search."""
        return hmac.digest(self._key, f"{user_id}\n{text}".encode(), hashlib.sha256)[:16]

    def server(self, guild_id: int) -> bytes:
        """Return what stands for a server."""
        return server_key(self._key, guild_id)


def server_key(key: bytes, guild_id: int) -> bytes:
    """Return the keyed hash of a server, 16 bytes."""
    return hmac.digest(key, f"server\n{guild_id}".encode(), hashlib.sha256)[:16]


def normalized_query(query: str) -> str:
    """Return a search as it is counted: small letters, single blanks."""
    return " ".join(query.casefold().split())


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _counted(text: str, people: int, rows: Sequence[tuple[datetime, int]], now: datetime) -> Counted:
    hours = [0] * 24
    before = 0
    for at, searches in rows:
        age = int((_hour(now) - at).total_seconds() // 3600)
        if 0 <= age < len(hours):
            hours[age] += searches
        elif age >= len(hours):
            before += searches
    return Counted(text, people, tuple(hours), before)
