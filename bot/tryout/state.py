"""What a person sees in a channel, as JSON for the page.

Messages keep Discord's own wire form (embeds, components, reactions); only addresses of uploads are turned into
addresses of this page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from simcord.backend import serializers
from simcord.enums import AppCommandType
from simcord.interactions import command_leaves

from . import age_flag, simcord_patches
from .examples import Example
from .world import Spot, TryoutUser, World

__all__ = ["FILES", "PAGES", "SAMPLES", "page_state"]

FILES, PAGES, SAMPLES = "/files", "/pages", "/samples"
_SHOWN_MESSAGES = 60
_MESSAGE_KEYS = (
    "id", "author", "content", "timestamp", "edited_timestamp", "embeds", "attachments", "components", "reactions",
    "flags", "type", "interaction_metadata", "referenced_message",
)  # fmt: skip


def page_state(world: World, person: TryoutUser, spot: Spot) -> dict[str, Any]:
    """The whole page for this person in this channel: people, channels, commands, and the newest messages."""
    return {
        "me": person.key,
        "here": str(spot.channel.id),
        "server": world.guild.name,
        "locale": world.locales.get(person.id),
        "uploadLimit": simcord_patches.UPLOAD_LIMIT,
        "mayChangeAgeFlag": world.may_change_age_flag(person, spot),
        "people": [_person(one) for one in world.people.values()],
        "bot": _bot(world),
        "roles": [{"id": str(role.id), "name": role.name} for role in world.roles],
        "channels": [_channel(world, one) for one in world.spots_of(person)],
        "locales": _locales(world),
        "commands": _commands(world, person, spot),
        "menus": [
            {"name": command["name"], "label": _said(command, "name", world.locales.get(person.id))}
            for command in _visible(world, person, spot, AppCommandType.MESSAGE)
        ],
        "sources": {"from": world.examples.source_prefix, "to": PAGES},
        "preparing": bool(world.examples.buttons) and not world.examples.ready.is_set(),
        "incomplete": bool(world.examples.buttons) and not world.examples.complete.is_set(),
        "examples": [_example(one) for one in world.examples.buttons],
        "messages": [_message(world, person, one) for one in world.visible_messages(person, spot)[-_SHOWN_MESSAGES:]],
    }


def _example(example: Example) -> dict[str, Any]:
    picture = f"{SAMPLES}/{example.picture}" if example.picture else None
    return {
        "label": example.label, "command": example.command, "options": dict(example.options), "picture": picture
    }  # fmt: skip


def _person(person: TryoutUser) -> dict[str, Any]:
    return {"key": person.key, "id": str(person.id), "name": person.name, "note": person.note}


def _bot(world: World) -> dict[str, Any]:
    user = world.env.backend.bot_user
    return {"id": str(user.id), "name": user.name}


def _channel(world: World, spot: Spot) -> dict[str, Any]:
    return {
        "id": str(spot.channel.id),
        "type": int(world.env.backend.get_channel(spot.channel.id).type),
        "kind": spot.kind,
        "name": spot.name,
        "topic": spot.topic,
        "parent": str(spot.parent.id) if spot.parent else None,
        "ageRestricted": age_flag.is_age_restricted(world.env, spot.channel),
    }


def _visible(world: World, person: TryoutUser, spot: Spot, kind: AppCommandType) -> list[dict[str, Any]]:
    return world.env.backend.visible_commands(user_id=person.id, channel_id=spot.channel.id, type=kind)


def _said(node: Mapping[str, Any], word: str, locale: str) -> str:
    """A name or description in the person's language, as Discord's client shows it."""
    translations: Mapping[str, str] = node.get(f"{word}_localizations") or {}
    return str(translations.get(locale) or node.get(word) or "")


def _items(node: Mapping[str, Any], key: str) -> list[Any]:
    return list(node.get(key) or ())


def _commands(world: World, person: TryoutUser, spot: Spot) -> list[dict[str, Any]]:
    locale = world.locales.get(person.id)
    return [
        {
            "name": " ".join(path),
            "label": " ".join(_path_words(command, path, locale)),
            "description": _said(leaf, "description", locale),
            "options": [_option(option, locale) for option in _items(leaf, "options")],
        }
        for command in _visible(world, person, spot, AppCommandType.CHAT_INPUT)
        for path, leaf in command_leaves(command)
    ]


def _path_words(command: Mapping[str, Any], path: list[str], locale: str) -> Iterable[str]:
    node = command
    yield _said(node, "name", locale)
    for name in path[1:]:
        node = next(option for option in node["options"] if option["name"] == name)
        yield _said(node, "name", locale)


def _option(option: Mapping[str, Any], locale: str) -> dict[str, Any]:
    return {
        "name": option["name"],
        "label": _said(option, "name", locale),
        "description": _said(option, "description", locale),
        "type": int(option["type"]),
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "choices": [
            {"label": _said(choice, "name", locale), "value": choice["value"]} for choice in _items(option, "choices")
        ],
        "channelTypes": _items(option, "channel_types"),
        **{key: option[key] for key in ("min_value", "max_value", "min_length", "max_length") if key in option},
    }


def _locales(world: World) -> list[str]:
    """English and every language into which some command, or an option or choice of one, is translated."""
    found = {"en-US"}
    parts = [command for scope in world.env.backend.commands.values() for command in scope.values()]
    while parts:
        part = parts.pop()
        found.update(part.get("name_localizations") or {}, part.get("description_localizations") or {})
        parts.extend([*_items(part, "options"), *_items(part, "choices")])
    return sorted(found)


def _message(world: World, person: TryoutUser, stored: Any) -> dict[str, Any]:
    payload = dict[str, Any](serializers.message_payload(world.env.backend, stored, for_user=person.id))
    uploads = {str(item["filename"]): str(item["url"]) for item in payload["attachments"]}
    kept = {key: payload[key] for key in _MESSAGE_KEYS if key in payload}
    return _with_local_addresses(kept, uploads)


def _with_local_addresses(value: Any, uploads: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _with_local_addresses(item, uploads) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON
    if isinstance(value, list | tuple):
        return [_with_local_addresses(item, uploads) for item in value]  # pyright: ignore[reportUnknownVariableType]  # JSON
    if not isinstance(value, str):
        return value
    address = uploads.get(value.removeprefix("attachment://"), value) if value.startswith("attachment://") else value
    if address.startswith(f"{simcord_patches.CDN}/attachments/"):
        path, mark, query = address.removeprefix(simcord_patches.CDN).partition("?")
        return FILES + quote(path) + mark + query
    return address
