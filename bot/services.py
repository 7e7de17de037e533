"""What hangs on the client for cogs and pages to use; made in ``bot.app`` alone."""

from dataclasses import dataclass

from .intake import Intake
from .safesearch.policies import Policies
from .search import SearchService
from .settings import Settings
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
    intake: Intake
