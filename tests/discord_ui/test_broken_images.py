"""Which address is tried next when Discord could not load one, and how much of that is remembered."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import Image
from bot.discord_ui.model.images import address_of
from bot.discord_ui.model.session import SearchSession
from bot.discord_ui.sessions.broken_images import MOST_REMEMBERED, unloaded_in, with_unloaded

THUMBNAIL, OWN = "https://thumbs.example/1.jpg", "https://pictures.example/1.jpg"
ADDRESSES = st.sampled_from([THUMBNAIL, OWN, "https://thumbs.example/2.jpg", "https://pictures.example/2.jpg"])


def picture(thumbnail: str | None = THUMBNAIL, own: str | None = OWN) -> Image:
    return Image(thumbnail_url=thumbnail, content_url=own)


def message(*sizes: tuple[int | None, int | None], components: list[Any] | None = None) -> Any:
    images = [SimpleNamespace(url=f"https://one.example/{n}", width=w, height=h) for n, (w, h) in enumerate(sizes)]
    return SimpleNamespace(embeds=[SimpleNamespace(image=one) for one in images], components=components or [])


@pytest.mark.parametrize(
    ("unloaded", "shown"),
    [
        ((), THUMBNAIL),
        ((THUMBNAIL,), OWN),
        ((OWN,), THUMBNAIL),
        ((THUMBNAIL, OWN), None),
        (("https://thumbs.example/other.jpg",), OWN),
        (("https://thumbs.example/other.jpg", "https://pictures.example/other.jpg"), THUMBNAIL),
    ],
)
def test_the_next_address(unloaded: tuple[str, ...], shown: str | None) -> None:
    assert address_of(picture(), {}, unloaded) == shown


@given(st.none() | ADDRESSES, st.none() | ADDRESSES, st.frozensets(ADDRESSES))
def test_no_address_is_tried_twice_and_none_is_left_out(
    thumbnail: str | None, own: str | None, unloaded: frozenset[str]
) -> None:
    shown = address_of(picture(thumbnail, own), {}, unloaded)
    left = {address for address in (thumbnail, own) if address} - unloaded
    assert shown in left if left else shown is None


def test_only_a_size_of_nothing_means_that_it_did_not_load() -> None:
    assert unloaded_in(message((0, 0), (None, None), (640, 480), (0, 480))) == {"https://one.example/0"}


def test_a_gallery_says_what_was_not_found() -> None:
    media = {"url": OWN, "width": 640, "height": 480, "loading_state": 3, "proxy_url": OWN, "flags": 0}
    fine = {**media, "url": THUMBNAIL, "loading_state": 2}
    parts = {"type": 12, "id": 2, "items": [{"media": media}, {"media": fine}]}
    data: Any = {"type": 17, "id": 1, "components": [parts], "accent_color": None, "spoiler": False}
    assert unloaded_in(message(components=[discord.Container(data, None)])) == {OWN}


def test_what_is_known_already_changes_nothing_and_memory_is_bounded() -> None:
    content = with_unloaded(SearchSession(owner_id=1), message((0, 0)))
    assert content.unloaded == ("https://one.example/0",)
    assert with_unloaded(content, message((0, 0), (640, 480))) is content
    for _ in range(3):
        content = with_unloaded(content, message(*[(0, 0)] * (MOST_REMEMBERED + 50)))
    assert len(content.unloaded) == MOST_REMEMBERED
