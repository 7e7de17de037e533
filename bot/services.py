"""What hangs on the client for cogs and pages to use; made in ``bot.app`` alone."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from .intake import Intake
from .pages.about import Standing
from .safesearch.policies import Policies
from .search import SearchService
from .settings import Settings
from .storage.absences import Absences
from .storage.choices import Choices
from .storage.database import Database
from .storage.sessions import SessionStore
from .storage.syncs import CommandSyncs


@dataclass(frozen=True, slots=True)
class Services:
    """The ways to pictures, to what is remembered, and to what people hand in."""

    settings: Settings
    database: Database
    search: SearchService
    policies: Policies
    sessions: SessionStore
    choices: Choices
    command_syncs: CommandSyncs
    absences: Absences
    intake: Intake
    standings: Callable[[int | None, int | None], Awaitable[Sequence[Standing]]]
    """Says how the providers stand for a person and a server (None: for nobody in particular)."""
    metrics: Callable[[], str]
    """Gives the counters in the Prometheus format."""
    forget_server: Callable[[int], Awaitable[None]]
    forget_person: Callable[[int], Awaitable[None]]
    forget_queries: Callable[[int], Awaitable[None]]
    forget_old: Callable[[], Awaitable[None]]
