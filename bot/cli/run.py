"""What ``magpie run``, ``try`` and ``serve`` do: open the services, run until told to stop, close everything."""

import asyncio
import contextlib
import itertools
import logging
import signal
import tempfile
from collections.abc import Callable, Coroutine, Generator, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import discord

from bot.app import StarterProgress, open_providers, open_services
from bot.bing_v7 import Misconfigured
from bot.client import Magpie, point_at
from bot.collection.starter import STARTER_FOLDER
from bot.discord_ui.sessions.service import session_service_of
from bot.intake import Intake
from bot.observability.loop_lag import LoopLag
from bot.providers.pagination import PaginatedSearch
from bot.runtime.exit_codes import Exit, Stop
from bot.runtime.memory import freeze_loaded
from bot.runtime.system_errors import cause_of
from bot.services import Services
from bot.settings import COLLECTION, RECOGNIZER, TEXT_READER, Settings
from bot.storage.database import sqlite_url

from .answering import configured_providers, who_answers

log = logging.getLogger(__name__)

_RESTART_SECONDS = (1, 5, 15, 60)
"""Pauses before the client is started again after an error that discord.py lets through."""
_LATE_SECONDS = 2.0
"""Seconds; an event loop later than this cannot answer within Discord's three seconds."""
_INSIST_SECONDS = 9.0
"""Seconds after which a bot that was told to stop is cancelled again: discord.py may swallow the first time."""


async def run_bot(settings: Settings) -> Exit:
    """Run the bot until it is told to stop.

    Raises:
        Stop: Discord or the database cannot be reached, or the token is refused.
    """
    point_at(str(settings.discord_api_url or ""), settings.discord_gateway_url)
    for line in who_answers(configured_providers(settings)):
        log.info("%s", line)
    async with open_services(settings, starter_later=True) as services, contextlib.AsyncExitStack() as stack:
        clients: list[Magpie] = []
        if settings.health_port is not None:
            from .health import start_health  # noqa: PLC0415 (off by default)
            from .metrics import exposition  # noqa: PLC0415 (as above)

            lag = LoopLag()
            lag.start()
            stack.callback(lag.stop)
            runner = await start_health(
                lambda: _readiness(clients, services, lag),
                lambda: exposition(services, clients, lag),
                settings.health_port,
            )
            stack.push_async_callback(runner.cleanup)
        await until_stopped(_keep_running(services, settings, clients), insist=_INSIST_SECONDS)
    return Exit.OK


async def _keep_running(services: Services, settings: Settings, clients: list[Magpie]) -> None:
    """Run one client after the other; ``clients`` holds the one that runs. Ends by cancellation or ``Stop``."""
    for pause in itertools.chain(_RESTART_SECONDS, itertools.repeat(_RESTART_SECONDS[-1])):
        clients[:] = [Magpie(services, shard_count=settings.shard_count, shard_ids=settings.shard_ids)]
        await _connect(clients[0], settings)
        if not clients[0].was_ready:
            raise Stop(Exit.FAILED, "The bot could not start; the log above says why.")
        log.warning("the client ended; starting again in %d s", pause)
        await asyncio.sleep(pause)


async def _connect(client: Magpie, settings: Settings) -> None:
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    try:
        async with client:
            await client.start(token)
    except discord.LoginFailure:
        raise Stop(Exit.NO_PERMISSION, "Discord refused DISCORD_TOKEN: copy it again from the portal.") from None
    except discord.PrivilegedIntentsRequired:
        raise Stop(Exit.NO_PERMISSION, "Discord refused the intents, although none is privileged.") from None
    except (aiohttp.ClientConnectionError, OSError) as error:
        raise Stop(Exit.UNAVAILABLE, f"Discord cannot be reached: {_why_unreachable(error)}.") from None
    except Exception:
        log.exception("the client failed")


def _why_unreachable(error: Exception) -> str:
    """Return in words what kept a connection from being made."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"the address of {error.host} cannot be found; see this machine's network and DNS"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"the certificate of {error.host} is not trusted here"
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    return cause_of(cause)


async def _readiness(clients: Sequence[Magpie], services: Services, lag: LoopLag) -> str | None:
    """Return everything that is missing, None if nothing is."""
    missing = [
        None if any(client.connected for client in clients) else "the gateway is not connected",
        await services.storage_problem(),
        "too much is waiting" if any(session_service_of(client).in_flight.full for client in clients) else None,
        "the event loop is late" if lag.seconds > _LATE_SECONDS else None,
    ]
    return "; ".join(one for one in missing if one) or None


async def run_tryout_page(settings: Settings, host: str, port: int, on_ready: Callable[[str], None]) -> Exit:
    """Run the real bot in an offline Discord with a page in front, until told to stop.

    Its state goes with it, like its servers; it asks only the collection unless providers are named.

    Raises:
        Stop: the address cannot be listened on, or simcord is not installed.
    """
    from bot.tryout import exposure_warning  # noqa: PLC0415 (what the bot itself does not need)

    if warning := exposure_warning(host):
        log.warning(warning)
    changes: dict[str, Any] = {"allow_safesearch_off": True}
    if not settings.names_providers:
        changes["providers"] = (COLLECTION, RECOGNIZER, TEXT_READER)
    offline = settings.model_copy(update=changes)
    logging.getLogger("discord.state").setLevel(logging.ERROR)  # simcord probes discord.py with a client of no intents
    with tempfile.TemporaryDirectory(prefix="magpie-") as folder:
        await _tryout_over(offline, sqlite_url(Path(folder) / "tryout.sqlite3"), host, port, on_ready)
    return Exit.OK


async def _tryout_over(
    settings: Settings, state_url: str, host: str, port: int, on_ready: Callable[[str], None]
) -> None:
    from bot.tryout import TryoutUnavailableError, attachment_reader, run_tryout  # noqa: PLC0415 (as above)

    from .tryout_examples import prepare_examples, starter_examples  # noqa: PLC0415 (as above)

    starter = StarterProgress()
    opened = open_services(settings, state_url=state_url, starter_later=True, progress=starter)
    async with opened as services:

        def make_bot() -> Magpie:
            client = Magpie(services)
            services.intake.read_file = attachment_reader(client)
            return client

        examples = starter_examples(settings.data_dir / STARTER_FOLDER, starter.whole)
        preparing = asyncio.create_task(prepare_examples(examples, starter, services.search))
        page = run_tryout(make_bot, host, port, on_ready=on_ready, offered=examples)
        try:
            await until_stopped(page)
        except TryoutUnavailableError as error:
            raise Stop(Exit.UNAVAILABLE, str(error)) from None
        finally:
            preparing.cancel()
            await asyncio.gather(preparing, return_exceptions=True)


async def run_server(settings: Settings, host: str, port: int, on_ready: Callable[[str], None]) -> Exit:
    """Serve the configured providers as a v7 endpoint until told to stop.

    Raises:
        Stop: the address cannot be listened on, or it is open to others and has no keys.
    """
    from bot.bing_v7.server import ServerSettings, serve  # noqa: PLC0415 (as above)

    async with open_providers(settings) as backend, contextlib.AsyncExitStack() as stack:
        intake = Intake(backend.media, user_agent=backend.transport.user_agent)
        stack.push_async_callback(intake.aclose)
        served = ServerSettings(
            keys=settings.serve_keys,
            per_second=settings.serve_per_second,
            safe_search=settings.serve_safesearch,
            public_url=str(settings.serve_public_url) if settings.serve_public_url else None,
            proxies=settings.serve_proxies,
            origins=settings.serve_origins or None,
            secrets_=(await backend.signing_secret(),),
        )
        freeze_loaded()
        try:
            await until_stopped(
                serve(
                    PaginatedSearch(backend.chain),
                    backend.media,
                    served,
                    host,
                    port,
                    on_ready,
                    fetch=intake.from_web,
                    find_problem=backend.storage_problem,
                )
            )
        except Misconfigured as error:
            raise Stop(Exit.UNAVAILABLE, f"{error.reason}.") from None
    return Exit.OK


async def until_stopped(work: Coroutine[Any, Any, object], *, insist: float | None = None) -> bool:
    """Run until the work ends (False) or the process is told to stop by Ctrl+C or SIGTERM (True).

    The work may take its time to end; with ``insist`` it is cancelled again after every that many seconds.
    """
    task = asyncio.ensure_future(work)
    with _signals(task.cancel, insist) as was_told:
        try:
            await task
        except asyncio.CancelledError:
            if not was_told():
                raise
            return True
    return False


@contextlib.contextmanager
def _signals(stop: Callable[[], object], insist: float | None) -> Generator[Callable[[], bool]]:
    loop, told = asyncio.get_running_loop(), False
    again: list[asyncio.TimerHandle] = []

    def heard() -> None:
        nonlocal told
        told = True
        stop()
        if insist is not None:
            again[:] = [loop.call_later(insist, heard)]

    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl+C still ends the program
            loop.add_signal_handler(number, heard)
    try:
        yield lambda: told
    finally:
        for handle in again:
            handle.cancel()
        for number in signals:
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)
