"""What Discord was last told about the commands."""

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from .database import Database
from .tables import command_sync


class CommandSyncs:
    """Fingerprints of the commands, by application."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fingerprint(self, application_id: int) -> str | None:
        """Return the fingerprint that was stored last, None if there is none."""
        wanted = select(command_sync.c.fingerprint).where(command_sync.c.application_id == application_id)
        async with self._database.transaction() as connection:
            return await connection.scalar(wanted)

    async def store(self, application_id: int, fingerprint: str) -> None:
        """Keep the fingerprint of the commands that Discord knows now."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(command_sync).where(command_sync.c.application_id == application_id))
            await connection.execute(
                insert(command_sync).values(
                    application_id=application_id, fingerprint=fingerprint, synced_at=datetime.now(UTC)
                )
            )
