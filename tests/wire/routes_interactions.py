"""Routes of interactions: the first answer, ``@original`` and follow-ups. They need no bot token."""

from __future__ import annotations

import time
from typing import Any

from . import errors, payloads
from .interactions import Callback, Interaction, private_flag
from .limits import message_problems
from .limits_commands import choices_problems
from .limits_components import modal_problems
from .model import Json, Message, MessageFlag
from .rest import Answer, Asked, Rest
from .routes_channels import _names as names

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
HOOK = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = f"{HOOK}/messages/@original"
FOLLOWUP = f"{HOOK}/messages/{{message_id}}"


class InteractionRoutes:
    """Handlers; each takes what was asked and gives (status, body)."""

    def __init__(self, rest: Rest) -> None:
        self._world, self._posting, self._interactions = rest.world, rest.posting, rest.interactions
        rest.checks[("POST", CALLBACK)] = self._callback_problems
        rest.checks[("POST", HOOK)] = lambda asked: message_problems(asked.body or {}, names(asked))
        rest.checks[("PATCH", ORIGINAL)] = self._edit_problems
        rest.checks[("PATCH", FOLLOWUP)] = self._edit_problems

    def table(self) -> list[tuple[str, str, Any]]:
        """(method, route, handler) of every route; ``@original`` before the general one."""
        return [
            ("POST", CALLBACK, self.callback),
            ("POST", HOOK, self.follow_up),
            ("GET", ORIGINAL, self.read),
            ("PATCH", ORIGINAL, self.edit),
            ("DELETE", ORIGINAL, self.delete),
            ("GET", FOLLOWUP, self.read),
            ("PATCH", FOLLOWUP, self.edit),
            ("DELETE", FOLLOWUP, self.delete),
        ]

    # the first answer ---------------------------------------------------------------------------------------------

    def _callback_problems(self, asked: Asked) -> list[str]:
        kind, data = Callback(asked.body["type"]), asked.body.get("data") or {}
        if kind is Callback.MESSAGE:
            return message_problems(data, names(asked))
        if kind is Callback.MODAL:
            return modal_problems(data)
        if kind is Callback.CHOICES:
            one = self._world.interactions.get(asked["interaction_token"])
            return choices_problems(data.get("choices") or [], _focused_kind(one.data) if one else 3)
        if kind is Callback.UPDATE:
            one = self._world.interactions.get(asked["interaction_token"])
            message = one.source if one else None
            return self._changes(data, asked, message)
        return []

    def _changes(self, data: Json, asked: Asked, message: Message | None) -> list[str]:
        kept = [a.filename for a in message.attachments] if message else []
        flags = message.flags if message else 0
        return message_problems(data, names(asked), kept=kept, flags=flags, is_edit=True)

    def callback(self, asked: Asked) -> Answer:
        one = self._interactions.to_answer(asked["interaction_id"], asked["interaction_token"])
        kind, data = Callback(asked.body["type"]), asked.body.get("data") or {}
        refusal = self._interactions.accepts(one, kind)
        if refusal:
            self._world.violations.append(refusal)
            raise errors.invalid_form([refusal])
        self._act(one, kind, data, asked)
        one.callback, one.answered_at = kind, self._world.clock.now()
        one.latency = time.perf_counter() - one.started
        self._world.changed()
        if asked.query.get("with_response") not in ("1", "true", "True"):
            return 204, None
        return 200, self._callback_answer(one, kind)

    def _act(self, one: Interaction, kind: Callback, data: Json, asked: Asked) -> None:
        if kind in (Callback.MESSAGE, Callback.DEFER):
            one.message = self._answer(one, data, asked, loading=kind is Callback.DEFER)
        elif kind is Callback.DEFER_UPDATE:
            one.message = one.source
        elif kind is Callback.UPDATE:
            assert one.source is not None
            one.message = self._posting.edit(one.source, data, asked.files)
        elif kind is Callback.CHOICES:
            one.choices = data.get("choices") or []
        elif kind is Callback.MODAL:
            one.modal = data

    def _answer(self, one: Interaction, data: Json, asked: Asked, *, loading: bool = False) -> Message:
        """A message that answers an interaction."""
        flags = private_flag(data) or (MessageFlag.EPHEMERAL if self._interactions.forced_private(one) else 0)
        body = {**data, "flags": int(data.get("flags") or 0) | flags}
        extra: Json = {
            "interaction": self._interactions.metadata(one),
            "webhook": True,
            "seen_by": one.user if flags else None,
        }
        if one.source is not None:
            extra["reference"] = {"type": 0, "message_id": str(one.source.id), "channel_id": str(one.channel.id)}
        message = self._posting.create(one.channel, body, asked.files, **extra)
        if loading:
            message.flags |= MessageFlag.LOADING
        return message

    def _callback_answer(self, one: Interaction, kind: Callback) -> Json:
        about: Json = {"id": str(one.id), "type": int(one.type), "channel_id": str(one.channel.id)}
        if one.guild is not None:
            about["guild_id"] = str(one.guild.id)
        answer: Json = {"interaction": about}
        if one.message is not None:
            about["response_message_id"] = str(one.message.id)
            about["response_message_loading"] = one.message.loading
            about["response_message_ephemeral"] = one.message.ephemeral
            if kind in (Callback.MESSAGE, Callback.DEFER, Callback.UPDATE):
                shown = payloads.message(one.message, self._world)
                answer["resource"] = {
                    "type": int(Callback.MESSAGE if kind is Callback.DEFER else kind),
                    "message": shown,
                }
        return answer

    # afterwards ---------------------------------------------------------------------------------------------------

    def _edit_problems(self, asked: Asked) -> list[str]:
        one = self._world.interactions.get(asked["webhook_token"])
        message = self._find(one, asked) if one else None
        return self._changes(asked.body or {}, asked, message)

    def _find(self, one: Interaction, asked: Asked) -> Message | None:
        number = asked.match.get("message_id")
        if number is None:
            return one.message
        known = [*one.followups, *([one.message] if one.message else [])]
        return next((message for message in known if str(message.id) == number), None)

    def _message(self, asked: Asked) -> tuple[Interaction, Message]:
        one = self._interactions.by_token(asked["webhook_id"], asked["webhook_token"])
        message = self._find(one, asked)
        if message is None or message.deleted:
            raise errors.unknown("Message")
        return one, message

    def follow_up(self, asked: Asked) -> Answer:
        one = self._interactions.by_token(asked["webhook_id"], asked["webhook_token"])
        if one.message is not None and one.message.loading and not one.message.deleted:
            return 200, payloads.message(self._posting.edit(one.message, asked.body, asked.files), self._world)
        self._interactions.count_followup(one)
        message = self._answer(one, asked.body, asked)
        message.reference = (
            None
            if one.message is None
            else {
                "type": 0,
                "message_id": str(one.message.id),
                "channel_id": str(one.channel.id),
            }
        )
        one.followups.append(message)
        self._world.changed()
        return 200, payloads.message(message, self._world)

    def read(self, asked: Asked) -> Answer:
        return 200, payloads.message(self._message(asked)[1], self._world)

    def edit(self, asked: Asked) -> Answer:
        _, message = self._message(asked)
        return 200, payloads.message(self._posting.edit(message, asked.body, asked.files), self._world)

    def delete(self, asked: Asked) -> Answer:
        _, message = self._message(asked)
        self._posting.delete(message)
        return 204, None


def _focused_kind(data: Json) -> int:
    """The type of the option that is being typed."""
    for option in data.get("options") or []:
        if option.get("focused"):
            return int(option["type"])
        if option.get("options"):
            return _focused_kind(option)
    return 3
