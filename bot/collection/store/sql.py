"""Queries and filters as SQL, for both stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.collection.filters import PictureFilters
from bot.collection.model import Rating, Texts
from bot.collection.text.text_query import Term, TextQuery
from bot.collection.text.tokens import as_author

Mark = Callable[[object], str]
"""Takes a value as the statement's next argument and returns its placeholder."""

_GAP, _LAST_POSITION, _MOST_POSITIONS = 10, 16_383, 255
"""What PostgreSQL keeps of a word's places at most."""


def fts5(query: TextQuery) -> str:
    """The words of a query for SQLite's FTS5, empty if it has none."""
    choices = [
        " AND ".join(f"({' OR '.join(_quoted(term) for term in group)})" for group in groups)
        for groups in query.choices()
        if groups
    ]
    positive = choices[0] if len(choices) == 1 else " OR ".join(f"({choice})" for choice in choices)
    return f"({positive}) NOT ({fts5_none(query)})" if positive and query.none_of else positive


def fts5_none(query: TextQuery) -> str:
    """The forbidden words of a query for FTS5."""
    return " OR ".join(_quoted(term) for term in query.none_of)


def _quoted(term: Term) -> str:
    """A term for FTS5: as it was typed it may be an author's name, in its other forms only a thing that is shown."""
    forms = ['"' + " ".join(words) + '"' for words in term.forms()]
    if term.exact:
        return f"({{title tags body author}} : {forms[0]})"
    if term.named:
        return _of_things(forms)
    typed = '"' + " ".join(term.words) + '"'
    others = [form for form in forms if form != typed]
    return f"{typed} OR {_of_things(others)}" if others else typed


def _of_things(forms: Sequence[str]) -> str:
    return f"({{title tags body near far}} : ({' OR '.join(forms)}))"


def tsquery(query: TextQuery) -> str:
    """The words of a query as PostgreSQL's ``tsquery``, empty if it has none."""
    choices = [
        " & ".join("(" + " | ".join(_followed(term) for term in group) + ")" for group in groups)
        for groups in query.choices()
        if groups
    ]
    positive = choices[0] if len(choices) == 1 else "(" + " | ".join(f"({choice})" for choice in choices) + ")"
    negative = " & ".join(f"!({_followed(term)})" for term in query.none_of)
    return " & ".join(part for part in (positive if choices else "", negative) if part)


def _followed(term: Term) -> str:
    weights = ":ABD" if term.exact else ""
    forms = term.forms() if term.named else (*term.forms(), as_author(term.words))
    return "(" + " | ".join("(" + " <-> ".join(f"'{word}'{weights}" for word in words) + ")" for words in forms) + ")"


def tsvector(texts: Texts) -> str:
    """The words of a picture as PostgreSQL's ``tsvector``: titles weigh A, tags B, other forms C, the body D.

    Positions leave a gap between the parts, so that no phrase runs from one into the next.
    """
    found: dict[str, list[str]] = {}
    at = 0
    body = " ".join([texts.body, *as_author(texts.author.split())])
    parts = ((texts.title, "A"), (texts.tags, "B"), (body, "D"), (f"{texts.near} {texts.far}", "C"))
    for text, weight in parts:
        for word in text.split():
            at += 1
            found.setdefault(word, []).append(f"{min(at, _LAST_POSITION)}{weight}")
        at += _GAP
    return " ".join(f"'{word}':{','.join(places[:_MOST_POSITIONS])}" for word, places in found.items())


def conditions(
    query: TextQuery, filters: PictureFilters, mark: Mark, ratings: tuple[int, ...] | None = None
) -> list[str]:
    """Conditions on table ``p`` (pictures) for everything but the words.

    Args:
        query: for its sites.
        filters: what pictures must be.
        mark: collects arguments.
        ratings: instead of those of the filters.
    """
    found = _of_ratings(filters.ratings if ratings is None else ratings)
    found += [f"p.{name} = {mark(value)}" for name, value in _equal(filters)]
    found += [f"(p.{name} & {mark(bits)}) <> 0" for name, bits in _bits(filters) if bits]
    ranges = {"width": filters.width, "height": filters.height, "bytes": filters.size_bytes}
    for name, (least, most) in ranges.items():
        found += [f"p.{name} >= {mark(least)}"] if least is not None else []
        found += [f"p.{name} <= {mark(most)}"] if most is not None else []
    if filters.since is not None:
        found.append(f"p.discovered >= {mark(filters.since.timestamp())}")
    if query.sites:
        found.append("p.id IN (" + " UNION ".join(_site(host, mark) for host in query.sites) + ")")
    found += [f"p.id NOT IN ({_site(host, mark)})" for host in query.not_sites]
    return found


def where_clause(found: list[str]) -> str:
    """Conditions as a clause, empty without any."""
    return f" WHERE {' AND '.join(found)}" if found else ""


def _of_ratings(ratings: tuple[int, ...]) -> list[str]:
    if len(ratings) == len(Rating):
        return []
    return [f"p.rating IN ({', '.join(str(int(number)) for number in ratings)})"]


def _equal(filters: PictureFilters) -> list[tuple[str, int]]:
    pairs = (("aspect", filters.aspect), ("size", filters.size), ("wallpaper", 1 if filters.wallpaper else None))
    return [(name, value) for name, value in pairs if value is not None]


def _bits(filters: PictureFilters) -> list[tuple[str, int]]:
    return [("colours", filters.colours), ("types", filters.types), ("licences", filters.licences)]


def turned(host: str) -> str:
    """A host back to front with a closing dot, so that a domain is a prefix: ``org.wikimedia.``."""
    return ".".join(reversed(host.split("."))) + "."


def _site(host: str, mark: Mark) -> str:
    start = turned(host)
    end = start[:-1] + "/"  # the character after the dot
    return f"SELECT picture FROM hosts WHERE host >= {mark(start)} AND host < {mark(end)}"
