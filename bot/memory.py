"""What start has loaded stays: the garbage collector need not go through it again and again."""

import gc

YOUNG = 10_000
"""So many new objects (net) before the collector looks through them; Python's own 700 is meant for small programs."""


def settle() -> None:
    """Take all that is loaded now out of the collector's rounds, and make those rounds rarer.

    A full round over modules, catalogues and models stops everything for a tenth of a second, about once in a thousand
    page turns. Call it before anything is loaded that can go again (servers, sessions). What an earlier call took out
    and is garbage by now goes first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
