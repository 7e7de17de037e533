"""What a message may show under the rules of now: one path for first, turned, shared and copied pages.

Drawing takes a ``JudgedPage`` (a picture's credit, details and lookups take a ``JudgedImage``), and only this module
can make one, because the seal that it takes is private. So no control can draw or pass on anything that was not
judged again after it was stored.
"""

from collections.abc import Sequence

from bot.bing_v7 import Image, local_id
from bot.discord_ui.model.batches import Fetched, keys_of
from bot.discord_ui.model.page import (
    _SEAL,  # pyright: ignore[reportPrivateUsage]  # only this module may judge
    JudgedImage,
    JudgedPage,
)
from bot.discord_ui.model.pager import PagerState, within_bounds
from bot.discord_ui.model.ports import Judged, Service
from bot.discord_ui.model.session import Session
from bot.safesearch.place import Requester

from .kinds import judged_beside, judged_by_ratings, rests_on_ratings, with_more

MAX_RECHECKS = 10
"""Maximum times that a page is judged again after pictures were removed; then nothing is shown."""


async def judged_page(
    service: Service, requester: Requester, content: Session, state: PagerState, before: Sequence[JudgedPage] = ()
) -> JudgedPage:
    """Fetch what the page lacks and judge all that it shows at the level and lists of now.

    The session's own level applies to every viewer. What pages of ``before`` say of the same content holds as long as
    the rules are equal, except for held pictures, and words that rest on them: their ratings may have changed.

    Raises:
        ProviderError: the pictures or the settings cannot be read.
    """
    requester = requester.at_least(content.own)
    for _ in range(MAX_RECHECKS):
        if state.wants_more:
            content = await with_more(service, requester, content, state.index + state.size)
        rules = await service.rules(requester)
        known = [one for one in before if one.content is content and one.rules == rules]
        if not known:
            content = await judged_beside(service, requester, content)
        elif known[0].rests_on_ratings:
            rated = await judged_by_ratings(service, requester, content)
            known = known if rated is content else []
            content = rated
        state = within_bounds(state, len(content.items), content.fetched.complete)
        page = content.page(state)
        same = any((one.state.index, one.state.size) == (state.index, state.size) for one in known)
        if same and not any(local_id(image) for image in page):
            return _page(content, state, rules, known)
        judged = await service.allowed(requester, page)
        content = _at_level(content, judged)
        if len(judged.answer) < len(page):
            content = await _without_forbidden(service, requester, content, judged, page)
        elif judged.rules == rules:
            return _page(content, state, rules, known)
    return await _nothing(service, requester, content, state)


async def judged_question(service: Service, requester: Requester, content: Session, state: PagerState) -> JudgedPage:
    """Judge the texts of an expired session, which has no pictures; nothing is fetched.

    Raises:
        ProviderError: the settings cannot be read.
    """
    bare = content.with_(fetched=Fetched(complete=True))
    return await judged_page(service, requester, bare, PagerState(view=state.view))


async def judged_image(service: Service, requester: Requester, content: Session, image: Image) -> JudgedImage | None:
    """Judge a picture of a session; None if it may not be shown any more.

    Raises:
        ProviderError: the settings cannot be read.
    """
    judged = await service.allowed(requester.at_least(content.own), (image,))
    return JudgedImage(judged.answer[0], content.fetched.providers, _SEAL) if judged.answer else None


async def _nothing(service: Service, requester: Requester, content: Session, state: PagerState) -> JudgedPage:
    """Return a page that shows no picture and no word that was found."""
    rules = await service.rules(requester)
    bare = content.hiding(_keys(content.items)).withheld()
    return _page(bare, within_bounds(state, 0, complete=True), rules)


def _page(content: Session, state: PagerState, rules: object, known: Sequence[JudgedPage] = ()) -> JudgedPage:
    """Return a page that was judged; ``known`` are pages of the same content."""
    same = next((one for one in known if one.content is content), None)
    rests = same.rests_on_ratings if same else rests_on_ratings(content)
    return JudgedPage(content, state, rules, rests, _SEAL)


async def _without_forbidden(
    service: Service, requester: Requester, content: Session, page: Judged[Sequence[Image]], before: Sequence[Image]
) -> Session:
    """Remove everything that is not there or not allowed any more from the session, at least what the page lost."""
    judged = await service.allowed(requester, content.items)
    kept = _keys(judged.answer) - (_keys(before) - _keys(page.answer))
    forbidden = _keys(content.items) - kept
    return content.without(_keys((*page.gone, *judged.gone))).hiding(forbidden)


def _keys(images: Sequence[Image]) -> frozenset[str]:
    return frozenset(key for image in images for key in keys_of(image))


def _at_level(content: Session, judged: Judged[object]) -> Session:
    """Return the content with the level that was decided now."""
    level, rule = judged.decision.level, str(judged.decision.rule)
    return content if (content.level, content.rule) == (level, rule) else content.with_(level=level, rule=rule)
