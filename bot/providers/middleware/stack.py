"""Puts middleware around a provider, from outside: budget, cache and single flight, breaker, price, parts."""

from collections.abc import Collection

from bot.bing_v7 import Limits, Provider, SaysAllowance
from bot.media.service import Media

from .breaker import Breaker, BreakerRules, Listener
from .budget import Allowances, Budget, BudgetedProvider, PricedProvider
from .budget_store import BudgetStore
from .cache import Cached
from .upload_preparation import PreparedUploads


def stacked(
    provider: Provider,
    media: Media,
    *,
    store: BudgetStore | None = None,
    allowances: Allowances | None = None,
    limits: Limits | None = None,
    fixed: Collection[str] = (),
    rules: BreakerRules | None = None,
    listener: Listener | None = None,
    cache_size: int = 192,
) -> BudgetedProvider:
    """Return the provider with all its middleware.

    Args:
        provider: the adapter.
        media: cuts parts out of posted pictures.
        store: where spending is kept; memory if None.
        allowances: what the operator grants.
        limits: what the provider allows as the operator knows it; its own declaration if None.
        fixed: names of ``limits`` that the operator set.
        rules: when the breaker opens.
        listener: called when it does.
        cache_size: how many answers are kept.
    """
    says = isinstance(provider, SaysAllowance) and provider.says_allowance
    budget = Budget(
        provider.name, limits or provider.capabilities.limits, allowances, store, fixed=fixed, corrected=says
    )
    breaker = Breaker(PricedProvider(PreparedUploads(provider, media), budget), rules, listener=listener)
    return BudgetedProvider(Cached(breaker, size=cache_size), budget)
