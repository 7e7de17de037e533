"""How each kind of session is judged again: everything beside its pictures, at the level and lists of now."""

from collections.abc import Sequence

from bot.bing_v7 import Category, ImageInsights, SearchRequest, Tile, local_id
from bot.discord_ui.model.batches import fetch_more
from bot.discord_ui.model.lookup_session import LookupResult, LookupSource, Origin
from bot.discord_ui.model.ports import Service
from bot.discord_ui.model.session import (
    WITHHELD,
    LookupSession,
    Refinement,
    SearchSession,
    Session,
    SimilarSession,
    TrendingSession,
    label_of,
)
from bot.safesearch.answer_filter import found_on, without_words
from bot.safesearch.place import Requester


async def with_more(service: Service, requester: Requester, content: Session, wanted: int) -> Session:
    """Return the session with at least ``wanted`` pictures, as far as there are more; only searches have more.

    Raises:
        ProviderError: the service could not answer.
    """
    match content:
        case SearchSession(request=SearchRequest() as request):
            fetched, _ = await fetch_more(service, requester, request, content.fetched, wanted)
            return content.with_(fetched=fetched)
        case SearchSession() | SimilarSession() | TrendingSession() | LookupSession():
            return content


def rests_on_ratings(content: Session) -> bool:
    """True if words of a session are those of held pictures beside its own, whose ratings may change."""
    match content:
        case SimilarSession():
            return content.subject is not None and local_id(content.subject) is not None
        case LookupSession(lookup=lookup):
            pages = [page for result in lookup.results for page in found_on(result.answer)]
            source = [lookup.source.image] if lookup.source.image else []
            return any(local_id(image) for image in (*pages, *source))
        case SearchSession():
            offers = content.suggestions or content.altered
            return bool(offers) and (not content.items or any(local_id(image) for image in content.items))
        case TrendingSession():
            return False


async def judged_beside(service: Service, requester: Requester, content: Session) -> Session:
    """Judge everything of a session beside its pictures; returns the same object if nothing was removed.

    Raises:
        ProviderError: the settings cannot be read.
    """
    fit = frozenset(await service.allowed_texts(requester, content.texts()))
    if content.title and content.title not in fit:
        return content.withheld()
    match content:
        case SearchSession():
            return await _judged_search(service, requester, content, fit)
        case SimilarSession():
            return await _judged_similar(service, requester, content)
        case TrendingSession():
            return await _judged_trending(service, requester, content, fit)
        case LookupSession():
            return await _judged_lookup(service, requester, content)


async def judged_by_ratings(service: Service, requester: Requester, content: Session) -> Session:
    """Judge again what rests on ratings of held pictures (`rests_on_ratings`); the same object if nothing was removed.

    All else of it was judged before by equal rules.

    Raises:
        ProviderError: the settings cannot be read.
    """
    if isinstance(content, SearchSession):
        return _without(content, await _withdrawn(service, requester, content))
    return await judged_beside(service, requester, content)


async def _judged_search(
    service: Service, requester: Requester, content: SearchSession, fit: frozenset[str]
) -> SearchSession:
    """Drop the suggestions and the other spelling that may not be offered any more."""
    gone = await _withdrawn(service, requester, content)
    fine = await service.allowed_offers(requester, [one.query for one in content.suggestions])
    kept = [
        one
        for one, allowed in zip(content.suggestions, fine, strict=True)
        if allowed and (one.instead_of is None or one.instead_of in fit)
    ]
    return _without(_offering(content, kept, content.altered if content.altered in fit else None), gone)


async def _withdrawn(service: Service, requester: Requester, content: SearchSession) -> frozenset[str]:
    """Return the searches that were offered and are not any more, by what those who offered them say now."""
    offered = [label_of(one.query) for one in content.suggestions if one.kind != "spelling"]
    offered += [content.altered] if content.altered else []
    return await service.withdrawn(requester, offered, content.fetched.providers) if offered else frozenset()


def _without(content: SearchSession, gone: frozenset[str]) -> SearchSession:
    """Return a session without searches that are not offered any more; the same object if it has none of them."""
    kept = [one for one in content.suggestions if one.kind == "spelling" or label_of(one.query) not in gone]
    return _offering(content, kept, None if content.altered in gone else content.altered)


def _offering(content: SearchSession, suggestions: Sequence[Refinement], altered: str | None) -> SearchSession:
    """Return a session with fewer offers; the same object if they are as many."""
    if len(suggestions) == len(content.suggestions) and altered == content.altered:
        return content
    return content.with_(suggestions=tuple(suggestions), altered=altered)


async def _judged_similar(service: Service, requester: Requester, content: SimilarSession) -> SimilarSession:
    """Withhold everything if the picture that the others are like may not be shown any more."""
    if content.subject is None or (await service.allowed(requester, (content.subject,))).answer:
        return content
    return content.withheld()


async def _judged_trending(
    service: Service, requester: Requester, content: TrendingSession, fit: frozenset[str]
) -> TrendingSession:
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


async def _judged_lookup(service: Service, requester: Requester, content: LookupSession) -> LookupSession:
    """Judge every lookup that a session keeps, of the whole picture and of its parts, and the picture looked up."""
    lookup = content.lookup
    results = tuple([await _judged_result(service, requester, result) for result in lookup.results])
    source = await _judged_source(service, requester, lookup.source)
    names = [one.name for one in lookup.candidates if one.name]
    fit = frozenset(await service.allowed_texts(requester, names)) if names else frozenset[str]()
    candidates = tuple(
        one if one.name is None or one.name in fit else one.model_copy(update={"name": None})
        for one in lookup.candidates
    )
    if (results, source, candidates) == (lookup.results, lookup.source, lookup.candidates):
        return content
    kept_back = lookup.kept_back or await _shows_forbidden(service, requester, lookup.results, results)
    changed = lookup.with_(results=results, source=source, candidates=candidates, kept_back=kept_back)
    return content.showing(changed)


async def _shows_forbidden(
    service: Service, requester: Requester, before: Sequence[LookupResult], after: Sequence[LookupResult]
) -> bool:
    """True if a held picture that the one asked about shows may not be shown any more: then that may not either.

    One that was merely removed forbids nothing.
    """
    kept = {local_id(page) for result in after for page in found_on(result.answer)}
    pages = [page for result in before for page in found_on(result.answer)]
    lost = [page for page in pages if local_id(page) not in {None, *kept}]
    return bool(lost) and len((await service.allowed(requester, lost)).gone) < len(lost)


async def _judged_result(service: Service, requester: Requester, result: LookupResult) -> LookupResult:
    """Judge one lookup; if it was made at a looser level, words that were not judged at this level are removed."""
    judged = await service.allowed_insights(requester, result.answer, result.level)
    answer = _wordless(judged.answer) if judged.decision.level > result.level else judged.answer
    if answer == result.answer:
        return result
    return result.model_copy(update={"answer": answer, "hidden": result.hidden + judged.hidden.total})


def _wordless(answer: ImageInsights) -> ImageInsights:
    """Return a lookup without its words: what the picture shows, and who is in which of its parts."""
    bare, groups = without_words(answer), answer.recognized_entity_groups
    if groups is None:
        return bare
    nameless = tuple(
        group.with_(
            recognized_entity_regions=tuple(
                region.with_(matching_entities=()) for region in group.recognized_entity_regions
            )
        )
        for group in groups.value
    )
    return bare.with_(recognized_entity_groups=groups.with_(value=nameless))


async def _judged_source(service: Service, requester: Requester, source: LookupSource) -> LookupSource:
    """Return the picture that is looked up, and no way to it if it was found and may not be shown any more."""
    if source.by is not Origin.RESULT or source.image is None:
        return source
    judged = await service.allowed(requester, (source.image,))
    return source if judged.answer else source.withheld()
