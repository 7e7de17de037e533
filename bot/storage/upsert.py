"""Insert or update in one statement, in the dialect of the database."""

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_or_update(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; where the primary key exists, set the other columns that are given."""
    if not rows:
        return
    keys = {column.name for column in table.primary_key}
    names = [name for name in rows[0] if name not in keys]
    for row in rows:
        statement = insert_into(connection, table).values(**row)
        if names:
            statement = statement.on_conflict_do_update(
                index_elements=list(table.primary_key), set_={name: statement.excluded[name] for name in names}
            )
        else:
            statement = statement.on_conflict_do_nothing()
        await connection.execute(statement)


def insert_into(connection: AsyncConnection, table: Table) -> Any:
    """Return the database's own insert, which knows ``on_conflict_do_update``."""
    dialect: Any = importlib.import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    return dialect.insert(table)
