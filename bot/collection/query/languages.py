"""The language that a request is asked in."""

from __future__ import annotations

from bot.bing_v7 import InsightsRequest, SearchRequest, TrendingRequest


def asked_language(request: SearchRequest | TrendingRequest | InsightsRequest) -> str:
    """The language's or market's name that is asked for, such as ``de-DE``; empty if nothing is said."""
    asked = request.set_lang or request.mkt or request.accept_language or ""
    return asked.split(",")[0].split(";")[0].strip()
