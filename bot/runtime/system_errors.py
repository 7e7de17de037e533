"""What the operating system says of a failure, in its own few words."""

import os


def cause_of(error: Exception) -> str:
    """Return the cause alone, at worst the error's class: that of an error which is not the system's.

    asyncio's text for it repeats the address, and then the cause once more; others name a file.
    """
    if not isinstance(error, OSError):
        return type(error).__name__
    if error.errno is not None and error.errno > 0:  # what looks up addresses numbers its failures below 0
        return os.strerror(error.errno)
    return error.strerror or type(error).__name__
