"""Identifying pictures: opening the pages of an answer, and letting them grow as providers answer."""

from contextlib import aclosing
from typing import Any

import discord

from bot.bing_v7 import Module, Verb
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import by_user_install
from bot.discord_ui.discord_io.reply import reply_of
from bot.discord_ui.model.judged import JudgedImage
from bot.discord_ui.model.lookup_session import HandedBy, Insight, LookupSource, Section, is_empty, view_of
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.session import LookupSession, of_kind
from bot.discord_ui.sessions.cache import ActiveSession
from bot.discord_ui.sessions.lookups import Where, look_up, read, services_of, where_to
from bot.discord_ui.sessions.service import SessionService, session_service_of
from bot.safesearch.place import Requester

EVERYTHING = (Module.ALL, Module.RECOGNIZED_ENTITIES)
"""``All`` leaves out the people in a picture."""


def handed_result(judged: JudgedImage, *, spoiler: bool = False) -> LookupSource:
    """Return a picture that was found as one to ask about; ``spoiler`` if what it was found for is one."""
    image = judged.image
    return LookupSource(
        by=HandedBy.RESULT,
        address=image.content_url or image.thumbnail_url,
        token=image.image_insights_token,
        name=image.name,
        spoiler=spoiler,
        image=image,
    )


async def identify(
    interaction: discord.Interaction[Any],
    requester: Requester,
    insight: Insight,
) -> None:
    """Answer a deferred interaction: choose the picture, ask where it may go, or look it up, as the insight needs.

    Raises:
        ProviderError: nobody could answer, or the picture cannot be used.
    """
    desk = session_service_of(interaction.client)
    base = LookupSession(
        insight=insight,
        asker_id=requester.user_id,
        asker_moderates=requester.moderator,
        locale=requester.locale,
        private=reply_of(interaction).private,
        own=requester.own,
    )
    insight = insight.with_(
        in_server=interaction.guild_id is not None and not by_user_install(interaction),
        locale=insight.locale or requester.locale,
    )
    insight = await ready(desk, requester, insight, interaction.filesize_limit)
    if insight.section in {Section.PICK, Section.CONSENT}:
        await _open(desk, interaction, requester, base.showing(insight))
        return
    await _answer(desk, interaction, requester, base, insight)


async def ready(desk: SessionService, requester: Requester, insight: Insight, limit: int | None = None) -> Insight:
    """Return the insight ready to be looked up, or turned into the question where its picture may go.

    Raises:
        PictureRefused: the picture cannot be used.
    """
    services = services_of(desk.client)
    if insight.section is Section.PICK or insight.inside:
        return insight
    match await where_to(services, requester, insight.handed):
        case Where.ASK:
            await read(
                services.intake, insight.handed, limit, requester.user_id
            )  # what cannot be used needs no question
            return insight.with_(section=Section.CONSENT, outside=services.search.outside(Verb.INSIGHTS))
        case Where.INSIDE:
            return insight.with_(inside=True)
        case Where.OUTSIDE:
            return insight


async def open_details(
    interaction: discord.Interaction[Any],
    requester: Requester,
    found: LookupSource,
    view: View | None = None,
) -> None:
    """Answer a press with everything about a picture that was found, for the person alone; lists in ``view``.

    Raises:
        ProviderError: nobody could answer.
    """
    await responses.defer(interaction, private=True, thinking=True)
    reply_of(interaction).message_id = None
    await identify(interaction, requester, Insight(handed=found, modules=EVERYTHING, view=view))


async def _answer(
    desk: SessionService,
    interaction: discord.Interaction[Any],
    requester: Requester,
    base: LookupSession,
    insight: Insight,
) -> None:
    """Look a picture up and show what is found as it comes; an answer without anything is shown privately."""
    live: ActiveSession | None = None
    last: LookupSession | None = None
    answers = look_up(services_of(desk.client), requester, base, insight, interaction.filesize_limit)
    async with aclosing(answers) as steps:
        async for content in steps:
            last, found = content, content.insight
            if live is not None:
                await _grow(desk, interaction, requester, live, found)
            elif found.look is not None and not is_empty(found.look.answer):
                live = await _open(desk, interaction, requester, content)
    if live is not None or last is None:
        return
    if not base.private:
        await responses.withdraw(interaction)
        await desk.open_privately(interaction, requester, last, PagerState())
        return
    await _open(desk, interaction, requester, last)


async def _open(
    desk: SessionService, interaction: discord.Interaction[Any], requester: Requester, content: LookupSession
) -> ActiveSession:
    """Show a new session in the place that the deferred interaction keeps."""
    state = PagerState(view=view_of(content.insight))
    live, message = await desk.begin(interaction, requester, content, state)
    sent = await desk.fill(interaction, requester, live, message)
    await desk.live.attach(live, interaction.channel_id, sent.id)
    if not content.private:
        await desk.offer_reactions(interaction, live, sent)
    return live


async def _grow(
    desk: SessionService,
    interaction: discord.Interaction[Any],
    requester: Requester,
    live: ActiveSession,
    found: Insight,
) -> None:
    """Draw the session again with a fuller answer; what the person opened meanwhile stays open."""
    async with live.lock:
        shown = of_kind(live.content, LookupSession)
        if shown is None or live.state.hidden_by is not None:
            return
        before = shown.insight
        if before.at or before.section is Section.REGION:
            return
        now = found.with_(section=before.section, unfolded=before.unfolded, page=before.page)
        content = shown.showing(now)
        page = await desk.judged(requester, content, live.state)
        await desk.change(live, page)
        drawn = await desk.drawn(live, page, requester, interaction.filesize_limit)
        await desk.fill(interaction, requester, live, drawn)
