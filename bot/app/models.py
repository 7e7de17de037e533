"""The models that the settings name: the operator's own, or the built-in ones where they are installed."""

import asyncio
from pathlib import Path

from bot.collection.hooks import Describer, Embedder, ModelError, Rater, TextEmbedder
from bot.collection.ingest.describing import NamedDescriber
from bot.collection.ingest.onnx_model import OnnxEmbedder, Scaling
from bot.collection.ingest.rating import NamedRater
from bot.collection.query.text_model import OnnxTextModel
from bot.recognition.classifier import BuiltInEmbedder, recognizer_is_installed
from bot.recognition.describer import BuiltInDescriber
from bot.recognition.rater import BuiltInRater
from bot.runtime.exit_codes import Exit, Stop
from bot.settings import Settings


async def open_embedder(settings: Settings) -> Embedder | None:
    """Return the model that says what is alike: the operator's own, else the built-in one where it is installed.

    Raises:
        Stop: it cannot be used.
    """
    named = settings.embedder
    if named == "off" or (named is None and not recognizer_is_installed()):
        return None
    try:
        if named in {None, "builtin"}:
            return BuiltInEmbedder.open(models_folder(settings))
        scaling = Scaling(settings.embedder_scaling)
        return await asyncio.to_thread(OnnxEmbedder.open, Path(named or ""), scaling)
    except ModelError as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_EMBEDDER is not usable: {error}.") from None


async def open_text_embedder(settings: Settings) -> TextEmbedder | None:
    """Return the text tower beside the operator's image model, None where none is named.

    Raises:
        Stop: it cannot be used, or there is no image model of the operator's that it belongs to.
    """
    if settings.embedder_text is None:
        return None
    if settings.embedder in {None, "builtin", "off"}:
        raise Stop(Exit.BAD_SETTINGS, "MAGPIE_EMBEDDER_TEXT needs its image tower in MAGPIE_EMBEDDER.")
    try:
        return await asyncio.to_thread(OnnxTextModel.open, settings.embedder_text)
    except ModelError as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_EMBEDDER_TEXT is not usable: {error}.") from None


def models_folder(settings: Settings) -> Path:
    """Return where files of built-in models are kept."""
    return settings.data_dir / "models"


def open_rater(settings: Settings) -> Rater | None:
    """Look the operator's rater up, if there is one.

    Raises:
        Stop: it cannot be used.
    """
    if settings.rater is None:
        return None
    try:
        return BuiltInRater.open() if settings.rater == "builtin" else NamedRater.open(settings.rater)
    except ModelError as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_RATER is not usable: {error}.") from None


def open_describer(settings: Settings) -> Describer | None:
    """Look up what describes pictures: the operator's own, else the built-in model where it is installed.

    Raises:
        Stop: it cannot be used.
    """
    if settings.describer is None and not recognizer_is_installed():
        return None
    try:
        if settings.describer is None:
            return BuiltInDescriber.open(models_folder(settings))
        return NamedDescriber.open(settings.describer)
    except ModelError as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_DESCRIBER is not usable: {error}.") from None
