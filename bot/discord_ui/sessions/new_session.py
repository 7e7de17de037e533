"""Asks the search service and turns its answers into sessions."""

from typing import TypedDict

from bot.bing_v7 import (
    Category,
    Image,
    InsightsRequest,
    InvalidRequest,
    Module,
    Provenance,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
)
from bot.bing_v7.markets import language_for, nearest_market, nearest_trending_market
from bot.bing_v7.requests import empty_range
from bot.discord_ui.discord_io.errors import EmptyRange, TwoSizes
from bot.discord_ui.model.batches import Fetched, fetch_more, keys_of
from bot.discord_ui.model.page import JudgedImage
from bot.discord_ui.model.ports import Service
from bot.discord_ui.model.sanitize import safe_url
from bot.discord_ui.model.session import SearchSession, SimilarSession, TrendingSession
from bot.discord_ui.render.suggestions import altered_query, refinements_of
from bot.safesearch.place import Requester


class OwnerFields(TypedDict):
    """What a session keeps of whoever asked."""

    own: SafeSearch | None
    owner_id: int
    owner_moderates: bool
    locale: str


def owner_fields(requester: Requester) -> OwnerFields:
    """Return what a session keeps of whoever asked, the own level among it."""
    return OwnerFields(
        own=requester.own,
        owner_id=requester.user_id,
        owner_moderates=requester.moderator,
        locale=requester.locale,
    )


def search_request(query: str, locale: str, **filters: object) -> SearchRequest:
    """Build a search in the market and language of a Discord locale; ``filters`` are by field name, None left out.

    Raises:
        InvalidRequest: nothing is asked for.
        TwoSizes: an exact width or height together with a smallest or largest one.
        EmptyRange: a smallest width, height or file size that is greater than the largest one.
    """
    if not query.strip():
        raise InvalidRequest("an empty query", parameter="q")
    given = {name: value for name, value in filters.items() if value is not None}
    for side in ("width", "height"):
        if side in given and {f"min_{side}", f"max_{side}"} & given.keys():
            raise TwoSizes(side)
    if (empty := empty_range(given)) is not None:
        raise EmptyRange(*empty)
    return SearchRequest.model_validate(
        {"q": query.strip(), "mkt": nearest_market(locale), "setLang": language_for(locale), **given}
    )


async def search_session(service: Service, requester: Requester, request: SearchRequest) -> SearchSession:
    """Ask for the first pictures of a search; v7's ``+``, which keeps a spelling, is not shown.

    Raises:
        ProviderError: there is no answer.
    """
    fetched, judged = await fetch_more(service, requester, request, Fetched(), 1)
    assert judged is not None  # noqa: S101 (nothing was fetched before, so at least one answer came)
    return SearchSession(
        title=request.q.removeprefix("+").strip() or request.q,
        request=request,
        **owner_fields(requester),
        level=judged.decision.level,
        rule=str(judged.decision.rule),
        fetched=fetched,
        suggestions=refinements_of(judged.answer, request.q),
        altered=altered_query(judged.answer),
    )


def similar_request(judged: JudgedImage, locale: str) -> InsightsRequest:
    """Build the question for pictures that look like one, in the market and language of a Discord locale."""
    image = judged.image
    token = image.image_insights_token
    return InsightsRequest(
        insights_token=token,
        img_url=None if token else safe_url(image.content_url),
        modules=frozenset({Module.SIMILAR_IMAGES}),
        mkt=nearest_market(locale),
        set_lang=language_for(locale),
    )


async def similar_session(
    service: Service,
    requester: Requester,
    request: InsightsRequest,
    title: str,
    subject: Image | None,
) -> SimilarSession:
    """Ask for pictures that look like one, which is called ``title`` and judged with them from then on.

    Raises:
        ProviderError: there is no answer.
    """
    judged = await service.insights(requester, request)
    found = judged.answer.visually_similar_images
    return SimilarSession(
        title=title,
        subject=subject,
        **owner_fields(requester),
        level=judged.decision.level,
        rule=str(judged.decision.rule),
        fetched=_whole(found.value if found else (), judged.answer.provenance, judged.hidden.total),
        similar_to=request,
    )


async def trending_session(
    service: Service,
    requester: Requester,
    *,
    category: str = "",
    request: TrendingRequest | None = None,
) -> TrendingSession:
    """Ask what is trending, in the requester's market unless ``request`` names another.

    ``category`` names the one to begin with.

    Raises:
        ProviderError: there is no answer.
    """
    if request is None:
        request = TrendingRequest(
            mkt=nearest_trending_market(requester.locale), set_lang=language_for(requester.locale)
        )
    judged = await service.trending(requester, request)
    categories = _categories(judged.answer)
    wanted = category.casefold().strip()
    chosen = next((number for number, one in enumerate(categories) if one.title.casefold() == wanted), 0)
    pictures = tuple(tile.image for tile in categories[chosen].tiles) if categories else ()
    return TrendingSession(
        **owner_fields(requester),
        level=judged.decision.level,
        rule=str(judged.decision.rule),
        categories=categories,
        category=chosen,
        fetched=_whole(pictures, judged.answer.provenance, judged.hidden.total),
        trends=request,
    )


def _whole(items: tuple[Image, ...], provenance: Provenance | None, hidden: int) -> Fetched:
    return Fetched(
        items=items,
        complete=True,
        hidden=hidden,
        providers=provenance.providers if provenance else (),
        notes=provenance.notes if provenance else (),
    )


def _categories(answer: TrendingImages) -> tuple[Category, ...]:
    return tuple(
        Category(title=category.title, tiles=tuple(tiles))
        for category in answer.categories
        if (tiles := [tile for tile in category.tiles if keys_of(tile.image)])
    )
