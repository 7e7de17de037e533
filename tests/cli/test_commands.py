"""The command line as a program of its own: what it prints, and what its exit codes mean."""

import asyncio
import contextlib
import io
import os
import re
import signal
import sqlite3
import sys
import tomllib
from asyncio.subprocess import Process
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rich.console import Console
from typer.testing import CliRunner

from bot.app import databases
from bot.cli import commands
from bot.cli.answering import COSTS_OF_OWN, configured_providers, who_answers
from bot.cli.commands import cli
from bot.cli.index import IndexArguments, run_index
from bot.providers.registry import REGISTRY
from bot.runtime.exit_codes import Exit, Stop
from bot.settings import Settings
from tests import preloaded
from tests.postgres import running_postgres
from tests.starter_data import give_starter

ROOT = Path(__file__).parents[2]


async def magpie(home: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Run the program with nothing set but a home of its own; return exit code and all that it printed.

    Its imports are shared (`tests.preloaded`); `magpie_itself`, in one test of each command, has an interpreter of its
    own.
    """
    return await _ended(await preloaded.start("bot", *arguments, cwd=home, env=_environment(home, variables)))


async def magpie_itself(home: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Run it as a shell would."""
    return await _ended(await _itself(home, _environment(home, variables), arguments))


def _environment(home: Path, variables: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAGPIE_", "DISCORD_"))}
    if "MAGPIE_DATA_DIR" not in variables:
        give_starter(home / "data", with_index="MAGPIE_DATABASE_URL" not in variables)
    return {**kept, "MAGPIE_DATA_DIR": str(home / "data"), "PYTHONPATH": str(ROOT), "COLUMNS": "200", **variables}


async def _itself(home: Path, environment: dict[str, str], arguments: tuple[str, ...]) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=home, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip


async def _ended(process: Process | preloaded.Program) -> tuple[int, str]:
    """Wait for it, but not for ever."""
    try:
        printed, _ = await asyncio.wait_for(process.communicate(), 120)
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode is not None
    return process.returncode, printed.decode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose starter set is drawn once for all tests that need nothing of their own."""
    return tmp_path_factory.mktemp("home")


def test_help_names_every_command() -> None:
    runner = CliRunner()
    whole = runner.invoke(cli, ["--help"])
    assert whole.exit_code == Exit.OK
    for command in ("run", "try", "serve", "index", "check"):
        assert re.search(rf"\b{command}\b", whole.output)
        own = runner.invoke(cli, [command, "--help"])
        assert own.exit_code == Exit.OK
        assert command in own.output


async def test_the_version_is_the_packages() -> None:
    printed = CliRunner().invoke(cli, ["--version"])
    assert (printed.exit_code, printed.output) == (Exit.OK, f"magpie {metadata.version('magpie-bot')}\n")


async def test_running_the_bot_loads_nothing_that_only_other_commands_need(home: Path) -> None:
    source = "import sys, bot.cli.commands, bot.cli.run; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", source, cwd=home, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await process.communicate()
    loaded = set(printed.decode().split())
    assert {"bot", "discord", "sqlalchemy"} <= loaded
    assert not loaded & {"rich", "alembic", "cv2", "faiss", "onnxruntime", "asyncpg"}


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_color", "written"), [("", "\x1b[31mIt [broke].\x1b[0m\n"), ("1", "It [broke].\n")])
def test_a_complaint_is_red_unless_nobody_wants_colours(
    monkeypatch: pytest.MonkeyPatch, no_color: str, written: str
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("NO_COLOR", no_color)
    with pytest.raises(SystemExit):
        commands._stop(Exit.FAILED, "It [broke].")
    assert terminal.getvalue() == written


async def test_processes_that_the_program_starts_import_nothing_of_the_command_line() -> None:
    """They import its main module, whichever way it was started."""
    script = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["magpie"]
    module = script.partition(":")[0]
    said = f"import sys, {module}; print(sorted(one for one in sys.modules if one.startswith('bot.')))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", said, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    assert printed.decode().strip() == "['bot.__main__']"


async def test_every_wrong_setting_is_named_at_once(home: Path) -> None:
    wrong = {"MAGPIE_HEALTH_PORT": "x", "MAGPIE_LOG_LEVEL": "LOUD", "MAGPIE_BRAVE_URL": "nowhere"}
    code, printed = await magpie(home, "check", **wrong)
    assert code == Exit.BAD_SETTINGS
    assert all(name in printed for name in wrong)
    assert "MAGPIE_HEALTH_PORT is not usable: it should be a whole number." in printed


async def test_what_is_misspelt_is_said_beside_values_that_cannot_be_read(home: Path) -> None:
    wrong = {"MAGPIE_PROVIDERS": "opnverse,collection,xyzzy", "MAGPIE_LOG_LEVEL": "LOUD", "MAGPIE_CONTCT": "x"}
    code, printed = await magpie(home, "check", **wrong)
    assert code == Exit.BAD_SETTINGS
    assert "MAGPIE_PROVIDERS names opnverse, which is no provider; did you mean openverse?" in printed
    assert "MAGPIE_PROVIDERS names xyzzy, which is no provider" in printed
    assert "MAGPIE_CONTCT is not a setting; did you mean MAGPIE_CONTACT?" in printed
    assert "MAGPIE_LOG_LEVEL is not usable" in printed


async def test_an_allowance_for_nobody_names_who_was_meant(home: Path) -> None:
    code, printed = await magpie(home, "check", MAGPIE_PROVIDER_CALLS_PER_DAY="opnverse=5,v7=3")
    assert code == Exit.BAD_SETTINGS
    assert "MAGPIE_PROVIDER_CALLS_PER_DAY names opnverse, which is no provider; did you mean openverse?" in printed
    assert "names v7" not in printed


async def test_a_start_warns_of_what_is_misspelt(home: Path) -> None:
    wrong = {"MAGPIE_PROVIDERS": "colection", "MAGPIE_CONTCT": "x"}
    code, printed = await magpie(home, "index", "not-there", **wrong)
    assert code == Exit.NO_INPUT
    assert "MAGPIE_PROVIDERS names colection, which is no provider; did you mean collection?" in printed
    assert "MAGPIE_CONTCT is not a setting" in printed


async def test_a_port_that_none_can_be_is_wrong_usage(home: Path) -> None:
    for command, run in (("try", magpie_itself), ("serve", magpie)):
        code, printed = await run(home, command, "--port", "99999")
        assert code == Exit.USAGE
        assert "Traceback" not in printed
        assert "65535" in printed


async def test_check_neither_draws_nor_waits_for_the_starter_set(tmp_path: Path) -> None:
    code, printed = await magpie(tmp_path, "check", MAGPIE_DATA_DIR=str(tmp_path / "new"))
    assert code == Exit.OK
    assert "Collection: none of your own; Magpie draws starter pictures when it first starts" in printed
    assert not (tmp_path / "new" / "starter").exists()


async def test_check_says_all_that_is_wrong_where_a_value_or_the_data_folder_stops_it(tmp_path: Path) -> None:
    code, said = await magpie(tmp_path, "check", MAGPIE_CONTCT="x", MAGPIE_SAFESEARCH_DEFAULT="loud")
    assert code == Exit.BAD_SETTINGS
    assert "MAGPIE_CONTCT is not a setting" in said
    assert "MAGPIE_SAFESEARCH_DEFAULT" in said
    (tmp_path / "file").write_text("")
    wrong = {"MAGPIE_CONTCT": "x", "MAGPIE_DATA_DIR": str(tmp_path / "file")}
    code, said = await magpie(tmp_path, "check", **wrong)
    assert code != Exit.OK
    assert "MAGPIE_CONTCT is not a setting" in said
    assert "data folder" in said


async def test_an_empty_token_is_not_taken_for_no_token(home: Path) -> None:
    for token in ("", "  "):
        code, printed = await magpie(home, "run", DISCORD_TOKEN=token)
        assert code == Exit.BAD_SETTINGS
        assert "DISCORD_TOKEN is empty" in printed


async def test_brackets_in_messages_and_paths_are_printed(tmp_path: Path) -> None:
    code, printed = await magpie(tmp_path, "index", "[red]not[/red]-there")
    assert code == Exit.NO_INPUT
    assert "[red]not[/red]-there is not there" in printed


def test_three_lines_say_who_answers_which_command(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, contact=None)  # pyright: ignore[reportCallIssue]
    image, identify, trending = who_answers(configured_providers(settings))
    assert image == "/image: Openverse and Magpie's collection; MAGPIE_CONTACT adds Wikimedia Commons."
    assert identify.endswith("MAGPIE_CONTACT adds Wikimedia Commons (exact file).")
    assert trending == "/trending: Magpie's collection; MAGPIE_CONTACT adds Wikipedia today."


async def test_a_bad_setting_is_a_sentence_and_its_own_code(home: Path) -> None:
    code, printed = await magpie(home, "check", MAGPIE_SAFESEARCH_DEFAULT="off")
    assert code == Exit.BAD_SETTINGS
    assert "MAGPIE_SAFESEARCH_DEFAULT" in printed
    assert "Traceback" not in printed


async def test_check_tells_allowances_and_a_ceiling_that_cannot_be_kept(tmp_path: Path) -> None:
    """A ceiling in money needs a price; a provider without one is not asked, which is said."""
    paid = {"MAGPIE_PROVIDERS": "serpapi,tineye", "MAGPIE_SERPAPI_KEY": "k" * 20, "MAGPIE_TINEYE_KEY": "t" * 20}
    code, printed = await magpie(tmp_path, "check", MAGPIE_PROVIDER_MONEY_PER_MONTH="serpapi=3,tineye=5", **paid)
    assert code == Exit.BAD_SETTINGS
    assert "serpapi: 0 of 120 calls used this calendar month; a call costs 0.025, so at most 3.00." in printed
    assert "tineye has a ceiling in money but no price of a call, so it is not asked" in printed
    assert "tineye: 0 of 0 calls used this calendar month" in printed


async def test_check_names_what_is_missing_and_what_is_misspelt(home: Path) -> None:
    code, printed = await magpie_itself(home, "check", MAGPIE_PROVIDERS="brave,collection", MAGPIE_PROVIDER="x")
    assert code == Exit.BAD_SETTINGS
    assert "MAGPIE_BRAVE_KEY" in printed
    assert "did you mean MAGPIE_PROVIDERS?" in printed
    code, printed = await magpie(home, "check")
    assert code == Exit.OK
    assert "DISCORD_TOKEN is not set" in printed


async def test_index_says_that_a_folder_has_no_pictures(tmp_path: Path) -> None:
    (empty := tmp_path / "[old] pictures").mkdir()
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", embedder="off")  # pyright: ignore[reportCallIssue]
    said = io.StringIO()
    asked = IndexArguments([empty], None, None)
    assert await run_index(settings, asked, Console(file=said, soft_wrap=True)) == Exit.OK
    assert f"No pictures were found in {empty}.\n0 pictures in the collection" in said.getvalue()
    Image.linear_gradient("L").save(empty / "grey.png")
    assert await run_index(settings, asked, Console(file=said, soft_wrap=True)) == Exit.OK
    assert said.getvalue().count("No pictures were found") == 1
    assert "1 picture in the collection: 1 added" in said.getvalue()


async def test_index_reports_what_it_skipped_and_what_is_unrated(tmp_path: Path) -> None:
    plain = {"MAGPIE_EMBEDDER": "off"}
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.linear_gradient("L").save(folder / "grey.png")
    (folder / "words.png").write_text("no picture")
    code, printed = await magpie(tmp_path, "index", str(folder), **plain)
    assert code == Exit.OK
    assert "1 picture in the collection: 1 added" in printed
    assert "words.png" in printed
    assert "1 picture without a rating" in printed
    assert "--rating safe" in printed
    code, printed = await magpie(tmp_path, "index", str(folder), "--rating", "safe", **plain)
    assert code == Exit.OK
    assert "unrated" not in printed
    await magpie(tmp_path, "index", str(folder / "grey.png"), "--rating", "adult", **plain)
    _, printed = await magpie(tmp_path, "index", str(folder), "--rating", "safe", **plain)
    assert "1 picture keeps a severer rating of before" in printed
    assert "grey.png" in printed
    assert "magpie index FILE --rating safe" in printed
    (folder / "copy.png").write_bytes((folder / "grey.png").read_bytes())
    _, printed = await magpie(tmp_path, "index", str(folder / "copy.png"), "--rating", "safe", **plain)
    told = "".join(printed.split())
    assert "1picturestaysratedsevererforacopyofitis" in told.replace(",", "")
    assert f"{folder / 'copy.png'}:see{folder / 'grey.png'}" in told


@pytest.mark.slow
async def test_ctrl_c_while_indexing_says_how_to_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    many = 220  # far more than are written at once: a busy machine may tell it late
    for number in range(many):
        noise = np.random.default_rng(number).integers(0, 256, (350, 500), dtype=np.uint8)
        Image.fromarray(noise).save(folder / f"{number:03}.png", compress_level=0)
    environment = {**os.environ, "MAGPIE_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(ROOT), "COLUMNS": "200",
                   "MAGPIE_EMBEDDER": "off"}  # fmt: skip
    process = await _itself(tmp_path, environment, ("index", str(folder)))
    index = tmp_path / "data" / "collection.sqlite3"
    async with asyncio.timeout(120):
        while not (index.exists() and _pictures_in(index)):
            assert process.returncode is None
            await asyncio.sleep(0.05)
    process.send_signal(signal.SIGINT)
    printed, _ = await asyncio.wait_for(process.communicate(), 60)
    said = " ".join(printed.decode().split())
    assert "Stopped. What was read so far is in the collection: the same command goes on from there." in said
    assert "Traceback" not in said
    kept = _pictures_in(index)
    assert 0 < len(kept) < many
    left = _few_left(folder, kept)
    code, again = await magpie(tmp_path, "index", str(folder), MAGPIE_EMBEDDER="off")
    assert code == Exit.OK
    assert f"{left} added" in again
    assert f"{len(kept)} unchanged" in again


def _few_left(folder: Path, kept: set[str]) -> int:
    """Remove all but five of the files that are not in the index, which show it as well; how many are left."""
    others = sorted(file for file in folder.iterdir() if str(file) not in kept)
    for file in others[5:]:
        file.unlink()
    return len(others[:5])


def _pictures_in(index: Path) -> set[str]:
    """Where the pictures of an index lie."""
    with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(sqlite3.connect(index)) as database:
        return {key for (key,) in database.execute("SELECT key FROM places")}
    return set()


async def test_models_of_the_operators_own_are_used(tmp_path: Path) -> None:
    from tests.collection.tiny_models import mean_colour

    folder, model = tmp_path / "pictures", mean_colour(tmp_path / "tower.onnx")
    folder.mkdir()
    for angle in (0, 90):
        Image.linear_gradient("L").rotate(angle).save(folder / f"{angle}.png")
    (tmp_path / "my_judge.py").write_text("def rate(picture):\n    return 'racy' if picture[0].mean() < 9 else None\n")
    places = os.pathsep.join((str(ROOT), str(tmp_path)))
    mine = {"MAGPIE_EMBEDDER": str(model), "MAGPIE_RATER": "my_judge:rate", "PYTHONPATH": places}
    code, printed = await magpie(tmp_path, "index", str(folder), **mine)
    assert code == Exit.OK
    assert "2 got a vector of your model" in printed
    assert "1 picture without a rating" in printed
    code, printed = await magpie(tmp_path, "check", **mine)
    assert code == Exit.OK
    assert "embedder tower.onnx, loads; rater my_judge:rate, is there" in printed


@pytest.mark.parametrize(
    ("command", "name", "value", "words"),
    [
        (("check",), "MAGPIE_EMBEDDER", "words.onnx", "words.onnx is no ONNX model"),
        (("index", "."), "MAGPIE_EMBEDDER", "nowhere.onnx", "nowhere.onnx cannot be read"),
        (("index", "."), "MAGPIE_RATER", "no_such_judge:rate", "the module no_such_judge cannot be imported"),
    ],
)
async def test_a_model_that_cannot_be_used_is_said(
    home: Path, command: tuple[str, ...], name: str, value: str, words: str
) -> None:
    (home / "words.onnx").write_text("no model")
    code, printed = await magpie(home, *command, **{name: value})
    assert code == Exit.BAD_SETTINGS
    assert f"{name} is not usable: " in printed
    assert words in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("index", "not-there"), Exit.NO_INPUT, "not-there is not there"),
        (("index", ".", "--rating", "fine"), Exit.USAGE, "--rating fine is not a rating"),
        (("index", ".", "--manifest", "none.jsonl"), Exit.NO_INPUT, "none.jsonl"),
        (("serve", "--host", "0.0.0.0", "--port", "0"), Exit.UNAVAILABLE, "key"),
        (("dance",), Exit.USAGE, "dance"),
    ],
)
async def test_what_cannot_be_done_is_said(home: Path, arguments: tuple[str, ...], code: Exit, words: str) -> None:
    ended, printed = await magpie(home, *arguments)
    assert ended == code
    assert words in printed
    assert "Traceback" not in printed


async def test_a_database_that_cannot_be_reached_is_said_without_its_password(home: Path) -> None:
    url = "postgresql://me:hidden-password@127.0.0.1:1/none"
    code, printed = await magpie(home, "check", MAGPIE_DATABASE_URL=url)
    assert code == Exit.UNAVAILABLE
    assert "MAGPIE_DATABASE_URL" in printed
    assert "hidden-password" not in printed


@pytest.mark.parametrize(
    ("driver", "said"),
    [("MySQLdb", "has to begin with postgresql://"), ("asyncpg", "needs asyncpg: uv run --extra postgres magpie")],
)
async def test_another_kind_of_database_and_a_missing_driver_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, driver: str, said: str
) -> None:
    async def without_driver(_url: str) -> None:
        raise ModuleNotFoundError(name=driver)

    monkeypatch.setattr(databases, "_open_with_keys", without_driver)
    settings = Settings(_env_file=None, data_dir=tmp_path)  # pyright: ignore[reportCallIssue]
    with pytest.raises(Stop, match=said) as stopped:
        await databases.open_database(settings, None)
    assert stopped.value.code == Exit.BAD_SETTINGS


async def test_another_kind_of_database_is_refused(home: Path) -> None:
    code, printed = await magpie(home, "check", MAGPIE_DATABASE_URL="mysql://me@127.0.0.1:1/none")
    assert code == Exit.BAD_SETTINGS
    assert "MAGPIE_DATABASE_URL has to begin with postgresql://" in printed


@pytest.mark.postgres
async def test_why_a_postgresql_refuses_is_said_in_its_own_word(home: Path) -> None:
    with running_postgres() as address:
        url = address.rpartition("/")[0] + "/none"
        code, printed = await magpie(home, "check", MAGPIE_DATABASE_URL=url)
    assert code == Exit.UNAVAILABLE
    assert "(InvalidCatalogNameError)" in " ".join(printed.split())


async def test_an_unreachable_discord_is_said(home: Path) -> None:
    code, printed = await magpie_itself(
        home,
        "run",
        DISCORD_TOKEN="x" * 30,
        DISCORD_API_URL="http://127.0.0.1:1/api/v10",
        MAGPIE_PROVIDERS="collection",
    )
    assert code == Exit.UNAVAILABLE
    assert "Discord cannot be reached" in printed
    assert "Traceback" not in printed


async def test_serve_answers_until_it_is_told_to_stop(home: Path) -> None:
    environment = {**os.environ, "MAGPIE_DATA_DIR": str(home / "data"), "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--port", "0", cwd=home,
        env={**environment, "MAGPIE_PROVIDERS": "collection"}, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    assert re.search(r"http://127\.0\.0\.1:\d+", line)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == Exit.OK


async def test_check_knows_misspelt_variables_of_the_env_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MAGPIE_CONTCT=me@example.org\n", "utf-8")
    code, printed = await magpie(tmp_path, "check", MAGPIE_PROVIDERS="tracemoe")
    assert code == Exit.BAD_SETTINGS
    assert "MAGPIE_CONTCT is not a setting; did you mean MAGPIE_CONTACT?" in printed


async def test_a_bad_data_folder_is_named_and_not_the_databases_address(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    for command in (("check",), ("index", ".")):
        for database in ({}, {"MAGPIE_DATABASE_URL": "postgresql+asyncpg://nobody@127.0.0.1:9/magpie"}):
            folder = str(tmp_path / "a file" / "data")
            code, printed = await magpie(tmp_path, *command, MAGPIE_DATA_DIR=folder, **database)
            assert code == Exit.UNAVAILABLE
            assert f"The data folder {folder} cannot be used (Not a directory)" in printed
            assert "set MAGPIE_DATA_DIR to another folder" in printed
            assert "MAGPIE_DATABASE_URL" not in printed


async def test_check_lists_what_was_named_with_its_cost_and_the_rest_on_demand(tmp_path: Path) -> None:
    named = {"MAGPIE_PROVIDERS": "brave,tracemoe", "MAGPIE_BRAVE_KEY": "k" * 20}
    _, printed = await magpie(tmp_path, "check", **named)
    assert re.search(r"brave .*on .*\$5 of credit a month: 1,000 calls.* yes .*\$5 per 1,000", printed)
    assert "google-vision" not in printed
    assert "`magpie check --all` lists them" in printed
    _, printed = await magpie(tmp_path, "check", "--all", **named)
    assert "google-vision" in printed
    assert "--all" not in printed


async def test_check_breaks_no_name_of_a_setting(tmp_path: Path) -> None:
    """It can be copied from a narrow window too."""
    on = {"MAGPIE_V7_ENDPOINT": "https://pictures.example.org/v7.0", "MAGPIE_V7_KEY": "k" * 20}
    wide, narrow = [(await magpie(tmp_path, "check", "--all", COLUMNS=columns, **on))[1] for columns in ("200", "80")]
    names = re.findall(r"MAGPIE_\w+", wide)
    assert names.count("MAGPIE_PROVIDERS") > 10
    assert sorted(re.findall(r"MAGPIE_\w+", narrow)) == sorted(names)


@pytest.mark.parametrize(
    ("endpoint", "unreached"),
    [
        ("http://127.0.0.1:8080/v7.0", "127.0.0.1"),
        ("http://192.168.1.20/v7.0", "192.168.1.20"),
        ("http://[::1]:8080/v7.0", "[::1]"),
        ("http://magpie-serve:8080/v7.0", "magpie-serve"),
        ("https://pictures.example.org/v7.0", None),
    ],
)
async def test_check_says_that_discord_cannot_show_what_it_cannot_reach(
    home: Path, endpoint: str, unreached: str | None
) -> None:
    code, printed = await magpie(home, "check", MAGPIE_V7_ENDPOINT=endpoint, MAGPIE_V7_KEY="k" * 20)
    told = " ".join(printed.split())
    assert code == Exit.OK
    assert ("so Discord shows no picture whose address is there" in told) is (unreached is not None)
    assert unreached is None or f"only this machine or its network reaches {unreached}, so" in told
    code, printed = await magpie(home, "check", MAGPIE_V7_ENDPOINT=endpoint, MAGPIE_PROVIDERS="collection")
    assert "so Discord shows no" not in printed


def test_costs_are_those_of_the_document() -> None:
    rows = [line.split("|") for line in (ROOT / "docs" / "providers.md").read_text("utf-8").splitlines()]
    cells = {row[1].strip().strip("`"): [cell.strip() for cell in row[4:7]] for row in rows if len(row) > 8}
    costs = COSTS_OF_OWN | {name: entry.cost for name, entry in REGISTRY.items()}
    assert set(costs) == set(cells) - {"provider", "---"}
    for name, cost in costs.items():
        assert all(cell.startswith(text) for cell, text in zip(cells[name], cost, strict=True)), name


@pytest.mark.slow
async def test_starter_pictures_are_not_counted_as_ones_own(tmp_path: Path) -> None:
    _, printed = await magpie(tmp_path, "check")
    assert re.search(r"Collection: none of your own; \d+ starter pictures of Magpie's until you index yours", printed)
    Image.new("RGB", (64, 48), "navy").save(tmp_path / "mine.png")
    _, printed = await magpie(tmp_path, "index", str(tmp_path / "mine.png"), "--rating", "safe")
    assert "1 picture in the collection: 1 added" in printed
    _, printed = await magpie(tmp_path, "check")
    assert "Collection: 1 picture, 0 unrated." in printed
