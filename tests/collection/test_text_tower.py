"""Words find pictures that nobody described, with a model of two towers; both are made here and loaded from files."""

import numpy as np
import pytest

from bot.app.models import open_text_embedder
from bot.bing_v7 import NoteCode, SafeSearch, SearchRequest
from bot.collection.hooks import ModelError
from bot.collection.ingest.onnx_model import OnnxEmbedder
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.collection.query.text_model import OnnxTextModel
from bot.media.runner import InThread
from bot.media.service import Media
from bot.runtime.exit_codes import Stop
from bot.settings import Settings

from . import tiny_models
from .made import row


def painted(colour):
    """A picture of one colour."""
    return np.full((8, 8, 3), colour, np.uint8)


@pytest.fixture
async def undescribed(store, tmp_path):
    """Green and blue pictures, a red one, and a red one that Strict does not show; none has a caption."""
    embedder = OnnxEmbedder.open(tiny_models.mean_colour(tmp_path / "image.onnx"))
    pictures = [row("", seed=n, key=f"/{n}") for n in range(1, 26)]
    pictures += [row("", seed=50, key="/50", rating=Rating.RACY)]
    colours = [(20, 200, 20)] * 12 + [(20, 20, 200)] * 12 + [(200, 20, 20)] * 2
    await store.upsert(pictures)
    vectors = zip(pictures, colours, strict=True)
    await store.keep_vectors(embedder.name, {p.image_id: embedder.embed(painted(c)) for p, c in vectors})
    words = OnnxTextModel.open(tiny_models.text_tower(tmp_path))
    return CollectionProvider(store, Media(InThread()), embedder=embedder, text_embedder=words)


def asked(q, **wishes):
    return SearchRequest(q=q, safe_search=wishes.pop("level", SafeSearch.STRICT), **wishes)


async def test_words_find_what_nobody_described_and_it_is_said(undescribed):
    answer = await undescribed.search(asked("a photo of something red"))
    assert [image.image_id for image in answer.value] == [f"{25:040X}"]
    (note,) = answer.provenance.notes
    assert (note.code, note.detail) == (NoteCode.LIKE_PICTURES, "something, red")
    everything = await undescribed.search(asked("red", level=SafeSearch.OFF))
    assert {image.image_id for image in everything.value} == {f"{25:040X}", f"{50:040X}"}
    assert not (await undescribed.search(asked("red", min_width=5000))).value
    assert (await undescribed.search(asked("red", max_width=5000))).value


async def test_words_of_people_come_first_and_nonsense_finds_nothing(undescribed, store):
    assert not (await undescribed.search(asked("qzxvw red"))).value
    assert not (await undescribed.search(asked('"red"'))).value
    assert not (await undescribed.search(asked("+red"))).value
    assert not (await undescribed.search(asked("green"))).value  # half of them are: none stands out
    await store.upsert([row("Red door", seed=60, key="/60")])
    answer = await undescribed.search(asked("red"))
    assert [image.name for image in answer.value] == ["Red door"]
    assert answer.provenance.notes == ()


@pytest.mark.parametrize(("length", "inputs"), [("tokens", ("input_ids",)), (7, ("input_ids", "attention_mask"))])
def test_a_text_tower_takes_texts_of_any_length(tmp_path, length, inputs):
    model = OnnxTextModel.open(tiny_models.text_tower(tmp_path, length, inputs))
    vector = model.embed("Red")
    assert np.argmax(vector) == 0
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert np.isfinite(model.embed("blue " * 500)).all()


def test_what_is_no_text_tower_is_refused_in_a_sentence(tmp_path):
    image = tiny_models.mean_colour(tmp_path / "image.onnx")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not there"):
        OnnxTextModel.open(image)
    file = tiny_models.text_tower(tmp_path)
    with pytest.raises(ModelError, match="instead of input_ids"):
        OnnxTextModel.open(image)
    with pytest.raises(ModelError, match="is not there"):
        OnnxTextModel.open(tmp_path / "none.onnx")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be read"):
        OnnxTextModel.open(file)


async def test_it_is_named_beside_its_image_tower(tmp_path):
    file = str(tiny_models.text_tower(tmp_path))
    image = str(tiny_models.mean_colour(tmp_path / "image.onnx"))
    assert await open_text_embedder(Settings.model_validate({})) is None
    both = Settings.model_validate({"embedder": image, "embedder_text": file})
    assert isinstance(await open_text_embedder(both), OnnxTextModel)
    with pytest.raises(Stop, match="needs its image tower"):
        await open_text_embedder(Settings.model_validate({"embedder_text": file}))
    with pytest.raises(Stop, match="MAGPIE_EMBEDDER_TEXT is not usable"):
        await open_text_embedder(Settings.model_validate({"embedder": image, "embedder_text": image}))
