"""What the controls of an identify answer do."""

from contextlib import aclosing

from bot.bing_v7 import Image, PictureRefused, ProviderError
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.embeds import file
from bot.discord_ui.discord_io.errors import Expired, ModeratorsOnly, NotYours, log_error
from bot.discord_ui.model.images import held_id
from bot.discord_ui.model.judged import JudgedPage
from bot.discord_ui.model.lookup_session import HandedBy, Insight, LookupSource, Section, counts, is_empty, view_of
from bot.discord_ui.model.message import Attached, Button, Message
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, bare, safe_url
from bot.discord_ui.model.session import LookupSession
from bot.discord_ui.render.lookup import forgotten
from bot.discord_ui.render.lookup_regions import WHOLE, boxes, find
from bot.discord_ui.sessions import queries as asking
from bot.discord_ui.sessions.lookups import Where, decide_where, look_up, read, services_of
from bot.i18n import say

from .component_interaction import ComponentInteraction, expect
from .lookup_start import handed_result, open_details, ready
from .pager import become
from .results import still_allowed

PREVIEW_NAME = "magpie-parts.jpg"


async def insight(press: ComponentInteraction) -> Insight:
    """Return what the pressed message is about, as far as it may be shown now.

    Raises:
        Expired: it is no identify session (any more).
    """
    return (await press.judged_as(LookupSession)).insight


async def on_details(press: ComponentInteraction) -> None:
    """Look a picture of the answer up, privately."""
    image, view = await still_allowed(press), press.live.state.view
    wanted = await press.desk.view_at(press.interaction) if view is View.SINGLE else view
    found = handed_result(image, spoiler=press.live.content.spoiler)
    await open_details(press.interaction, press.requester, found, wanted)


async def on_section(press: ComponentInteraction) -> None:
    """Show a section of the lookup."""
    now = await insight(press)
    wanted = next((section for section in counts(now) if section.value in press.values), None)
    if wanted is None:
        raise Expired
    await _turn_to(press, now.with_(section=wanted, page=0))


async def on_page(press: ComponentInteraction) -> None:
    """Show another page of a section."""
    await _turn_to(press, (await insight(press)).with_(page=press.control.number or 0))


async def on_fold(press: ComponentInteraction) -> None:
    """Unfold the overview, or fold it."""
    now = await insight(press)
    await _turn_to(press, now.with_(unfolded=not now.unfolded), press.live.state.view)


async def on_whole(press: ComponentInteraction) -> None:
    """Look the whole picture up again."""
    await _to_part(press, WHOLE)


async def on_back(press: ComponentInteraction) -> None:
    """Go back to the overview."""
    await _turn_to(press, (await insight(press)).with_(section=Section.OVERVIEW, page=0))


async def on_search(press: ComponentInteraction) -> None:
    """Search for what the lookup suggests."""
    look = (await insight(press)).look
    queries = look.answer.related_searches.value if look and look.answer.related_searches else ()
    if press.choice is None or press.choice >= len(queries):
        raise Expired
    await _find(press, queries[press.choice].text)


async def on_find(press: ComponentInteraction) -> None:
    """Search for what the picture shows."""
    look = (await insight(press)).look
    query = look.answer.best_representative_query if look else None
    if query is None:
        raise Expired
    await _find(press, query.text)


async def on_similar(press: ComponentInteraction) -> None:
    """Show the pictures that are like it."""
    await _turn_to(press, (await insight(press)).with_(section=Section.SIMILAR, page=0))


async def _find(press: ComponentInteraction, words: str) -> None:
    """Search all providers, and show what is found to whoever pressed."""
    request = asking.search_request(words, press.requester.locale)

    async def find_pictures() -> None:
        content = await asking.search(press.desk.service, press.requester, request)
        await press.desk.open_privately(press.interaction, press.requester, content, PagerState())

    await responses.in_time(press.interaction, find_pictures(), private=True, thinking=True)


async def on_pick(press: ComponentInteraction) -> None:
    """Look up the picture that was chosen from a message."""
    _asker_only(press)
    now = await insight(press)
    if press.choice is None or press.choice >= len(now.candidates):
        raise Expired
    chosen = now.with_(handed=now.candidates[press.choice], candidates=(), section=Section.OVERVIEW)
    await responses.defer(press.interaction)
    await _proceed(press, await ready(press.desk, press.requester, chosen, press.interaction.filesize_limit))


async def on_send(press: ComponentInteraction) -> None:
    """Agree that the picture is sent to outside services."""
    _asker_or_moderator(press)
    await responses.defer(press.interaction)
    await decide_where(services_of(press.desk.client), press.requester, Where.OUTSIDE)
    await _proceed(press, (await insight(press)).with_(section=Section.OVERVIEW, outside=()))


async def on_inside(press: ComponentInteraction) -> None:
    """Ask only providers on the operator's own machines."""
    _asker_or_moderator(press)
    await responses.defer(press.interaction)
    await _proceed(press, (await insight(press)).with_(section=Section.OVERVIEW, outside=(), inside=True))


async def on_never(press: ComponentInteraction) -> None:
    """Never send pictures from this server to outside services."""
    if not press.requester.moderator:
        raise ModeratorsOnly("Manage Channels")
    await responses.defer(press.interaction)
    await decide_where(services_of(press.desk.client), press.requester, Where.INSIDE)
    await _proceed(press, (await insight(press)).with_(section=Section.OVERVIEW, outside=(), inside=True))
    await responses.tell(press.interaction, say(press.requester.locale, "consent-declined"))


async def on_region(press: ComponentInteraction) -> None:
    """Show the picture cut into parts to choose from."""
    _asker_only(press)
    await responses.defer(press.interaction)
    now = await insight(press)
    page = await _in_place(press, now.with_(section=Section.REGION), View.SINGLE)
    try:
        await _show_preview(press, page)
    except (ProviderError, OSError) as refused:
        log_error(refused)
        if not now.token:
            raise


async def on_part(press: ComponentInteraction) -> None:
    """Look up the part that was chosen."""
    _asker_only(press)
    await _to_part(press, press.values[0] if press.values else WHOLE)


async def _to_part(press: ComponentInteraction, name: str) -> None:
    """Show a part (or the whole) of the picture: from what was looked up before, else by another lookup."""
    now = await insight(press)
    known = next((at for at, look in enumerate(now.looks) if look.part == name), None)
    if known is not None:
        await _turn_to(press, now.with_(at=known, section=Section.OVERVIEW, page=0))
        return
    _asker_only(press)
    if name != WHOLE and find(name, now.whole.answer if now.whole else None) is None:
        raise Expired
    await responses.defer(press.interaction)
    await _proceed(press, now.with_(part=name, section=Section.OVERVIEW))


async def on_links(press: ComponentInteraction) -> None:
    """Show links to other engines' reverse search, privately."""
    _asker_only(press)
    handed, locale = (await insight(press)).handed, press.requester.locale
    address = safe_url(handed.address)
    search = services_of(press.desk.client).search
    found = await search.linkouts(press.requester, address) if address else ()
    buttons = tuple(Button(label=bare(title, 80), url=url) for title, url in found if safe_url(url, LINK_BUTTON_LIMIT))[
        :10
    ]
    rows = tuple(buttons[first : first + 5] for first in range(0, len(buttons), 5))
    words = say(locale, "links-words" if rows else "links-none")
    await responses.privately(press.interaction, press.live.id, Message(text=words, rows=rows))


async def on_forget(press: ComponentInteraction) -> None:
    """Forget the lookup."""
    _asker_or_moderator(press)
    async with press.live.lock:
        await press.desk.live.delete(press.live)
        await responses.update(press.interaction, press.live.id, forgotten(press.requester.locale))


def _asker_only(press: ComponentInteraction) -> None:
    if not press.by_asker:
        raise NotYours


def _asker_or_moderator(press: ComponentInteraction) -> None:
    if not (press.by_asker or press.may_moderate or press.requester.moderator):
        raise NotYours


async def _turn_to(press: ComponentInteraction, now: Insight, shown_as: View | None = None) -> None:
    """Show another part of the answer: for the asker in place, for anybody else in a private copy."""
    view_wanted = shown_as or view_of(now)
    if press.by_asker:
        await responses.in_time(press.interaction, _in_place(press, now, view_wanted))
        return
    content = press.content_as(LookupSession).showing(now)
    state = PagerState(view=view_wanted)
    copy = press.desk.open_privately(press.interaction, press.requester, content, state)
    await responses.in_time(press.interaction, copy, private=True, thinking=True)


async def _in_place(press: ComponentInteraction, now: Insight, shown_as: View) -> JudgedPage:
    async with press.live.lock:
        content = press.content_as(LookupSession).showing(now)
        fresh = PagerState(len(content.items), complete=True, view=shown_as)
        page = await press.desk.judged(press.requester, content, fresh)
        await become(press, page)
    return page


async def _proceed(press: ComponentInteraction, now: Insight) -> None:
    """Go on in the same message: ask where the picture may go, or look it up and show answers as they come."""
    if now.section is Section.CONSENT:
        await _in_place(press, now, View.SINGLE)
        return
    limit = press.interaction.filesize_limit
    answers = look_up(services_of(press.desk.client), press.requester, press.content_as(LookupSession), now, limit)
    async with aclosing(answers) as steps:
        async for found in (content.insight async for content in steps):
            if found.look and found.look.waiting and is_empty(found.look.answer):
                continue
            await _in_place(press, found, view_of(found))


async def _show_preview(press: ComponentInteraction, page: JudgedPage) -> None:
    """Show the picture with its numbered parts to the person who pressed, and to nobody else."""
    now = expect(page.content, LookupSession).insight
    data = await _bytes(press, now.handed)
    parts = boxes(now.whole.answer if now.whole else None)
    labelled = [(part.name.removeprefix("box:"), part.crop) for part in parts]
    intake = services_of(press.desk.client).intake
    drawn = await intake.preview(data, labelled, owner=press.requester.user_id)
    locale = press.requester.locale
    alt = say(locale, "region-preview-alt")
    name = f"SPOILER_{PREVIEW_NAME}" if now.handed.spoiler else PREVIEW_NAME
    preview_file = file(Attached(name, drawn, alt))
    await responses.tell(press.interaction, say(locale, "region-preview"), file=preview_file)


async def _bytes(press: ComponentInteraction, handed: LookupSource) -> bytes:
    """Return the picture's bytes: read again, or held by the collection."""
    services = services_of(press.desk.client)
    if handed.by is not HandedBy.RESULT:
        return (await read(services.intake, handed, press.interaction.filesize_limit, press.requester.user_id)).data
    image: Image | None = handed.image
    if image is not None and held_id(image) is not None:
        picture = await services.search.picture(press.requester, image, 900)
        if picture is not None:
            return picture.data
    address = safe_url(image.thumbnail_url if image else None) or safe_url(handed.address)
    if address is None:
        raise PictureRefused("gone")
    return (await services.intake.from_web(address, owner=press.requester.user_id)).data
