"""What may be said of a picture after a look at it, and when to be silent.

A group is named only if it holds its bar over both views and `_AGREED` in each of them; where the first view is as good
as sure, or knows too little for any second one to help, there is no second. What is compared is not the sum
of its classes' probabilities but how far that goes beyond chance: 398 of 1,000 classes are animals, so of a picture
that says nothing to the model 0.4 would be "animal". All bars were chosen on the even half of 203 photographs and
drawings that the model never saw, and are reported on the odd half (tests/benchmarks/README.md).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from bot.bing_v7 import Certainty
from bot.collection.arrays import Floats

from .taxonomy import CLASSES, GROUPS, Group, depths, members

_BROAD, _NARROW, _AGREED = 0.5, 0.9, 0.3
_ALONE = 0.7
"""From here on the first view is enough for a group without a group around it."""
_ROUNDING = 1e-4
_SURE = 0.9
_MEASURED = 0.9
"""The share of statements that are right: the lower bound (Wilson, 90 %) of 60 of 62. Surer ones were not more often
right, on neither half."""
_CLASS, _CLASS_AGREED = 0.8, 0.6


class PictureStatement(NamedTuple):
    """What a picture shows.

    Attributes:
        groups: the narrowest group that is sure, then the broader ones round it.
        probability: how many of such statements are right.
        certainty: the same as a word.
        likeliest: the class to search for: the one that all views are sure of, None if there is none.
    """

    groups: tuple[Group, ...]
    probability: float
    certainty: Certainty
    likeliest: int | None


def state(views: Floats) -> PictureStatement | None:
    """Say what a picture shows; None where that is not sure enough.

    Args:
        views: probabilities of classes, ``float32 [views, classes]``.
    """
    chance = members().sum(axis=1) / CLASSES
    beyond = (views @ members().T - chance) / (1 - chance)
    mean, least = beyond.mean(axis=0), beyond.min(axis=0)
    sure = np.flatnonzero((mean >= _bars()) & (least >= _AGREED))
    if not len(sure):
        return None
    best = int(min(sure, key=lambda row: (chance[row], -mean[row])))
    certainty = Certainty.HIGH if mean[best] >= _SURE else Certainty.MEDIUM
    return PictureStatement(_path(GROUPS[best]), _MEASURED, certainty, _likeliest(views, best))


def needs_second_view(view: Floats) -> bool:
    """Return False if the first view is sure of a group and of no other nearly so, or nothing can be said in any case.

    Args:
        view: probabilities of classes of the first view, ``float32 [1, classes]``.
    """
    chance = members().sum(axis=1) / CLASSES
    beyond = (view @ members().T - chance) / (1 - chance)
    least = np.maximum(_AGREED, 2 * _bars() - 1)  # the mean of two views holds the bar, and the second is 1 at most
    possible = beyond >= least - _ROUNDING
    held = beyond >= np.maximum(_ALONE, _bars())
    narrower = possible & ~held & (_bars() > _BROAD)
    return bool(possible.any() and (narrower.any() or not held.any()))


@cache
def _bars() -> Floats:
    return np.where(depths() == 0, _BROAD, _NARROW).astype(np.float32)


def _path(group: Group) -> tuple[Group, ...]:
    found = [group]
    while found[-1].within:
        found.append(next(one for one in GROUPS if one.name == found[-1].within))
    return tuple(found)


def _likeliest(views: Floats, group: int) -> int | None:
    mean = views.mean(axis=0)
    best = int(np.argmax(mean))
    sure = mean[best] >= _CLASS and views[:, best].min() >= _CLASS_AGREED and members()[group, best] > 0
    return best if sure else None
