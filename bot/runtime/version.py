"""Which version of Magpie this is."""

from functools import cache
from importlib import metadata


@cache
def program_version() -> str:
    """Return the version of the installed package, read from its files once; "0" where it runs without installation."""
    try:
        return metadata.version("magpie-bot")
    except metadata.PackageNotFoundError:
        return "0"
