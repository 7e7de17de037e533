"""Finding and pressing the controls of a message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot.storage.sessions import PAGE_LIFETIME
from bot.storage.tables import page_sessions


def _walk(components: Any) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))


def ids(message: Any) -> dict[str, str]:
    """The custom_ids of a message's controls by action."""
    return {one.split(":")[2]: one for one in custom_ids(message)}


def custom_ids(message: Any) -> list[str]:
    """The custom_ids of all of a message's controls."""
    return [one.custom_id for one in _walk(message.components) if getattr(one, "custom_id", None)]


def links(message: Any) -> dict[str, str]:
    """The addresses of a message's link buttons by label."""
    return {one.label: one.url for one in _walk(message.components) if getattr(one, "url", None)}


def options(message: Any, action: str) -> list[Any]:
    """The options of a menu."""
    return _menu(message, action).options


def placeholder(message: Any, action: str) -> str:
    """What a menu says while nothing is chosen."""
    return str(_menu(message, action).placeholder)


def _menu(message: Any, action: str) -> Any:
    return next(one for one in _walk(message.components) if getattr(one, "custom_id", None) == ids(message)[action])


def texts(message: Any) -> str:
    """All that a message says."""
    said = [message.content]
    for embed in message.embeds:
        said += [embed.title, embed.description, embed.author.name, embed.footer.text]
        said += [f"{field.name} {field.value}" for field in embed.fields]
    said += [one.content for one in _walk(message.components) if isinstance(getattr(one, "content", None), str)]
    return "\n".join(str(one) for one in said if one)


async def more(who: Any, message: Any) -> Any:
    """The message with the controls that stand one press further: a panel, or the page itself where it is private."""
    if "more" not in ids(message):
        return message
    return (await who.click(message, custom_id=ids(message)["more"])).response.message


async def press(who: Any, message: Any, action: str) -> Any:
    """Press the button with this action, in the panel of *More* if it is not under the page."""
    message = message if action in ids(message) else await more(who, message)
    return await who.click(message, custom_id=ids(message)[action])


async def choose(who: Any, message: Any, action: str, *values: str) -> Any:
    """Choose in the menu with this action, in the panel of *More* if it is not under the page."""
    message = message if action in ids(message) else await more(who, message)
    return await who.select(message, list(values), custom_id=ids(message)[action])


async def open_picture(who: Any, message: Any, number: int) -> Any:
    """Open a picture of a grid or gallery by its place among all that were found, from the panel of *More*."""
    message = await more(who, message)
    button = next((one for one in custom_ids(message) if one.endswith(f":picture:{number}")), None)
    return await (who.click(message, custom_id=button) if button else choose(who, message, "picture", str(number)))


async def time_passes(nest: Any, much: timedelta = PAGE_LIFETIME + timedelta(minutes=1)) -> None:
    """Let all that is stored grow older, forget what is over, and start another process."""
    await nest.quiet()
    database = nest.bot.services.sessions.database
    async with database.transaction() as connection:
        for row in (await connection.execute(select(page_sessions.c.id, page_sessions.c.expires_at))).all():
            older = update(page_sessions).where(page_sessions.c.id == row.id).values(expires_at=row.expires_at - much)
            await connection.execute(older)
    await nest.restart()
    await nest.bot.services.sessions.purge()
