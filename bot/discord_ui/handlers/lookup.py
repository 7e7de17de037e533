"""What the controls of an identify answer do."""

from contextlib import aclosing, suppress

import discord

from bot.bing_v7 import Image, Picture, PictureRefused, ProviderError, local_id
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.embeds import file
from bot.discord_ui.discord_io.errors import ModeratorsOnly, NotYours, Outdated, log_error
from bot.discord_ui.discord_io.in_flight import GROWING_WITHIN
from bot.discord_ui.model.lookup_session import Lookup, LookupSource, Origin, Section, counts, related_searches, view_of
from bot.discord_ui.model.message import Attached, Button, Message
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, clean, query_of, safe_url
from bot.discord_ui.model.session import LookupSession, shows_preview
from bot.discord_ui.render.lookup import forgotten
from bot.discord_ui.render.lookup_regions import WHOLE, boxes, find_part
from bot.discord_ui.sessions import new_session
from bot.discord_ui.sessions.lookups import Where, decide_where, look_up, read_source, read_text, services_of
from bot.i18n import say

from .component_interaction import ComponentInteraction
from .lookup_start import open_details, ready, source_of_result
from .pager import draw_again, show_page
from .panel_page import close, page_message
from .results import still_allowed

PREVIEW_NAME = "magpie-parts.jpg"


async def current_lookup(event: ComponentInteraction) -> Lookup:
    """Return what the pressed message is about, as far as it may be shown now.

    Raises:
        Outdated: it is no identify session (any more).
    """
    return (await event.judged_as(LookupSession)).lookup


async def on_details(event: ComponentInteraction) -> None:
    """Look a picture of the answer up, privately."""
    image, view = await still_allowed(event), event.active.state.view
    wanted = await event.sessions.view_at(event.interaction) if view is View.SINGLE else view
    found = source_of_result(image, spoiler=event.active.content.spoiler)
    await open_details(event.interaction, event.requester, found, wanted)


async def on_section(event: ComponentInteraction) -> None:
    """Show a section of the lookup."""
    now = await current_lookup(event)
    wanted = next((section for section in counts(now) if section.value in event.values), None)
    if wanted is None:
        await draw_again(event)
        raise Outdated
    await _turn_to(event, now.with_(section=wanted, page=0))


async def on_page(event: ComponentInteraction) -> None:
    """Show another page of a section."""
    await _turn_to(event, (await current_lookup(event)).with_(page=event.control.number or 0))


async def on_fold(event: ComponentInteraction) -> None:
    """Unfold the overview, or fold it."""
    now = await current_lookup(event)
    await _turn_to(event, now.with_(unfolded=not now.unfolded), event.active.state.view)


async def on_whole(event: ComponentInteraction) -> None:
    """Look the whole picture up again."""
    await _to_part(event, WHOLE)


async def on_back(event: ComponentInteraction) -> None:
    """Go back to the overview."""
    await _turn_to(event, (await current_lookup(event)).with_(section=Section.OVERVIEW, page=0))


async def on_search(event: ComponentInteraction) -> None:
    """Search for what the lookup suggests; what was chosen is what the message said, not what is left by now."""
    offered, number = related_searches(event.content_as(LookupSession).lookup), event.choice
    if number is None or number >= len(offered):
        raise Outdated
    if offered[number] not in related_searches(await current_lookup(event)):
        await draw_again(event)
        raise Outdated
    await _find(event, offered[number].text)


async def on_find(event: ComponentInteraction) -> None:
    """Search for what the picture shows."""
    result = (await current_lookup(event)).result
    query = result.answer.best_representative_query if result else None
    if query is None:
        await draw_again(event)
        raise Outdated
    await _find(event, query.text)


async def on_text(event: ComponentInteraction) -> None:
    """Search for the text that was read in the picture."""
    result = (await current_lookup(event)).result
    text = next(iter(result.answer.picture_texts), None) if result else None
    if text is None or not (words := query_of(text.text)):
        await draw_again(event)
        raise Outdated
    await _find(event, words)


async def on_read(event: ComponentInteraction) -> None:
    """Read the text in the picture."""
    _owner_only(event)
    await responses.defer(event.interaction)
    now, services = await current_lookup(event), services_of(event.sessions.client)
    base, limit = event.content_as(LookupSession), event.interaction.filesize_limit
    event.sessions.in_flight.give_time(event.interaction, GROWING_WITHIN)
    read = await read_text(services, event.requester, base, now, limit)
    if read is None:
        await responses.tell(event.interaction, say(event.requester.locale, "insights-no-text"))
    else:
        await _in_place(event, read.lookup, event.active.state.view)


async def on_similar_section(event: ComponentInteraction) -> None:
    """Show the pictures that are like it."""
    await _turn_to(event, (await current_lookup(event)).with_(section=Section.SIMILAR, page=0))


async def on_pages_section(event: ComponentInteraction) -> None:
    """Show the pages that it is on."""
    await _turn_to(event, (await current_lookup(event)).with_(section=Section.PAGES, page=0))


async def _find(event: ComponentInteraction, words: str) -> None:
    """Search all providers, and show the results to the user who pressed."""
    request = new_session.search_request(words, event.requester.locale)

    async def find_pictures() -> None:
        content = await new_session.search_session(event.sessions.service, event.requester, request)
        await event.sessions.open_privately(event.interaction, event.requester, content, PagerState())

    await responses.defer_if_slow(event.interaction, find_pictures(), private=True, thinking=True)


async def on_pick(event: ComponentInteraction) -> None:
    """Look up the picture that was chosen from a message."""
    _owner_only(event)
    now = await current_lookup(event)
    if event.choice is None or event.choice >= len(now.candidates):
        raise Outdated
    chosen = now.with_(source=now.candidates[event.choice], candidates=(), section=Section.OVERVIEW)
    await responses.defer(event.interaction)
    await _proceed(event, await ready(event.sessions, event.requester, chosen, event.interaction))


async def on_send(event: ComponentInteraction) -> None:
    """Agree that the picture is sent to outside services."""
    _owner_or_moderator(event)
    await responses.defer(event.interaction)
    await decide_where(services_of(event.sessions.client), event.requester, Where.OUTSIDE)
    await _proceed(event, (await current_lookup(event)).with_(section=Section.OVERVIEW, outside=()))


async def on_inside(event: ComponentInteraction) -> None:
    """Ask only providers on the operator's own machines."""
    _owner_or_moderator(event)
    await responses.defer(event.interaction)
    await _proceed(event, (await current_lookup(event)).with_(section=Section.OVERVIEW, outside=(), inside=True))


async def on_never(event: ComponentInteraction) -> None:
    """Never send pictures from this server to outside services."""
    if not event.requester.moderator:
        raise ModeratorsOnly("Manage Channels")
    await responses.defer(event.interaction)
    await decide_where(services_of(event.sessions.client), event.requester, Where.INSIDE)
    await _proceed(event, (await current_lookup(event)).with_(section=Section.OVERVIEW, outside=(), inside=True))
    await responses.tell(event.interaction, say(event.requester.locale, "consent-declined"))


async def on_region(event: ComponentInteraction) -> None:
    """Show the picture cut into parts to choose from."""
    _owner_only(event)
    await responses.defer(event.interaction)
    now = await current_lookup(event)
    try:
        preview = await _preview(event, now)
    except (ProviderError, OSError) as refused:
        log_error(refused)
        if not now.token:
            raise
        preview = None
    await _show_choice(event, now.with_(section=Section.REGION), preview)


async def _show_choice(event: ComponentInteraction, asking: Lookup, preview: Picture | None) -> None:
    """Show the question with the picture to choose on: in the page, else privately, or not at all below Off.

    The private message comes after Discord has taken the page, so the page is judged again before it.
    """
    in_the_page = preview is not None and _seen_before(event, asking)
    event.active.preview = preview if in_the_page else None
    await _in_place(event, asking, View.SINGLE)
    if preview is not None and not in_the_page and shows_preview((await event.judged()).content):
        await _tell_preview(event, preview, asking)


async def on_frames(event: ComponentInteraction) -> None:
    """Show frames of the video to choose from."""
    _owner_only(event)
    await responses.defer(event.interaction)
    now = await current_lookup(event)
    source = now.source
    if source.video is None:
        raise Outdated
    intake, limit = services_of(event.sessions.client).intake, event.interaction.filesize_limit
    found = await intake.frames(source.video, size=source.video_size, limit=limit, owner=event.requester.user_id)
    asking = now.with_(section=Section.FRAMES, frames=found.seconds, kept_back=now.kept_back or found.kept_back)
    await _show_choice(event, asking, found.picture)


async def on_frame(event: ComponentInteraction) -> None:
    """Look up the frame that was chosen."""
    _owner_only(event)
    now, number = await current_lookup(event), event.control.number
    if number is None or number >= len(now.frames):
        raise Outdated
    await responses.defer(event.interaction)
    frame = {"frame": number, "frame_at": now.frames[number], "token": None}
    chosen = now.with_(
        source=now.source.model_copy(update=frame), results=(), at=0, part=WHOLE, section=Section.OVERVIEW, page=0
    )
    await _proceed(event, await ready(event.sessions, event.requester, chosen, event.interaction))


async def on_part(event: ComponentInteraction) -> None:
    """Look up the part that was chosen."""
    _owner_only(event)
    await _to_part(event, event.values[0] if event.values else event.control.argument or WHOLE)


async def _to_part(event: ComponentInteraction, name: str) -> None:
    """Show a part (or the whole) of the picture: from what was looked up before, else by another lookup."""
    now = await current_lookup(event)
    known = next((at for at, result in enumerate(now.results) if result.part == name), None)
    if known is not None:
        await _turn_to(event, now.with_(at=known, section=Section.OVERVIEW, page=0))
        return
    _owner_only(event)
    if name != WHOLE and not _same_part(name, event.content_as(LookupSession).lookup, now):
        await draw_again(event)
        raise Outdated
    await responses.defer(event.interaction)
    await _proceed(event, now.with_(part=name, section=Section.OVERVIEW))


def _same_part(name: str, offered: Lookup, now: Lookup) -> bool:
    """True if a part is still there, and is the one that the message names so: boxes are numbered as they are left."""
    before, left = (find_part(name, one.whole.answer if one.whole else None) for one in (offered, now))
    return left is not None and before is not None and before.crop == left.crop


async def on_links(event: ComponentInteraction) -> None:
    """Show links to other engines' reverse search, privately."""
    _owner_only(event)
    source, locale = (await current_lookup(event)).source, event.requester.locale
    address = safe_url(source.address) if source.frame is None else None
    search = services_of(event.sessions.client).search
    interaction, asks = event.interaction, event.requester
    found = await responses.judged_last(interaction, lambda: search.linkouts(asks, address)) if address else ()
    buttons = tuple(
        Button(label=clean(title, 80), url=url) for title, url in found if safe_url(url, LINK_BUTTON_LIMIT)
    )[:10]
    rows = tuple(buttons[first : first + 5] for first in range(0, len(buttons), 5))
    words = say(locale, "links-words" if rows else "links-none")
    await responses.privately(event.interaction, event.active.id, Message(text=words, rows=rows))


async def on_forget(event: ComponentInteraction) -> None:
    """Forget the lookup."""
    _owner_or_moderator(event)
    async with event.active.lock:
        await event.sessions.cache.delete(event.active)
        message = forgotten(event.requester.locale)
        if event.control.panel is None:
            await responses.update(event.interaction, event.active.id, message)
            return
        with suppress(discord.NotFound):  # it is gone already
            await responses.redraw(page_message(event).edit, event.active.id, message)
        await close(event)


def _owner_only(event: ComponentInteraction) -> None:
    if not event.by_owner:
        raise NotYours


def _owner_or_moderator(event: ComponentInteraction) -> None:
    if not (event.by_owner or event.may_moderate or event.requester.moderator):
        raise NotYours


async def _turn_to(event: ComponentInteraction, now: Lookup, shown_as: View | None = None) -> None:
    """Show another part of the answer: in place for the user who asked, in a private copy for anybody else."""
    view_wanted = shown_as or view_of(now)
    if event.by_owner:
        await responses.defer_if_slow(event.interaction, _in_place(event, now, view_wanted))
        return
    content = event.content_as(LookupSession).showing(now)
    state = PagerState(view=view_wanted)
    copy = event.sessions.open_privately(event.interaction, event.requester, content, state)
    await responses.defer_if_slow(event.interaction, copy, private=True, thinking=True)


async def _in_place(event: ComponentInteraction, now: Lookup, shown_as: View) -> None:
    async with event.active.lock:
        content = event.content_as(LookupSession).showing(now)
        fresh = PagerState(len(content.items), complete=True, view=shown_as)
        page = await event.sessions.judged(event.requester, content, fresh)
        await show_page(event, page)


async def _proceed(event: ComponentInteraction, now: Lookup) -> None:
    """Continue in the same message: ask where the picture may be sent, or look it up and show answers as they come."""
    if now.section is Section.CONSENT:
        await _in_place(event, now, View.SINGLE)
        return
    limit = event.interaction.filesize_limit
    event.sessions.in_flight.give_time(event.interaction, GROWING_WITHIN)
    answers = look_up(services_of(event.sessions.client), event.requester, event.content_as(LookupSession), now, limit)
    async with aclosing(answers) as steps:
        async for found in (content.lookup async for content in steps):
            if found.result and found.result.waiting and found.result.answer.is_empty:
                continue
            await _in_place(event, found, view_of(found))


def _seen_before(event: ComponentInteraction, lookup: Lookup) -> bool:
    """True if the picture may stand in the page: who sees the page could see the picture before, and uncovered."""
    content, source = event.content_as(LookupSession), lookup.source
    alone = content.private and not content.shared
    return alone or (source.by is not Origin.WEB and not source.spoiler)


async def _preview(event: ComponentInteraction, now: Lookup) -> Picture:
    """Return the picture with its numbered parts."""
    data = await _bytes(event, now.source)
    parts = boxes(now.whole.answer if now.whole else None)
    labelled = [(part.name.removeprefix("box:"), part.crop) for part in parts]
    intake = services_of(event.sessions.client).intake
    return await intake.preview(data, labelled, owner=event.requester.user_id)


async def _tell_preview(event: ComponentInteraction, preview: Picture, asking: Lookup) -> None:
    """Show the picture to choose on to the person who pressed, and to nobody else."""
    locale = event.requester.locale
    name = f"SPOILER_{PREVIEW_NAME}" if asking.source.spoiler else PREVIEW_NAME
    key = "frames-preview" if asking.section is Section.FRAMES else "region-preview"
    attached = file(Attached(name, preview, say(locale, f"{key}-alt")))
    await responses.tell(event.interaction, say(locale, key), file=attached)


async def _bytes(event: ComponentInteraction, source: LookupSource) -> bytes:
    """Return the picture's bytes: read again, or held by the collection."""
    services = services_of(event.sessions.client)
    if source.by is not Origin.RESULT:
        return (
            await read_source(services.intake, source, event.interaction.filesize_limit, event.requester.user_id)
        ).data
    image: Image | None = source.image
    if image is not None and local_id(image) is not None:
        picture = await services.search.picture(event.requester, image, 900)
        if picture is not None:
            return picture.data
    address = safe_url(image.thumbnail_url if image else None) or safe_url(source.address)
    if address is None:
        raise PictureRefused("gone")
    return (await services.intake.from_web(address, owner=event.requester.user_id)).data
