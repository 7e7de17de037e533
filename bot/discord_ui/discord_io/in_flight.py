"""Interactions that are being answered: counted, limited, and ended in time.

Whatever happens behind an interaction, the user sees something within Discord's three seconds, and a result or a
message within ``ANSWER_WITHIN``. Providers, database and decoders have shorter limits of their own.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Coroutine, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord

from bot.runtime.rate_limit import RateLimit

from . import responses
from .errors import Restarting, TooBusy, TooOften, TooSlow, show_error

log = logging.getLogger(__name__)

DEFER_WITHIN = 2.0
"""Seconds after which an interaction that nobody answered yet is deferred; Discord gives up after three."""
ANSWER_WITHIN = 30.0
"""Seconds after which work is stopped and the user told so; a picture is read (15), decoded (10), looked up (5)."""
GROWING_WITHIN = 360.0
"""The same for an answer that grows, or that a slow provider is waited for: each provider has a limit of its own, 300
seconds at most (`MAGPIE_VISION_SECONDS`)."""
SHUTDOWN_GRACE = 5.0
"""Seconds that running work may take to end when the bot is told to stop."""
STILL_READ = 0.5
"""Seconds for which events are still read after that: some had arrived and were not read yet."""
APOLOGY_TIME = 2.5
"""Seconds for telling users whose work did not end."""

AT_ONCE = 200
"""Maximum interactions at once; most of them wait for providers or Discord."""
AT_ONCE_PERSON = 16
AT_ONCE_MESSAGE = 32
COPIES_AT_ONCE = 4
"""Maximum private messages drawn at once; each may upload pictures, which takes processor time."""
COPIES_WAITING = 48
COMMAND_LIMIT = (10, 20.0)
"""Maximum commands of one user, and within how many seconds."""
PRESS_LIMIT = (20, 20.0)
"""As for commands: presses that ask for more than the next page of the user's own message."""


@dataclass(slots=True, eq=False)
class _Answering:
    """One interaction with the task that answers it, None until ``begin``, and the timer that looks at it next."""

    interaction: discord.Interaction[Any]
    task: asyncio.Task[Any] | None = None
    timer: asyncio.TimerHandle | None = None
    until: float = 0.0
    """On the event loop's clock, when it is stopped."""
    press: Hashable = None
    """What tells a press from others, None for anything else and for a press that only repeats another."""
    counted: bool = False


class InFlight:
    """The interactions of one client that are being answered."""

    def __init__(self) -> None:
        self._works: dict[int, _Answering] = {}
        self._of_person: Counter[int] = Counter()
        self._of_message: Counter[int] = Counter()
        self._pressed: dict[Hashable, _Answering] = {}
        self._commands, self._presses = RateLimit(*COMMAND_LIMIT), RateLimit(*PRESS_LIMIT)
        self._copies = asyncio.Semaphore(COPIES_AT_ONCE)
        self._copies_waiting = 0
        self._closing = False
        self._ending: set[asyncio.Task[None]] = set()
        self.refused: Counter[str] = Counter()
        """How often each limit was reached."""
        self.late = 0
        """How often an interaction had to be deferred because nobody had answered it in time."""
        self.overdue = 0
        """How often work was stopped because it took too long."""

    def __len__(self) -> int:
        """How many interactions are being answered."""
        return len(self._works)

    @property
    def copies_waiting(self) -> int:
        """How many private messages wait for their turn."""
        return self._copies_waiting

    @property
    def full(self) -> bool:
        """True if the next interaction may be refused."""
        return len(self._works) >= AT_ONCE or self._copies_waiting >= COPIES_WAITING

    def watch(self, interaction: discord.Interaction[Any]) -> None:
        """Watch an interaction from now on: it is deferred if nobody answers it in time."""
        if interaction.id in self._works:
            return
        loop = asyncio.get_running_loop()
        work = self._works[interaction.id] = _Answering(interaction, until=loop.time() + ANSWER_WITHIN)
        work.timer = loop.call_later(DEFER_WITHIN, lambda: self._run(self._late(work)))

    def give_time(self, interaction: discord.Interaction[Any], seconds: float) -> None:
        """Let an interaction that is being answered take so many seconds from now on, if that is more than it has."""
        if (work := self._works.get(interaction.id)) is not None:
            work.until = max(work.until, asyncio.get_running_loop().time() + seconds)

    def answered(self, interaction: discord.Interaction[Any]) -> None:
        """Let go of an interaction that shows its whole answer; what its task does for the next one is not stopped."""
        if (work := self._works.get(interaction.id)) is not None:
            self._done(work)

    def begin(self, interaction: discord.Interaction[Any], *, adds_up: bool = False) -> bool:
        """Watch an interaction that the running task answers.

        Returns False for a press that is being answered already: the same user pressed the same control of the same
        message before, so that this one takes nothing but an acknowledgement. Where presses ``adds_up`` (each turns one
        page further) none repeats another.

        Raises:
            TooBusy: too many interactions at once, of everybody, of the user or on the message.
            Restarting: the bot is about to stop.
        """
        self.watch(interaction)
        work, task = self._works[interaction.id], asyncio.current_task()
        if work.task is not None or task is None:
            return True
        work.task = task
        task.add_done_callback(lambda _: self._done(work))
        if self._closing:
            raise Restarting
        press = None if adds_up else _press(interaction)
        if press in self._pressed:
            return False
        if press is not None:
            work.press, self._pressed[press] = press, work
        self._admit(work)
        return True

    def _admit(self, work: _Answering) -> None:
        """Count what is worked on; raises ``TooBusy``."""
        interaction, work.counted = work.interaction, True
        self._count(work, 1)
        for limit, count, most in (
            ("all", len(self._works), AT_ONCE),
            ("person", self._of_person[interaction.user.id], AT_ONCE_PERSON),
            ("message", self._of_message[_message(interaction)], AT_ONCE_MESSAGE),
        ):
            if count > most:
                self._refuse(limit)
                raise TooBusy(limit)

    def count_command(self, interaction: discord.Interaction[Any]) -> None:
        """Count a command.

        Raises:
            TooOften: the user reached the limit.
        """
        self._take("commands", self._commands, interaction)

    def count_press(self, interaction: discord.Interaction[Any]) -> None:
        """Count a press that asks for more than the next page of one's own message.

        Raises:
            TooOften: the user reached the limit.
        """
        self._take("presses", self._presses, interaction)

    @property
    def copies_wait(self) -> bool:
        """True if the next private message has to wait for its turn."""
        return self._copies.locked()

    @asynccontextmanager
    async def copy(self) -> AsyncGenerator[None]:
        """Draw a private message inside this block, a few at a time.

        Raises:
            TooBusy: too many are waiting already.
        """
        if self._copies.locked() and self._copies_waiting >= COPIES_WAITING:
            self._refuse("copies")
            raise TooBusy("all")
        self._copies_waiting += 1
        try:
            await self._copies.acquire()
        finally:
            self._copies_waiting -= 1
        try:
            yield
        finally:
            self._copies.release()

    async def finish(self) -> None:
        """Refuse new work, let running work end, and tell users whose work did not end within ``SHUTDOWN_GRACE``.

        What Discord has sent already is read for ``STILL_READ`` seconds more, so that whoever sent it is told, too.
        """
        if not self._closing:  # the client and its sessions are closed one after the other, and both ask for it
            self._closing = True
            await asyncio.sleep(STILL_READ)
        running = {work.task for work in self._works.values() if work.task is not None}
        if running:
            log.info("finishing %d interactions", len(running))
            await asyncio.wait(running, timeout=SHUTDOWN_GRACE)
        left = [work for work in self._works.values() if work.task is None or not work.task.done()]
        if left:
            log.warning("%d interactions did not end in time and are told so", len(left))
            notices = [asyncio.create_task(self._stop(work, Restarting)) for work in left]
            await asyncio.wait(notices, timeout=APOLOGY_TIME)

    def _take(self, what: str, limit: RateLimit, interaction: discord.Interaction[Any]) -> None:
        if wait := limit.take(interaction.user.id):
            self._refuse(what)
            raise TooOften(what, wait)

    def _refuse(self, limit: str) -> None:
        self.refused[limit] += 1

    async def _late(self, work: _Answering) -> None:
        """Defer an interaction that is not answered yet, in the way that leaves every kind of answer possible."""
        if work.task is None and work.interaction.response.is_done():
            self._done(work)
        if work.interaction.id not in self._works:
            return
        self._stop_when_due(work)
        if not work.interaction.response.is_done():
            self.late += 1
            await responses.defer_late(work.interaction)

    def _stop_when_due(self, work: _Answering) -> None:
        """Stop the work now if its time is over, else look again when it is: it may be given more meanwhile."""
        loop = asyncio.get_running_loop()
        if loop.time() >= work.until:
            self._run(self._stop(work, TooSlow))
        else:
            work.timer = loop.call_at(work.until, self._stop_when_due, work)

    async def _stop(self, work: _Answering, why: type[Exception]) -> None:
        """Stop the work and tell the user, unless it has just ended."""
        self._quiet(work)
        self.overdue += why is TooSlow
        task = work.task
        if task is not None:
            task.cancel()
            await asyncio.wait([task], timeout=0.3)
            if task.done() and not task.cancelled():
                return
        await show_error(work.interaction, why())
        self._done(work)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _done(self, work: _Answering) -> None:
        if self._works.pop(work.interaction.id, None) is None:
            return
        self._quiet(work)
        if self._pressed.get(work.press) is work:
            del self._pressed[work.press]
        if work.counted:
            self._count(work, -1)

    @staticmethod
    def _quiet(work: _Answering) -> None:
        """Cancel the timer that would look at the work next."""
        if work.timer is not None:
            work.timer.cancel()
            work.timer = None

    def _count(self, work: _Answering, change: int) -> None:
        for counts, key in (
            (self._of_person, work.interaction.user.id),
            (self._of_message, _message(work.interaction)),
        ):
            counts[key] += change
            if not counts[key]:
                del counts[key]


def _message(interaction: discord.Interaction[Any]) -> int:
    """Return the message that was pressed; a number of its own where there is none."""
    return interaction.message.id if interaction.message is not None else interaction.id


def _press(interaction: discord.Interaction[Any]) -> Hashable:
    """Return what two presses have in common that ask for the same, None for anything but a press."""
    if interaction.type is not discord.InteractionType.component or interaction.message is None:
        return None
    data: dict[str, Any] = dict(interaction.data or {})
    return (interaction.user.id, interaction.message.id, data.get("custom_id"), tuple(data.get("values", ())))
