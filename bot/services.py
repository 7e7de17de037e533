"""What the client carries for commands and pages to use; made in ``bot.app`` alone."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.discord_ui.discord_io.about import ListedProvider
from bot.observability.metrics import Metric
from bot.safesearch.policies import Policies
from bot.search.service import SearchService
from bot.storage.absences import Absences
from bot.storage.choices import Choices
from bot.storage.database import Database
from bot.storage.sessions import SessionStore
from bot.storage.syncs import CommandSyncs

from .intake import Intake


@dataclass(frozen=True, slots=True)
class Services:
    """Search, stored state and uploads, as commands and pages use them."""

    contact: str | None
    """How users reach the operator."""
    database: Database
    search: SearchService
    policies: Policies
    sessions: SessionStore
    choices: Choices
    command_syncs: CommandSyncs
    absences: Absences
    intake: Intake
    provider_statuses: Callable[[int | None, int | None], Awaitable[Sequence[ListedProvider]]]
    """Return the state of every provider, with what is left for a user and a server (None: for nobody)."""
    metrics: Callable[[], Sequence[Metric]]
    """Return the metrics of providers and of the database."""
    storage_problem: Callable[[], Awaitable[str | None]]
    """Return what is wrong with the database or the disk, None if nothing is."""
    forget_server: Callable[[int], Awaitable[None]]
    forget_person: Callable[[int], Awaitable[None]]
    forget_queries: Callable[[int], Awaitable[None]]
    forget_old: Callable[[], Awaitable[None]]
