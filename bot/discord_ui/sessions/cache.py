"""Sessions in use: read from storage once, each changed under its lock, and written back.

Page turns are written a moment after the answer, many in one transaction, because the message itself says which page it
shows. Everything else (pictures, requests) is written before it is shown.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cachetools import FIFOCache

from bot.bing_v7 import Picture
from bot.discord_ui.model.component_ids import new_session_id
from bot.discord_ui.model.page import JudgedPage
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.session import Session, pack_session, pack_state, unpack_session, unpack_state
from bot.discord_ui.render.page import PageCache
from bot.storage.sessions import PAGE_LIFETIME, SessionStore, StorageError, StoredSession

log = logging.getLogger(__name__)

SESSIONS_IN_MEMORY = 128
FOREIGN_MESSAGES = 4096
WRITE_AFTER, WRITE_AGAIN_AFTER = 2.0, 10.0
"""Seconds for which page turns are collected before they are written; meanwhile the message names its page."""
QUESTION_LIMIT = 4096
"""A question of more bytes than this is not kept."""


@dataclass(slots=True, eq=False)
class ActiveSession:
    """A session in use. Change ``content`` and ``state`` only while holding ``lock``.

    ``fresh`` is True until the first press after it was read from storage. ``turning`` counts the page turns that wait
    for the lock: whoever holds it need not draw a page that the next one turns away from. ``gone`` sessions were
    deleted while somebody used them: they are not kept again. ``pages`` are drawn already.
    ``judged`` are the page that is shown and the one drawn ahead, so that nothing is judged twice by the same rules.
    ``preview`` is the picture that was handed in, cut into parts to choose from, or the frames of a video; it is in
    memory alone.
    ``loaded`` are addresses of pictures that Discord has loaded; ``looked_at`` is when it is asked about the page.
    """

    stored: StoredSession
    content: Session
    state: PagerState
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    fresh: bool = False
    turning: int = 0
    gone: bool = False
    pages: PageCache = field(default_factory=PageCache)
    judged: tuple[JudgedPage, ...] = ()
    preview: Picture | None = None
    loaded: set[str] = field(default_factory=set[str])
    looked_at: asyncio.TimerHandle | None = None

    @property
    def id(self) -> str:
        """The session's name."""
        return self.stored.id


@dataclass(frozen=True, slots=True)
class ExpiredSession:
    """What is kept of a session after expiry: its id, question and last view, nothing that was found or uploaded."""

    id: str
    content: Session
    view: View


class SessionCache:
    """The sessions in use, over their table."""

    def __init__(self, store: SessionStore) -> None:
        self._store = store
        # No library's cache: the one that is dropped is the longest unused that nobody is using and that is written.
        self._active: OrderedDict[str, ActiveSession] = OrderedDict()
        self._by_message: dict[int, str] = {}
        self._foreign: FIFOCache[int, None] = FIFOCache(FOREIGN_MESSAGES)
        self._dirty: dict[str, ActiveSession] = {}
        self._writer: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._failing = False

    async def add(
        self,
        page: JudgedPage,
        *,
        guild_id: int | None = None,
        channel_id: int | None = None,
        message_id: int | None = None,
    ) -> ActiveSession:
        """Create a session and store it."""
        now, content, state = datetime.now(UTC), page.content, page.state
        stored = StoredSession(
            id=new_session_id(),
            kind=content.kind,
            owner_id=content.owner_id,
            state=pack_state(state),
            data=pack_session(content),
            created_at=now,
            expires_at=now + PAGE_LIFETIME,
            question=pack_question(content),
            guild_id=guild_id,
            channel_id=channel_id,
            message_id=message_id,
        )
        await self._store.add(stored)
        return self._keep(ActiveSession(stored, content, state, judged=(page,)))

    async def get(self, session_id: str) -> ActiveSession | None:
        """Return a live session by its id, None if it has expired."""
        active = self._active.get(session_id)
        if active is None:
            stored = await self._store.get(session_id)
            active = self._active.get(session_id) or (self._revive(stored) if stored else None)
        elif not await self._still_stored(active):
            return None
        return self._alive(active)

    def owner_of(self, session_id: str) -> int | None:
        """Return whose a session in memory is, None if it is not in memory."""
        active = self._active.get(session_id)
        return active.content.owner_id if active is not None else None

    async def expired(self, session_id: str) -> ExpiredSession | None:
        """Return the question of a session, live or expired; None if it is no longer stored."""
        stored = await self._store.get_or_expired(session_id)
        return unpack_expired(stored) if stored else None

    async def end(self, expired: ExpiredSession, message_id: int) -> None:
        """Forget the message of an expired session: it is treated as any foreign message from now on."""
        self._remember_foreign(message_id)
        await self._store.detach(expired.id)

    async def of_message(self, message_id: int) -> ActiveSession | None:
        """Return the session that a message shows, None if it shows none."""
        found = await self.shown_in(message_id)
        return found if isinstance(found, ActiveSession) else None

    async def shown_in(self, message_id: int) -> ActiveSession | ExpiredSession | None:
        """Return the session that a message shows or showed; messages without one are remembered."""
        session_id = self._by_message.get(message_id)
        alive = self._alive(self._active.get(session_id)) if session_id is not None else None
        if alive is not None and await self._still_stored(alive):
            return alive
        if message_id in self._foreign:
            return None
        stored = await self._store.of_message(message_id, or_expired=True)
        if stored is None:
            self._remember_foreign(message_id)
            return None
        alive = None if stored.expired() else self._alive(self._active.get(stored.id) or self._revive(stored))
        return alive or unpack_expired(stored)

    async def attach(self, active: ActiveSession, channel_id: int | None, message_id: int) -> None:
        """Remember which message shows the session."""
        self._foreign.pop(message_id, None)
        if active.stored.message_id != message_id:
            active.stored = replace(
                active.stored, channel_id=channel_id or active.stored.channel_id, message_id=message_id
            )
            await self.save(active)
        self._keep(active)

    async def save(self, active: ActiveSession) -> None:
        """Write everything of a session now."""
        async with self._writing:
            self._dirty.pop(active.id, None)
            content = active.content
            changed = replace(
                active.stored, kind=content.kind, state=pack_state(active.state), data=pack_session(content),
                question=pack_question(content),
            )  # fmt: skip
            written = await self._store.save(changed)
            if written is None:
                self.drop(active)
            else:
                active.stored = written

    def turned(self, active: ActiveSession) -> None:
        """Schedule a session's pager state to be written."""
        if active.gone:
            return
        self._dirty[active.id] = active
        self._write_soon()

    async def flush(self) -> None:
        """Wait until every turn is written, or could not be."""
        while True:
            self._begin_writing()
            if self._writer is None or self._writer.done():
                return
            await asyncio.shield(self._writer)
            if self._failing:
                return

    async def delete(self, active: ActiveSession) -> None:
        """Forget a session."""
        active.gone = True
        self.drop(active)
        await self._store.delete(active.id)

    async def forget(self, whose: Callable[[StoredSession], bool]) -> None:
        """Drop sessions whose rows were deleted, also those in use at the moment."""
        async with self._writing:
            for active in [one for one in self._active.values() if whose(one.stored)]:
                active.gone = True
                self.drop(active)

    def drop(self, active: ActiveSession) -> None:
        """Drop a session from memory; it is read from storage when needed again."""
        self._dirty.pop(active.id, None)
        if self._active.get(active.id) is active:
            del self._active[active.id]
        if active.stored.message_id is not None:
            self._by_message.pop(active.stored.message_id, None)

    def _remember_foreign(self, message_id: int) -> None:
        self._foreign[message_id] = None

    def _alive(self, active: ActiveSession | None) -> ActiveSession | None:
        if active is None:
            return None
        if active.stored.expired():
            self.drop(active)
            return None
        return self._keep(active)

    async def _still_stored(self, active: ActiveSession) -> bool:
        """Tell whether a session in memory still has its row; asked only where other processes may delete it."""
        if not self._store.shared or await self._store.exists(active.id):
            return True
        active.gone = True
        self.drop(active)
        return False

    def _keep(self, active: ActiveSession) -> ActiveSession:
        if active.gone:
            return active
        self._active[active.id] = active
        self._active.move_to_end(active.id)
        if active.stored.message_id is not None:
            self._by_message[active.stored.message_id] = active.id
        while len(self._active) > SESSIONS_IN_MEMORY:
            idle = next((one for one in self._active.values() if not self._in_use(one)), None)
            if idle is None or idle is active:
                break
            self.drop(idle)
        return active

    def _in_use(self, active: ActiveSession) -> bool:
        return active.lock.locked() or active.id in self._dirty

    def _revive(self, stored: StoredSession) -> ActiveSession | None:
        try:
            return ActiveSession(stored, unpack_session(stored.data), unpack_state(stored.state), fresh=True)
        except ValueError:
            log.warning("session %s was stored by another version and is given up", stored.id)
            return None

    def _write_soon(self) -> None:
        if self._timer is None:
            after = WRITE_AGAIN_AFTER if self._failing else WRITE_AFTER
            self._timer = asyncio.get_running_loop().call_later(after, self._begin_writing)

    def _begin_writing(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._dirty and (self._writer is None or self._writer.done()):
            self._writer = asyncio.create_task(self._write(), name="page-turns")

    async def _write(self) -> None:
        """Write the collected turns; what comes meanwhile, or cannot be written, is for the next time."""
        async with self._writing:
            batch = list(self._dirty.values())
            self._dirty.clear()
            changed = [replace(one.stored, state=pack_state(one.state)) for one in batch]
            try:
                self._written(batch, await self._store.save_many(changed))
            except (StorageError, OSError) as error:
                if not self._failing:
                    log.warning("page turns cannot be stored and are stored later: %s", type(error).__name__)
                self._failing = True
                for one in batch:
                    if not one.gone:
                        self._dirty.setdefault(one.id, one)
            else:
                self._failing = False
        if self._dirty:
            self._write_soon()

    def _written(self, batch: Sequence[ActiveSession], written: Sequence[StoredSession]) -> None:
        versions = {one.id: one.version for one in written}
        for one in batch:
            if one.id in versions:
                one.stored = replace(one.stored, version=versions[one.id])
            else:
                self.drop(one)


def pack_question(content: Session) -> bytes:
    """Write the question of a session; nothing if it is too large."""
    packed = pack_session(content.question())
    return packed if len(packed) <= QUESTION_LIMIT else b""


def unpack_expired(stored: StoredSession) -> ExpiredSession | None:
    """Read a session that has ended; None if nothing of it is left, or another version wrote it."""
    try:
        return ExpiredSession(stored.id, unpack_session(stored.question), unpack_state(stored.state).view)
    except ValueError:
        return None
