"""What a server blocks and allows, and what the bot itself never shows in Strict."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from .blocked_words import fold
from .hosts import is_under, normal_host

BUILT_IN = Path(__file__).with_name("strict.txt")


@dataclass(frozen=True, slots=True)
class Lists:
    """A server's own lists; hosts in their one spelling, words as they were entered.

    ``allowed`` hosts may be named with ``site:`` below Off; that is all they are good for.
    """

    hosts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, hosts: Iterable[str] = (), words: Iterable[str] = (), allowed: Iterable[str] = ()) -> Self:
        """Make lists from entries as people write them; what is no host is left out of the hosts."""
        return cls(_hosts(hosts), frozenset(words), _hosts(allowed))

    def blocks_host(self, host: str) -> bool:
        """True if the host (in its one spelling) or a domain above it is blocked."""
        return is_under(host, self.hosts)

    def allows_host(self, host: str) -> bool:
        """True if the host or a domain above it is on the allow list and not blocked."""
        return is_under(host, self.allowed) and not self.blocks_host(host)


NO_LISTS = Lists()


@dataclass(frozen=True)
class StrictList:
    """What the operator's list names: sites, parts of host names, words."""

    hosts: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    fine: tuple[str, ...] = ()
    """Parts of host names in which a stem means nothing."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the format: one entry a line, ``host:``, ``stem:``, ``fine:`` or a word; ``#`` begins a remark."""
        named: dict[str, list[str]] = {"host": [], "stem": [], "fine": []}
        words: list[str] = []
        for line in text.splitlines():
            entry = line.partition("#")[0].strip()
            kind, colon, value = entry.partition(":")
            if colon and kind.strip().lower() in named:
                named[kind.strip().lower()].append(value.strip())
            elif entry:
                words.append(entry)
        stems, fine = (tuple(fold(part) for part in named[kind] if part) for kind in ("stem", "fine"))
        return cls(_hosts(named["host"]), stems, frozenset(words), fine)

    @classmethod
    def load(cls, path: Path = BUILT_IN) -> Self:
        """Read the list from a file.

        Raises:
            OSError: the file cannot be read.
        """
        return cls.read(path.read_text(encoding="utf-8"))

    def names_host(self, host: str) -> bool:
        """True if the host (in its one spelling) is a listed site, is below one, or has a listed part in its name."""
        if is_under(host, self.hosts):
            return True
        for part in self.fine:
            host = host.replace(part, "-")
        return any(stem in host for stem in self.stems)


def _hosts(entries: Iterable[str]) -> frozenset[str]:
    normal = (normal_host(entry.strip().removeprefix("*.")) for entry in entries)
    return frozenset(host for host in normal if host)
