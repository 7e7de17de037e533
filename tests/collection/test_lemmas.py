"""Base forms on the words that rules get wrong, in five languages."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.collection.query.spelling import better_spelling
from bot.collection.text import lemmas
from bot.collection.text.lemmas import bases, bases_if_ready, is_word
from bot.collection.text.text_query import parse_query


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("wolves", "wolf"), ("geese", "goose"), ("mice", "mouse"), ("children", "child"), ("leaves", "leaf"),
        ("loaves", "loaf"), ("butterflies", "butterfly"), ("running", "run"), ("labradoodles", "labradoodle"),
        ("Häuser", "haus"), ("HUNDE", "hund"), ("Straßen", "strasse"), ("flores", "flor"),
        ("luces", "luz"), ("chevaux", "cheval"), ("oiseaux", "oiseau"), ("cães", "cao"), ("pássaros", "passaro"),
    ],
)  # fmt: skip
def test_a_form_has_its_base(word, base):
    assert base in bases(word)


@pytest.mark.parametrize(
    "word", ["anime", "animal", "animation", "castle", "news", "bus", "rose", "up", "x1", "猫", ""]
)
def test_what_is_a_base_has_none(word):
    assert bases(word) == ()


def test_words_are_told_from_typing_errors():
    assert bases("words")  # now the dictionaries are there
    assert all(is_word(word) for word in ("musk", "funny", "mice", "Hund", "hund", "perro", "chevaux", "flores"))
    assert not any(is_word(word) for word in ("elehpant", "castel1", "hrose", "zxcvb"))


@pytest.fixture
def nothing_read(monkeypatch, tmp_path):
    """A user whose dictionaries were never prepared."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for kept in (lemmas.folder, lemmas._read, lemmas._bases, lemmas._is_word):
        kept.cache_clear()
    lemmas._ready.clear()
    yield tmp_path
    monkeypatch.undo()
    for kept in (lemmas.folder, lemmas._read, lemmas._bases, lemmas._is_word):
        kept.cache_clear()
    lemmas._ready.clear()


def test_a_search_before_that_reads_nothing_and_corrects_nothing(nothing_read, monkeypatch):
    monkeypatch.setattr(lemmas, "_make", lambda _: pytest.fail("a search waits for the dictionaries"))
    assert bases_if_ready("wolves") == ()
    assert parse_query("wolves").all_of[0][0].forms() == (("wolves",),)
    assert better_spelling("elephnat", {"elephant": 3}) is None
    assert not list(nothing_read.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="the cache folder is named by a variable")
async def test_they_are_prepared_once_by_another_process(nothing_read, monkeypatch):
    monkeypatch.setattr(lemmas, "DICTIONARY_LANGUAGES", ("en",))  # all take eight seconds
    only_one = (
        "from bot.collection.text import lemmas; lemmas.DICTIONARY_LANGUAGES = ('en',); lemmas.make_dictionaries()"
    )
    monkeypatch.setattr(lemmas, "_PROGRAM", lemmas._PROGRAM.split("from")[0] + only_one)
    assert not lemmas.are_ready()
    await lemmas.prepare_dictionaries()
    assert lemmas.are_ready()
    assert [each.name for each in lemmas.folder().parent.iterdir()] == [lemmas.folder().name]
    monkeypatch.setattr(lemmas, "_make", lambda _: pytest.fail("made twice"))
    await lemmas.prepare_dictionaries()
    assert "wolf" in bases_if_ready("wolves")
    assert better_spelling("elephnat", {"elephant": 3}) == "elephant"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the processes of a session are read in /proc")
async def test_nobody_prepares_them_any_more_once_the_program_ends(nothing_read, monkeypatch):
    """Neither the process nor those that it has started."""
    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def starting(*arguments, **options):
        started.append(await start(*arguments, **options))
        return started[0]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", starting)
    task = asyncio.create_task(lemmas.prepare_dictionaries())
    async with asyncio.timeout(60):
        while not started or len(in_session(started[0].pid)) < 3:
            assert not task.done()
            await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    async with asyncio.timeout(60):
        while in_session(started[0].pid):  # noqa: ASYNC110 (the end of other processes sets nothing)
            await asyncio.sleep(0.02)
    assert len(list(nothing_read.rglob("whole/*"))) < len(lemmas.DICTIONARY_LANGUAGES), "they worked on to the end"
    assert not lemmas.are_ready()


def in_session(session: int) -> list[str]:
    """The processes of a session that have not ended."""
    found: list[str] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, own = stat.read_text().rpartition(")")[2].split()[:4]
            if int(own) == session and state not in "ZX":
                found.append(stat.parent.name)
    return found


async def test_where_they_cannot_be_kept_searches_go_on_without(nothing_read, caplog):
    (nothing_read / "magpie").write_text("in the way")
    await lemmas.prepare_dictionaries()
    assert "cannot be prepared" in caplog.text
    assert bases_if_ready("wolves") == ()


def test_what_an_ended_process_left_behind_goes(nothing_read, monkeypatch):
    monkeypatch.setattr(lemmas, "DICTIONARY_LANGUAGES", ("en",))
    old, fresh = (lemmas.folder().parent / f"unfinished-{name}" for name in ("old", "fresh"))
    for left in (old, fresh):
        left.mkdir(parents=True)
    os.utime(old, (0, 0))
    lemmas._make(lemmas.folder())
    assert not old.exists()
    assert fresh.exists()
