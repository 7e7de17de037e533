"""Routes of the application: who am I, the gateway's address, commands, servers, people."""

from __future__ import annotations

from typing import Any

from . import errors, payloads
from .limits_commands import command_problems, commands_problems
from .model import Guild, Json
from .rest import Answer, Asked, Rest

COMMANDS = "/applications/{application_id}/commands"
GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"


class AppRoutes:
    """Handlers; each takes what was asked and gives (status, body)."""

    def __init__(self, rest: Rest) -> None:
        self._world = rest.world
        self.gateway_url = ""
        self.shards = 1
        for scope in (COMMANDS, GUILD_COMMANDS):
            rest.checks[("PUT", scope)] = lambda asked: commands_problems(asked.body or [])
            rest.checks[("POST", scope)] = lambda asked: command_problems(asked.body or {})

    def table(self) -> list[tuple[str, str, Any]]:
        """(method, route, handler) of every route."""
        table: list[tuple[str, str, Any]] = [
            ("GET", "/users/@me", lambda _: (200, payloads.me(self._world.bot))),
            ("GET", "/users/{user_id}", self.user),
            ("POST", "/users/@me/channels", self.open_dm),
            ("GET", "/oauth2/applications/@me", self.application),
            ("GET", "/applications/@me", self.application),
            ("GET", "/applications/{application_id}/emojis", lambda _: (200, {"items": []})),
            ("GET", "/gateway", lambda _: (200, {"url": self.gateway_url})),
            ("GET", "/gateway/bot", self.gateway),
            ("GET", "/guilds/{guild_id}", lambda asked: (200, payloads.guild(self._guild(asked)))),
            ("GET", "/guilds/{guild_id}/channels", self.channels),
            ("GET", "/guilds/{guild_id}/threads/active", self.threads),
            ("GET", "/guilds/{guild_id}/members/{user_id}", self.member),
        ]
        for scope in (COMMANDS, GUILD_COMMANDS):
            table += [
                ("GET", scope, lambda asked: (200, self._commands(asked))),
                ("PUT", scope, self.replace_commands),
                ("POST", scope, self.add_command),
                ("GET", f"{scope}/{{command_id}}", lambda asked: (200, self._command(asked))),
                ("DELETE", f"{scope}/{{command_id}}", self.drop_command),
            ]
        return table

    def application(self, _: Asked) -> Answer:
        bot = self._world.bot
        return 200, {
            "id": str(bot.id),
            "name": bot.name,
            "icon": None,
            "description": "",
            "type": None,
            "summary": "",
            "bot": payloads.user(bot),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "00" * 32,
            "flags": 0,
            "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": payloads.user(next((g.owner for g in self._world.guilds.values()), bot)),
            "approximate_guild_count": len(self._world.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "event_webhooks_status": 1,
            "eligible_oauth2_scopes": [],
        }

    def gateway(self, _: Asked) -> Answer:
        limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return 200, {"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit}

    # commands -----------------------------------------------------------------------------------------------------

    def _scope(self, asked: Asked) -> int | None:
        if asked["application_id"] != str(self._world.bot.id):
            raise errors.missing_access()
        return int(asked["guild_id"]) if "guild_id" in asked.match else None

    def _commands(self, asked: Asked) -> list[Json]:
        return self._world.commands.get(self._scope(asked), [])

    def _command(self, asked: Asked) -> Json:
        for command in self._commands(asked):
            if command["id"] == asked["command_id"]:
                return command
        raise errors.unknown("application command")

    def replace_commands(self, asked: Asked) -> Answer:
        scope = self._scope(asked)
        known = {(c["type"], c["name"]): c for c in self._commands(asked)}
        self._world.commands[scope] = [self._stored(body, known, scope) for body in asked.body]
        self._world.changed()
        return 200, self._world.commands[scope]

    def add_command(self, asked: Asked) -> Answer:
        scope = self._scope(asked)
        known = {(c["type"], c["name"]): c for c in self._commands(asked)}
        made = self._stored(asked.body, known, scope)
        is_new = (made["type"], made["name"]) not in known
        others = [c for c in self._commands(asked) if c["id"] != made["id"]]
        self._world.commands[scope] = [*others, made]
        return 201 if is_new else 200, made

    def drop_command(self, asked: Asked) -> Answer:
        gone = self._command(asked)
        self._world.commands[self._scope(asked)] = [c for c in self._commands(asked) if c is not gone]
        return 204, None

    def _stored(self, body: Json, known: dict[tuple[int, str], Json], scope: int | None) -> Json:
        """A command as Discord gives it back: it keeps its id when type and name are known."""
        kind = int(body.get("type") or 1)
        old = known.get((kind, body["name"]))
        made: Json = {
            "description": "",
            "default_member_permissions": None,
            "nsfw": False,
            "contexts": None,
            "integration_types": [0],
            **{key: value for key, value in body.items() if key not in ("id", "dm_permission")},
            "id": old["id"] if old else str(self._world.clock.snowflake()),
            "application_id": str(self._world.bot.id),
            "version": str(self._world.clock.snowflake()),
            "type": kind,
        }
        if made["default_member_permissions"] is not None:
            made["default_member_permissions"] = str(made["default_member_permissions"])
        if scope is not None:
            made["guild_id"] = str(scope)
        return made

    # places and people --------------------------------------------------------------------------------------------

    def _guild(self, asked: Asked) -> Guild:
        guild = self._world.guilds.get(int(asked["guild_id"]))
        if guild is None or not guild.present:
            raise errors.unknown("Guild")
        return guild

    def channels(self, asked: Asked) -> Answer:
        return 200, [payloads.channel(c) for c in self._guild(asked).channels.values() if not c.is_thread]

    def threads(self, asked: Asked) -> Answer:
        found = [c for c in self._guild(asked).channels.values() if c.is_thread and not c.archived]
        return 200, {"threads": [payloads.channel(c) for c in found], "members": [], "has_more": False}

    def member(self, asked: Asked) -> Answer:
        found = self._guild(asked).members.get(int(asked["user_id"]))
        if found is None:
            raise errors.unknown("Member")
        return 200, payloads.member(found)

    def user(self, asked: Asked) -> Answer:
        found = self._world.users.get(int(asked["user_id"]))
        if found is None:
            raise errors.unknown("User")
        return 200, payloads.user(found)

    def open_dm(self, asked: Asked) -> Answer:
        found = self._world.users.get(int(asked.body["recipient_id"]))
        if found is None or found.bot:
            raise errors.unknown("User")
        return 200, payloads.channel(self._world.dm(found))
