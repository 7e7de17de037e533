"""The same picture in every format through Discord's doors: what is sent on to a service shows the same."""

from collections.abc import Awaitable, Callable, Sequence

import pytest

from tests.examples import some
from tests.media import made
from tests.media.made import COLOUR, GREY
from tests.media.test_doors import wrong

from . import Upload
from .test_identify import House, house, running

__all__ = ["house", "running"]

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.filterwarnings("ignore:Corrupt EXIF"),  # the stand-in reads the size of what is posted
]
FILES = {**COLOUR, **GREY}
SOME = [name for number, name in enumerate(FILES) if number % 4 == 0]


@pytest.fixture(autouse=True)
def each_is_another_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is answered from what is remembered."""
    made.mark_each_scene(monkeypatch)


async def sent_on(
    house: House, names: Sequence[str], hand_in: Callable[[Upload], Awaitable[object]]
) -> dict[str, bytes]:
    """Hand every file in; what the service got of it."""
    await house.let_pictures_go("outside")
    found: dict[str, bytes] = {}
    for name in names:
        await hand_in(Upload("a.png", FILES[name]()))
        found[name] = house.endpoint.asked[-1][1]
        assert len(house.endpoint.asked) == len(found), name
    return found


@pytest.mark.thorough
async def test_as_attachments(house: House) -> None:
    names = some(list(FILES))
    assert wrong(await sent_on(house, names, lambda file: house.identify(house.person(), image=file))) == {}


async def test_by_the_message_menu(house: House) -> None:
    async def hand_in(file: Upload) -> None:
        posted = await house.discord.write(house.person(), house.channel, "what?", attachments=[file])
        await house.discord.message_menu(house.person(), posted, "Identify image")

    assert wrong(await sent_on(house, SOME, hand_in)) == {}


async def test_by_their_address(house: House) -> None:
    async def hand_in(file: Upload) -> None:
        posted = await house.discord.write(house.person(), house.channel, "this", attachments=[file])
        await house.identify(house.person(), url=house.discord.files.url(posted.attachments[0]))

    assert wrong(await sent_on(house, SOME, hand_in)) == {}
