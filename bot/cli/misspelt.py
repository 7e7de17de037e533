"""Settings and providers that somebody named and that do not exist, each with the name that was probably meant."""

import difflib
import os
from collections.abc import Iterable, Iterator

from dotenv import dotenv_values

from bot.providers.plugins import load_plugins
from bot.providers.registry import registry
from bot.settings import ENV_FILE, Settings, env_name

from .answering import MADE_HERE

_PROVIDERS = env_name("providers")


def unknown_variables() -> Iterator[str]:
    """Yield a sentence for every ``MAGPIE_`` variable of the environment or `.env` that is not a setting."""
    known = {env_name(field) for field in Settings.model_fields}
    plugins = load_plugins()
    theirs = tuple(f"{env_name(name.replace('-', '_'))}_" for name in (*plugins.entries, *plugins.broken))
    for name in sorted({*os.environ, *dotenv_values(ENV_FILE)}):
        if name.startswith("MAGPIE_") and name not in known and not name.startswith(theirs):
            yield _unknown(f"{name} is not a setting", name, known)


def providers_given() -> tuple[str, ...]:
    """Return what ``MAGPIE_PROVIDERS`` names, also where another setting is so wrong that none can be read."""
    given = os.environ.get(_PROVIDERS) or dotenv_values(ENV_FILE).get(_PROVIDERS) or ""
    return tuple(part.strip() for part in given.split(",") if part.strip())


def unknown_providers(names: Iterable[str], setting: str = _PROVIDERS) -> Iterator[str]:
    """Yield a sentence for every one of these names, which that setting gives, that is no provider's."""
    plugins = load_plugins()
    known = {*registry(), *MADE_HERE, *plugins.entries, *plugins.broken}
    for name in names:
        if name not in known:
            yield _unknown(
                f"{setting} names {name}, which is no provider", name, known, "`magpie check --all` lists all"
            )


def _unknown(sentence: str, name: str, known: Iterable[str], otherwise: str = "docs/settings.md lists all") -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"{sentence}; did you mean {near[0]}?" if near else f"{sentence}; {otherwise}."
