"""Where pictures that people hand in are read, checked and cleaned; nothing of them is kept."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.bing_v7 import PictureRefused, Upload
from bot.bing_v7.upload import DEFAULT_LIMITS, UploadLimits

from .addresses import checked_address
from .reading import ReadLimits, open_plain, open_web, read_picture
from .sniffing import ENOUGH, kind_of
from .workshop import Workshop

DISCORD_ORIGINS = frozenset(
    URL(f"https://{host}")
    for host in (
        "cdn.discordapp.com",
        "media.discordapp.net",
        "images-ext-1.discordapp.net",  # Discord's copies of the pictures of previews
        "images-ext-2.discordapp.net",
    )
)
"""The only places that attachments, stills and pictures of previews are read from."""

DEFAULT_ATTACHMENT_LIMIT = 10 * 1024 * 1024
"""Discord's own limit a file where the interaction names none; bytes."""

ReadFile = Callable[[str], Awaitable[bytes]]


class Intake:
    """Reads what people hand in.

    Args:
        origins: further places that attachments may be read from (scheme, host and port), for another server that
            speaks Discord's language.
        read_file: reads an attachment in place of HTTP, where Discord is offline.
        upload_limits: what is sent on: bytes, pixels a side; and how many pixels are decoded at most.
        read_limits: bytes and seconds for addresses on the web.
        workshop: where pictures are decoded.
        resolver: in place of DNS.
    """

    def __init__(
        self,
        *,
        origins: Sequence[str] = (),
        read_file: ReadFile | None = None,
        upload_limits: UploadLimits = DEFAULT_LIMITS,
        read_limits: ReadLimits | None = None,
        workshop: Workshop | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._origins = DISCORD_ORIGINS | {URL(origin).origin() for origin in origins}
        self.read_file = read_file
        self._upload_limits = upload_limits
        self._read_limits = read_limits or ReadLimits()
        self._workshop = workshop or Workshop()
        self._resolver = resolver
        self._web: aiohttp.ClientSession | None = None
        self._plain: aiohttp.ClientSession | None = None

    async def aclose(self) -> None:
        """Let go of connections and child processes."""
        for session in (self._web, self._plain):
            if session is not None:
                await session.close()
        await self._workshop.aclose()

    def is_discords(self, address: str) -> bool:
        """Return whether an address lies with Discord (exactly: scheme, host, port, no credentials)."""
        try:
            url = URL(address)
            return url.origin() in self._origins and not (url.user or url.password)
        except ValueError:
            return False

    async def from_discord(self, address: str, *, size: int | None = None, limit: int | None = None) -> Upload:
        """Read an attachment, or a still that Discord made, from Discord's own hosts.

        Args:
            address: its address as Discord gave it.
            size: its size in bytes as Discord says, to refuse early.
            limit: the most bytes allowed here (an interaction's ``attachment_size_limit``).

        Raises:
            PictureRefused: the reason is in ``why``.
            Unavailable: pictures cannot be decoded now.
        """
        most = limit or DEFAULT_ATTACHMENT_LIMIT
        if not self.is_discords(address):
            raise PictureRefused("unsafe-address", "not one of Discord's hosts")
        if size is not None and size > most:
            raise PictureRefused("too-large", limit=most)
        if size == 0:
            raise PictureRefused("empty")
        if self.read_file is not None:
            return await self.from_bytes(await self._through_client(self.read_file, address), most)
        self._plain = self._plain or open_plain(self._read_limits)
        return await self.from_bytes(await read_picture(self._plain, URL(address, encoded=True), most, None), most)

    @staticmethod
    async def _through_client(read_file: ReadFile, address: str) -> bytes:
        try:
            return await read_file(address)
        except Exception as error:
            raise PictureRefused("unreachable", type(error).__name__) from error

    async def from_web(self, address: str) -> Upload:
        """Read a picture from a public address that somebody typed; Discord's own hosts are public too.

        Raises:
            PictureRefused: the reason is in ``why``.
            Unavailable: pictures cannot be decoded now.
        """
        if self.is_discords(address):
            return await self.from_discord(address, limit=self._read_limits.max_bytes)
        url = checked_address(address)
        self._web = self._web or open_web(self._read_limits, self._resolver)
        return await self.from_bytes(await read_picture(self._web, url, self._read_limits.max_bytes))

    async def from_bytes(self, data: bytes, limit: int | None = None) -> Upload:
        """Check and clean a picture that is here already.

        Raises:
            PictureRefused: the reason is in ``why``.
            Unavailable: pictures cannot be decoded now.
        """
        if limit is not None and len(data) > limit:
            raise PictureRefused("too-large", limit=limit)
        kind_of(data[:ENOUGH])
        clean = await self._workshop.clean(data, self._upload_limits)
        sha1 = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        return Upload(data=clean, content_type="image/jpeg", filename="image.jpg", sha1=sha1)
