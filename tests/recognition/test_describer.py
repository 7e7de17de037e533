"""The built-in model as a describer: English names, or silence."""

import numpy as np
import pytest

from bot.collection.arrays import Floats
from bot.collection.model import Description
from bot.recognition import describer
from bot.recognition.classifier import Seen
from bot.recognition.describer import BuiltInDescriber


def views(**classes: float) -> Floats:
    rest = np.full((2, 1000), 1e-6, np.float32)
    for number, share in classes.items():
        rest[:, int(number[1:])] = share
    return rest / rest.sum(axis=1, keepdims=True)


@pytest.fixture
def seen(monkeypatch, tmp_path):
    def show(found: Floats) -> Description:
        monkeypatch.setattr(describer, "model_file", lambda folder: folder)
        monkeypatch.setattr(describer, "look", lambda picture, file, goes_on: Seen(np.zeros(4, np.float32), found))
        return BuiltInDescriber(tmp_path).describe(np.zeros((8, 8, 3), np.uint8))

    return show


def test_what_is_sure_is_named_in_english_the_narrowest_first(seen):
    said = seen(views(c291=0.97))
    assert said.labels[0] == "lion"
    assert {"lion", "big cat", "animal"} <= set(said.labels)
    assert said.model == BuiltInDescriber(describer.Path("/")).name


def test_what_is_not_sure_is_not_named(seen):
    assert seen(views()).labels == ()
