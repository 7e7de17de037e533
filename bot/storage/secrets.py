"""Random keys, created when first needed and stored: for hashing users, for signing tokens."""

import secrets as randomness

from sqlalchemy import select

from .database import Database
from .tables import secrets
from .upsert import insert_into

PEOPLE, TOKENS = KEYS = ("people", "tokens")
"""What hides people and servers in counts, and what signs the endpoint's tokens."""


class SecretStore:
    """Keys by name; processes that start at the same time get the same key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def key(self, name: str, size: int = 32) -> bytes:
        """Return the key of this name, ``size`` random bytes if it is new.

        One that is there is only read, so that a start waits for nobody who is writing.
        """
        kept = select(secrets.c.value).where(secrets.c.name == name)
        async with self._database.transaction() as connection:
            if (value := await connection.scalar(kept)) is not None:
                return bytes(value)
        fresh = randomness.token_bytes(size)
        async with self._database.transaction() as connection:
            await connection.execute(
                insert_into(connection, secrets).values(name=name, value=fresh).on_conflict_do_nothing()
            )
            value = await connection.scalar(kept)
        return bytes(value or fresh)
