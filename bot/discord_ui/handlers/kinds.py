"""How each kind of session is asked again, and in which message its answer is shown."""

from typing import Any

import discord

from bot.bing_v7 import InsightsRequest, SearchRequest, TrendingRequest
from bot.discord_ui.discord_io.errors import Expired
from bot.discord_ui.model.page import JudgedPage
from bot.discord_ui.model.session import LookupSession, SearchSession, SimilarSession, TrendingSession
from bot.discord_ui.sessions import new_session
from bot.discord_ui.sessions.service import SessionService
from bot.safesearch.place import Requester

from .lookup_start import start_lookup


async def open_again(
    sessions: SessionService, interaction: discord.Interaction[Any], requester: Requester, question: JudgedPage
) -> None:
    """Ask again what an expired session asked, and show the answer in the deferred message.

    Raises:
        Expired: the question is not complete.
        ProviderError: there is no answer.
    """
    service = sessions.service
    match question.content:
        case SearchSession(request=SearchRequest() as request):
            content = await new_session.search_session(service, requester, request)
        case SimilarSession(similar_to=InsightsRequest() as request, title=title, subject=subject):
            content = await new_session.similar_session(service, requester, request, title, subject)
        case TrendingSession(trends=TrendingRequest() as request, chosen=chosen):
            category = chosen.title if chosen else ""
            content = await new_session.trending_session(service, requester, category=category, request=request)
        case LookupSession(lookup=lookup):
            await start_lookup(interaction, requester, lookup)
            return
        case SearchSession() | SimilarSession() | TrendingSession():
            raise Expired
    spoiler = question.content.spoiler
    await sessions.open(interaction, requester, content.with_(spoiler=spoiler), question.state.view)
