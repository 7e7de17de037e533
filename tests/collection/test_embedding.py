"""The operator's own image model: what is accepted, what is kept, and what it changes in answers."""

import io
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto
from PIL import Image, ImageDraw

from bot.bing_v7 import InsightsRequest, SafeSearch, Upload
from bot.collection.arrays import Floats
from bot.collection.fingerprints.similar import has_few_tones
from bot.collection.hooks import ModelError
from bot.collection.ingest import embedding
from bot.collection.ingest.indexing import index_paths
from bot.collection.ingest.onnx_model import OnnxEmbedder, Scaling, _load
from bot.collection.ingest.reports import Stage
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.media.runner import InThread
from bot.media.service import Media

from .made import scene
from .tiny_models import mean_colour, parts, two_inputs, whole_picture

RED = np.full((30, 40, 3), (250, 10, 10), dtype=np.uint8)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "pictures"
    root.mkdir()
    for seed in range(6):
        scene(seed, (120, 90)).save(root / f"scene {seed}.png")
    return root


@pytest.fixture
def embedder(tmp_path):
    return OnnxEmbedder.open(mean_colour(tmp_path / "colour.onnx"), Scaling.HALF)


@pytest.mark.parametrize(
    ("shape", "number"),
    [
        (("batch", 3, 8, 8), TensorProto.FLOAT),
        ((1, 3, 8, 12), TensorProto.FLOAT),
        ((1, "height", "width", 3), TensorProto.FLOAT),
        ((1, 3, 8, 8), TensorProto.FLOAT16),
    ],
)
def test_what_a_model_wants_is_read_from_it(tmp_path, shape, number):
    embedder = OnnxEmbedder.open(mean_colour(tmp_path / "m.onnx", shape, number), Scaling.HALF)
    vector = embedder.embed(RED)
    assert vector.dtype == np.float32
    wanted = np.array([250, 10, 10]) / 127.5 - 1
    assert vector == pytest.approx(wanted / np.linalg.norm(wanted), abs=2e-3)


def test_colours_are_scaled_as_said(tmp_path):
    file = mean_colour(tmp_path / "m.onnx")
    vectors = [OnnxEmbedder.open(file, scaling).embed(RED) for scaling in Scaling]
    wanted = (np.array([250, 10, 10]) / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    assert vectors[1] == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-3)
    assert len({tuple(vector.tolist()) for vector in vectors}) == 3
    assert len({OnnxEmbedder.open(file, scaling).name for scaling in Scaling}) == 3


def test_the_middle_of_a_long_picture_counts(embedder):
    picture = np.concatenate([np.zeros((20, 40, 3), np.uint8), RED[:20, :20], np.zeros((20, 40, 3), np.uint8)], axis=1)
    assert embedder.embed(picture) == pytest.approx(embedder.embed(RED), abs=1e-5)


def test_of_several_parts_the_first_is_the_picture(tmp_path):
    top = np.zeros((4, 4, 3), np.uint8)
    top[0] = 255
    vector = OnnxEmbedder.open(parts(tmp_path / "m.onnx"), Scaling.HALF).embed(top)
    assert vector == pytest.approx([0.5, -0.5, -0.5, -0.5])


def test_it_is_named_by_what_it_holds_and_travels_by_name(tmp_path, embedder):
    same = OnnxEmbedder.open(mean_colour(tmp_path / "other name.onnx"), Scaling.HALF)
    assert same.name == embedder.name
    assert OnnxEmbedder.open(mean_colour(tmp_path / "m.onnx", (1, 3, 4, 4)), Scaling.HALF).name != embedder.name
    again = pickle.loads(pickle.dumps(embedder))
    assert (again.embed(RED) == embedder.embed(RED)).all()


def unusable(tmp_path):
    garbage, empty = tmp_path / "garbage.onnx", tmp_path / "empty.onnx"
    garbage.write_bytes(b"\x08\x07oops" * 50)
    empty.touch()
    return {
        tmp_path / "nowhere.onnx": "cannot be read",
        tmp_path: "cannot be read",
        garbage: "no ONNX model",
        empty: "no ONNX model",
        two_inputs(tmp_path / "both.onnx"): "wants 2 inputs",
        whole_picture(tmp_path / "words.onnx", (1, 77), TensorProto.INT64): "instead of a picture",
        whole_picture(tmp_path / "gray.onnx", (1, 1, 8, 8)): "instead of a picture",
        whole_picture(tmp_path / "bytes.onnx", (1, 3, 8, 8), TensorProto.UINT8): "instead of a picture",
        whole_picture(tmp_path / "same.onnx"): "gives no vector",
    }


def test_what_is_no_image_model_is_said_plainly(tmp_path):
    for file, words in unusable(tmp_path).items():
        with pytest.raises(ModelError, match=words) as caught:
            OnnxEmbedder.open(file)
        assert len(str(caught.value).splitlines()) == 1
        assert str(tmp_path) not in str(caught.value) or file == tmp_path


def test_without_onnxruntime_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    _load.cache_clear()
    with pytest.raises(ModelError, match=r"magpie-bot\[vectors\]"):
        OnnxEmbedder.open(mean_colour(tmp_path / "m.onnx"))


async def test_only_what_is_missing_is_embedded(store, folder, embedder, tmp_path):
    steps = []
    report = await index_paths(store, [folder], workers=0, embedder=embedder, on_progress=steps.append)
    assert (report.added, report.vectors, report.skipped) == (6, 6, [])
    assert [(step.done, step.total) for step in steps if step.stage is Stage.VECTORS] == [(n, 6) for n in range(1, 7)]
    assert (await index_paths(store, [folder], workers=0, embedder=embedder)).vectors == 0
    scene(9, (120, 90)).save(folder / "late.png")
    (folder / "scene 0.png").unlink()
    assert (await index_paths(store, [folder], workers=0, embedder=embedder)).vectors == 1
    other = OnnxEmbedder.open(mean_colour(tmp_path / "m.onnx", (1, 3, 4, 4)), Scaling.HALF)
    report = await index_paths(store, [folder], workers=0, embedder=other)
    assert (report.unchanged, report.vectors) == (6, 6)
    assert len(await store.without_vector(embedder.name)) == 6
    assert await store.without_vector(other.name) == []


async def test_an_index_made_without_a_model_gets_vectors_without_being_read_anew(sqlite_store, folder, embedder):
    await index_paths(sqlite_store, [folder], workers=0)
    report = await index_paths(sqlite_store, [folder], workers=1, embedder=embedder)
    assert (report.unchanged, report.changed, report.vectors) == (6, 0, 6)


async def test_embedding_goes_on_where_it_was_interrupted(sqlite_store, folder, embedder, monkeypatch):
    monkeypatch.setattr(embedding, "EMBEDDER_BATCH", 2)
    keep = sqlite_store.keep_vectors
    written = []

    async def keep_once(model, vectors):
        if written:
            raise KeyboardInterrupt
        written.append(await keep(model, vectors))

    monkeypatch.setattr(sqlite_store, "keep_vectors", keep_once)
    with pytest.raises(KeyboardInterrupt):
        await index_paths(sqlite_store, [folder], workers=0, embedder=embedder)
    monkeypatch.undo()
    assert (await index_paths(sqlite_store, [folder], workers=0, embedder=embedder)).vectors == 4


class Moody:
    """A model that fails on dark pictures."""

    name = "moody"
    floor = None

    def embed(self, picture: np.ndarray) -> Floats:
        if picture.mean() < 10:
            raise ValueError("too dark")
        return np.array([0.6, 0.8], dtype=np.float32)


async def test_a_picture_that_the_model_fails_on_is_named_and_the_others_go_on(sqlite_store, folder):
    Image.new("RGB", (50, 50)).save(folder / "dark.png")
    report = await index_paths(sqlite_store, [folder], workers=0, embedder=Moody())
    assert (report.pictures, report.vectors) == (7, 6)
    assert [(skip.path, skip.reason) for skip in report.skipped] == [
        (str(folder / "dark.png"), "the model fails on it: ValueError")
    ]


async def test_why_no_picture_got_a_vector_is_told_in_the_models_own_words(sqlite_store, folder, monkeypatch):
    def full(self: Moody, picture: np.ndarray) -> Floats:
        raise ModelError("the model's file cannot be written: No space left on device")

    monkeypatch.setattr(Moody, "embed", full)
    report = await index_paths(sqlite_store, [folder], workers=0, embedder=Moody())
    assert {skip.reason for skip in report.skipped} == {
        "the model fails on it: the model's file cannot be written: No space left on device"
    }


async def test_a_file_that_is_another_one_now_gives_no_vector(sqlite_store, folder, tmp_path):
    await index_paths(sqlite_store, [folder], workers=0)
    scene(50, (120, 90)).save(folder / "scene 0.png")
    (folder / "scene 1.png").unlink()
    (tmp_path / "elsewhere").mkdir()
    report = await index_paths(sqlite_store, [tmp_path / "elsewhere"], workers=0, embedder=Moody())
    assert (report.pictures, report.vectors) == (6, 4)
    assert [Path(skip.path).name for skip in report.skipped] == ["scene 0.png"]
    assert "another one" in report.skipped[0].reason


def upload(picture: Image.Image) -> InsightsRequest:
    data = io.BytesIO()
    picture.save(data, "PNG")
    return InsightsRequest(upload=Upload(data=data.getvalue()), safe_search=SafeSearch.OFF)


async def alike(store, picture, embedder=None):
    answer = await CollectionProvider(store, Media(InThread()), embedder=embedder).insights(upload(picture))
    return [image.name for image in answer.visually_similar_images.value] if answer.visually_similar_images else []


class Sizes:
    """A model for which square pictures mean the same, and all others the same."""

    name = "sizes"
    floor = 0.9

    def embed(self, picture: np.ndarray) -> Floats:
        square = picture.shape[0] == picture.shape[1]
        return np.array([1, 0] if square else [0, 1], dtype=np.float32)


async def test_only_what_means_alike_is_similar(sqlite_store, folder):
    """Of pictures that look nothing like the one asked about, those that mean the same are similar, and no other."""
    blocks = np.random.default_rng(1).integers(0, 2, (3, 3)).astype(np.uint8) * 255
    Image.fromarray(blocks).resize((90, 90), Image.Resampling.NEAREST).save(folder / "dots.png")
    await index_paths(sqlite_store, [folder], workers=0, embedder=Sizes(), rating=Rating.SAFE)
    stranger = scene(200, (120, 90)).resize((90, 90))
    assert await alike(sqlite_store, stranger) == []
    assert await alike(sqlite_store, stranger, Sizes()) == ["Dots"]


async def test_what_shows_nothing_is_similar_to_nothing(sqlite_store, folder):
    """A model gives every picture a vector, a blank one and noise too."""
    await index_paths(sqlite_store, [folder], workers=0, embedder=Sizes(), rating=Rating.SAFE)
    noise = np.random.default_rng(2).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    for nothing in (Image.new("RGB", (120, 90), "teal"), Image.fromarray(noise)):
        assert await alike(sqlite_store, nothing, Sizes()) == []


class Nearly:
    """A model that puts pictures of few tones 0.7 from a photograph's vector, and photographs beside one another."""

    name = "nearly"
    floor = 0.55

    def embed(self, picture: np.ndarray) -> Floats:
        return np.array([0.7, 0.714] if has_few_tones(picture) else [1, 0], dtype=np.float32)


def screen() -> Image.Image:
    """A page of a program: one ground with lines and a panel."""
    made = Image.new("RGB", (400, 300), "white")
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, 90, 300), fill="#3a3d44")
    for top in range(20, 290, 20):
        draw.text((110, top), "an entry of a list that nobody reads", fill="black")
    return made


async def test_a_screenshot_has_to_be_nearer_than_a_photograph(sqlite_store, folder):
    """A model's vector of a screen says first of all that it is one."""
    await index_paths(sqlite_store, [folder], workers=0, embedder=Nearly(), rating=Rating.SAFE)
    assert await alike(sqlite_store, screen(), Nearly()) == []
    assert await alike(sqlite_store, scene(200, (120, 90)), Nearly()) != []
    drawing = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(drawing).ellipse((40, 60, 200, 260), fill="teal")
    drawing.save(folder / "drawing.png")
    await index_paths(sqlite_store, [folder], workers=0, embedder=Nearly(), rating=Rating.SAFE)
    assert await alike(sqlite_store, screen(), Nearly()) == ["Drawing"]


def test_few_tones_are_those_of_screens_and_drawings():
    ramp = np.tile(np.linspace(0, 255, 300).astype(np.uint8), (200, 1))
    assert has_few_tones(np.asarray(screen()))
    assert has_few_tones(np.full((50, 60, 3), 255, np.uint8))
    assert not has_few_tones(np.dstack([ramp] * 3))
    assert not has_few_tones(np.random.default_rng(3).integers(0, 256, (90, 80, 3), dtype=np.uint8))


async def test_vectors_show_nothing_that_the_level_forbids(sqlite_store, folder):
    await index_paths(sqlite_store, [folder], workers=0, embedder=Sizes(), rating=Rating.ADULT)
    provider = CollectionProvider(sqlite_store, Media(InThread()), embedder=Sizes())
    request = upload(scene(77, (120, 90)))
    open_, strict = [
        await provider.insights(request.model_copy(update={"safe_search": level}))
        for level in (SafeSearch.OFF, SafeSearch.STRICT)
    ]
    assert open_.visually_similar_images is not None
    assert strict.visually_similar_images is None


async def test_a_model_that_fails_on_a_lookup_costs_only_its_part(sqlite_store, folder, caplog):
    await index_paths(sqlite_store, [folder], workers=0, embedder=Moody(), rating=Rating.SAFE)
    dark = Image.new("RGB", (50, 50))
    assert await alike(sqlite_store, dark, Moody()) == await alike(sqlite_store, dark)
    assert "MAGPIE_EMBEDDER" in caplog.text
