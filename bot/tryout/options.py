"""The values of a slash command's options: from what a page sends to what Discord would send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcord.backend.errors import SetupError
from simcord.enums import OptionType

from .world import World

__all__ = ["AttachedFile", "option_values"]

AttachedFile = tuple[str, bytes]  # file name, bytes
Typed = str | bool | int | float


def option_values(
    world: World,
    declared: Sequence[Mapping[str, Any]],
    typed: Mapping[str, Typed],
    uploads: Mapping[str, Sequence[AttachedFile]],
) -> dict[str, Any]:
    """What was typed, in the kind that each declared option wants; options left empty are left out.

    Uploads are looked up as `option:NAME`. Raises SetupError with a sentence for a value of the wrong kind; whether
    a required option is missing is simcord's to say.
    """
    values: dict[str, Any] = {}
    for option in declared:
        name = str(option["name"])
        files = uploads.get(f"option:{name}")
        if files:
            values[name] = files[0]
        elif name in typed and typed[name] != "":
            values[name] = _value(world, option, typed[name])
    unknown = set(typed) - {str(option["name"]) for option in declared}
    if unknown:
        raise SetupError(f"There is no option {min(unknown)!r}.")
    return values


def _value(world: World, option: Mapping[str, Any], typed: Typed) -> Any:
    kind = OptionType(option["type"])
    match kind:
        case OptionType.INTEGER | OptionType.NUMBER:
            return _number(option, typed)
        case OptionType.BOOLEAN:
            return typed if isinstance(typed, bool) else str(typed).lower() == "true"
        case OptionType.USER | OptionType.CHANNEL | OptionType.ROLE | OptionType.MENTIONABLE:
            return _handle(world, option, str(typed))
        case _:
            return str(typed)


def _number(option: Mapping[str, Any], typed: Typed) -> int | float:
    try:
        return int(str(typed)) if option["type"] == OptionType.INTEGER else float(str(typed))
    except ValueError:
        wanted = "a whole number" if option["type"] == OptionType.INTEGER else "a number"
        raise SetupError(f"Option {option['name']!r} takes {wanted}.") from None


def _handle(world: World, option: Mapping[str, Any], typed: str) -> Any:
    everything = [
        *(person.member for person in world.people.values()),
        *(spot.channel for spot in world.spots.values()),
        *world.roles,
    ]
    for handle in everything:
        if str(handle.id) == typed:
            return handle
    raise SetupError(f"Option {option['name']!r}: pick one from the list.")
