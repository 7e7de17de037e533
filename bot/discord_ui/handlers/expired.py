"""Expired sessions: saying so, and asking the same question again.

A press is answered privately. A reaction cannot be, so the message itself is edited, once.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.bing_v7 import ProviderError
from bot.discord_ui.discord_io import ended_messages, responses
from bot.discord_ui.discord_io.context import requester_at
from bot.discord_ui.discord_io.errors import Expired, NotYours, explain
from bot.discord_ui.discord_io.page_reactions import remove_reactions
from bot.discord_ui.discord_io.responses import reply_of
from bot.discord_ui.model.component_ids import new_session_id, read_custom_id
from bot.discord_ui.model.message import Button, Card, Message, Style
from bot.discord_ui.model.page import JudgedPage, PageData
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.render.kinds import page_view_of
from bot.discord_ui.sessions.cache import ExpiredSession
from bot.discord_ui.sessions.recheck import judged_question
from bot.discord_ui.sessions.service import SessionService
from bot.i18n import days, say
from bot.observability.redaction import describe_error
from bot.runtime.retrying import retrying
from bot.safesearch.place import Requester
from bot.storage.sessions import PAGE_LIFETIME

from .kinds import open_again

log = logging.getLogger(__name__)

ExpiredHandler = Callable[[SessionService, discord.Interaction[Any], Requester, ExpiredSession | None], Awaitable[None]]
"""Answers a press on a control of a session that has ended; None for one that is not known any more."""


async def delete_ended(
    sessions: SessionService,
    interaction: discord.Interaction[Any],
    requester: Requester,  # noqa: ARG001 (as for every control)
    expired: ExpiredSession | None,
) -> None:
    """Delete a message whose session has ended or was deleted, for whoever asked and for moderators.

    Raises:
        NotYours: somebody else pressed.
    """
    if not _may_delete(interaction, expired):
        raise NotYours
    control = read_custom_id(str(dict(interaction.data or {}).get("custom_id", "")))
    await responses.defer(interaction)
    if control is not None and control.argument and interaction.channel_id is not None:  # a note says which message
        channel = sessions.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
        await responses.delete(channel.get_partial_message(int(control.argument)).delete)
    await responses.delete(interaction.delete_original_response)


async def tell_ended(
    sessions: SessionService,
    interaction: discord.Interaction[Any],
    requester: Requester,
    expired: ExpiredSession | None,
) -> None:
    """Tell the user who pressed a control of a session that has ended or was deleted.

    Of an answer about which nothing is kept any more all controls but *Delete* are taken away at the first press.
    """
    control = read_custom_id(str(dict(interaction.data or {}).get("custom_id", "")))
    if expired is None and interaction.message is not None and control is not None and control.panel is None:
        locale = interaction.locale.value
        button = Button("delete", say(locale, "button-delete"))
        words = say(locale, "error-expired-gone")
        bare = ended_messages.only_delete_left(interaction.message, control.session, words, button)
        await responses.change(interaction, bare)
    await tell_expired(sessions, interaction, requester, expired)


def _may_delete(interaction: discord.Interaction[Any], expired: ExpiredSession | None) -> bool:
    """True for the user who asked, as stored or as Discord says of the message, and for moderators."""
    if interaction.guild_id is not None and interaction.permissions.manage_messages:
        return True
    asked = interaction.message.interaction_metadata if interaction.message is not None else None
    owners = {asked.user.id if asked is not None else None, expired.content.owner_id if expired is not None else None}
    return interaction.user.id in owners


async def tell_expired(
    sessions: SessionService,
    interaction: discord.Interaction[Any],
    requester: Requester,
    expired: ExpiredSession | None,
) -> None:
    """Say privately that the session has ended, with a button to ask again what they asked, if that is still known."""
    locale = interaction.locale.value
    judged = await responses.judged_last(interaction, lambda: _seen_by(sessions, requester, expired))
    if expired is None or judged is None:
        await responses.privately(interaction, new_session_id(), Message(text=say(locale, "error-expired-gone")))
        return
    if not judged.content.can_be_asked:
        await responses.privately(interaction, expired.id, Message(text=_ended_words(False, locale)))
        return
    card = Card(
        author=page_view_of(PageData(expired.id, judged)).heading(locale), description=explain(Expired(), locale)
    )
    row = (_button(locale), *_delete_from_note(interaction, expired))
    await responses.privately(interaction, expired.id, Message(cards=(card,), rows=(row,)))


def _delete_from_note(interaction: discord.Interaction[Any], expired: ExpiredSession) -> tuple[Button, ...]:
    """Return the button that deletes the message where *More* was pressed, which the message itself does not have."""
    control, shown = read_custom_id(str(dict(interaction.data or {}).get("custom_id", ""))), interaction.message
    asks = control is not None and control.action == "more" and shown is not None and not shown.flags.ephemeral
    if not (asks and shown is not None and _may_delete(interaction, expired)):
        return ()
    return (Button(f"delete:{shown.id}", say(interaction.locale.value, "button-delete")),)


async def ask_again(
    sessions: SessionService,
    interaction: discord.Interaction[Any],
    requester: Requester,
    expired: ExpiredSession | None,
) -> None:
    """Ask the session's question again, with every filter, in the same view, as private as it was.

    The user who asked gets a public answer in public again: in the old message if it was pressed there, else in a new
    one. Anybody else gets a private one.

    Raises:
        ProviderError: there is no answer.
    """
    judged = await _seen_by(sessions, requester, expired)
    if judged is None or not judged.content.can_be_asked:
        await tell_expired(sessions, interaction, requester, expired)
        return
    private = judged.content.private or requester.user_id != judged.content.owner_id
    note = interaction.message
    on_a_note = note is not None and note.flags.ephemeral
    reply_of(interaction).private = private
    if private and not on_a_note:
        await responses.defer(interaction, private=True, thinking=True)
    else:
        await responses.defer(interaction)
    if on_a_note and not private:
        reply_of(interaction).as_new_message = True
    elif not private or on_a_note:
        reply_of(interaction).in_place = True
        reply_of(interaction).message_id = note.id if note is not None else None
    await open_again(sessions, interaction, requester, judged)
    if reply_of(interaction).as_new_message and not private:
        await responses.delete_deferred(interaction)


def _ended_words(can_be_asked: bool, locale: str) -> str:
    key = "error-expired" if can_be_asked else "error-expired-picture"
    return say(locale, key, kept=days(PAGE_LIFETIME, locale))


async def end_message(
    sessions: SessionService, expired: ExpiredSession, channel_id: int, message_id: int, guild_id: int | None
) -> None:
    """Edit the message of an expired session, once: a note and a button to ask again replace its controls."""
    await sessions.cache.end(expired, message_id)
    locale = expired.content.locale
    can = expired.content.can_be_asked
    words = _ended_words(can, locale)
    message = sessions.client.get_partial_messageable(channel_id, guild_id=guild_id).get_partial_message(message_id)
    try:
        await _say_in(sessions, message, expired, words, _button(locale) if can else None)
    except discord.HTTPException as error:
        log.info("the message of the ended session %s cannot say so: %s", expired.id, describe_error(error))
    else:
        await remove_reactions(message, sessions.client)


async def _say_in(
    sessions: SessionService,
    message: discord.PartialMessage,
    expired: ExpiredSession,
    words: str,
    button: Button | None,
) -> None:
    if expired.view is View.GALLERY:
        shown = await message.fetch()
        whole = await _may_stay(sessions, message, expired, ended_messages.gallery_texts(shown))
        arguments = ended_messages.gallery_edit(shown, expired.id, words, button, whole=whole)
    else:
        arguments = ended_messages.card_edit(expired.content, expired.id, words, button)
    await retrying(lambda: message.edit(**arguments))


async def _may_stay(
    sessions: SessionService, message: discord.PartialMessage, expired: ExpiredSession, texts: list[str]
) -> bool:
    """Tell whether an expired gallery may be sent again: only its texts and addresses can still be judged."""
    guild, content = message.guild, expired.content
    try:
        requester = await requester_at(
            sessions.client,
            message.channel.id,
            guild.id if guild else None,
            content.owner_id,
            content.locale,
            content.own,
        )
        service = sessions.service
        rules = await service.rules(requester)
        fine = len(await service.allowed_texts(requester, texts)) == len(texts)
        level = (await service.decide(requester)).level
        return fine and level <= content.level and await service.rules(requester) == rules
    except ProviderError:
        return False


async def _seen_by(sessions: SessionService, requester: Requester, expired: ExpiredSession | None) -> JudgedPage | None:
    """Return an ended session as a user may see it here and now: without the way to what another user uploaded."""
    if expired is None:
        return None
    content = expired.content if requester.user_id == expired.content.owner_id else expired.content.for_others()
    judged = await judged_question(sessions.service, requester, content, PagerState(view=expired.view))
    return judged if judged.content.texts() == content.texts() else None


def _button(locale: str) -> Button:
    return Button("again", say(locale, "button-again"), style=Style.GREEN)
