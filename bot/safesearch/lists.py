"""What a server blocks and allows, what the bot does not show in Strict, and what it never shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

from .blocked_words import WordList, fold_word
from .hosts import is_under, normal_host

BUILT_IN = Path(__file__).with_name("strict.txt")
BUILT_IN_EVERYWHERE = Path(__file__).with_name("everywhere.txt")


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
class Sites:
    """Sites, and parts of host names; ``fine`` are parts in which a stem means nothing."""

    hosts: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()

    @classmethod
    def of(cls, named: Mapping[str, Iterable[str]]) -> Self:
        """Make it from the entries of a file by their kind."""
        stems, fine = (tuple(fold_word(part) for part in named.get(kind, ()) if part) for kind in ("stem", "fine"))
        return cls(_hosts(named.get("host", ())), stems, fine)

    def names(self, host: str) -> bool:
        """True if the host (in its one spelling) is a listed site, is below one, or has a listed part in its name."""
        return is_under(host, self.hosts) or self.has_stem(host)

    def has_stem(self, hosts: str) -> bool:
        """True if a listed part is in the name of a host, or in one of several with blanks between them."""
        for part in self.fine:
            hosts = hosts.replace(part, "-")
        return any(stem in hosts for stem in self.stems)

    def __or__(self, other: "Sites") -> "Sites":
        stems, fine = (*self.stems, *other.stems), (*self.fine, *other.fine)
        return Sites(self.hosts | other.hosts, tuple(dict.fromkeys(stems)), tuple(dict.fromkeys(fine)))


@dataclass(frozen=True)
class EverywhereList:
    """What passes at no level and in no server: words for sexualised minors, and what the operator adds.

    A word of ``minors`` and one of ``sexual`` count together, wherever both stand in one text.
    """

    sites: Sites = Sites()
    words: frozenset[str] = frozenset()
    minors: frozenset[str] = frozenset()
    sexual: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the format of `StrictList.read`, with ``minor:`` and ``sexual:`` beside its kinds."""
        named, words = _entries(text, ("host", "stem", "fine", "minor", "sexual"))
        return cls(Sites.of(named), words, frozenset(named["minor"]), frozenset(named["sexual"]))

    def __or__(self, other: "EverywhereList") -> "EverywhereList":
        """Return what either holds; a ``fine:`` part that only the other names counts for nothing, so that it adds."""
        sites = self.sites | replace(other.sites, fine=())
        return EverywhereList(sites, self.words | other.words, self.minors | other.minors, self.sexual | other.sexual)

    def in_text(self, text: str) -> bool:
        """True if words that people would read hold what passes nowhere."""
        return self._words.found_in(text) or (self._minors.found_in(text) and self._sexual.found_in(text))

    def in_link(self, link: str) -> bool:
        """True if the plain words of an address hold what passes nowhere."""
        return self._words.found_in_link(link) or (
            self._minors.found_in_link(link) and self._sexual.found_in_link(link)
        )

    @cached_property
    def _words(self) -> WordList:
        return WordList(self.words)

    @cached_property
    def _minors(self) -> WordList:
        return WordList(self.minors)

    @cached_property
    def _sexual(self) -> WordList:
        return WordList(self.sexual)


@lru_cache(maxsize=1)
def built_in_everywhere() -> EverywhereList:
    """Return the list that comes with the bot and holds in every other."""
    return EverywhereList.read(BUILT_IN_EVERYWHERE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class StrictList:
    """What the operator's list names: sites, parts of host names, words.

    ``everywhere`` holds at every level; the bot's own entries are in it whatever a list is made of.
    """

    sites: Sites = Sites()
    words: frozenset[str] = frozenset()
    everywhere: EverywhereList = field(default_factory=built_in_everywhere)

    def __post_init__(self) -> None:
        object.__setattr__(self, "everywhere", built_in_everywhere() | self.everywhere)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the format: one entry a line, ``host:``, ``stem:``, ``fine:`` or a word; ``#`` begins a remark."""
        named, words = _entries(text, ("host", "stem", "fine"))
        return cls(Sites.of(named), words)

    @classmethod
    def load(cls, path: Path = BUILT_IN) -> Self:
        """Read the list from a file.

        Raises:
            OSError: the file cannot be read.
        """
        return cls.read(path.read_text(encoding="utf-8"))

    def with_everywhere(self, more: EverywhereList) -> Self:
        """Return the same list with more that passes nowhere."""
        return replace(self, everywhere=self.everywhere | more)

    def names_host(self, host: str) -> bool:
        """True if the host (in its one spelling) is a listed site, is below one, or has a listed part in its name."""
        return self.sites.names(host)


def _entries(text: str, kinds: tuple[str, ...]) -> tuple[dict[str, list[str]], frozenset[str]]:
    """Return the entries of a file that name their kind, by kind, and the words, which name none."""
    named: dict[str, list[str]] = {kind: [] for kind in kinds}
    words: list[str] = []
    for line in text.splitlines():
        entry = line.partition("#")[0].strip()
        kind, colon, value = entry.partition(":")
        if colon and kind.strip().lower() in named:
            named[kind.strip().lower()].append(value.strip())
        elif entry:
            words.append(entry)
    return named, frozenset(words)


def _hosts(entries: Iterable[str]) -> frozenset[str]:
    normal = (normal_host(entry.strip().removeprefix("*.")) for entry in entries)
    return frozenset(host for host in normal if host)
