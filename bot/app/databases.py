"""The places that hold what outlasts a run: the data folder, the bot's own database, the collection.

Whatever cannot be opened is told to the operator in one sentence (`Stop`), without a password in it.
"""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.collection.starter import STARTER_FOLDER, ensure_starter
from bot.collection.store import Store, open_store
from bot.collection.store.base import StoreError
from bot.collection.text.lemmas import prepare_dictionaries
from bot.runtime.exit_codes import Exit, Stop
from bot.runtime.system_errors import cause_of
from bot.settings import COLLECTION, Settings, env_name
from bot.storage.database import Database, NewerTablesError, async_url
from bot.storage.secrets import KEYS, SecretStore

log = logging.getLogger(__name__)


@dataclass(slots=True)
class StarterProgress:
    """How far the starter set is: ``first`` is set once the try-out's examples find something, ``whole`` at its end.

    ``shown`` is False, once ``first`` is set, where other pictures are in its place or the collection is not asked.
    """

    first: asyncio.Event = field(default_factory=asyncio.Event)
    whole: asyncio.Event = field(default_factory=asyncio.Event)
    shown: bool = True


def ensure_data_folder(settings: Settings) -> None:
    """Make the data folder if it is not there.

    Raises:
        Stop: it cannot be made, or not be written to where the database is a file in it.
    """
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if settings.database_url is None:
            tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        name, cause = env_name("data_dir"), cause_of(error)
        advice = f"let the user that runs Magpie write to it, or set {name} to another folder"
        raise Stop(Exit.UNAVAILABLE, f"The data folder {folder} cannot be used ({cause}): {advice}.") from error


async def open_database(settings: Settings, state_url: str | None) -> Database:
    """Open the bot's own database, at ``state_url`` in place of the one that the settings name.

    Raises:
        Stop: it cannot be used, or its driver is not installed.
    """
    ensure_data_folder(settings)
    try:
        return await _open_with_keys(state_url or settings.state_url)
    except (OSError, SQLAlchemyError) as error:
        raise Stop(Exit.UNAVAILABLE, _unusable(state_url or settings.state_url, error)) from error
    except ModuleNotFoundError as error:
        if error.name == "asyncpg":
            raise Stop(Exit.BAD_SETTINGS, "PostgreSQL needs asyncpg: uv run --extra postgres magpie.") from None
        raise Stop(Exit.BAD_SETTINGS, f"{env_name('database_url')} has to begin with postgresql://.") from None


async def _open_with_keys(url: str) -> Database:
    """Open a database and make the keys that a first start needs; whoever asks for one later only reads it."""
    database = await Database.open(url)
    try:
        for name in KEYS:
            await SecretStore(database).key(name)
    except BaseException:
        await database.close()
        raise
    return database


def _unusable(url: str, error: Exception) -> str:
    """Say which database cannot be used, why, and what to do; without its password."""
    cause = getattr(error, "orig", None) or error
    place = make_url(async_url(url))
    if isinstance(error, NewerTablesError):
        return "The database was written by a newer Magpie: update this one, too."
    if place.get_backend_name() != "sqlite":
        hosts = [place.host] if place.host else place.normalized_query.get("host", ("localhost",))
        where = f"{' or '.join(hosts)}, database {place.database or ''}"
        kind = type(cause.__cause__ or cause).__name__  # SQLAlchemy calls most of the driver's errors Error
        return f"The database at {where} cannot be used ({kind}): see MAGPIE_DATABASE_URL."
    text = str(cause)
    if "readonly" in text or "unable to open" in text:
        advice = "let the user that runs Magpie write to it and to its folder"
    elif "not a database" in text or "malformed" in text:
        advice = "put a backup in its place, or move it away to begin anew"
    else:
        advice = "see whether another program holds it and whether the disk is full"
    return f"The database file {place.database} cannot be used ({text}): {advice}."


async def open_collection(settings: Settings) -> Store:
    """Open the collection.

    Raises:
        Stop: it cannot be opened.
    """
    try:
        return await open_store(settings.collection_address)
    except StoreError as error:
        raise Stop(Exit.UNAVAILABLE, f"The collection cannot be opened: {error}.") from error


async def add_starter_set(settings: Settings, store: Store, on_first: Callable[[], None] | None = None) -> int:
    """Draw the starter set if the collection is asked and needs it; return how many of its pictures there are.

    ``on_first`` is called once the pictures that the try-out's examples ask for can be found.

    Raises:
        Stop: the collection cannot be used.
    """
    if COLLECTION not in settings.provider_names:
        return 0
    try:
        return await ensure_starter(store, settings.data_dir / STARTER_FOLDER, settings.collection_address, on_first)
    except StoreError as error:
        raise Stop(Exit.UNAVAILABLE, f"The collection cannot be used: {error}.") from error


async def prepare_collection(settings: Settings, store: Store, starter: StarterProgress | None) -> None:
    """Do what searching the collection needs and a bot need not wait for: the starter set, then the dictionaries."""
    starter = starter or StarterProgress()
    try:
        starter.shown = bool(await add_starter_set(settings, store, starter.first.set))
        starter.first.set()  # also where nothing had to be made
        starter.whole.set()
    except Stop as stop:
        log.error("%s", stop)  # noqa: TRY400 (a sentence for the operator says it all)
    await prepare_dictionaries_of(settings, store)


async def prepare_dictionaries_of(settings: Settings, store: Store) -> None:
    """Load the dictionaries before the first search of the collection needs them."""
    if COLLECTION in settings.provider_names and await store.size():
        await prepare_dictionaries()
