"""What Magpie remembers: tables, migrations, repositories. SQLite by default, PostgreSQL by URL."""

from .database import Database

__all__ = ["Database"]
