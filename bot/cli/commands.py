"""The command line: run, try, serve, index, check."""

import asyncio
import logging
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.observability.logs import set_up_logging
from bot.runtime.exit_codes import Exit, Stop
from bot.runtime.memory import collect_again, collect_nothing, set_up_malloc
from bot.runtime.version import program_version
from bot.settings import Settings, SettingsError, load_settings, token_left_empty

log = logging.getLogger(__name__)


def _examples(*lines: str) -> str:
    """Return the epilogue of a command's help; the first line keeps click from wrapping the rest."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


cli = typer.Typer(
    help="Magpie finds pictures, says where each one comes from, and never shows a channel more than it allows.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=_examples("magpie try", "magpie index ~/pictures --rating safe", "magpie check", "magpie run"),
)

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any.")]


def _say_version(value: bool) -> None:
    if value:
        typer.echo(f"magpie {program_version()}")
        raise typer.Exit


@cli.callback(invoke_without_command=True)
def default(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 (its callback does the work)
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Run the bot when no sub-command is named."""
    if context.invoked_subcommand is None:
        run()


@cli.command()
def run() -> None:
    """Run the bot; without DISCORD_TOKEN, open the try-out page."""
    settings = _settings()
    if settings.discord_token is None and token_left_empty():
        raise Stop(
            Exit.BAD_SETTINGS,
            "DISCORD_TOKEN is empty: copy the bot's token from Discord's developer portal, or run `magpie try`.",
        )
    if settings.discord_token is None:
        typer.echo("DISCORD_TOKEN is not set, so this is the try-out page: the real bot, without Discord.")
        _tryout(settings, "127.0.0.1", 8765)
        return
    from .run import run_bot  # noqa: PLC0415 (what only this command needs)

    _finish(run_bot(settings))


@cli.command(name="try")
def try_out(host: Host = "127.0.0.1", port: Port = 8765) -> None:
    """Try the bot in a browser, without Discord and without a token."""
    _tryout(_settings(), host, port)


@cli.command(name="serve")
def serve_endpoint(
    host: Host = "127.0.0.1",
    port: Port = 8707,
    public_url: Annotated[
        str | None, typer.Option(help="Address that links begin with, as MAGPIE_SERVE_PUBLIC_URL.", show_default=False)
    ] = None,
) -> None:
    """Serve the configured providers as a Bing Image Search v7 endpoint."""
    from .run import run_server  # noqa: PLC0415 (as above)

    settings = _settings(serve_public_url=public_url)
    _finish(run_server(settings, host, port, lambda address: typer.echo(f"v7 endpoint at {address}")))


@cli.command(short_help="Put pictures of your own into the collection.")
def index(
    paths: Annotated[list[Path], typer.Argument(help="Folders or pictures.", show_default=False)],
    manifest: Annotated[Path | None, typer.Option(help="JSONL or CSV file that describes the pictures.")] = None,
    rating: Annotated[
        str | None, typer.Option(help="Rating of pictures without one: safe, racy, adult or violent.")
    ] = None,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Take what links lead to outside of these folders as well.")
    ] = False,
    describe: Annotated[
        bool, typer.Option("--describe", help="Let MAGPIE_DESCRIBER say what the pictures show; may take long.")
    ] = False,
) -> None:
    """Put pictures into the collection; what is unchanged since the last time is skipped."""
    from rich.console import Console  # noqa: PLC0415 (as above)

    from .index import IndexArguments, run_index  # noqa: PLC0415 (as above)

    asked = IndexArguments(paths, manifest, rating, follow_links, describe)
    _finish(run_index(_settings(), asked, Console(soft_wrap=True)))


@cli.command(short_help="Say which features are on or off, and why.")
def check(
    live: Annotated[
        bool, typer.Option("--live", help="Ask every provider that is on one harmless question; paid ones charge it.")
    ] = False,
    everyone: Annotated[
        bool, typer.Option("--all", help="List the providers that are not named in MAGPIE_PROVIDERS as well.")
    ] = False,
) -> None:
    """Say which settings are good and which features are on, off, and why."""
    from rich.console import Console  # noqa: PLC0415 (as above)

    from .check import run_check  # noqa: PLC0415 (as above)
    from .misspelt import providers_given, unknown_providers, unknown_variables  # noqa: PLC0415 (as above)

    try:
        settings = _read_settings()
    except SettingsError:
        for problem in (*unknown_variables(), *unknown_providers(providers_given())):
            _complain(problem)  # everything that is wrong is said at once
        raise
    _finish(run_check(settings, Console(soft_wrap=True), live=live, everyone=everyone))


def _settings(serve_public_url: str | None = None) -> Settings:
    """Return the settings; what is misspelt among them is logged, and keeps nothing from running."""
    from .misspelt import unknown_providers, unknown_variables  # noqa: PLC0415 (not for --help)

    settings = _read_settings(serve_public_url)
    named = settings.providers if settings.names_providers else ()
    for problem in (*unknown_variables(), *unknown_providers(named)):
        log.warning("%s", problem)
    return settings


def _read_settings(serve_public_url: str | None = None) -> Settings:
    settings = load_settings(serve_public_url=serve_public_url)
    served = (key.get_secret_value() for key in settings.serve_keys)
    set_up_logging(settings.log_level, settings.log_format, [*settings.keys(), *served])
    return settings


def _tryout(settings: Settings, host: str, port: int) -> None:
    from .run import run_tryout_page  # noqa: PLC0415 (as above)

    def opened(address: str) -> None:
        typer.echo(f"Open {typer.style(address, bold=True)} in a browser. Ctrl+C ends it.", color=_colour())

    _finish(run_tryout_page(settings, host, port, opened))


def _finish(work: Coroutine[Any, Any, Exit | None]) -> None:
    collect_again()
    code = asyncio.run(work)
    if code:
        raise typer.Exit(int(code))


def main() -> None:
    """Run the command line; every expected failure is one sentence and an exit code."""
    set_up_malloc()
    collect_nothing()  # until a command has been imported
    try:
        cli()
    except SettingsError as error:
        _stop(Exit.BAD_SETTINGS, str(error))
    except Stop as stop:
        _stop(stop.code, str(stop))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        logging.getLogger("bot").exception("unexpected failure")
        _stop(Exit.FAILED, "Something unexpected went wrong; the log above says what.")


def _stop(code: Exit, sentence: str) -> None:
    _complain(sentence)
    sys.exit(int(code))


def _complain(sentence: str) -> None:
    typer.secho(sentence, fg="red", err=True, color=_colour())


def _colour() -> bool | None:
    """Return whether to use colours: None leaves it to whether somebody looks at a terminal (https://no-color.org)."""
    return False if os.environ.get("NO_COLOR") else None


if __name__ == "__main__":
    main()
