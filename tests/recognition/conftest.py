"""The model's file, made once; without the extra its tests are skipped and say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.recognition.classifier import model_file, recognizer_is_installed


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not recognizer_is_installed():
        pytest.skip("the extra recognition is not installed")
    folder = tmp_path_factory.mktemp("models")
    model_file(folder)
    return folder
