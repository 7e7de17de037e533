"""The starter set, drawn and indexed once for all programs that a run of the tests starts.

Every first start makes it anew, with ten seconds of processor time. A data folder that is given it is as an earlier
start has left it. Benchmarks that are run by hand are given nothing.
"""

import asyncio
import fcntl
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.collection.starter import STARTER_FOLDER
from bot.collection.text.lemmas import folder as dictionaries
from bot.settings import Settings
from bot.storage import Database

from . import preloaded

VARIABLE = "TESTS_STARTER_DATA"
"""The folder that holds it, for all workers and for the benchmarks that the tests run; without it nothing is given."""
_making: list[float] = []


def begin_run() -> bool:
    """Choose where the set of this run lies; False in a worker, whose run has begun already."""
    if VARIABLE in os.environ:
        return False
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="magpie-starter-")
    return True


def end_run() -> None:
    """Remove it again."""
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)


def starter_data() -> Path:
    """Return the data folder that holds the set, made by whoever asks first; it is not to be written to."""
    folder = Path(os.environ[VARIABLE])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            before = preloaded.forked_seconds()
            code = preloaded.call(_make, folder)
            _making.append(preloaded.forked_seconds() - before)
            if code:
                raise RuntimeError(f"the starter set was not made: exit code {code}")
            done.touch()
    return folder


def _make(folder: Path) -> None:
    """Do what a bot's first start has a process of its own do."""
    from bot.collection.starter.making import make_starter

    asyncio.run(make_starter(str(index_in(folder)), folder / STARTER_FOLDER, lambda: None))


def seconds_of_making() -> float:
    """Return the processor time that this process's making of the set took: it is no test's own."""
    return sum(_making)


def give_models(data: Path) -> None:
    """Let all data folders have one place for built-in models: the first program that needs one makes its file."""
    own = data / "models"
    if VARIABLE not in os.environ or own.exists():
        return
    shared = Path(os.environ[VARIABLE]) / "models"
    shared.mkdir(exist_ok=True)
    data.mkdir(parents=True, exist_ok=True)
    own.symlink_to(shared, target_is_directory=True)


def file_with_tables() -> Path:
    """Return a database file with the bot's own tables and nothing in them; made by whoever asks first in a run."""
    made = Path(os.environ[VARIABLE]) / "tables.sqlite3"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with ThreadPoolExecutor(1) as beside_any_loop:
                beside_any_loop.submit(asyncio.run, _make_tables(made)).result()
    return made


def give_tables(data: Path) -> None:
    """Put the bot's own database with its tables, and nothing in them, into a data folder that has none.

    A first start leads a new database to them step by step, which is half of its processor time.
    """
    own = data / "magpie.sqlite3"
    if VARIABLE not in os.environ or own.exists():
        return
    data.mkdir(parents=True, exist_ok=True)
    shutil.copy(file_with_tables(), own)


async def _make_tables(file: Path) -> None:
    unfinished = file.with_suffix(".unfinished")
    await (await Database.open(f"sqlite:///{unfinished}")).close()
    unfinished.rename(file)


def give_starter(data: Path, *, with_index: bool = True) -> None:
    """Put the set into a data folder that has no collection yet, without the index where a server holds it.

    The built-in models' files are given too, and the tables of the bot's own database where no server has them.
    """
    give_models(data)
    if with_index:
        give_tables(data)
    index = index_in(data)
    if VARIABLE not in os.environ or (data / STARTER_FOLDER).exists() or index.exists():
        return
    made = starter_data()
    data.mkdir(parents=True, exist_ok=True)
    (data / STARTER_FOLDER).symlink_to(
        made / STARTER_FOLDER, target_is_directory=True
    )  # the index names the pictures' real places
    if with_index:
        shutil.copy(index_in(made), index)


def give_dictionaries(home: Path) -> None:
    """Let a home of a program's own lead to this user's dictionaries, which are there once the set is.

    Where they are missing every program makes them anew, with eight seconds of processor time.
    """
    own = home / ".cache" / "magpie" / "dictionaries"
    if VARIABLE not in os.environ or own.exists():
        return
    starter_data()
    own.parent.mkdir(parents=True, exist_ok=True)
    own.symlink_to(dictionaries().parent, target_is_directory=True)


def index_in(data: Path) -> Path:
    """Return the file of a data folder's collection."""
    return Path(Settings(_env_file=None, data_dir=data).collection_address)  # pyright: ignore[reportCallIssue]
