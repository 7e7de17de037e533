"""A stand-in for Discord on loopback sockets: a gateway, the REST routes a bot uses, and people who do things.

It is for what an in-process simulator cannot show: the unmodified bot logs in over sockets, is killed and comes back,
answers within three seconds, and sends nothing that Discord would refuse.

The bot as a process of its own (``kill -9`` and start again, with its state kept)::

    async with StandIn() as discord:
        guild = discord.guild()
        channel = discord.channel(guild, nsfw=True)          # kind=ChannelType.VOICE, FORUM, CATEGORY ..., parent=...
        thread, direct = discord.thread(channel), discord.dm(discord.user("cat", installed=True))
        ann = discord.member(guild, "ann", permissions=["manage_channels"], locale="de")
        async with bot_process(discord, tmp_path) as bot:     # tests.wire.process; MAGPIE_DATA_DIR is tmp_path
            reply = await discord.command(ann, channel, "image", query="red flowers")
            assert reply.answer.embed["title"]                # the message as it stands now, kept up to date
            await bot.restart()
            await discord.press(ann, reply.answer, "▶")
            await discord.react(ann, reply.answer, "▶\ufe0f", until_edit=True)

A client in this process (quicker; discord.py's two addresses are global, so one stand-in at a time)::

    async with StandIn() as discord, discord.running(Magpie(services)): ...

What people do (people.py): ``command``, ``autocomplete``, ``message_menu``, ``press``, ``select``, ``submit_modal``,
``write``, ``react``, ``unreact``. Each waits until a person would see the outcome (``until="settled"``), for the first
answer (``"answered"``) or for nothing (``"sent"``), and raises InteractionFailed where Discord would say "The
application did not respond". They return an Interaction: ``answer`` (the message), ``followups``, ``modal``,
``choices``, ``callback`` and ``latency``. Before anything is sent the checks of Discord's own client are made: is the
command registered, does it exist in this context and installation, may this person use it, do the options fit.
``snapshot`` and ``press(..., shown=...)`` make a click on what has changed meanwhile; ``until`` waits for anything.

A server the bot is not in (``guild(present=False)``), a private group (``private_channel``) and people with
``installed=True`` make user installs. ``bot=["manage_messages"]`` and ``bot_denied=["add_reactions"]`` set what the bot
may do; refusals carry Discord's codes (50001, 50013, 50003 in direct messages, 10008, 10062, 40060, 50083 ...).
``clock.advance(15 * 60)`` lets tokens and addresses of files expire. ``fail``, ``limit`` (429), ``delay``,
``gateway.drop``, ``gateway.reconnect`` and ``gateway.invalidate`` make trouble.

Everything the bot sends is in ``calls`` (``calls_to("PUT", "/reactions/")``), checked against Discord's own
description where ``../shared/discord/openapi.json`` is there, and always against the limits that it does not hold
(limits.py). A broken rule is answered with 50035 as Discord would, and fails the test when the block ends. The checks
are pure functions for tests without sockets too: ``limits.message_problems(body, file_names)``,
``limits_components.modal_problems(data)``, ``limits_commands.commands_problems(commands)``,
``validate.spec().request_problems(method, route, body)``.

Measurements: ``StandIn(check=False, record=False)``, ``load.press_many(..., count=2000, in_flight=16)`` and
``bot.cpu_seconds()``.
"""

from .files import Upload
from .interactions import Callback, Interaction, InteractionType
from .model import Channel, ChannelType, Guild, Message, User
from .people import InteractionFailed
from .standin import StandIn

__all__ = [
    "Callback",
    "Channel",
    "ChannelType",
    "Guild",
    "Interaction",
    "InteractionFailed",
    "InteractionType",
    "Message",
    "StandIn",
    "Upload",
    "User",
]
