"""The catalogues as they are written, before anything is said with them."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from fluent.syntax import parse
from fluent.syntax.ast import Message

import bot.i18n
from bot.i18n import LOCALES

FOLDER = Path(bot.i18n.__file__).parent


@pytest.fixture(scope="session")
def written() -> Mapping[str, list[tuple[str, Message]]]:
    """Each locale's messages in order, with the file each stands in."""
    return {
        locale: [
            (path.name, entry)
            for path in sorted((FOLDER / locale).glob("*.ftl"))
            for entry in parse(path.read_text(encoding="utf-8")).body
            if isinstance(entry, Message)
        ]
        for locale in LOCALES
    }
