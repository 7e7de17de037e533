"""Whether something may be shown, at a level and with lists: texts, links, flags and queries."""

import string
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import islice

import idna

from bot.bing_v7 import Blocked, Image, SafeSearch
from bot.runtime.by_identity import ByIdentity

from .blocked_words import WordList
from .hosts import hosts_in_text, hosts_in_texts, hosts_of_link, is_under, normal_host
from .lists import NO_LISTS, Lists, StrictList
from .operators import has_forbidden_operator

EXPLICIT_HOSTS = frozenset({"explicit.bing.net"})
"""Where the retired service kept thumbnails of explicit pictures, whatever the answer said of them."""
PLACES_REMEMBERED, STRINGS_REMEMBERED, QUERIES_REMEMBERED = 16, 4096, 1024
"""Maximum verdicts in the cache: for pairs of level and lists, and for strings, hosts and queries of each."""
_LINK_SCHEMES = ("http:", "https:", "ftp:", "//", "\\\\")
_OPAQUE_SCHEMES = ("magpie:", "data:")
_NO_SCHEME = frozenset(string.printable) - frozenset("fFhHdDmM/\\" + string.whitespace)
"""First letters of strings that are no link, as a look at the beginning would say as well: of most strings."""
_FEWEST_TOGETHER = 8
"""Strings that are judged one by one where something was found in one of them."""
_PARTS = 8
"""Parts that are looked through apart where something was found in the whole: halves take half as long again."""


class Reason(StrEnum):
    """Why something is not shown."""

    ADULT = "adult"
    UNFLAGGED = "unflagged"
    HOST = "host"
    WORD = "word"
    FORBIDDEN = "forbidden"
    """Forbidden at every level and in every server."""
    UNKNOWN = "unknown"
    """Of a kind that the guard does not know."""


_WHAT = {
    Reason.FORBIDDEN: "forbidden",
    Reason.HOST: "host",
    Reason.ADULT: "host",
    Reason.WORD: "word",
}
"""What `Blocked` says is not allowed."""


@lru_cache(maxsize=1)
def built_in() -> StrictList:
    """Return the list that comes with the bot."""
    return StrictList.load()


@dataclass(frozen=True)
class ContentPolicy:
    """What may be shown at a level with a server's lists.

    ``flags_adult``: the provider says of every picture whether it is family friendly, so silence counts as no.
    ``only_vouched``: only pictures that are said to be family friendly pass (for pictures from unknown times).
    """

    level: SafeSearch
    lists: Lists = NO_LISTS
    strict: StrictList | None = None
    flags_adult: bool = False
    only_vouched: bool = False

    @property
    def _strict(self) -> StrictList:
        return self.strict or built_in()

    @property
    def below_off(self) -> bool:
        """True in Moderate and Strict."""
        return self.level is not SafeSearch.OFF

    def host(self, host: str) -> Reason | None:
        """Judge a host in its one spelling."""
        return self._remembers.host(host)

    def host_unremembered(self, host: str) -> Reason | None:
        """Judge a host as `host` does when it meets it first."""
        if self._no_host((host,)):
            return None
        everywhere = self._strict.everywhere
        if everywhere.sites.names(host) or ("xn--" in host and everywhere.in_text(_decoded(host))):
            return Reason.FORBIDDEN
        if self.below_off and is_under(host, EXPLICIT_HOSTS):
            return Reason.ADULT
        if self.lists.blocks_host(host) or (self.below_off and self._strict.names_host(host)):
            return Reason.HOST
        return Reason.WORD if "xn--" in host and self._words.found_in(_decoded(host)) else None

    def text(self, text: str) -> Reason | None:
        """Judge a text that users would read."""
        reason = self._word_in(text) if self._all_words.found_in(text) else None
        return reason or self._any_host(hosts_in_text(text))

    def _word_in(self, text: str) -> Reason | None:
        """Judge the words of a text; some are forbidden only beside others."""
        if self._strict.everywhere.in_text(text):
            return Reason.FORBIDDEN
        return Reason.WORD if self._words.found_in(text) else None

    def link(self, link: str) -> Reason | None:
        """Judge an address: every host in it, and the plain words of its path."""
        suspect = self._all_words.found_in_link(link)
        if suspect and self._strict.everywhere.in_link(link):
            return Reason.FORBIDDEN
        if (reason := self._any_host(hosts_of_link(link))) is not None:
            return reason
        return Reason.WORD if suspect and self._words.found_in_link(link) else None

    def string(self, value: str) -> Reason | None:
        """Judge a string that may be a text or a link."""
        return self._remembers.string(value)

    def screen(self, strings: Iterable[str]) -> Container[str]:
        """Look through many strings together; return those, of these and of earlier ones, that hold nothing forbidden.

        One look at a whole answer costs a third of a look at each of its strings. What is not returned may be harmless
        all the same: it has to be judged by itself.
        """
        return self._remembers.screen(strings)

    @property
    def harmless(self) -> ByIdentity[Image, bool]:
        """Pictures of which no string holds anything forbidden: the same objects come again, with other questions."""
        return self._remembers.harmless

    def nothing_in(self, strings: Sequence[str]) -> bool:
        """True if none of the strings, seen as one text, can hold anything forbidden; False says nothing of any.

        Every verdict begins with this, on many strings or on one: a rule that it does not know is never met.
        """
        texts: list[str] = []
        links: list[str] = []
        for value in strings:
            if value[:1] in _NO_SCHEME:
                texts.append(value)
                continue
            start = _start(value)
            if _is_link(value, start):
                links.append(value)
            elif not start.startswith(_OPAQUE_SCHEMES):
                texts.append(value)
        together = "\n".join(texts)
        if self._all_words.found_in(together) and self._word_in(together) is not None:
            return False
        if self._all_words.found_in_link("\n".join(links)):
            return False
        return self._no_host(hosts_in_texts(texts).union(*map(hosts_of_link, links)))

    def _no_host(self, hosts: Collection[str]) -> bool:
        together, everywhere = "\n".join(hosts), self._strict.everywhere
        if "xn--" in together or everywhere.sites.has_stem(together):
            return False
        if self.below_off and self._strict.sites.has_stem(together):
            return False
        return not any(is_under(host, self._all_hosts) for host in hosts)

    def flags(self, image: Image, *, finding: bool) -> Reason | None:
        """Judge what the data says of a picture.

        ``finding`` is True for results; the contract knows no flag for pictures of trending tiles, people and firms,
        so there silence counts as no only in Strict.
        """
        if not self.below_off:
            return None
        if image.is_family_friendly is False:
            return Reason.ADULT
        if image.is_family_friendly is None:
            silent = self.flags_adult and (finding or self.level is SafeSearch.STRICT)
            return Reason.UNFLAGGED if silent or self.only_vouched else None
        return None

    def query(self, text: str) -> None:
        """Check a query.

        Raises:
            Blocked: it holds a blocked word or host, or points at a site (``what``: forbidden, word, host, operator).
        """
        if (reason := self.text(text)) is not None:
            raise Blocked(_WHAT.get(reason, "word"))
        if self.below_off and has_forbidden_operator(text, self.lists):
            raise Blocked("operator")

    def address(self, address: str) -> None:
        """Check an address that a user gave.

        Raises:
            Blocked: its host or words are not allowed.
        """
        reason = self.string(address) or ((host := normal_host(address)) and self.host(host)) or None
        if reason is not None:
            raise Blocked(_WHAT.get(reason, "host"))

    def forbid(self, *texts: str | None) -> None:
        """Check texts and addresses that are sent to a provider, whatever the place allows.

        Raises:
            Blocked: one of them is forbidden everywhere.
        """
        for text in texts:
            if text and self.string(text) is Reason.FORBIDDEN:
                raise Blocked(Reason.FORBIDDEN.value)

    def may_be_asked(self, text: str) -> bool:
        """True if `query` lets the text pass."""
        return self._remembers.may_be_asked(text)

    @cached_property
    def _remembers(self) -> "_Verdicts":
        return _verdicts(self.level, self.lists, self._strict)

    @cached_property
    def _words(self) -> WordList:
        """The words of the server, in Strict with those of the operator."""
        return _words_of(self.lists, self._strict if self.level is SafeSearch.STRICT else None)

    @cached_property
    def _all_words(self) -> WordList:
        """Those, and the words that pass nowhere: what holds none of them is looked through only once."""
        return _all_words_of(self.lists, self._strict, with_strict=self.level is SafeSearch.STRICT)

    @cached_property
    def _all_hosts(self) -> frozenset[str]:
        """Every host that is named anywhere."""
        named = self.lists.hosts | self._strict.everywhere.sites.hosts
        return named | EXPLICIT_HOSTS | self._strict.sites.hosts if self.below_off else named

    def _any_host(self, hosts: frozenset[str]) -> Reason | None:
        return next((reason for host in sorted(hosts) if (reason := self.host(host)) is not None), None)


@lru_cache(maxsize=256)
def _words_of(lists: Lists, strict: StrictList | None) -> WordList:
    return WordList(lists.words | strict.words if strict else lists.words)


@lru_cache(maxsize=256)
def _all_words_of(lists: Lists, strict: StrictList, *, with_strict: bool) -> WordList:
    everywhere = strict.everywhere
    words = everywhere.words | everywhere.minors | everywhere.sexual | lists.words
    return WordList(words | strict.words if with_strict else words)


def _start(value: str) -> str:
    return value[:12].lstrip().lower()


def _is_link(value: str, start: str) -> bool:
    return start.startswith(_LINK_SCHEMES) and len(value.split(None, 1)) == 1


class _Verdicts:
    """The verdicts at a level with these lists, cached.

    An answer is judged by its gate, by the guard, and again whenever one of its pages is turned to; its hosts are few.
    """

    def __init__(self, policy: ContentPolicy) -> None:
        self._policy = policy
        self._cleared: dict[str, None] = {}
        self.harmless: ByIdentity[Image, bool] = ByIdentity()
        self.host = lru_cache(maxsize=STRINGS_REMEMBERED)(policy.host_unremembered)
        self.may_be_asked = lru_cache(maxsize=QUERIES_REMEMBERED)(self._may_be_asked)
        self._string = lru_cache(maxsize=STRINGS_REMEMBERED)(self._judged)

    def string(self, value: str) -> Reason | None:
        """Return the verdict on a text or a link."""
        return None if value in self._cleared else self._string(value)

    def screen(self, strings: Iterable[str]) -> Container[str]:
        """Clear what holds nothing; what is ASCII apart from the rest, of which every letter has to be looked up."""
        fresh = dict.fromkeys(value for value in strings if value not in self._cleared)
        self._clear([value for value in fresh if value.isascii()])
        self._clear([value for value in fresh if not value.isascii()])
        for value in list(islice(self._cleared, max(0, len(self._cleared) - STRINGS_REMEMBERED))):
            self._cleared.pop(value, None)
        return self._cleared

    def _clear(self, strings: list[str]) -> None:
        if len(strings) < _FEWEST_TOGETHER:
            return
        if self._policy.nothing_in(strings):
            self._cleared.update(dict.fromkeys(strings))
        else:
            size = -(-len(strings) // _PARTS)
            for start in range(0, len(strings), size):
                self._clear(strings[start : start + size])

    def _judged(self, value: str) -> Reason | None:
        if self._policy.nothing_in((value,)):
            return None
        return self._policy.link(value) if _is_link(value, _start(value)) else self._policy.text(value)

    def _may_be_asked(self, text: str) -> bool:
        try:
            self._policy.query(text)
        except Blocked:
            return False
        return True


@lru_cache(maxsize=PLACES_REMEMBERED)
def _verdicts(level: SafeSearch, lists: Lists, strict: StrictList) -> _Verdicts:
    return _Verdicts(ContentPolicy(level, lists, strict))


def _decoded(host: str) -> str:
    try:
        return idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host
