"""Reading from the PostgreSQL store: statements and their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.collection.filters import PictureFilters
from bot.collection.model import Indexed, Rating
from bot.collection.store.records import load_picture
from bot.collection.store.sql import Mark, conditions, tsquery, where_clause
from bot.collection.text.text_query import TextQuery

from .driver import Runs, bytes_of

COLUMNS = "p.image_id, p.grp, p.discovered, p.data, p.copy_code, p.looks_code"
_WEIGHTS = "'{0.1, 0.08, 0.6, 1.0}'"
"""What a match counts in the body, as another form of a word, in tags, in a title: other forms come last."""


class SqlStatement:
    """A statement under construction: its text and its arguments."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def mark(self, value: object) -> str:
        """Take a value as the next argument and return its placeholder."""
        self.values.append(value)
        return f"${len(self.values)}"

    @property
    def marker(self) -> Mark:
        """`mark`, as the renderers want it."""
        return self.mark


def read_record(row: Mapping[str, Any]) -> Indexed:
    """Read a picture from a row of `COLUMNS`."""
    codes = (bytes_of(row["copy_code"]), bytes_of(row["looks_code"]))
    return load_picture(row["image_id"], row["grp"], datetime.fromtimestamp(row["discovered"], UTC), row["data"], codes)


def matching(query: TextQuery, filters: PictureFilters, statement: SqlStatement) -> tuple[list[str], str]:
    """Conditions of a search, and its words as a ``tsquery`` expression (empty without words to rank by)."""
    where = conditions(query, filters, statement.marker)
    words = tsquery(query)
    if not words:
        return where, ""
    asked = f"{statement.mark(words)}::text::tsquery"
    return [f"p.texts @@ {asked}", *where], asked if query.all_of else ""


def search_statement(query: TextQuery, filters: PictureFilters, limit: int, *, window: int | None) -> SqlStatement:
    """The statement of a search; ``text`` is set on the result.

    Args:
        query: what is asked.
        filters: what pictures must be.
        limit: how many at most.
        window: rank only so many, the newest, because there are very many.
    """
    statement = SqlStatement()
    where, asked = matching(query, filters, statement)
    most = statement.mark(limit)
    if not asked:
        newest = f"ORDER BY p.discovered DESC, p.image_id LIMIT {most}"
        sql = f"SELECT p.image_id FROM pictures p{where_clause(where)} {newest}"
    else:
        newest = f" ORDER BY p.id DESC LIMIT {window}" if window else ""
        sql = (
            f"SELECT f.image_id FROM (SELECT p.image_id, p.texts FROM pictures p{where_clause(where)}{newest}) f "
            f"ORDER BY ts_rank({_WEIGHTS}, f.texts, {asked}) DESC, f.image_id LIMIT {most}"
        )
    statement.values.insert(0, sql)
    return statement


def count_up_to(query: TextQuery, filters: PictureFilters, limit: int) -> SqlStatement:
    """The statement that counts matches, at most `limit`."""
    statement = SqlStatement()
    where, _ = matching(query, filters, statement)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM pictures p{where_clause(where)} LIMIT {statement.mark(limit)}) f"
    statement.values.insert(0, sql)
    return statement


def tags_found(asked: Sequence[tuple[TextQuery, PictureFilters]], sample: int, limit: int) -> SqlStatement:
    """The statement for the tags of the newest pictures that queries find, most frequent first: one row of lists.

    Args:
        asked: queries, and what pictures must be.
        sample: how many of the newest matches of each are looked at.
        limit: how many tags of each at most.
    """
    statement, lists = SqlStatement(), list[str]()
    for query, filters in asked:
        where, _ = matching(query, filters, statement)
        newest = f"SELECT p.id FROM pictures p{where_clause(where)} ORDER BY p.id DESC LIMIT {statement.mark(sample)}"
        lists.append(
            f"ARRAY(SELECT t.tag FROM ({newest}) f JOIN tags t ON t.picture = f.id GROUP BY t.tag "
            f'ORDER BY count(*) DESC, t.tag COLLATE "C" LIMIT {statement.mark(limit)})'
        )
    statement.values.insert(0, f"SELECT {', '.join(lists)}")
    return statement


async def group_members(runs: Runs, groups: Sequence[str]) -> dict[str, list[str]]:
    """Image ids by group, in order."""
    sql = "SELECT grp, array_agg(image_id ORDER BY image_id) FROM pictures WHERE grp = ANY($1::text[]) GROUP BY grp"
    return {row[0]: list(row[1]) for row in await runs.fetch(sql, list(groups))}


def only_unrated(filters: PictureFilters) -> PictureFilters:
    """The same filters for pictures that nobody rated."""
    return replace(filters, ratings=(Rating.UNKNOWN.number,))
