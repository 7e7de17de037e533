"""Reads, checks and cleans pictures that users upload or link; nothing of them is stored."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.bing_v7 import Crop, Picture, PictureRefused, Upload
from bot.media import video
from bot.media.limits import FitLimits
from bot.media.service import PATIENCE, Frames, Media

from .addresses import checked_address
from .reading import USER_AGENT, ReadLimits, download_picture, look_at, open_plain, open_web
from .turns import Turns

DISCORD_ORIGINS = frozenset(
    URL(f"https://{host}")
    for host in (
        "cdn.discordapp.com",
        "media.discordapp.net",
        "images-ext-1.discordapp.net",  # Discord's copies of the pictures of previews
        "images-ext-2.discordapp.net",
    )
)
"""The only origins that attachments, video stills and preview pictures are read from."""

DEFAULT_ATTACHMENT_LIMIT = 10 * 1024 * 1024
"""Bytes; Discord's limit for a file where the interaction names none."""

_SIGNED = ("/attachments/", "/ephemeral-attachments/")
_LEAST_PATIENCE = 2.0
"""Seconds that decoding may take at least, even after a slow download."""

IsKeptBack = Callable[[bytes, Hashable], Awaitable[bool]]
"""Says of a picture whether it may not be shown again below Off; the second argument is who asks."""
FetchFile = Callable[[str], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class VideoFrames:
    """Frames of a video on one picture, when each is shown in seconds, and whether one may not be shown below Off."""

    picture: Picture
    seconds: tuple[float, ...]
    kept_back: bool


class Intake:
    """Reads pictures that users upload or link.

    Args:
        origins: further places that attachments may be read from (scheme, host and port), for another server that
            implements Discord's API.
        read_file: reads an attachment in place of HTTP, where Discord is offline.
        media: where pictures are decoded; not closed here.
        fit_limits: what is sent on: bytes, pixels a side.
        read_limits: bytes and seconds for addresses on the web.
        resolver: in place of DNS.
        is_kept_back: asked about each picture, whether it may be shown again; None asks nobody.
        user_agent: what web servers are told of who reads; the operator's contact belongs in it.
    """

    def __init__(
        self,
        media: Media,
        *,
        origins: Sequence[str] = (),
        read_file: FetchFile | None = None,
        fit_limits: FitLimits | None = None,
        read_limits: ReadLimits | None = None,
        resolver: AbstractResolver | None = None,
        user_agent: str = USER_AGENT,
        is_kept_back: IsKeptBack | None = None,
    ) -> None:
        self._origins = DISCORD_ORIGINS | {URL(origin).origin() for origin in origins}
        self.read_file = read_file
        self._media = media
        self._fit_limits = fit_limits
        self._read_limits = read_limits or ReadLimits()
        self._resolver = resolver
        self._user_agent = user_agent
        self._is_kept_back = is_kept_back
        self._web: aiohttp.ClientSession | None = None
        self._plain: aiohttp.ClientSession | None = None
        limits = self._read_limits
        self._web_turns, self._plain_turns = (Turns(limits.at_once, limits.of_one) for _ in range(2))

    @property
    def reads_videos(self) -> bool:
        """True if frames of videos can be read here."""
        return video.is_installed()

    async def aclose(self) -> None:
        """Close connections."""
        for session in (self._web, self._plain):
            if session is not None:
                await session.close()

    def is_discords(self, address: str) -> bool:
        """Return whether an address is on one of Discord's origins (exactly: scheme, host, port, no credentials)."""
        try:
            url = URL(address)
            return url.origin() in self._origins and not (url.user or url.password)
        except ValueError:
            return False

    def is_old_link(self, address: str) -> bool:
        """Return whether an address is that of an upload to Discord, without a signature that is still valid."""
        return self.is_discords(address) and _has_run_out(address)

    async def from_discord(
        self,
        address: str,
        *,
        size: int | None = None,
        limit: int | None = None,
        smaller: str | None = None,
        owner: Hashable = None,
        frame: int | None = None,
    ) -> Upload:
        """Read an attachment, or a still that Discord made, from Discord's own hosts.

        Args:
            address: its address as Discord gave it.
            size: its size in bytes as Discord says, to know early that it is too large.
            limit: the most bytes allowed here (an interaction's ``attachment_size_limit``).
            smaller: address of a smaller copy that Discord makes, for what is too large.
            owner: who asks; owners take turns.
            frame: which of a video's `frames` is meant, from 0.

        Raises:
            PictureRefused: the reason is in ``why``.
            Overloaded: too many pictures are waiting.
            PicturesUnreadable: no picture can be read now.
        """
        most = limit or DEFAULT_ATTACHMENT_LIMIT
        until = _now() + PATIENCE
        try:
            data = await self._read_discord(address, size, most, owner)
            return await self.from_bytes(data, most, owner=owner, until=until, frame=frame)
        except PictureRefused as refused:
            if smaller is None or refused.why not in {"too-large", "too-many-pixels"}:
                raise
            try:
                smaller_bytes = await self._read_discord(smaller, None, most, owner)
            except PictureRefused as missing:
                if missing.why == "unreachable":  # Discord makes no copy of everything: this picture is too large
                    raise refused from None
                raise
            copy = await self.from_bytes(smaller_bytes, most, owner=owner, until=until)
            return copy.model_copy(update={"sha1": None})  # the hash is that of the copy

    async def _read_discord(self, address: str, size: int | None, most: int, owner: Hashable) -> bytes:
        if not self.is_discords(address):
            raise PictureRefused("unsafe-address", "not one of Discord's hosts")
        if size is not None and size > most:
            raise PictureRefused("too-large", limit=most)
        if size == 0:
            raise PictureRefused("empty")
        if self.read_file is not None:
            return await self._through_client(self.read_file, address)
        self._plain = self._plain or open_plain(self._read_limits, self._user_agent)
        async with self._plain_turns.turn(owner, self._read_limits.stalled):
            return await download_picture(self._plain, URL(address, encoded=True), most, None)

    @staticmethod
    async def _through_client(read_file: FetchFile, address: str) -> bytes:
        try:
            return await read_file(address)
        except Exception as error:
            raise PictureRefused("unreachable", type(error).__name__) from error

    async def from_web(self, address: str, *, owner: Hashable = None, frame: int | None = None) -> Upload:
        """Read a picture from a public address that somebody typed; Discord's own hosts are public too.

        Raises:
            PictureRefused: the reason is in ``why``.
            Overloaded: too many pictures are waiting.
            PicturesUnreadable: no picture can be read now.
        """
        until = _now() + PATIENCE
        return await self.from_bytes(await self._read_web(address, owner), owner=owner, until=until, frame=frame)

    async def _read_web(self, address: str, owner: Hashable) -> bytes:
        most = self._read_limits.max_bytes
        if self.is_old_link(address):
            raise PictureRefused("old-link")
        if self.is_discords(address):
            return await self._read_discord(address, None, most, owner)
        url = checked_address(address)
        self._web = self._web or open_web(self._read_limits, self._user_agent, self._resolver)
        async with self._web_turns.turn(owner, self._read_limits.stalled):
            return await download_picture(self._web, url, most)

    async def from_bytes(
        self,
        data: bytes,
        limit: int | None = None,
        *,
        owner: Hashable = None,
        until: float | None = None,
        frame: int | None = None,
    ) -> Upload:
        """Check and clean a picture that is here already.

        Args:
            data: the file.
            limit: the most bytes allowed.
            owner: who asks; owners take turns.
            until: when there must be an answer, by the event loop's clock.
            frame: which of a video's `frames` is meant, from 0.

        Raises:
            PictureRefused: the reason is in ``why``.
            Overloaded: too many pictures are waiting.
            PicturesUnreadable: no picture can be read now.
        """
        if limit is not None and len(data) > limit:
            raise PictureRefused("too-large", limit=limit)
        look_at(data)
        patience = None if until is None else max(_LEAST_PATIENCE, until - _now())
        upload = await self._media.fit(data, limits=self._fit_limits, owner=owner, patience=patience, frame=frame)
        if self._is_kept_back is None or not await self._is_kept_back(upload.data, owner):
            return upload
        return upload.model_copy(update={"kept_back": True})

    async def frames(
        self, address: str, *, size: int | None = None, limit: int | None = None, owner: Hashable = None
    ) -> VideoFrames:
        """Read a video, from Discord or the web, and return its frames to choose from; arguments as `from_discord`.

        Raises:
            PictureRefused: the reason is in ``why``.
            Overloaded: too many pictures are waiting.
            PicturesUnreadable: no picture can be read now.
        """
        if self.is_discords(address):
            data = await self._read_discord(address, size, limit or DEFAULT_ATTACHMENT_LIMIT, owner)
        else:
            data = await self._read_web(address, owner)
        found = await self._media.frames(data, owner=owner)
        sheet = found.sheet
        picture = Picture(sheet.data, sheet.content_type, "frames.jpg", sheet.width, sheet.height, None)
        return VideoFrames(picture, found.seconds, await self._keeps_one_back(found, owner))

    async def _keeps_one_back(self, found: Frames, owner: Hashable) -> bool:
        """True if the rater objects to one of the frames: each is rated by itself, as it was handed in."""
        if self._is_kept_back is None:
            return False
        sheet = Upload(data=found.sheet.data)
        for region in found.regions:
            part = await self._media.cut_out(sheet, region, owner=owner)
            if await self._is_kept_back(part.data, owner):
                return True
        return False

    async def preview(self, data: bytes, boxes: Sequence[tuple[str, Crop]], *, owner: Hashable = None) -> Picture:
        """Return a picture with a grid and numbered boxes drawn on it; raises as ``from_bytes``."""
        drawn = await self._media.preview(data, boxes, owner=owner)
        return Picture(drawn.data, drawn.content_type, "parts.jpg", drawn.width, drawn.height, None)


def _has_run_out(address: str) -> bool:
    """True for an upload's address without its signature, or with one that is over: Discord signs them for a day.

    ``ex`` is the end as a Unix time in hexadecimal digits (https://docs.discord.com, "Signed Attachment CDN URLs").
    """
    url = URL(address)
    if not url.path.startswith(_SIGNED):
        return False
    try:
        return not url.query.get("hm") or int(url.query.get("ex", ""), 16) < time.time()
    except ValueError:
        return True


def _now() -> float:
    return asyncio.get_running_loop().time()
