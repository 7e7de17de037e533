"""What a user can do on the try-out page, and how it is done to the offline Discord.

Every action is one of the models below; `perform` does it and answers JSON for the page. What a person of Discord
could not do (a disabled button, a missing option, no permission) raises RefusedError with a sentence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from simcord.backend.errors import BackendError, SetupError
from simcord.enums import AppCommandType
from simcord.results import InteractionResult, ResponseMessage

from . import age_flag, simcord_patches
from .options import AttachedFile, option_values
from .world import NotHereError, Spot, TryoutUser, World

__all__ = ["ActionRunner", "AttachedFiles", "PageAction", "RefusedError", "parse_action"]

_ANSWER_WITHIN = 3.0  # seconds until Discord calls an interaction failed
_LOOK_EVERY = 0.01
_OPEN_MODALS = 20
AttachedFiles = Mapping[str, Sequence[AttachedFile]]


class RefusedError(Exception):
    """The action cannot be done; the message is a sentence for the person at the page."""


class _PageAction(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Send(_PageAction):
    """Say something in the channel, with the uploads of `files`."""

    kind: Literal["send"]
    content: str = Field(default="", max_length=2000)


class Slash(_PageAction):
    """Run a slash command; attachment options come as uploads `option:NAME`."""

    kind: Literal["slash"]
    name: str
    options: dict[str, str | bool | int | float] = {}


class Autocomplete(_PageAction):
    """Ask the bot for the choices of an option while it is typed."""

    kind: Literal["autocomplete"]
    name: str
    option: str
    value: str
    options: dict[str, str | bool | int | float] = {}


class Menu(_PageAction):
    """Use a message menu on a message."""

    kind: Literal["menu"]
    name: str
    message: int


class Click(_PageAction):
    """Press a button."""

    kind: Literal["click"]
    message: int
    custom_id: str


class Choose(_PageAction):
    """Pick entries of a select."""

    kind: Literal["select"]
    message: int
    custom_id: str
    values: list[str]


class Submit(_PageAction):
    """Send a filled-in modal; its file fields come as uploads `field:CUSTOM_ID`."""

    kind: Literal["submit"]
    modal: str
    values: dict[str, str | bool | list[str]] = {}


class React(_PageAction):
    """Add or take away one's reaction."""

    kind: Literal["react"]
    message: int
    emoji: str = Field(min_length=1, max_length=60)
    on: bool


class AgeFlag(_PageAction):
    """Set the channel's age flag."""

    kind: Literal["age"]
    on: bool


class Language(_PageAction):
    """Change the language of one's client."""

    kind: Literal["language"]
    locale: str = Field(pattern=r"^[a-z]{2}(-[A-Z0-9]{2,3})?$")


PageAction = Annotated[
    Send | Slash | Autocomplete | Menu | Click | Choose | Submit | React | AgeFlag | Language,
    Field(discriminator="kind"),
]
_adapter: TypeAdapter[PageAction] = TypeAdapter(PageAction)


def parse_action(data: Any) -> PageAction:
    """The action of decoded JSON. Raises pydantic's ValidationError."""
    return _adapter.validate_python(data)


class ActionRunner:
    """Where actions are done, one at a time; keeps the modals that are open."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turn = asyncio.Lock()
        self._modals: dict[str, InteractionResult] = {}

    async def perform(
        self, person: TryoutUser, spot: Spot, action: PageAction, uploads: AttachedFiles
    ) -> dict[str, Any]:
        """Do it; answers `{}`, `{"modal": ...}` or `{"choices": [...]}`. Raises RefusedError, NotHereError."""
        try:
            async with self._turn:
                result = await self._do(person, spot, action, uploads)
            return await self._answered(action, result) if result is not None else {}
        except (SetupError, BackendError, NotHereError) as error:
            raise RefusedError(_sentence(error)) from error

    async def _do(
        self, person: TryoutUser, spot: Spot, action: PageAction, uploads: AttachedFiles
    ) -> InteractionResult | None:
        match action:
            case Send() | React() | AgeFlag() | Language():
                return await self._plain(person, spot, action, uploads)
            case Slash() | Autocomplete():
                return await self._command(person, spot, action, uploads)
            case _:
                return await self._component(person, spot, action, uploads)

    async def _plain(
        self, person: TryoutUser, spot: Spot, action: Send | React | AgeFlag | Language, uploads: AttachedFiles
    ) -> None:
        actor: Any = self._world.actor(person, spot)
        match action:
            case Send():
                await self._say(person, spot, action.content, uploads.get("files", ()))
            case React():
                await actor.set_reaction(self._message(person, spot, action.message), action.emoji, reacted=action.on)
            case AgeFlag():
                if not self._world.may_change_age_flag(person, spot):
                    raise RefusedError("Changing the age flag of a channel needs the Manage Channels permission.")
                age_flag.set_age_restricted(self._world.env, spot.channel, restricted=action.on)
            case Language():
                self._world.locales.set(person.id, action.locale)
                self._world.env.touch()

    async def _say(self, person: TryoutUser, spot: Spot, content: str, files: Sequence[AttachedFile]) -> None:
        if not content.strip() and not files:
            raise RefusedError("Type something or attach a picture first.")
        if spot.kind == "dm":
            stored = self._world.env.backend.store_attachments(spot.channel.id, files)
            await person.member.user.send_dm(content, attachments=stored)
        else:
            await person.member.send(spot.channel, content, attachments=files)

    async def _command(
        self, person: TryoutUser, spot: Spot, action: Slash | Autocomplete, uploads: AttachedFiles
    ) -> InteractionResult | None:
        actor: Any = self._world.actor(person, spot)
        where = () if spot.kind == "dm" else (spot.channel,)
        declared = self._leaf_options(person, spot, action.name)
        given = option_values(self._world, declared, action.options, uploads)
        if isinstance(action, Slash):
            return await actor.slash(*where, action.name, **given)
        given.pop(action.option, None)
        before = set(self._world.env.backend.interactions)
        await actor.autocomplete(*where, action.name, action.option, action.value, **given)
        records = self._world.env.backend.interactions
        return InteractionResult(self._world.env, records[max(set(records) - before)])

    def _leaf_options(self, person: TryoutUser, spot: Spot, name: str) -> list[dict[str, Any]]:
        from simcord.interactions import command_leaves  # noqa: PLC0415

        for command in self._world.env.backend.visible_commands(user_id=person.id, channel_id=spot.channel.id):
            for path, leaf in command_leaves(command):
                if " ".join(path) == name:
                    return list(leaf.get("options") or [])
        raise RefusedError(f"There is no command /{name} for you in this channel.")

    async def _component(
        self, person: TryoutUser, spot: Spot, action: Menu | Click | Choose | Submit, uploads: AttachedFiles
    ) -> InteractionResult:
        actor: Any = self._world.actor(person, spot)
        if isinstance(action, Submit):
            return await self._submit(actor, action, uploads)
        message = self._message(person, spot, action.message)
        match action:
            case Click():
                return await actor.click(message, custom_id=action.custom_id)
            case Choose():
                return await actor.select(message, action.values, custom_id=action.custom_id)
            case Menu():
                return await self._menu(person, spot, action.name, message)

    async def _submit(self, actor: Any, action: Submit, uploads: AttachedFiles) -> InteractionResult:
        shown = self._modals.get(action.modal)
        if shown is None:
            raise RefusedError("That form is no longer open. Start again.")
        files = {key.removeprefix("field:"): list(value) for key, value in uploads.items()}
        result = await actor.submit_modal(shown, {**action.values, **files})
        del self._modals[action.modal]  # a form that was refused stays open
        return result

    async def _menu(self, person: TryoutUser, spot: Spot, name: str, message: ResponseMessage) -> InteractionResult:
        if spot.kind != "dm":
            return await person.member.context_menu(spot.channel, name, message)
        visible = self._world.env.backend.visible_commands(
            user_id=person.id, channel_id=spot.channel.id, type=AppCommandType.MESSAGE
        )
        command = next((one for one in visible if one["name"] == name), None)
        if command is None:
            raise RefusedError(f"There is no menu entry “{name}” here.")
        return await simcord_patches.message_menu_in_dm(self._world.env, person.member.user, command, message)

    def _message(self, person: TryoutUser, spot: Spot, message_id: int) -> ResponseMessage:
        return ResponseMessage(self._world.env, self._world.message(person, spot, message_id))

    async def _answered(self, action: PageAction, result: InteractionResult) -> dict[str, Any]:
        """Wait, as Discord's client does, until the bot has acknowledged."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _ANSWER_WITHIN
        while not result.acknowledged:
            if loop.time() >= deadline:
                if isinstance(action, Autocomplete):
                    return {"choices": []}
                raise RefusedError("The application did not respond.")
            await asyncio.sleep(_LOOK_EVERY)
        if isinstance(action, Autocomplete):
            return {"choices": result.autocomplete_choices or []}
        if result.modal is None:
            return {}
        return {"modal": {**result.modal, "key": self._keep_modal(result)}}

    def _keep_modal(self, result: InteractionResult) -> str:
        while len(self._modals) >= _OPEN_MODALS:
            self._modals.pop(next(iter(self._modals)))
        key = f"modal-{id(result):x}"
        self._modals[key] = result
        return key


def _sentence(error: Exception) -> str:
    """What simcord says of it, without its remarks for the author of a test."""
    said = str(error).partition(" \N{EM DASH} ")[0].strip()
    return said if said.endswith((".", "!", "?")) else f"{said or 'That cannot be done here'}."
