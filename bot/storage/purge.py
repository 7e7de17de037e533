"""Forgetting: a server that removed the bot, a person who asks for it, and whatever has grown old.

Every table says here what happens to it; a test fails for a table that was forgotten.
"""

from datetime import UTC, datetime

from sqlalchemy import delete, update

from .database import LONG, Database
from .query_counts import QueryCountStore
from .sessions import SessionStore
from .setting_changes import announce_change
from .spending import SpendingStore
from .tables import (
    absences,
    blocklist,
    guild_settings,
    page_sessions,
    policy_audit,
    query_people,
    recent_queries,
    scope_levels,
    spending,
    user_settings,
)

OF_SERVERS = (scope_levels, policy_audit, blocklist, guild_settings, page_sessions, absences)
"""Tables with a ``guild_id`` whose rows go with the server; spending goes by its scope."""
OF_PEOPLE = ((recent_queries, "user_id"), (user_settings, "user_id"), (page_sessions, "owner_id"))
"""Tables whose rows go with the person; counted searches are found by hashing, spending by its scope."""
SIGNED = ((scope_levels, "set_by"), (blocklist, "set_by"), (policy_audit, "done_by"))
"""Moderators' decisions outlive their makers, without the name."""
NOBODY = 0


async def forget_server(database: Database, guild_id: int) -> None:
    """Delete everything that is kept about a server."""
    counted_as = (await QueryCountStore.open(database)).server(guild_id)
    async with database.transaction(within=LONG) as connection:
        await connection.execute(delete(query_people).where(query_people.c.server == counted_as))
        for table in OF_SERVERS:
            await connection.execute(delete(table).where(table.c.guild_id == guild_id))
        await connection.execute(delete(spending).where(spending.c.scope == "server", spending.c.scope_id == guild_id))
        await announce_change(connection, guild_id)


async def forget_person(database: Database, counts: QueryCountStore, user_id: int) -> None:
    """Delete everything that is kept about a person, and their name from what they decided for servers."""
    async with database.transaction(within=LONG) as connection:
        for table, column in OF_PEOPLE:
            await connection.execute(delete(table).where(table.c[column] == user_id))
        await connection.execute(delete(spending).where(spending.c.scope == "person", spending.c.scope_id == user_id))
        for table, column in SIGNED:
            await connection.execute(update(table).where(table.c[column] == user_id).values({column: NOBODY}))
    await counts.forget_person(user_id)


async def forget_old(database: Database, counts: QueryCountStore, now: datetime | None = None) -> None:
    """Delete expired sessions, counts older than a fortnight, and old accounts of spending."""
    moment = now or datetime.now(UTC)
    await SessionStore(database).purge(moment)
    await counts.prune(moment)
    await SpendingStore(database).prune(moment.date())
