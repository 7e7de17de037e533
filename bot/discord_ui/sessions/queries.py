"""Asking the service and turning its answers into the content of a session."""

from bot.bing_v7 import (
    Image,
    InsightsRequest,
    InvalidRequest,
    Module,
    Provenance,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.markets import language_for, nearest_market, nearest_trending_market
from bot.discord_ui.discord_io.errors import TwoSizes
from bot.discord_ui.model.batches import Fetched, fetch_more, keys_of
from bot.discord_ui.model.page import Offers
from bot.discord_ui.model.ports import Judged, Service
from bot.discord_ui.model.sanitize import safe_url
from bot.discord_ui.model.session import Content, Kind, TrendingCategory, TrendingTile
from bot.discord_ui.render.suggestions import altered_query, refinements_of
from bot.safesearch.place import Requester


def search_request(query: str, locale: str, **filters: object) -> SearchRequest:
    """Build a search in the market and language of a Discord locale; ``filters`` are by field name, None left out.

    Raises:
        InvalidRequest: nothing is asked for.
        TwoSizes: an exact width or height together with a smallest or largest one.
    """
    if not query.strip():
        raise InvalidRequest("an empty query", parameter="q")
    given = {name: value for name, value in filters.items() if value is not None}
    for side in ("width", "height"):
        if side in given and {f"min_{side}", f"max_{side}"} & given.keys():
            raise TwoSizes(side)
    return SearchRequest.model_validate(
        {"q": query.strip(), "mkt": nearest_market(locale), "setLang": language_for(locale), **given}
    )


async def search(
    service: Service,
    requester: Requester,
    request: SearchRequest,
    *,
    own: SafeSearch | None = None,
    private: bool = False,
) -> Content:
    """Ask for the first pictures of a search; v7's ``+``, which keeps a spelling, is not shown.

    Raises:
        ProviderError: there is no answer.
    """
    fetched, judged = await fetch_more(service, requester, request, Fetched(), own, 1)
    assert judged is not None  # noqa: S101 (nothing was fetched before, so at least one answer came)
    return Content(
        kind=Kind.SEARCH,
        title=request.q.removeprefix("+").strip() or request.q,
        request=request,
        own=own,
        asker_id=requester.user_id,
        asker_moderates=requester.moderator,
        locale=requester.locale,
        private=private,
        level=judged.decision.level,
        rule=str(judged.decision.rule),
        fetched=fetched,
        refinements=refinements_of(judged.answer, request.q),
        altered=altered_query(judged.answer),
    )


def similar_request(image: Image, locale: str) -> InsightsRequest:
    """Build the question for pictures that look like one, in the market and language of a Discord locale."""
    token = image.image_insights_token
    return InsightsRequest(
        insights_token=token,
        img_url=None if token else safe_url(image.content_url),
        modules=frozenset({Module.SIMILAR_IMAGES}),
        mkt=nearest_market(locale),
        set_lang=language_for(locale),
    )


async def similar(
    service: Service,
    requester: Requester,
    request: InsightsRequest,
    title: str,
    *,
    own: SafeSearch | None = None,
    private: bool = False,
) -> Content:
    """Ask for pictures that look like one, which is called ``title``.

    Raises:
        ProviderError: there is no answer.
    """
    judged = await service.insights(requester, request, own)
    found = judged.answer.visually_similar_images
    return Content(
        kind=Kind.SIMILAR,
        title=title,
        own=own,
        asker_id=requester.user_id,
        asker_moderates=requester.moderator,
        locale=requester.locale,
        private=private,
        level=judged.decision.level,
        rule=str(judged.decision.rule),
        fetched=_whole(found.value if found else (), judged.answer.provenance, judged.hidden.total),
        extra=request.model_dump_json(exclude_defaults=True),
    )


async def trending(
    service: Service,
    requester: Requester,
    *,
    own: SafeSearch | None = None,
    private: bool = False,
    category: str = "",
    request: TrendingRequest | None = None,
) -> Content:
    """Ask what is trending, in the requester's market unless ``request`` names another.

    ``category`` names the one to begin with.

    Raises:
        ProviderError: there is no answer.
    """
    if request is None:
        request = TrendingRequest(
            mkt=nearest_trending_market(requester.locale), set_lang=language_for(requester.locale)
        )
    judged = await service.trending(requester, request, own)
    categories = _categories(judged.answer)
    wanted = category.casefold().strip()
    chosen = next((number for number, one in enumerate(categories) if one.title.casefold() == wanted), 0)
    return Content(
        kind=Kind.TRENDING,
        own=own,
        asker_id=requester.user_id,
        asker_moderates=requester.moderator,
        locale=requester.locale,
        private=private,
        level=judged.decision.level,
        rule=str(judged.decision.rule),
        categories=categories,
        category=chosen,
        fetched=_whole(categories[chosen].items if categories else (), judged.answer.provenance, judged.hidden.total),
        extra=request.model_dump_json(exclude_defaults=True),
    )


def in_category(content: Content, number: int) -> Content:
    """Return trending content with another category chosen; a number outside changes nothing."""
    if not 0 <= number < len(content.categories):
        return content
    items = content.categories[number].items
    return content.with_(category=number, fetched=content.fetched.model_copy(update={"items": items}))


def offers_of(service: Service, content: Content, *, in_server: bool) -> Offers:
    """Return what may be offered beside the pages."""
    insights = service.capabilities(Verb.INSIGHTS)
    can_look_up = insights.supports(Verb.INSIGHTS)
    return Offers(
        similar=can_look_up and bool(insights.modules & {Module.SIMILAR_IMAGES, Module.ALL}),
        details=can_look_up,
        filters=service.capabilities(Verb.SEARCH).filters,
        site_blocks=in_server and content.private and content.asker_moderates,
        hiding=in_server and not content.private,
    )


def judged_level(content: Content, judged: Judged[object]) -> Content:
    """Return the content with the level that was decided now."""
    level, rule = judged.decision.level, str(judged.decision.rule)
    return content if (content.level, content.rule) == (level, rule) else content.with_(level=level, rule=rule)


def _whole(items: tuple[Image, ...], provenance: Provenance | None, hidden: int) -> Fetched:
    return Fetched(
        items=items,
        complete=True,
        hidden=hidden,
        providers=provenance.providers if provenance else (),
        notes=provenance.notes if provenance else (),
    )


def _categories(answer: TrendingImages) -> tuple[TrendingCategory, ...]:
    return tuple(
        TrendingCategory(
            title=category.title,
            tiles=tuple(
                TrendingTile(
                    query=tile.query.text,
                    label=tile.query.display_text or tile.query.text,
                    image_id=tile.image.image_id,
                )
                for tile in tiles
            ),
            items=tuple(tile.image for tile in tiles),
        )
        for category in answer.categories
        if (tiles := [tile for tile in category.tiles if keys_of(tile.image)])
    )
