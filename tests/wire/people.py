"""What people do: type commands, press, choose, fill in, react. Each waits for what Discord would show them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Literal

from . import payloads
from .files import Upload
from .gateway import GUILDS, Gateway
from .interactions import Interaction, Interactions, InteractionType
from .model import Channel, Guild, Json, Message, User
from .options import Typed, command_data, find_control, may_use, modal_data
from .posting import Posting
from .world import World

Until = Literal["settled", "answered", "sent"]
"""How long an act waits: until a person sees the outcome, until the first answer, or not at all."""
DEFERRED = 60.0
"""Seconds within which a deferred answer comes, on a busy machine too; Discord itself waits fifteen minutes."""
BUTTONS = frozenset({2})
SELECTS = frozenset({3, 5, 6, 7, 8})


class InteractionFailed(AssertionError):
    """What a person reads as "The application did not respond"."""


class People(World):
    """The world, with people in it who do things."""

    def __init__(self) -> None:
        super().__init__()
        self.first_answer = 3.2
        """Real seconds a person waits for the first answer, those left out in which a busy machine ran others."""
        self.gateway = Gateway(self)
        self.posting = Posting(self, self.gateway)
        self.made = Interactions(self)

    def happened(self, event: str, data: Json, guild: Guild) -> None:
        """Tell the shard that has the server."""
        if guild.present:
            self.gateway.dispatch(event, data, guild=guild, intent=GUILDS)

    def registered(self, name: str, channel: Channel, kind: int = 1) -> Json:
        """The command of this name that the bot has registered; AssertionError when there is none."""
        scopes = [self.commands.get(channel.guild.id if channel.guild else 0, []), self.commands.get(None, [])]
        found = [c for scope in scopes for c in scope if c["name"] == name and c["type"] == kind]
        assert found, f"no command {name!r}; registered are {[c['name'] for scope in scopes for c in scope]}"
        return found[0]

    async def command(
        self, user: User, channel: Channel, name: str, *, until: Until = "settled", **options: Any
    ) -> Interaction:
        """Type ``/name`` (``"safesearch set"``); options are values, ``Upload``, ``User`` or ``Channel``."""
        first, *path = name.split()
        command = self._offered(first, user, channel, 1)
        typed = Typed(self, channel)
        data = command_data(command, path, options, typed, None)
        return await self.send(InteractionType.COMMAND, user, channel, data, until=until)

    async def message_menu(self, user: User, message: Message, name: str, *, until: Until = "settled") -> Interaction:
        """Choose ``name`` from a message's Apps menu."""
        command = self._offered(name, user, message.channel, 3)
        data: Json = {"id": command["id"], "name": name, "type": 3, "target_id": str(message.id)}
        data["resolved"] = {"messages": {str(message.id): payloads.message(message, self)}}
        return await self.send(InteractionType.COMMAND, user, message.channel, data, until=until)

    async def autocomplete(self, user: User, channel: Channel, name: str, **options: Any) -> list[Json]:
        """What is offered while the last of ``options`` is being typed."""
        first, *path = name.split()
        command = self._offered(first, user, channel, 1)
        data = command_data(command, path, options, Typed(self, channel), list(options)[-1])
        one = await self.send(InteractionType.AUTOCOMPLETE, user, channel, data, until="answered")
        return one.choices or []

    def _offered(self, name: str, user: User, channel: Channel, kind: int) -> Json:
        command = self.registered(name, channel, kind)
        member = channel.guild.members.get(user.id) if channel.guild else None
        refusal = may_use(command, user, channel, self, member)
        assert not refusal, f"the command {name!r} {refusal}"
        return command

    def snapshot(self, message: Message) -> Json:
        """A message as it stands now, for a press on what a person still sees a moment later."""
        return payloads.message(message, self)

    async def press(
        self,
        user: User,
        message: Message,
        name: str | None = None,
        *,
        shown: Json | None = None,
        until: Until = "settled",
    ) -> Interaction:
        """Press the button with this custom_id, label or emoji; ``shown`` is an earlier snapshot (a stale click)."""
        control = find_control((shown or self.snapshot(message))["components"], name, BUTTONS)
        data: Json = {"custom_id": control["custom_id"], "component_type": 2, "id": control["id"]}
        return await self._use(user, message, data, until, shown)

    async def select(
        self, user: User, message: Message, values: list[str], name: str | None = None, *, until: Until = "settled"
    ) -> Interaction:
        """Choose options (by value or label) of a select menu; ``name`` is its custom_id or placeholder."""
        control = find_control(message.components, name, SELECTS)
        offered = {key: o["value"] for o in control.get("options") or [] for key in (o["label"], o["value"])}
        if "options" not in control:  # Discord fills it: with channels, say
            offered = {value: value for value in values}
        assert set(values) <= set(offered), f"the select offers {list(offered)}, not {values}"
        chosen = [offered[value] for value in values]
        low, high = control.get("min_values", 1), control.get("max_values", 1)
        assert low <= len(chosen) <= high, f"the select takes {low} to {high} values"
        data: Json = {"custom_id": control["custom_id"], "component_type": control["type"], "values": chosen}
        return await self._use(user, message, data, until, None)

    async def _use(self, user: User, message: Message, data: Json, until: Until, shown: Json | None) -> Interaction:
        assert shown or not message.deleted, "the message is gone"
        assert message.seen_by in (None, user), f"{user.name} does not see this private answer"
        kind = InteractionType.COMPONENT
        return await self.send(kind, user, message.channel, data, source=message, shown=shown, until=until)

    async def submit_modal(
        self, opened: Interaction, values: dict[str, Any], *, until: Until = "settled"
    ) -> Interaction:
        """Fill in and send the modal that ``opened`` was answered with; ``values`` by custom_id or label."""
        assert opened.modal is not None, f"no modal was opened; the answer was {opened.callback!r}"
        data = modal_data(opened.modal, values, Typed(self, opened.channel))
        kind = InteractionType.MODAL
        source = opened.source
        return await self.send(kind, opened.user, opened.channel, data, source=source, until=until, opened_by=opened)

    async def write(
        self, user: User, channel: Channel, content: str = "", *, attachments: list[Upload] | None = None
    ) -> Message:
        """A person writes a message."""
        one = self.say(channel, user, content, attachments=attachments)
        self.posting.announce("MESSAGE_CREATE", one)
        return one

    async def delete(self, message: Message) -> None:
        """Somebody deletes a message."""
        self.posting.delete(message)

    async def react(self, user: User, message: Message, emoji: str, *, until_edit: bool = False) -> Message:
        """React; with ``until_edit`` wait until the bot has edited (or deleted) the message."""
        return await self._touched(message, until_edit, lambda: self.posting.react(message, user, emoji))

    async def unreact(self, user: User, message: Message, emoji: str, *, until_edit: bool = False) -> Message:
        """Take a reaction back."""
        return await self._touched(message, until_edit, lambda: self.posting.unreact(message, user, emoji))

    async def _touched(self, message: Message, until_edit: bool, act: Callable[[], bool]) -> Message:
        assert not message.ephemeral, "nobody can react to a private answer"
        before = message.revision
        assert act(), "the reaction is already so"
        if until_edit:
            await self.until(lambda: message.revision > before, "an edit of the message")
        return message

    async def send(
        self,
        kind: InteractionType,
        user: User,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        until: Until = "settled",
        opened_by: Interaction | None = None,
        shown: Json | None = None,
    ) -> Interaction:
        """Send any interaction; InteractionFailed when no shard is there or no answer comes in three seconds."""
        one = self.made.make(kind, user, channel, data)
        one.source, one.opened_by, one.shown = source, opened_by, shown
        one.revision = source.revision if source else 0
        guild = channel.guild if channel.guild and channel.guild.present else None
        if not self.gateway.dispatch("INTERACTION_CREATE", self.made.payload(one), guild=guild):
            raise InteractionFailed("The application did not respond: no connection")
        if until == "sent":
            return one
        left = self.first_answer - (time.perf_counter() - one.started)
        while not one.answered:
            try:
                await self.until(lambda: one.answered, "a first answer", within=left)
            except AssertionError as error:
                left = self.first_answer - self.made.used(one, time.perf_counter() - one.started)
                if left <= 0:
                    raise InteractionFailed(f"The application did not respond: {error}") from None
        if until == "settled":
            await self.until(lambda: one.settled, "the deferred answer", within=DEFERRED)
        return one
