"""Identifying pictures: opening an answer, and drawing it again as more providers answer."""

from contextlib import aclosing
from typing import Any

import discord

from bot.bing_v7 import Module, Verb
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import by_user_install
from bot.discord_ui.discord_io.in_flight import GROWING_WITHIN
from bot.discord_ui.discord_io.responses import reply_of
from bot.discord_ui.model.lookup_session import QUESTIONS, Lookup, LookupSource, Origin, Section, view_of
from bot.discord_ui.model.page import JudgedImage
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.session import LookupSession, of_kind
from bot.discord_ui.sessions.cache import ActiveSession
from bot.discord_ui.sessions.lookups import Where, look_up, read_source, services_of, where_to
from bot.discord_ui.sessions.new_session import owner_fields
from bot.discord_ui.sessions.service import SessionService, session_service_of
from bot.safesearch.place import Requester

from .lookup_links import behind_link

EVERYTHING = (Module.ALL, Module.RECOGNIZED_ENTITIES)
"""``All`` leaves out the people in a picture."""


def source_of_result(judged: JudgedImage, *, spoiler: bool = False) -> LookupSource:
    """Return a picture that was found as one to ask about; ``spoiler`` if what it was found for is one."""
    image = judged.image
    return LookupSource(
        by=Origin.RESULT,
        address=image.content_url or image.thumbnail_url,
        token=image.image_insights_token,
        name=image.name,
        spoiler=spoiler,
        image=image,
    )


async def start_lookup(
    interaction: discord.Interaction[Any],
    requester: Requester,
    lookup: Lookup,
) -> None:
    """Answer a deferred interaction: choose the picture, ask where it may go, or look it up, as the lookup needs.

    Raises:
        ProviderError: nobody could answer, or the picture cannot be used.
    """
    sessions = session_service_of(interaction.client)
    base = LookupSession(
        **owner_fields(requester),
        lookup=lookup,
        private=reply_of(interaction).private,
    )
    lookup = lookup.with_(
        in_server=interaction.guild_id is not None and not by_user_install(interaction),
        locale=lookup.locale or requester.locale,
    )
    lookup = await ready(sessions, requester, lookup, interaction)
    if lookup.section is Section.PICK and not base.private:  # which pictures these are is nobody else's business
        await responses.delete_deferred(interaction)
        await sessions.open_privately(interaction, requester, base.showing(lookup), PagerState())
        return
    if lookup.section in {Section.PICK, Section.CONSENT}:
        await _open(sessions, interaction, requester, base.showing(lookup))
        return
    await _answer(sessions, interaction, requester, base, lookup)


async def ready(
    sessions: SessionService, requester: Requester, lookup: Lookup, interaction: discord.Interaction[Any]
) -> Lookup:
    """Return the lookup ready to be made, or turned into the question which picture it is or where it may go.

    Raises:
        PictureRefused: the picture cannot be used.
    """
    services, limit = services_of(sessions.client), interaction.filesize_limit
    if lookup.section is Section.PICK:
        return lookup
    found = await behind_link(interaction, lookup.source)
    lookup = lookup.with_(source=found[0])
    if len(found) > 1:
        return lookup.with_(candidates=found, section=Section.PICK)
    if lookup.inside:
        return lookup
    match await where_to(services, requester, lookup.source):
        case Where.ASK:
            await read_source(
                services.intake, lookup.source, limit, requester.user_id
            )  # what cannot be used needs no question
            return lookup.with_(
                section=Section.CONSENT,
                outside=services.search.outside(Verb.INSIGHTS),
                only_outside=not services.search.own(Verb.INSIGHTS),
            )
        case Where.INSIDE:
            return lookup.with_(inside=True)
        case Where.OUTSIDE:
            return lookup


async def open_details(
    interaction: discord.Interaction[Any],
    requester: Requester,
    found: LookupSource,
    view: View | None = None,
) -> None:
    """Answer a press privately with everything about a picture that was found; lists in ``view``.

    Raises:
        ProviderError: nobody could answer.
    """
    await responses.defer(interaction, private=True, thinking=True)
    reply_of(interaction).message_id = None
    await start_lookup(interaction, requester, Lookup(source=found, modules=EVERYTHING, view=view))


async def _answer(
    sessions: SessionService,
    interaction: discord.Interaction[Any],
    requester: Requester,
    base: LookupSession,
    lookup: Lookup,
) -> None:
    """Look a picture up and show findings as they come; an empty answer is shown privately."""
    active: ActiveSession | None = None
    last: LookupSession | None = None
    sessions.in_flight.give_time(interaction, GROWING_WITHIN)
    answers = look_up(services_of(sessions.client), requester, base, lookup, interaction.filesize_limit)
    async with aclosing(answers) as steps:
        async for content in steps:
            last, found = content, content.lookup
            if active is not None:
                await _grow(sessions, interaction, requester, active, found)
            elif found.result is not None and not found.result.answer.is_empty:
                active = await _open(sessions, interaction, requester, content)
    if active is not None or last is None:
        return
    if not base.private:
        await responses.delete_deferred(interaction)
        await sessions.open_privately(interaction, requester, last, PagerState())
        return
    await _open(sessions, interaction, requester, last)


async def _open(
    sessions: SessionService, interaction: discord.Interaction[Any], requester: Requester, content: LookupSession
) -> ActiveSession:
    """Show a new session in the deferred message."""
    state = PagerState(view=view_of(content.lookup))
    active, message = await sessions.begin(interaction, requester, content, state)
    sent = await sessions.fill(interaction, requester, active, message)
    await sessions.cache.attach(active, interaction.channel_id, sent.id)
    if not content.private:
        await sessions.offer_reactions(interaction, active, sent)
    return active


async def _grow(
    sessions: SessionService,
    interaction: discord.Interaction[Any],
    requester: Requester,
    active: ActiveSession,
    found: Lookup,
) -> None:
    """Draw the session again with a fuller answer; the section that the user opened meanwhile stays open."""
    async with active.lock:
        shown = of_kind(active.content, LookupSession)
        if shown is None or active.state.hidden_by is not None:
            return
        before = shown.lookup
        if before.at or before.section in QUESTIONS:
            return
        now = found.with_(section=before.section, unfolded=before.unfolded, page=before.page)
        content = shown.showing(now)
        page = await sessions.judged(requester, content, active.state)
        await sessions.change(active, page)
        message = await sessions.message_of(active, page, requester, interaction.filesize_limit)
        await sessions.fill(interaction, requester, active, message)
