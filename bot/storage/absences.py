"""Servers that removed the bot while it was not there to be told: noticed when it is back, forgotten a day later."""

import logging
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, union

from .database import LONG, Database
from .tables import absences, blocklist, guild_settings, policy_audit, scope_levels
from .upsert import insert_into

log = logging.getLogger(__name__)

ABSENCE_GRACE = timedelta(days=1)
"""A server is away for so long before what is kept about it goes."""
MEMBERS_ONLY = (scope_levels, policy_audit, blocklist, guild_settings)
"""Tables that only servers with the bot among their members get into; pages and spending know others too.

Counted searches do not name their server; they are gone after a fortnight anyway.
"""


class Absences:
    """The table of servers that are away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def overdue(
        self, present: AbstractSet[int], ours: Callable[[int], bool], now: datetime | None = None
    ) -> tuple[int, ...]:
        """Note which servers are away, and return those that have been so for longer than ``ABSENCE_GRACE``.

        ``present`` are all servers that the bot is in as far as this process knows, ``ours`` tells whether this process
        would know. If it knows none of several servers again, the bot is taken for another one, and nobody is away.
        """
        moment = now or datetime.now(UTC)
        async with self._database.transaction(within=LONG) as connection:
            kept = union(*(select(table.c.guild_id) for table in MEMBERS_ONLY))
            known = {guild_id for (guild_id,) in (await connection.execute(kept)).all() if ours(guild_id)}
            since = {row.guild_id: row.since for row in (await connection.execute(select(absences))).all()}
            away = (known | {one for one in since if ours(one)}) - present
            if len(known) > 1 and known <= away:
                log.warning("none of the %d servers that are known has this bot: nothing is forgotten", len(known))
                return ()
            back = since.keys() & present
            if back:
                await connection.execute(delete(absences).where(absences.c.guild_id.in_(sorted(back))))
            if fresh := sorted(away - since.keys()):
                # Another process, or a check that runs at the same time, may have noted them meanwhile.
                noted = insert_into(connection, absences).on_conflict_do_nothing()
                await connection.execute(noted, [{"guild_id": one, "since": moment} for one in fresh])
        return tuple(sorted(one for one in away & since.keys() if since[one] <= moment - ABSENCE_GRACE))
