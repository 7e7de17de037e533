"""Real servers, started once for all tests that need them, and skipped with a reason where they are not installed."""

import shutil
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.providers.http.transport import Transport

from .meta_search import RUNNER, running_searx
from .wiki import MEDIAWIKI, Wiki, running_wiki

HOW = "run tests/servers/install.sh as root to install it"


@pytest.fixture(scope="session")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    """A MediaWiki that plays Wikimedia Commons."""
    if not (MEDIAWIKI / "api.php").exists() or not shutil.which("php"):
        pytest.skip(f"Debian's mediawiki is not installed; {HOW}")
    with running_wiki(tmp_path_factory.mktemp("wiki")) as found:
        yield found


@pytest.fixture(scope="session")
def searx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a searx."""
    if not RUNNER.exists():
        pytest.skip(f"Debian's searx is not installed; {HOW}")
    with running_searx(tmp_path_factory.mktemp("searx")) as base:
        yield base


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    """A transport with the times that people have to wait."""
    async with Transport(contact="ops@example.org") as made:
        yield made
