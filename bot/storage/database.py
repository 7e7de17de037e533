"""One database behind one URL: opened, migrated, closed."""

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from sqlalchemy import URL, Connection, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from .availability import DatabaseAvailability
from .setting_changes import SettingChanges

_WITHIN = 2.0
"""Seconds for a connection, and as many for what a person waits for; Discord gives up after three, or defers."""
LONG = 60.0
"""Seconds for forgetting and other work that nobody waits for."""
ABANDONED_FOR = 10.0
"""Seconds after which a connection that did not come in time is not waited for in the background either."""
BUSY_MS = 1500
"""Milliseconds that SQLite waits for another process's lock; less than ``_WITHIN``, so that it can say what it was."""
_SQLITE = (
    f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=NORMAL", "cache_size=-128", "foreign_keys=ON",
)  # fmt: skip
"""A connection's cache is thrown away whenever another one writes. A large one (1 MiB) came and went between what lives
long in malloc's heap, which so grew for hours; the system's own cache holds the file anyway."""
_POSTGRESQL_PORT = 5432
_MIGRATIONS = Path(__file__).with_name("migrations")


def sqlite_url(path: Path) -> str:
    """Return the URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def async_url(url: str) -> str:
    """Name the asyncio driver in a URL that names only the database (``postgresql://`` or ``sqlite://``).

    Several hosts of PostgreSQL, as its programs take them (``postgresql://user@one,two:5433/name``), become options.
    """
    for plain, driver in (
        ("postgres://", "postgresql+asyncpg://"),
        ("postgresql://", "postgresql+asyncpg://"),
        ("sqlite://", "sqlite+aiosqlite://"),
    ):
        if url.startswith(plain):
            return driver + _hosts_as_options(url.removeprefix(plain))
    return url


def _hosts_as_options(place: str) -> str:
    authority, slash, rest = place.partition("/")
    user, at, hosts = authority.rpartition("@")
    if "," not in hosts:
        return place
    name, _, options = rest.partition("?")
    ports = (host if re.search(r":\d+$", host) else f"{host}:{_POSTGRESQL_PORT}" for host in hosts.split(","))
    every = [*(f"host={quote(host, safe=':')}" for host in ports), *filter(None, [options])]
    return f"{user}{at}{slash}{name}?{'&'.join(every)}"


class Database:
    """The engine and its lifetime; repositories take one and nothing else."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.availability = DatabaseAvailability()
        self.setting_changes = SettingChanges(engine)
        self._abandoned: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect and bring the tables up to date.

        Raises:
            NewerTablesError: a newer Magpie has changed the tables.
            sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or migrated.
        """
        engine = create_async_engine(async_url(url), **_engine_options(make_url(async_url(url))))
        if engine.dialect.name == "sqlite":
            event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_migrate)
        except BaseException:
            await engine.dispose()
            raise
        return cls(engine)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @asynccontextmanager
    async def transaction(self, *, within: float = _WITHIN, changes: bool = False) -> AsyncGenerator[AsyncConnection]:
        """Give a connection inside a transaction: committed at the end, rolled back on an exception.

        Whatever the database does, this ends ``within`` seconds for the connection and as many for the rest.
        ``changes`` is True where a person asked for a change and is told what became of it.

        Raises:
            ChangeUnconfirmed: a change was sent to be committed, and there was no answer to that.
            DatabaseUnavailable: the database cannot be reached, or it did not answer in time.
        """
        self.availability.admit()
        connection = await self._connected(within)
        late, committing = _Late(connection, within), False
        try:
            async with connection.begin():
                yield connection
                committing = changes
        except (SQLAlchemyError, OSError) as error:
            lost = isinstance(error, DBAPIError) and error.connection_invalidated
            if late.happened:
                raise self.availability.failed(f"no answer within {within:g} s", unconfirmed=committing) from None
            if lost or isinstance(error, OSError):
                why = f"the connection was lost ({type(error).__name__})"
                raise self.availability.failed(why, unconfirmed=committing) from error
            raise
        finally:
            # Not close(): whoever is cancelled meanwhile would leave the connection to the garbage collector.
            await connection.__aexit__(None, None, None)
            late.over()
        self.availability.answered()

    async def _connected(self, within: float) -> AsyncConnection:
        """Return a connection from the pool; one that does not come in time is given up, and closed if it still comes.

        A database that is frozen answers no cancellation either, so that nobody waits for that here.
        """
        connection = self.engine.connect()
        starting = asyncio.ensure_future(connection.start())
        try:
            await asyncio.wait({starting}, timeout=within)
        except asyncio.CancelledError:
            self._abandon(starting, connection)
            raise
        if not starting.done():
            self._abandon(starting, connection)
            raise self.availability.failed(f"no connection within {within:g} s")
        if (error := starting.exception()) is not None:
            raise self.availability.failed(f"no connection ({type(error).__name__})") from error
        return connection

    def _abandon(self, starting: asyncio.Future[Any], connection: AsyncConnection) -> None:
        async def end() -> None:
            await asyncio.wait({starting}, timeout=ABANDONED_FOR)
            if not starting.done():
                starting.cancel()
            elif not starting.cancelled() and starting.exception() is None:
                await connection.close()

        task = asyncio.create_task(end())
        self._abandoned.add(task)
        task.add_done_callback(self._abandoned.discard)

    async def close(self) -> None:
        """Close all connections; those that do not answer are left to the end of the process."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_WITHIN):
                await self.engine.dispose()


class _Late:
    """Breaks a connection off when its time is up, so that whoever waits for it gets an error at once."""

    def __init__(self, connection: AsyncConnection, within: float) -> None:
        self._connection = connection
        self._timer = asyncio.get_running_loop().call_later(within, self._break_off)
        self._interrupting: asyncio.Future[Any] | None = None
        self.happened = False

    def over(self) -> None:
        """Nobody waits any more."""
        self._timer.cancel()

    def _break_off(self) -> None:
        self.happened = True
        sync = self._connection.sync_connection
        driver: Any = None if sync is None or sync.closed else sync.connection.driver_connection
        if hasattr(driver, "terminate"):
            driver.terminate()
        elif hasattr(driver, "interrupt"):
            self._interrupting = asyncio.ensure_future(driver.interrupt())


def _engine_options(url: URL) -> dict[str, Any]:
    """Return how many connections there may be, and how long to wait for one.

    Each of SQLite's has a thread and a cache of its own, and only one can write.
    """
    # An error's text goes to the log, and a statement's parameters are what people searched and who they are.
    options: dict[str, Any] = {"pool_pre_ping": True, "pool_timeout": _WITHIN, "hide_parameters": True}
    if url.get_backend_name() != "sqlite":
        return {**options, "pool_size": 5, "max_overflow": 5, "connect_args": {"timeout": ABANDONED_FOR}}
    in_memory = url.database in {None, "", ":memory:"}
    return {"hide_parameters": True} if in_memory else {**options, "pool_size": 4, "max_overflow": 0}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Let readers and the writer work side by side, and wait for a lock rather than fail."""
    cursor = connection.cursor()
    for pragma in _SQLITE:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


_MIGRATION_LOCK = 0x6D616770_6965
"""Number of the lock that keeps processes which start at the same time from migrating at the same time."""


def newest_revision() -> str:
    """Return the revision that the tables of today have: scripts are numbered."""
    return max(script.name for script in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


class NewerTablesError(SQLAlchemyError):
    """A newer Magpie has changed the tables; this one does not know them."""


def _is_current(connection: Connection) -> bool:
    """True if there is nothing to migrate, which takes no lock and no library to see."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision is not None and revision > newest_revision():
        raise NewerTablesError(revision)
    return revision == newest_revision()


def wait_for_turn(connection: Connection, lock: int) -> None:
    """Begin a transaction's work once no other of this lock is under way; on SQLite, once nobody else writes."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
    else:
        connection.execute(text("BEGIN IMMEDIATE"))


def _migrate(connection: Connection) -> None:
    if _is_current(connection):
        return
    from alembic import command  # noqa: PLC0415 (10 MB that only a first start needs)
    from alembic.config import Config  # noqa: PLC0415 (as above)

    wait_for_turn(connection, _MIGRATION_LOCK)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
