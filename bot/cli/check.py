"""``magpie check``: which settings are good, and which features are on, off, and why.

Asks no network unless it is told to (``--live``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.app import open_providers
from bot.app.models import open_describer, open_rater
from bot.bing_v7 import Provider, SafeSearch, Verb
from bot.cli.check_live import asked_live
from bot.collection.starter import STARTER_FOLDER, starter_pictures
from bot.discord_ui.model.sanitize import safe_url
from bot.providers.assembly import unpriced
from bot.providers.registry import NO_SUCH_PROVIDER, Status, registry
from bot.providers.status import ProviderStatus
from bot.recognition.classifier import recognizer_is_installed
from bot.runtime.exit_codes import Exit
from bot.settings import COLLECTION, V7, Settings, env_name

from .answering import added_by_one, configured_providers, cost_of, counted, listed_names
from .misspelt import unknown_providers, unknown_variables


async def run_check(settings: Settings, console: Console, *, live: bool = False, everyone: bool = False) -> Exit:
    """Print the report; anything that keeps a chosen feature from working makes it end with ``BAD_SETTINGS``.

    What one setting would turn on comes first.

    ``live`` asks every provider that is on one harmless question and tells what came back; ``everyone`` lists the
    providers that nobody named as well.

    Raises:
        Stop: the database, the collection or a model of the operator's cannot be opened.
    """
    statuses = configured_providers(settings)
    problems = [*unknown_variables(), *_broken(settings, statuses)]
    try:
        problems += await _report(settings, console, statuses, live=live, everyone=everyone)
    finally:  # what is known to be wrong is said at once, also where something else stops the report
        for problem in problems:
            console.print(f"[red]{escape(problem)}[/red]", highlight=False)
    return Exit.BAD_SETTINGS if problems else Exit.OK


async def _report(
    settings: Settings, console: Console, statuses: list[Status], *, live: bool, everyone: bool
) -> list[str]:
    """Print what is on and what is off; returns a sentence for everything that fails or cannot be afforded.

    Raises:
        Stop: the database, the collection or a model of the operator's cannot be opened.
    """
    open_rater(settings)
    open_describer(settings)
    for name, titles in added_by_one(statuses).items():
        console.print(f"Off for want of one setting: {name} turns {escape(listed_names(titles))} on.", style="yellow")
    async with open_providers(settings, starter_as_is=not live) as backend:
        starter = await starter_pictures(backend.collection, settings.data_dir / STARTER_FOLDER)
        counts = await backend.collection.counts()
        console.print(_database_words(settings, backend.database.dialect), highlight=False)
        console.print(_collection_words(settings, counts.pictures - starter, counts.unrated, starter), highlight=False)
        console.print(_models_words(settings), highlight=False)
        console.print(_provider_table(statuses if everyone else [one for one in statuses if _named(settings, one)]))
        if others := [one for one in statuses if not _named(settings, one)]:
            hint = "" if everyone else ": `magpie check --all` lists them"
            console.print(f"Not named in MAGPIE_PROVIDERS: {counted(len(others), 'provider')}{hint}.", highlight=False)
        for line in _endpoint_words(settings):
            console.print(f"[yellow]{escape(line)}[/yellow]", highlight=False)
        for line in _allowance_words(await backend.provider_statuses(None, None)):
            console.print(line, highlight=False)
        for verb in Verb:
            console.print(_verb_words(verb, backend.chain.capabilities.levels.get(verb, frozenset())), highlight=False)
        failed = [one async for one in asked_live(backend.chain, console)] if live else []
        failed += _unpriced(settings, backend.chain.members)
    console.print(_discord_words(settings), highlight=False)
    console.print(_safety_words(settings), highlight=False)
    return failed


_BY_PROVIDER = (
    "provider_calls_per_day", "provider_calls_per_month", "provider_price_per_call", "provider_money_per_month",
)  # fmt: skip


def _broken(settings: Settings, statuses: list[Status]) -> Iterator[str]:
    """Yield a sentence for everything that the operator named and does not get."""
    for field in _BY_PROVIDER:
        yield from unknown_providers(getattr(settings, field), env_name(field))
    if not settings.names_providers:
        return
    yield from unknown_providers(settings.providers)
    for status in statuses:
        if status.name in settings.providers and not status.on and status.why != NO_SUCH_PROVIDER:
            yield f"{status.name} is named in MAGPIE_PROVIDERS but off: {status.why}."


def _unpriced(settings: Settings, members: Iterable[Provider]) -> Iterator[str]:
    """Yield a sentence for every ceiling in money that cannot be kept, because nobody knows what a call costs."""
    for member in members:
        if unpriced(member, settings):
            yield (
                f"{member.name} has a ceiling in money but no price of a call, so it is not asked: set "
                f"{env_name('provider_price_per_call')}={member.name}=PRICE."
            )


def _provider_table(statuses: list[Status]) -> Table:
    columns = ("provider", "answers", "state", "free", "card", "more costs")
    table = Table(title="Providers, in the order they are asked", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    named = [word for status in statuses for word in re.findall(r"MAGPIE_\w+", status.why)]
    longest = max(map(len, named), default=0)
    for column in columns:  # the name of a setting is neither cut short nor broken, so that it can be copied
        table.add_column(column, overflow="fold", min_width=longest if column == "state" else None)
    for status in statuses:
        verbs = ", ".join(status.verbs or (registry()[status.name].verbs if status.name in registry() else ()))
        state = "[green]on[/green]" if status.on else f"off: {escape(status.why)}"
        cost = ("",) * 3 if status.why == NO_SUCH_PROVIDER else cost_of(status.name)
        table.add_row(status.name, verbs, state, *map(escape, cost))
    return table


def _named(settings: Settings, status: Status) -> bool:
    return status.name in settings.provider_names


def _collection_words(settings: Settings, own: int, unrated: int, starter: int) -> str:
    if own > 0:
        return f"Collection: {counted(own, 'picture')}, {unrated} unrated."
    until = ""
    if starter:
        until = f"; {counted(starter, 'starter picture')} of Magpie's until you index yours"
    elif COLLECTION in settings.provider_names:
        until = "; Magpie draws starter pictures when it first starts, and shows them until you index yours"
    return f"Collection: none of your own{until} (`magpie index`)."


def _endpoint_words(settings: Settings) -> Iterator[str]:
    """Yield a sentence if Discord cannot reach the v7 endpoint: its own pictures are then not shown."""
    endpoint = settings.v7_endpoint
    if endpoint is None or V7 not in settings.provider_names or safe_url(f"http://{endpoint.host}/"):
        return
    yield (
        f"{V7}: only this machine or its network reaches {endpoint.host}, so Discord shows no picture whose address is "
        f"there: put the endpoint on the web and its address into {env_name('v7_endpoint')}, or have it write "
        "addresses that the web reaches (`magpie serve`: MAGPIE_SERVE_PUBLIC_URL)."
    )


_PERIODS = {"day": "today (UTC)", "month": "this calendar month", "rolling": "in the last 24 hours"}


def _allowance_words(statuses: Sequence[ProviderStatus]) -> Iterator[str]:
    """Yield a line for every allowance of a provider: what is used, and what it may cost."""
    for status in statuses:
        for one in status.remaining:
            cost = f"; a call costs {status.price:g}, so at most {status.price * one.limit:.2f}" if status.price else ""
            mark = " [yellow]Nearly used up.[/yellow]" if one.nearly_spent else ""
            yield f"{escape(status.name)}: {one.used} of {one.limit} calls used {_PERIODS[one.kind]}{cost}.{mark}"
        if status.price and not status.remaining:
            yield (
                f"{escape(status.name)}: a call costs {status.price:g}, and nothing bounds it: see "
                f"{env_name('provider_money_per_month')}."
            )


def _verb_words(verb: Verb, levels: frozenset[SafeSearch]) -> str:
    named = (
        ", ".join(level.value for level in sorted(levels)) or "no level: this command will say that nobody can answer"
    )
    return f"{verb.value}: can be answered at {named}."


def _database_words(settings: Settings, dialect: str) -> str:
    return f"Database: {dialect}, open and up to date" + ("." if settings.database_url else f" in {settings.data_dir}.")


def _discord_words(settings: Settings) -> str:
    if settings.discord_token is None:
        return "Discord: off, because DISCORD_TOKEN is not set; `magpie run` opens the try-out page."
    where = settings.discord_api_url or "Discord itself"
    return f"Discord: on, with {where}. Whether the token is good shows only at login."


def _models_words(settings: Settings) -> str:
    named = settings.embedder or ("builtin" if recognizer_is_installed() else "off")
    embedder = named if named in {"builtin", "off"} else f"{escape(Path(named).name)}, loads"
    rater = f"{escape(settings.rater)}, is there" if settings.rater else "off"
    builtin = "builtin" if recognizer_is_installed() else "off"
    describer = f"{escape(settings.describer)}, is there" if settings.describer else builtin
    return f"Models: embedder {embedder}; rater {rater}; describer {describer}."


def _safety_words(settings: Settings) -> str:
    off = "may be chosen in age-restricted channels" if settings.allow_safesearch_off else "is not available anywhere"
    default, unrated = settings.safesearch_default, settings.unrated
    return f"SafeSearch: {default} where nobody chose; Off {off}; unrated pictures: {unrated}."
