"""What Discord refuses, or silently does not show, in a message, and openapi.json does not say.

Pure functions from a JSON body to readable sentences; an empty list means that all is well. They need no stand-in:
``message_problems(view_as_json, file_names)`` serves any test that builds messages. Limits as in Discord's written
documentation, pages "Message", "Using message components" and "Application commands".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from .files import REFERENCE, component_slots, embed_addresses
from .limits_components import component_problems
from .model import Json, MessageFlag

EMBED_LIMITS = {"title": 256, "description": 4096}
MOST_EMBED_TEXT = 6000
MOST_EMBEDS = 10
MOST_FIELDS = 25
MOST_FILES = 10
MOST_CONTENT = 2000
GROUP_OF_PICTURES = 4
FILE_NAME = re.compile(r"[A-Za-z0-9_.\-]+")
WEB = frozenset({"http", "https"})


def message_problems(
    body: Json, files: Sequence[str] = (), *, kept: Iterable[str] = (), flags: int = 0, is_edit: bool = False
) -> list[str]:
    """Every rule that the message ``body`` breaks.

    Args:
        body: the message as sent (the ``data`` of an interaction callback).
        files: names of the files uploaded with it.
        kept: names of the files that the message has already and keeps.
        flags: flags that the message has already.
        is_edit: whether it edits a message: then what is not named stays.
    """
    all_flags = int(body.get("flags") or 0) | flags
    is_v2 = bool(all_flags & MessageFlag.COMPONENTS_V2)
    names = [*files, *_names_kept(body, kept, is_edit=is_edit)]
    embeds = [embed for embed in body.get("embeds") or [] if isinstance(embed, dict)]
    components = [part for part in body.get("components") or [] if isinstance(part, dict)]
    problems = [*mention_problems(body)]
    if len(str(body.get("content") or "")) > MOST_CONTENT:
        problems.append(f"content has {len(body['content'])} characters; {MOST_CONTENT} are allowed")
    problems += embed_problems(embeds)
    problems += component_problems(components, is_v2=is_v2)
    problems += _file_problems(body, files, names, embeds, components, is_v2=is_v2)
    if is_v2:
        problems += [
            f"{key} is not allowed together with the components V2 flag"
            for key in ("content", "embeds")
            if body.get(key)
        ]
    elif not is_edit and not names and not embeds and not components and not body.get("content") and "poll" not in body:
        problems.append("the message is empty: no content, embed, component or file")
    return problems


def mention_problems(body: Json) -> list[str]:
    """A message of Magpie never pings: ``allowed_mentions.parse`` is there and empty, and nobody is listed."""
    allowed = body.get("allowed_mentions")
    if not isinstance(allowed, dict) or allowed.get("parse") != []:
        return [f"allowed_mentions.parse must be [] on every message, it is {allowed!r}"]
    if allowed.get("users") or allowed.get("roles") or allowed.get("replied_user"):
        return [f"allowed_mentions lets somebody be pinged: {allowed!r}"]
    return []


def embed_problems(embeds: list[Json]) -> list[str]:
    """Every rule that a message's embeds break."""
    problems: list[str] = []
    if len(embeds) > MOST_EMBEDS:
        problems.append(f"there are {len(embeds)} embeds; {MOST_EMBEDS} are allowed")
    total = sum(sum(map(len, _texts(embed))) for embed in embeds)
    if total > MOST_EMBED_TEXT:
        problems.append(f"all embeds together have {total} characters; {MOST_EMBED_TEXT} are allowed")
    for number, embed in enumerate(embeds):
        problems += [f"embeds[{number}]{problem}" for problem in _one_embed(embed)]
    return problems + _group_problems(embeds)


def _one_embed(embed: Json) -> list[str]:
    problems = [
        f".{key} has {len(embed[key])} characters; {most} are allowed"
        for key, most in EMBED_LIMITS.items()
        if len(embed.get(key) or "") > most
    ]
    problems += _length(embed.get("footer"), "text", 2048, ".footer")
    problems += _length(embed.get("author"), "name", 256, ".author")
    rows = embed.get("fields") or []
    if len(rows) > MOST_FIELDS:
        problems.append(f".fields has {len(rows)} entries; {MOST_FIELDS} are allowed")
    for number, row in enumerate(rows):
        problems += _length(row, "name", 256, f".fields[{number}]") + _length(row, "value", 1024, f".fields[{number}]")
    links = [(".url", embed.get("url")), (".author.url", (embed.get("author") or {}).get("url"))]
    problems += [f"{where} is no web address: {url!r}" for where, url in links if url and not is_web_address(url)]
    pictures = [embed.get("image"), embed.get("thumbnail")]
    if not any(_texts(embed)) and not any(pictures):
        problems.append(" shows nothing: it has no text and no picture")
    return problems


def _length(holder: Any, key: str, most: int, where: str) -> list[str]:
    """A text that must be there, with at least one visible character and at most ``most``."""
    if not isinstance(holder, dict):
        return []
    text = str(holder.get(key) or "")
    if not text.strip():
        return [f"{where}.{key} is empty"]
    return [f"{where}.{key} has {len(text)} characters; {most} are allowed"] if len(text) > most else []


def _texts(embed: Json) -> list[str]:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for row in embed.get("fields") or []:
        texts += [row.get("name"), row.get("value")]
    return [str(text) for text in texts if text]


def _group_problems(embeds: list[Json]) -> list[str]:
    """Embeds with one ``url`` become one group: the first one's text, and up to four pictures."""
    groups: dict[str, list[Json]] = {}
    for embed in embeds:
        if embed.get("url"):
            groups.setdefault(embed["url"], []).append(embed)
    problems: list[str] = []
    for url, group in groups.items():
        if len(group) > GROUP_OF_PICTURES:
            problems.append(f"{len(group)} embeds share the url {url!r}; only {GROUP_OF_PICTURES} are shown")
        if any(_texts(embed) != _texts(group[0]) for embed in group[1:] if _texts(embed)):
            problems.append(f"several embeds share the url {url!r}: only the first one's text is shown")
        if len(group) > 1 and not all(embed.get("image") for embed in group):
            problems.append(f"several embeds share the url {url!r}: the ones without an image are not shown")
    return problems


def _names_kept(body: Json, kept: Iterable[str], *, is_edit: bool) -> list[str]:
    """The earlier files that stay: all when an edit does not name ``attachments``, else the ones named."""
    if not is_edit:
        return []
    if "attachments" not in body:
        return list(kept)
    named = {one.get("filename") for one in body["attachments"] or []}
    return [name for name in kept if name in named]


def _file_problems(
    body: Json, files: Sequence[str], names: list[str], embeds: list[Json], components: list[Json], *, is_v2: bool
) -> list[str]:
    slots = [str(holder[key]) for holder, key in component_slots(components)]
    named = [(f"embeds[{number}]", url) for number, url in embed_addresses(embeds)]
    named += [("a component", url) for url in slots]
    problems = [f"{who} names {url!r}, {fault}" for who, url in named if (fault := _address_fault(url, names))]
    if len(names) > MOST_FILES:
        problems.append(f"there are {len(names)} files; {MOST_FILES} are allowed")
    problems += [f"two files are named {name!r}" for name in sorted({n for n in files if list(files).count(n) > 1})]
    listed = {one.get("filename") for one in body.get("attachments") or []}
    if files and "attachments" in body:
        problems += [
            f"the file {name!r} is uploaded but not listed in attachments" for name in files if name not in listed
        ]
    if is_v2 and "components" in body:
        shown = {url.removeprefix(REFERENCE) for url in slots}
        problems += [
            f"the file {name!r} is not shown: no component refers to it" for name in files if name not in shown
        ]
    problems += [
        f"the file name {name!r} is changed by Discord, so references to it break: use letters, digits, _ . - only"
        for name in files
        if not FILE_NAME.fullmatch(name)
    ]
    return problems


def _address_fault(url: str, names: list[str]) -> str:
    if url.startswith(REFERENCE):
        return "" if url.removeprefix(REFERENCE) in names else "a file that is not uploaded with the message"
    return "" if is_web_address(url) else "which is no web address"


def is_web_address(url: object) -> bool:
    """Whether ``url`` is an http(s) address with a host and without blanks, at most 2048 characters long."""
    text = str(url)
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in WEB and bool(parts.hostname) and not re.search(r"\s", text) and len(text) <= 2048
