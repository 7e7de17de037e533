"""Commands, intents and permissions, checked over every cog at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio

from bot.app import open_services
from bot.client import PERMISSIONS, magpie_intents
from bot.discord_ui.render import attribution
from bot.providers import registry
from bot.providers.entry import Entry
from bot.providers.plugins import Plugins
from bot.settings import COLLECTION, Settings

from .commands_sent import commands_sent

ROOT = Path(__file__).parents[1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def payload(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """All commands as Discord is told about them."""
    folder = tmp_path_factory.mktemp("data")
    settings = Settings.model_validate({"data_dir": folder, "providers": (COLLECTION,), "allow_safesearch_off": True})
    return await commands_sent(settings)


def walk(command: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give a command or option and everything inside it, with its path."""
    here = f"{path}/{command['name']}"
    yield here, command
    for option in command.get("options") or []:
        yield from walk(option, here)


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_commands_of_the_bot(payload: list[dict[str, Any]]) -> None:
    slash = {command["name"] for command in payload if command.get("type", 1) == 1}
    assert {"image", "trending", "identify", "safesearch", "about"} <= slash
    assert [command["name"] for command in payload if command.get("type", 1) == 3] == ["Identify image"]
    named = [(command.get("type", 1), command["name"]) for command in payload]
    assert len(named) == len(set(named))


async def test_no_command_is_for_adults_and_each_says_where_it_works(payload: list[dict[str, Any]]) -> None:
    for command in payload:
        assert not command.get("nsfw"), command["name"]
        assert command.get("contexts"), command["name"]
        assert command.get("integration_types") is not None, command["name"]


async def test_moderators_commands_ask_for_the_permission_by_default(payload: list[dict[str, Any]]) -> None:
    by_name = {command["name"]: command for command in payload}
    for name in ("display", "identify-settings"):
        assert int(by_name[name]["default_member_permissions"]) & discord.Permissions(manage_channels=True).value
    for name in ("display", "identify-settings", "safesearch"):
        assert by_name[name]["contexts"] == [0], name
        assert by_name[name]["integration_types"] == [0], name


async def test_names_and_descriptions_fit_discords_limits_in_every_language(payload: list[dict[str, Any]]) -> None:
    for command in payload:
        size = 0
        for path, part in walk(command):
            names = [part["name"], *(part.get("name_localizations") or {}).values()]
            descriptions = [part.get("description", ""), *(part.get("description_localizations") or {}).values()]
            for name in names:
                assert 1 <= len(name) <= 32, path
                if command.get("type", 1) == 1:
                    assert re.fullmatch(r"[-_'\w]+", name), (path, name)
                    assert name == name.lower(), (path, name)
            for description in descriptions:
                assert len(description) <= 100, (path, description)
                assert description or command.get("type", 1) != 1, path
            choices = part.get("choices") or []
            assert len(choices) <= 25, path
            size += max(map(len, names)) + max(map(len, descriptions))
            for choice in choices:
                every = [choice["name"], *(choice.get("name_localizations") or {}).values()]
                assert all(1 <= len(name) <= 100 for name in every), path
                size += max(map(len, every)) + len(str(choice["value"]))
        assert len(command.get("options") or []) <= 25, command["name"]
        assert size <= 8000, (command["name"], size)


async def test_options_of_one_command_have_different_names_in_every_language(payload: list[dict[str, Any]]) -> None:
    for command in payload:
        for path, part in walk(command):
            options = part.get("options") or []
            for locale in {locale for option in options for locale in (option.get("name_localizations") or {})}:
                names = [(option.get("name_localizations") or {}).get(locale, option["name"]) for option in options]
                assert len(names) == len(set(names)), (path, locale, names)


async def test_intents_are_servers_and_reactions_and_none_is_privileged() -> None:
    intents = magpie_intents()
    assert intents.value == 9217
    assert not intents.value & discord.Intents(members=True, presences=True, message_content=True).value


async def test_the_invite_link_asks_for_the_permissions_that_are_documented() -> None:
    assert f"permissions={PERMISSIONS.value}" in (ROOT / "README.md").read_text()


async def test_a_provider_of_any_package_is_called_as_it_calls_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = Entry(title="Museum", verbs=(), make=lambda *_: pytest.fail("nobody asked for it"))
    monkeypatch.setattr(registry, "load_plugins", lambda: Plugins({"mine": entry}, {}))
    monkeypatch.setattr(attribution, "_titles", {})
    registry.registry.cache_clear()
    try:
        async with open_services(Settings(data_dir=tmp_path, providers=(COLLECTION,)), starter_later=True):
            named = {name: attribution.provider_title(name, "de") for name in ("mine", "openverse", "wikifeeds")}
    finally:
        registry.registry.cache_clear()
    assert named == {"mine": "Museum", "openverse": "Openverse", "wikifeeds": "Wikipedia heute"}
