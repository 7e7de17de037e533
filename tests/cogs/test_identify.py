"""/identify and its message menu in an offline Discord."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
from PIL import Image

from bot.bing_v7 import ImageInsights, Module
from bot.intake import Intake
from bot.storage import Database
from bot.storage.choices import Choices
from tests.pages.lookups import FakeLookups, everything, known

pytestmark = pytest.mark.usefixtures("ready")


@pytest.fixture
def cogs() -> tuple[str, ...]:
    return ("cogs.search", "cogs.identify")


@pytest.fixture
def service() -> FakeLookups:
    return FakeLookups()


@pytest.fixture
async def ready(nest: Any, tmp_path: Path) -> AsyncIterator[None]:
    """Give the bot what identifying needs."""
    database = await Database.open(f"sqlite:///{tmp_path}/choices.db")
    services = nest.bot.services
    services.intake = Intake(read_file=nest.bot.http.get_from_cdn)
    services.choices = Choices(database)
    yield
    await services.intake.aclose()
    await database.close()


def drawn(colour: str = "teal", size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def custom_ids(message: Any) -> list[str]:
    children = [child for row in message.components for child in getattr(row, "children", [])]
    return [child.custom_id for child in children if getattr(child, "custom_id", None)]


def control(message: Any, action: str) -> str:
    return next(one for one in custom_ids(message) if one.split(":")[2] == action)


async def click(nest: Any, who: Any, action: str, message: Any = None) -> Any:
    message = message or nest.shown()
    result = await who.click(message, custom_id=control(message, action))
    await nest.quiet()
    return result


async def choose(nest: Any, who: Any, action: str, value: str, message: Any = None) -> Any:
    message = message or nest.shown()
    result = await who.select(message, [value], custom_id=control(message, action))
    await nest.quiet()
    return result


async def identify(nest: Any, who: Any = None, **options: Any) -> Any:
    options = options or {"image": ("cat.png", drawn())}
    result = await (who or nest.mara).slash(nest.channel, "identify", **options)
    await nest.quiet()
    return result


async def test_an_attachment_is_named(nest: Any) -> None:
    await identify(nest)
    embed = nest.shown().embeds[0]
    assert embed.title == "Picture 7"
    assert embed.url == "https://www.example.org/page/7"
    assert "This is the very picture" in embed.description
    assert "Author 7" in embed.description
    (request,) = nest.service.asked("insights")
    assert request.upload is not None
    assert request.modules == {Module.ALL, Module.RECOGNIZED_ENTITIES}
    assert Image.open(io.BytesIO(request.upload.data)).size == (64, 48)
