"""What a person types after a command's name, turned into the data of an interaction, as Discord's own client does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import payloads, permissions
from .files import Upload
from .model import Attachment, Channel, Json, Member, User, walk

if TYPE_CHECKING:
    from .world import World

SUBS = frozenset({1, 2})
STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 10, 11


@dataclass
class Typed:
    """Options and what they refer to."""

    world: World
    channel: Channel
    resolved: Json = field(default_factory=dict[str, Any])

    def refer(self, kind: str, number: int, payload: Json) -> str:
        """Add an object to ``resolved``; its id as text."""
        self.resolved.setdefault(kind, {})[str(number)] = payload
        return str(number)

    def attach(self, upload: Upload) -> str:
        """Upload a person's file; its id."""
        one: Attachment = self.world.files.add(upload, channel_id=self.channel.id, ephemeral=True)
        return self.refer("attachments", one.id, payloads.attachment(one, self.world))

    def value(self, option: Json, value: Any) -> Any:
        """``value`` as Discord sends it for this option; AssertionError when the client would not let it pass."""
        kind, name = option["type"], option["name"]
        if isinstance(value, Upload):
            assert kind == ATTACHMENT, f"the option {name!r} takes no file"
            return self.attach(value)
        if isinstance(value, User):
            member = self.channel.guild.members.get(value.id) if self.channel.guild else None
            if member:
                self.refer("members", value.id, payloads.member(member, channel=self.channel, with_user=False))
            return self.refer("users", value.id, payloads.user(value))
        if isinstance(value, Channel):
            payload = {**payloads.channel(value), "permissions": str(permissions.ALL)}
            return self.refer("channels", value.id, payload)
        _fits(option, value)
        return value


def _fits(option: Json, value: Any) -> None:
    """The checks that Discord's own client makes before it sends."""
    kind, name = option["type"], option["name"]
    kinds: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}
    assert isinstance(value, kinds.get(kind, (str,))), f"the option {name!r} (type {kind}) does not take {value!r}"
    choices = option.get("choices") or []
    allowed = [choice["value"] for choice in choices]
    assert not choices or value in allowed, f"the option {name!r} offers {allowed}, not {value!r}"
    size = len(value) if isinstance(value, str) else value
    low, high = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    assert option.get(low) is None or size >= option[low], f"{name!r}: {value!r} is below {option[low]}"
    assert option.get(high) is None or size <= option[high], f"{name!r}: {value!r} is above {option[high]}"


def command_data(command: Json, path: list[str], given: dict[str, Any], typed: Typed, focused: str | None) -> Json:
    """The ``data`` of a chat command or, with ``focused``, of an autocomplete."""
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    holder, inner = command, data
    for name in path:
        found = next((o for o in holder.get("options") or [] if o["type"] in SUBS and o["name"] == name), None)
        assert found is not None, f"the command {holder['name']!r} has no sub-command {name!r}"
        child: Json = {"name": name, "type": found["type"]}
        inner["options"] = [child]
        holder, inner = found, child
    known = {option["name"]: option for option in holder.get("options") or []}
    assert not any(o["type"] in SUBS for o in known.values()), (
        f"name a sub-command of {holder['name']!r}: {list(known)}"
    )
    inner["options"] = _options(holder["name"], known, given, typed, focused)
    if typed.resolved:
        data["resolved"] = typed.resolved
    return data


def _options(name: str, known: dict[str, Json], given: dict[str, Any], typed: Typed, focused: str | None) -> list[Json]:
    unknown = sorted(set(given) - set(known))
    assert not unknown, f"the command {name!r} has no option {unknown}; it has {list(known)}"
    missing = [one for one, option in known.items() if option.get("required") and one not in given]
    assert focused or not missing, f"the command {name!r} needs {missing}"
    options: list[Json] = []
    for key, value in given.items():
        option = known[key]
        if key == focused:
            assert option.get("autocomplete"), f"the option {key!r} has no autocomplete"
            options.append({"name": key, "type": option["type"], "value": value, "focused": True})
        else:
            options.append({"name": key, "type": option["type"], "value": typed.value(option, value)})
    return options


def modal_data(modal: Json, given: dict[str, Any], typed: Typed) -> Json:
    """The ``data`` of a submitted modal; ``given`` maps custom_ids or labels to what was typed, chosen or uploaded."""
    left = dict(given)
    parts = [_modal_part(part, left, typed) for part in modal.get("components") or []]
    assert not left, f"the modal {modal.get('title')!r} has no part {list(left)}"
    data: Json = {"custom_id": modal["custom_id"], "components": parts}
    if typed.resolved:
        data["resolved"] = typed.resolved
    return data


def _modal_part(part: Json, left: dict[str, Any], typed: Typed) -> Json:
    if part["type"] == 1:
        return {"type": 1, "components": [_modal_value(c, c.get("label"), left, typed) for c in part["components"]]}
    if part["type"] == 18:
        return {"type": 18, "id": 1, "component": _modal_value(part["component"], part.get("label"), left, typed)}
    return {"type": part["type"], "id": 1}


def _modal_value(field_: Json, label: str | None, left: dict[str, Any], typed: Typed) -> Json:
    names = (field_["custom_id"], label)
    key = next((name for name in names if name in left), None)
    base: Json = {"type": field_["type"], "custom_id": field_["custom_id"], "id": 2}
    if field_["type"] == 4:
        text = str(left.pop(key)) if key is not None else str(field_.get("value") or "")
        assert text or not field_.get("required", True), f"the modal's input {label!r} must be filled in"
        assert len(text) <= (field_.get("max_length") or 4000), (
            f"the modal's input {label!r} takes less than {len(text)}"
        )
        return {**base, "value": text}
    chosen = left.pop(key) if key is not None else [o["value"] for o in field_.get("options") or [] if o.get("default")]
    many = chosen if isinstance(chosen, list) else [chosen]
    if "options" in field_:
        offered = [option["value"] for option in field_["options"]]
        assert set(many) <= set(offered), f"the modal's select {label!r} offers {offered}, not {many}"
    values = [typed.attach(value) if isinstance(value, Upload) else value for value in many]
    return {**base, "values": values} if field_["type"] != 23 else {**base, "value": bool(many[0]) if many else False}


def find_control(components: list[Json], name: str | None, kinds: frozenset[int]) -> Json:
    """The button or select with this custom_id, label, emoji or placeholder; the only one when ``name`` is None."""
    controls = [part for part in walk(components) if part.get("type") in kinds]
    fitting = [c for c in controls if name is None or name in _names(c)]
    offered = [_names(control) for control in controls]
    assert fitting, f"no control {name!r}; the message has {offered}"
    assert len(fitting) == 1, f"{len(fitting)} controls fit {name!r}; the message has {offered}"
    assert not fitting[0].get("disabled"), f"the control {name!r} is disabled"
    assert fitting[0].get("custom_id"), f"the control {name!r} is a link, nothing is sent when it is used"
    return fitting[0]


def _names(control: Json) -> list[str]:
    emoji = (control.get("emoji") or {}).get("name")
    return [n for n in (control.get("custom_id"), control.get("label"), emoji, control.get("placeholder")) if n]


def may_use(command: Json, user: User, channel: Channel, world: World, member: Member | None) -> str:
    """Why Discord would not offer ``command`` to ``user`` here; empty when it does."""
    guild = channel.guild
    context = 0 if guild is not None else 1 if world.bot in channel.recipients else 2
    if command.get("contexts") is not None and context not in command["contexts"]:
        return f"is not for context {context}"
    reachable = {1} if user.installed else set[int]()
    if (guild is not None and guild.present) or context == 1:
        reachable.add(0)
    if not reachable & set(command.get("integration_types") or [0]):
        return "is not installed where it could be used here"
    needed = command.get("default_member_permissions")
    if guild is not None and needed is not None:
        has = permissions.in_channel(channel, user)
        if has & int(needed) != int(needed) or (int(needed) == 0 and has != permissions.ALL):
            return f"needs the permissions {needed}"
    if guild is not None and not guild.present:
        return ""
    if command.get("nsfw") and guild is not None and not (channel.parent or channel).nsfw:
        return "is for age-restricted channels only"
    return "" if member is not None or guild is None else "is used by nobody who is not in the server"
