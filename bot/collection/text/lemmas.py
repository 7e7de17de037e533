"""Base forms of words, and which words are words: from the dictionaries of simplemma, for five of the six languages.

Nobody says in which language a caption is written, so a word has the base forms of every language that knows it; one
that English knows has only those of English. Tried beside Snowball's stemmers, the dictionaries know what no rule does
(wolves, geese, mice, chevaux, Häuser) and never throw animal, animation and anime together. Japanese has no inflected
nouns and needs none.

simplemma turns each dictionary into a trie once (eight seconds of processor time, in two processes, 18 MB in the
user's cache folder);
read from there, all five take 12 ms and 17 MiB, and a word 3 µs. Writing texts waits for that; a search never
does: while the tries are not there it knows no base forms and takes every word for one that is spelt right.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from bot.runtime.child_processes import wait_until_gone

from .tokens import fold_text

if TYPE_CHECKING:
    from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

log = logging.getLogger(__name__)

DICTIONARY_LANGUAGES = ("en", "de", "es", "fr", "pt")
"""English first: captions are mostly English."""

_LEAST, _LONGEST = 3, 40
_KEPT = 16_384
"""Maximum words remembered, a quarter of a kilobyte each: users' searches bring new ones without an end."""
_PLURALS = (("ves", ("f", "fe")), ("es", ("",)), ("s", ("",)))
"""Endings to try where a dictionary names the verb of a form (leaves, flores) and people mean the thing."""
_NO_PLURALS = ("ss", "us", "is")
_LOW_PRIORITY = 10
_UNFINISHED = "unfinished-"
_ABANDONED_SECONDS = 3600
_ROOT = str(Path(__file__).parents[3])
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from bot.collection.text.lemmas import make_dictionaries; make_dictionaries(hurry='hurry' in sys.argv)"
)
_SHARES = (("de", "en", "fr"), ("es", "pt"))
"""The languages by the process that makes their tries: each share takes about four seconds."""

Dictionaries = Mapping[str, Mapping[str, str]]


def edition() -> str:
    """Changes whenever base forms may."""
    return f"1-{version('simplemma')}"


@cache
def folder() -> Path:
    """Where the tries are kept: they depend on nothing but simplemma's version, so all of a user's bots share them."""
    return user_cache_path("magpie") / "dictionaries" / version("simplemma")


async def prepare_dictionaries(*, hurry: bool = False) -> None:
    """Have the tries made where they are missing; nothing fails if they cannot be.

    The process that makes them has a low priority unless somebody waits for it (``hurry``).
    """
    if await asyncio.to_thread(are_ready):
        return
    urgency = ("hurry",) if hurry else ()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-c", _PROGRAM, _ROOT, *urgency,
        stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        _kill(process)
        await wait_until_gone(process)
        raise
    if process.returncode:
        last = said.decode(errors="replace").strip().splitlines()[-1:] or [f"exit {process.returncode}"]
        log.warning("The dictionaries cannot be prepared, so searches know no base forms of words: %s", last[0])


def _kill(process: asyncio.subprocess.Process) -> None:
    """End the process with those that it has started, which would work on and keep its end from being seen."""
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def make_dictionaries(*, hurry: bool = False) -> None:
    """The program of that process."""
    if sys.platform != "win32" and not hurry:
        os.nice(_LOW_PRIORITY)
    _make(folder(), at_once=True)


def are_ready() -> bool:
    """Whether the tries are there, so that reading them takes no time to speak of."""
    return _ready.is_set() or folder().is_dir()


_ready = threading.Event()
_hasty = threading.Event()
_reading = threading.Lock()


def _factory() -> type[TrieDictionaryFactory]:
    """Simplemma's factory of tries: two MiB that a bot whom nobody asks for words does not need."""
    from simplemma.strategies.dictionaries.trie_dictionary_factory import (  # noqa: PLC0415 (see above)
        TrieDictionaryFactory,
    )

    return TrieDictionaryFactory


@cache
def _read() -> Dictionaries:
    place = folder()
    kept = True
    if not place.is_dir():
        try:
            _make(place)
        except OSError as error:
            log.warning("The dictionaries cannot be kept in %s (%s): they are made anew each time", place, error)
            kept = False
    factory = _factory()(len(DICTIONARY_LANGUAGES), use_disk_cache=kept, disk_cache_dir=str(place))
    found = {language: factory.get_dictionary(language) for language in DICTIONARY_LANGUAGES}
    _ready.set()
    return found


def _dictionaries() -> Dictionaries:
    """All dictionaries; a caller that needs them while they are read or made waits."""
    with _reading:
        return _read()


def _make(place: Path, *, at_once: bool = False) -> None:
    """Make the tries, all or nothing; another process may do the same meanwhile.

    Args:
        place: where they are to be.
        at_once: make the shares in processes side by side.

    Raises:
        OSError: they cannot be written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(place.parent)
    with TemporaryDirectory(prefix=_UNFINISHED, dir=place.parent) as made:
        whole = Path(made) / "whole"
        shares = [tuple(one for one in share if one in DICTIONARY_LANGUAGES) for share in _SHARES]
        if at_once:
            start = multiprocessing.get_context("spawn").Process
            makers = [start(target=_make_share, args=(share, str(whole)), daemon=True) for share in shares if share]
            for maker in makers:
                maker.start()
            for maker in makers:
                maker.join()
        else:
            for share in shares:
                _make_share(share, str(whole))
        if len(list(whole.glob("*"))) < len(DICTIONARY_LANGUAGES):  # the library says nothing if it cannot write one
            raise OSError("there is no room for them")
        try:
            whole.rename(place)
        except OSError:
            if not place.is_dir():
                raise


def _make_share(languages: Sequence[str], folder: str) -> None:
    """Make the tries of some languages; at the top level, so that a process can be started with it."""
    factory = _factory()(1, disk_cache_dir=folder)
    for language in languages:
        factory.get_dictionary(language)


def _clear_abandoned(folder: Path) -> None:
    """Remove what processes left behind that were ended while they made tries."""
    for left in folder.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(left)


def bases(word: str) -> tuple[str, ...]:
    """Folded base forms of a word as it is written, without the word itself; waits for the dictionaries.

    Only the case may be anything; where accents are missing, fewer forms are known. `without_waiting`, as a search.
    """
    if _hasty.is_set():
        return bases_if_ready(word)
    return _bases(word) if _may_have_bases(word) else ()


@contextmanager
def without_waiting() -> Generator[None]:
    """Write texts with the base forms that are known already, in all threads; they are to be written again later."""
    _hasty.set()
    try:
        yield
    finally:
        _hasty.clear()


def bases_if_ready(word: str) -> tuple[str, ...]:
    """`bases`, or nothing while the dictionaries are not ready: for searches, which wait for nothing."""
    return _bases(word) if _may_have_bases(word) and are_ready() else ()


def _may_have_bases(word: str) -> bool:
    return _LEAST <= len(word) <= _LONGEST and word.isalpha()


@lru_cache(maxsize=_KEPT)
def _bases(word: str) -> tuple[str, ...]:
    small, own = word.lower(), fold_text(word)
    known = _dictionaries()
    if known["en"].get(small) == small:
        return ()
    found = list(_of(known, "en", small)) or [
        form for spoken in DICTIONARY_LANGUAGES[1:] for form in _of(known, spoken, small)
    ]
    if not found and small.endswith("s") and len(small) > _LEAST + 1 and not small.endswith(_NO_PLURALS):
        found = [small[:-1]]  # no dictionary knows it: a name, or a word of these days
    folded = (fold_text(form) for form in found)
    return tuple(dict.fromkeys(form for form in folded if form.isalnum() and form != own))


def _of(dictionaries: Dictionaries, language: str, word: str) -> Iterator[str]:
    """The base forms of one language; German writes its nouns with a capital, and nouns are what pictures show."""
    known = dictionaries[language]
    base = (known.get(word.capitalize()) if language == "de" else None) or known.get(word)
    if base is None:
        return
    yield base
    if base.lower() != word and language != "de":
        for ending, others in _PLURALS:
            stem = word.removesuffix(ending)
            if stem != word:
                yield from (stem + other for other in others if known.get(stem + other) == stem + other)


def is_word(word: str) -> bool:
    """Whether a dictionary of any of the languages knows a word, whatever its case.

    While the dictionaries are not ready every word counts as known: nothing is called a mistake that may be none.
    """
    return not are_ready() or _is_word(word)


def is_english(word: str) -> bool:
    """Whether the English dictionary knows a folded word; of none while the dictionaries are not ready."""
    return are_ready() and word in _dictionaries()["en"]


@lru_cache(maxsize=_KEPT)
def _is_word(word: str) -> bool:
    spelt = (word.lower(), word.capitalize())
    return any(each in known for known in _dictionaries().values() for each in spelt)
