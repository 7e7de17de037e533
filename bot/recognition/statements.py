"""What may be said of a picture after a look at it, and when to be silent.

A group is named only if it holds its bar over both views and `_AGREED` in each of them. What is compared is not the sum
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

_BROAD, _NARROW, _AGREED = 0.45, 0.9, 0.3
_ROUNDING = 1e-4
_SURE = 0.9
_MEASURED = ((0.65, 0.94), (0.0, 0.77))
"""From where on which share of statements is right: the lower bound (Wilson, 90 %) of 47 of 47 and 13 of 14."""
_CLASS, _CLASS_AGREED = 0.8, 0.6


class PictureStatement(NamedTuple):
    """What a picture shows.

    Attributes:
        groups: the narrowest group that is sure, then the broader ones round it.
        probability: how many of such statements are right.
        certainty: the same as a word.
        likeliest: the class to search for: the one that both views are sure of, None if there is none.
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
    probability = next(measured for bar, measured in _MEASURED if mean[best] >= bar)
    certainty = Certainty.HIGH if mean[best] >= _SURE else Certainty.MEDIUM
    return PictureStatement(_path(GROUPS[best]), probability, certainty, _likeliest(views, best))


def may_be_stated(view: Floats) -> bool:
    """Return False if nothing can be said of a picture whatever a second view of it shows.

    Args:
        view: probabilities of classes of the first view, ``float32 [1, classes]``.
    """
    chance = members().sum(axis=1) / CLASSES
    beyond = (view @ members().T - chance) / (1 - chance)
    least = np.maximum(_AGREED, 2 * _bars() - 1)  # the mean of two views holds the bar, and the second is 1 at most
    return bool((beyond >= least - _ROUNDING).any())


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
