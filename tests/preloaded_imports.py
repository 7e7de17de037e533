"""What the process that programs are forked from imports (see `preloaded`): whatever commands import when they run.

That is also what the bot leaves until it is needed: the libraries of databases and their tables, and of dictionaries.
"""

import os

from bot.runtime import memory

_nowhere = os.open(os.devnull, os.O_RDWR)
for _number in (0, 1):  # a program's output is no terminal, whatever that of the tests is
    os.dup2(_nowhere, _number)
os.close(_nowhere)
for _name in ("COLUMNS", "LINES"):  # nor has it the width that the tests themselves are given
    os.environ.pop(_name, None)

memory.collect_nothing()

import alembic.command  # noqa: E402
import alembic.config  # noqa: E402, F401
import asyncpg  # noqa: E402, F401
import numpy.ma  # noqa: E402, F401
import simplemma  # noqa: E402, F401
import sqlalchemy.dialects.postgresql.asyncpg  # noqa: E402
import sqlalchemy.dialects.sqlite.aiosqlite  # noqa: E402, F401

import bot.bing_v7.server  # noqa: E402
import bot.cli.check  # noqa: E402
import bot.cli.commands  # noqa: E402
import bot.cli.index  # noqa: E402
import bot.cli.run  # noqa: E402, F401

memory.collect_again()
