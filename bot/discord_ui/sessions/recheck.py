"""What a message may show at the rules of now: one way for first, turned, shared and copied pages and what hangs there.

Drawing takes a ``JudgedPage`` (a picture's credit, details and lookups a ``JudgedImage``), and only this module
makes one: the seal that it takes is private. So nothing is drawn, sent again or handed on that was not judged
after it was stored, whoever asks for it and by which control.
"""

from collections.abc import Sequence

from bot.bing_v7 import Category, Image, ImageInsights, Tile
from bot.discord_ui.model.batches import Fetched, fetch_more, keys_of
from bot.discord_ui.model.judged import (
    _SEAL,  # pyright: ignore[reportPrivateUsage]  # here, and nowhere else, things are judged
    JudgedImage,
    JudgedPage,
)
from bot.discord_ui.model.lookup_session import HandedBy, Look, LookupSource
from bot.discord_ui.model.pager import PagerState, settle
from bot.discord_ui.model.ports import Judged, Service
from bot.discord_ui.model.session import Content, Kind, Refinement, as_content
from bot.safesearch.place import Requester

WITHHELD = "…"
"""Stands where a title stood that may not be shown here any more."""
MOST_SIFTINGS = 10
"""So often a page is judged again after pictures fell out of it; then nothing is shown at all."""
_NOTHING_HANDED = {"address": None, "smaller": None, "token": None, "name": None, "image": None}
_WORDS_OF_A_LOOKUP = ("best_representative_query", "image_caption", "image_tags", "related_searches")


async def judged_page(
    service: Service, requester: Requester, content: Content, state: PagerState, before: JudgedPage | None = None
) -> JudgedPage:
    """Fetch what the page lacks and judge all that it shows at the level and lists of now.

    The session's own level holds whoever looks. What ``before`` holds of the very same content is not judged twice
    under the same rules, but for the pictures of the page, whose ratings may have changed.

    Raises:
        ProviderError: what is needed cannot be had.
    """
    requester = requester.at_least(content.own)
    for _ in range(MOST_SIFTINGS):
        if state.wants_more and content.request is not None:
            wanted = state.index + state.size
            fetched, _ = await fetch_more(service, requester, content.request, content.fetched, wanted)
            content = content.with_(fetched=fetched)
        rules = await service.rules(requester)
        if before is None or before.content is not content or before.rules != rules:
            content = await _judged_beside(service, requester, content)
        state = settle(state, len(content.items), content.fetched.complete)
        page = content.page(state)
        judged = await service.allowed(requester, page)
        content = _at_level(content, judged)
        if len(judged.answer) < len(page):
            content = await _sifted(service, requester, content, judged.answer, page)
        elif await service.rules(requester) == rules:
            return JudgedPage(content, state, rules, _SEAL)
    return await _nothing(service, requester, content, state)


async def judged_question(service: Service, requester: Requester, content: Content, state: PagerState) -> JudgedPage:
    """Judge what is kept of a session that is over: its words, without any pictures; nothing is fetched.

    Raises:
        ProviderError: the settings cannot be read.
    """
    bare = content.with_(fetched=Fetched(complete=True))
    return await judged_page(service, requester, bare, PagerState(view=state.view))


async def judged_image(service: Service, requester: Requester, content: Content, image: Image) -> JudgedImage | None:
    """Judge a picture of a session; None if it may not be shown any more.

    Raises:
        ProviderError: the settings cannot be read.
    """
    judged = await service.allowed(requester.at_least(content.own), (image,))
    return JudgedImage(judged.answer[0], content.fetched.providers, _SEAL) if judged.answer else None


async def _nothing(service: Service, requester: Requester, content: Content, state: PagerState) -> JudgedPage:
    """Return a page that shows no picture and no word that was found."""
    rules = await service.rules(requester)
    bare = _withheld(content.without(_keys(content.items)))
    return JudgedPage(bare, settle(state, 0, complete=True), rules, _SEAL)


async def _sifted(
    service: Service, requester: Requester, content: Content, page: Sequence[Image], before: Sequence[Image]
) -> Content:
    """Drop whatever is not allowed any more from everything that is kept, at least what the page lost."""
    judged = await service.allowed(requester, content.items)
    kept = _keys(judged.answer) - (_keys(before) - _keys(page))
    return content.without(_keys(content.items) - kept)


def _keys(images: Sequence[Image]) -> frozenset[str]:
    return frozenset(key for image in images for key in keys_of(image))


def _at_level(content: Content, judged: Judged[object]) -> Content:
    """Return the content with the level that was decided now."""
    level, rule = judged.decision.level, str(judged.decision.rule)
    return content if (content.level, content.rule) == (level, rule) else content.with_(level=level, rule=rule)


async def _judged_beside(service: Service, requester: Requester, content: Content) -> Content:
    """Judge all that a session keeps beside its pictures; the same content comes back if nothing has to go."""
    if content.kind is Kind.IDENTIFY:
        content = await _judged_lookups(service, requester, content)
    if content.subject is not None and not (await service.allowed(requester, (content.subject,))).answer:
        return _withheld(content)
    words = _words(content)
    fit = frozenset(await service.allowed_texts(requester, words))
    if content.title and content.title not in fit:
        return _withheld(content)
    content = await _judged_suggestions(service, requester, content, fit)
    return await _judged_categories(service, requester, content, fit)


def _withheld(content: Content) -> Content:
    """Return the content without anything that was asked or found."""
    bare = content.fetched.model_copy(update={"items": (), "complete": True, "next_offset": None})
    return content.with_(
        title=WITHHELD if content.title else "",
        request=None,
        fetched=bare,
        suggestions=(),
        altered=None,
        subject=None,
        categories=(),
        category=0,
        similar_to=None,
        trends=None,
        insight=None,
    )


def _words(content: Content) -> list[str]:
    """Return every text of a session that people read or press, but those of pictures, suggestions and tiles."""
    words = [content.title, content.altered or ""]
    words += [one.instead_of or "" for one in content.suggestions]
    words += [category.title for category in content.categories]
    return list(dict.fromkeys(word for word in words if word))


async def _judged_suggestions(service: Service, requester: Requester, content: Content, fit: frozenset[str]) -> Content:
    fine = await service.allowed_offers(requester, [one.query for one in content.suggestions])
    kept: list[Refinement] = [
        one
        for one, allowed in zip(content.suggestions, fine, strict=True)
        if allowed and (one.instead_of is None or one.instead_of in fit)
    ]
    altered = content.altered if content.altered in fit else None
    if len(kept) == len(content.suggestions) and altered == content.altered:
        return content
    return content.with_(suggestions=tuple(kept), altered=altered)


async def _judged_categories(service: Service, requester: Requester, content: Content, fit: frozenset[str]) -> Content:
    """Drop the tiles that may not be offered any more, with their pictures."""
    tiles = [tile for category in content.categories for tile in category.tiles]
    fine = iter(await service.allowed_offers(requester, tiles))
    categories: list[Category] = []
    fetched, changed = content.fetched, False
    for number, category in enumerate(content.categories):
        allowed = [next(fine) and category.title in fit for _ in category.tiles]
        if all(allowed) and category.title in fit:
            categories.append(category)
            continue
        changed = True
        kept = _chosen(category.tiles, allowed)
        title = category.title if category.title in fit else WITHHELD
        categories.append(Category(title=title, tiles=kept))
        if number == content.category:
            items = tuple(tile.image for tile in kept)
            update = {"items": items, "hidden": fetched.hidden + len(allowed) - len(items)}
            fetched = fetched.model_copy(update=update)
    return content.with_(categories=tuple(categories), fetched=fetched) if changed else content


def _chosen(tiles: Sequence[Tile], allowed: Sequence[bool]) -> tuple[Tile, ...]:
    return tuple(tile for tile, fine in zip(tiles, allowed, strict=True) if fine)


async def _judged_lookups(service: Service, requester: Requester, content: Content) -> Content:
    """Judge every lookup that a session keeps, of the whole picture and of its parts, and the picture looked up."""
    insight = content.insight
    if insight is None:
        return content
    looks = tuple([await _judged_look(service, requester, look) for look in insight.looks])
    handed = await _judged_handed(service, requester, insight.handed)
    names = [one.name for one in insight.candidates if one.name]
    fit = frozenset(await service.allowed_texts(requester, names)) if names else frozenset[str]()
    candidates = tuple(
        one if one.name is None or one.name in fit else one.model_copy(update={"name": None})
        for one in insight.candidates
    )
    if (looks, handed, candidates) == (insight.looks, insight.handed, insight.candidates):
        return content
    return as_content(insight.with_(looks=looks, handed=handed, candidates=candidates), content)


async def _judged_look(service: Service, requester: Requester, look: Look) -> Look:
    """Judge one lookup; of one made at a looser level, words that nobody judged at this level go."""
    judged = await service.allowed_insights(requester, look.answer, look.level)
    answer = _without_words(judged.answer) if judged.decision.level > look.level else judged.answer
    if answer == look.answer:
        return look
    return look.model_copy(update={"answer": answer, "hidden": look.hidden + judged.hidden.total})


def _without_words(answer: ImageInsights) -> ImageInsights:
    """Return a lookup without its words: what the picture shows, and who is in which of its parts."""
    groups = answer.recognized_entity_groups
    if groups is not None:
        nameless = tuple(
            group.with_(
                recognized_entity_regions=tuple(
                    region.with_(matching_entities=()) for region in group.recognized_entity_regions
                )
            )
            for group in groups.value
        )
        groups = groups.with_(value=nameless)
    return answer.with_(**dict.fromkeys(_WORDS_OF_A_LOOKUP), recognized_entity_groups=groups)


async def _judged_handed(service: Service, requester: Requester, handed: LookupSource) -> LookupSource:
    """Return the picture that is looked up, and no way to it if it was found and may not be shown any more."""
    if handed.by is not HandedBy.RESULT or handed.image is None:
        return handed
    judged = await service.allowed(requester, (handed.image,))
    return handed if judged.answer else handed.model_copy(update=_NOTHING_HANDED)
