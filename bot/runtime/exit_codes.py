"""Exit codes of the command line, after the long-standing sysexits numbers, and the errors that carry them."""

from enum import IntEnum


class Exit(IntEnum):
    """Why the program ended."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NO_INPUT = 66
    """A path to index is not there."""
    UNAVAILABLE = 69
    """Discord or the database cannot be reached, or a port is taken."""
    NO_PERMISSION = 77
    """Discord refused the token."""
    BAD_SETTINGS = 78
    """A setting is missing or wrong."""


class Stop(Exception):
    """The program cannot go on; the text is one plain sentence for the operator."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
