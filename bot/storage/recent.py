"""People's own recent searches, kept only for those who asked for it."""

from datetime import datetime

from sqlalchemy import delete, func, select

from .database import Database
from .query_counts import LONGEST_QUERY, normalized_query
from .tables import recent_queries
from .upsert import insert_or_update

MOST_KEPT = 50
REMEMBER_QUERIES = "remember-queries"
"""Name of a person's choice to have their own searches suggested to them again (``yes``)."""


class RecentQueries:
    """The last fifty searches of a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, user_id: int, query: str, now: datetime) -> None:
        """Remember a search; whether the person wants that has been asked before."""
        text = " ".join(query.split())
        if not text or len(text) > LONGEST_QUERY:
            return
        table = recent_queries.c
        async with self._database.transaction() as connection:
            await insert_or_update(connection, recent_queries, [{"user_id": user_id, "query": text, "made_at": now}])
            newest = select(table.query).where(table.user_id == user_id).order_by(table.made_at.desc()).limit(MOST_KEPT)
            kept = (await connection.scalars(newest)).all()
            await connection.execute(delete(recent_queries).where(table.user_id == user_id, table.query.not_in(kept)))

    async def starting(self, user_id: int, prefix: str, limit: int) -> list[str]:
        """Return the person's searches that begin so, newest first."""
        table = recent_queries.c
        begins = func.lower(table.query).startswith(normalized_query(prefix), autoescape=True)
        query = select(table.query).where(table.user_id == user_id, begins)
        async with self._database.transaction() as connection:
            return list((await connection.scalars(query.order_by(table.made_at.desc()).limit(limit))).all())

    async def forget(self, user_id: int) -> None:
        """Delete all searches of a person."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(recent_queries).where(recent_queries.c.user_id == user_id))
