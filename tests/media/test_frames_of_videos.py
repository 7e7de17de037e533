"""Frames of a video to choose from."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot.bing_v7 import PictureRefused
from bot.media import video
from bot.media.runner import InThread
from bot.media.service import Media

from .made import coded, scene

COLOURS = ("#c02020", "#20a020", "#2030c0", "#c0b020")


def striped_video(kind: str, codec: str, seconds: int = 8) -> bytes:
    """A video with a colour for each quarter of its length, and one key frame."""
    import av

    out = io.BytesIO()
    with av.open(out, mode="w", format=kind) as container:
        stream = container.add_stream(codec, rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 160, 96, "yuv420p", 1000
        for number in range(10 * seconds):
            shown = Image.new("RGB", (160, 96), COLOURS[number * len(COLOURS) // (10 * seconds)])
            container.mux(stream.encode(av.VideoFrame.from_image(shown)))
        container.mux(stream.encode(None))
    return out.getvalue()


def colour_of(data: bytes) -> str:
    """The nearest of the four colours."""
    mean = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=float).mean(axis=(0, 1))
    wanted = [tuple(int(one[at : at + 2], 16) for at in (1, 3, 5)) for one in COLOURS]
    return COLOURS[int(np.argmin([np.abs(mean - np.array(one)).sum() for one in wanted]))]


@pytest.mark.parametrize(("kind", "codec"), [("mp4", "mpeg4"), ("webm", "libvpx")])
async def test_four_frames_of_a_video_stand_on_one_picture_and_each_can_be_had(kind: str, codec: str) -> None:
    data, media = striped_video(kind, codec), Media(InThread())
    found = await media.frames(data)
    assert [round(one, 1) for one in found.seconds] == [0.4, 2.8, 5.2, 7.6]
    assert len(found.regions) == 4
    sheet = await media.fit(found.sheet.data)
    for number, colour in enumerate(COLOURS):
        frame = await media.fit(data, frame=number)
        assert frame.video
        assert frame.sha1 is None, "the file's hash is not the frame's"
        assert colour_of(frame.data) == colour
        assert colour_of((await media.cut_out(sheet, found.regions[number])).data) == colour


async def test_no_frame_behind_the_one_that_is_wanted_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    data, places = striped_video("mp4", "mpeg4"), list[float]()
    real = video._frame_at

    def counted(container: Any, stream: Any, seconds: float) -> video.Frame:
        places.append(seconds)
        return real(container, stream, seconds)

    monkeypatch.setattr(video, "_frame_at", counted)
    for number, colour in enumerate(COLOURS):
        places.clear()
        assert colour_of((await Media(InThread()).fit(data, frame=number)).data) == colour
        assert len(places) == number + 1


async def test_a_picture_has_no_frames_and_a_short_video_has_fewer() -> None:
    media = Media(InThread())
    with pytest.raises(PictureRefused):
        await media.frames(coded(scene(), "PNG"))
    with pytest.raises(PictureRefused):
        await media.frames(striped_video("mp4", "mpeg4")[:200])
    one = Media(InThread())
    assert not (await one.fit(coded(scene(), "PNG"))).video
