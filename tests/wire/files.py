"""The picture server's shelf: what was uploaded, and the signed addresses under which it is found."""

from __future__ import annotations

import hashlib
import hmac
import io
import mimetypes
from dataclasses import dataclass
from urllib.parse import quote

from PIL import Image, UnidentifiedImageError

from .clock import Clock
from .model import Attachment, Json, Message, copied, walk

DAY = 86_400
REFERENCE = "attachment://"


@dataclass(frozen=True)
class Upload:
    """A file that a person attaches, or that the bot sent with a request."""

    filename: str
    data: bytes
    content_type: str | None = None
    description: str | None = None


class Files:
    """Every uploaded file, by its path on the picture server.

    ``unreachable``: web addresses whose pictures the server cannot load; like Discord it gives them no size (their
    width and height are 0) and shows nothing.
    """

    def __init__(self, clock: Clock) -> None:
        self.base = ""
        self.unreachable: set[str] = set()
        self._clock = clock
        self._shelf: dict[str, Attachment] = {}
        self._secret = b"signed by the stand-in"

    def add(self, upload: Upload, *, channel_id: int, ephemeral: bool = False) -> Attachment:
        """Shelve ``upload`` and give it an id and a path."""
        number = self._clock.snowflake()
        folder = "ephemeral-attachments" if ephemeral else "attachments"
        kind = upload.content_type or mimetypes.guess_type(upload.filename)[0] or "application/octet-stream"
        path = f"/{folder}/{channel_id}/{number}/{quote(upload.filename)}"
        width, height = _size(upload.data)
        one = Attachment(number, upload.filename, upload.data, kind, path, upload.description, width, height, ephemeral)
        self._shelf[path] = one
        return one

    def url(self, one: Attachment) -> str:
        """The address of ``one``, good for a day as the stand-in counts."""
        expires = f"{int(self._clock.now()) // DAY * DAY + 2 * DAY:x}"
        issued = f"{int(self._clock.now()):x}"
        return f"{self.base}{one.path}?ex={expires}&is={issued}&hm={self._sign(one.path, expires, issued)}&"

    def open(self, path: str, query: dict[str, str]) -> Attachment | None:
        """The file at ``path`` (percent-encoded); None when unknown, wrongly signed or expired."""
        one = self._shelf.get(path)
        expires, issued = query.get("ex", "0"), query.get("is", "0")
        signed = hmac.compare_digest(query.get("hm", ""), self._sign(path, expires, issued))
        return one if signed and int(expires, 16) > self._clock.now() else None

    def by_url(self, url: str) -> Attachment | None:
        """The file that an address in a message leads to, whatever its signature."""
        return self._shelf.get(url.removeprefix(self.base).partition("?")[0])

    def _sign(self, path: str, expires: str, issued: str) -> str:
        return hmac.new(self._secret, f"{path}{expires}{issued}".encode(), hashlib.sha256).hexdigest()

    def shown_in_embeds(self, message: Message) -> set[str]:
        """Names of the files that embeds of ``message`` show."""
        return {
            reference.removeprefix(REFERENCE)
            for _, reference in embed_addresses(message.embeds)
            if reference.startswith(REFERENCE)
        }

    def resolve_embeds(self, message: Message) -> list[Json]:
        """The embeds with ``attachment://`` replaced by addresses, as Discord returns them."""
        embeds = copied(message.embeds)
        for holder, key in _embed_slots(embeds):
            self._resolve(holder, key, message)
        for embed in embeds:
            embed.setdefault("type", "rich")
            for key in ("image", "thumbnail"):
                if embed.get(key):
                    embed[key].setdefault("proxy_url", embed[key]["url"])
                    if embed[key]["url"] in self.unreachable:
                        embed[key].update(width=0, height=0)
        return embeds

    def resolve_components(self, message: Message) -> list[Json]:
        """The components as Discord returns them: numbered, media with addresses."""
        parts = copied(message.components)
        for number, part in enumerate(walk(parts), start=1):
            part.setdefault("id", number)
            if part.get("emoji"):
                part["emoji"] = {key: value for key, value in part["emoji"].items() if value is not None}
        for holder, key in component_slots(parts):
            found = self._resolve(holder, key, message)
            holder.setdefault("proxy_url", holder[key])
            holder.update(width=found.width if found else 1, height=found.height if found else 1)
            holder.setdefault("content_type", found.content_type if found else "image/png")
            holder.setdefault("loading_state", 2)
            holder.setdefault("id", str(found.id if found else message.id))
            if holder[key] in self.unreachable:
                holder.update(width=0, height=0, loading_state=3)
        return parts

    def _resolve(self, holder: Json, key: str, message: Message) -> Attachment | None:
        name = str(holder[key])
        if not name.startswith(REFERENCE):
            return self.by_url(name)
        for one in message.attachments:
            if one.filename == name.removeprefix(REFERENCE):
                holder[key] = self.url(one)
                return one
        return None


def _embed_slots(embeds: list[Json]) -> list[tuple[Json, str]]:
    """Where an embed may name a picture: (object, key) pairs."""
    slots: list[tuple[Json, str]] = []
    for embed in embeds:
        for part, key in (("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"), ("author", "icon_url")):
            holder = embed.get(part)
            if isinstance(holder, dict) and holder.get(key):
                slots.append((holder, key))
    return slots


def embed_addresses(embeds: list[Json]) -> list[tuple[int, str]]:
    """(embed's index, address) for every picture that an embed names."""
    return [(index, str(holder[key])) for index, embed in enumerate(embeds) for holder, key in _embed_slots([embed])]


def component_slots(components: list[Json]) -> list[tuple[Json, str]]:
    """Where components may name media: (object, key) pairs."""
    slots: list[tuple[Json, str]] = []
    for part in walk(components):
        holders = [part.get("media"), part.get("file") if part.get("type") == 13 else None]
        holders += [item.get("media") for item in part.get("items", [])]
        slots += [(holder, "url") for holder in holders if isinstance(holder, dict) and holder.get("url")]
    return slots


def _size(data: bytes) -> tuple[int | None, int | None]:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError):
        return None, None
