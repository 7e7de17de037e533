"""Planted faults: each switches one part of the protection off, and the walks must notice every one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from bot.bing_v7 import ImagesModule, Query, RecognizedEntity, SafeSearch, Tile
from bot.discord_ui.discord_io import context
from bot.discord_ui.handlers import results, routes
from bot.discord_ui.model.lookup_session import LookupResult
from bot.discord_ui.model.page import _SEAL, JudgedPage
from bot.discord_ui.model.pager import PagerState, within_bounds
from bot.discord_ui.model.session import Session
from bot.discord_ui.sessions import kinds, new_session, service
from bot.providers.middleware import cache
from bot.safesearch import blocked_words, content_policy, guard, hosts, policies, policy
from bot.safesearch.answer_filter import AnswerFilter
from bot.safesearch.content_policy import ContentPolicy, Reason
from bot.safesearch.gate import Gate
from bot.safesearch.guard import GuardedProvider
from bot.safesearch.lists import EverywhereList, Lists, StrictList
from bot.safesearch.policies import Policies
from bot.safesearch.policy import Decision
from bot.search.service import SearchService

Fault = Callable[[], Any]
FAULTS: dict[str, Fault] = {}


def forget() -> None:
    """Empty every memory of what was judged before."""
    for remembered in (
        content_policy._verdicts, content_policy._words_of, content_policy._all_words_of, content_policy.built_in,
        hosts.normal_host, hosts.hosts_of_link, hosts.hosts_in_text,
    ):  # fmt: skip
        remembered.cache_clear()


def fault(make: Callable[[], Iterator[None]]) -> Fault:
    """Register a fault under its name."""
    planted = contextmanager(make)

    @contextmanager
    def managed() -> Iterator[None]:
        with planted():
            forget()
            yield
        forget()

    FAULTS[make.__name__.replace("_", " ")] = managed
    return managed


@fault
def inverted_age_flag() -> Iterator[None]:
    real = policy._of_place

    def inverted(place: Any, *rest: Any) -> Decision:
        flag = place.age_restricted
        return real(replace(place, age_restricted=None if flag is None else not flag), *rest)

    with patch.object(policy, "_of_place", inverted):
        yield


@fault
def age_flag_ignored() -> Iterator[None]:
    real = policy._of_place
    with patch.object(policy, "_of_place", lambda place, *rest: real(replace(place, age_restricted=True), *rest)):
        yield


@fault
def direct_messages_follow_the_default() -> Iterator[None]:
    with patch.object(policy, "_always_strict", lambda place: None):
        yield


@fault
def operators_veto_ignored() -> Iterator[None]:
    real = policy._of_place
    with patch.object(policy, "_of_place", lambda place, scopes, op: real(place, scopes, replace(op, allow_off=True))):
        yield


@fault
def own_wish_loosens() -> Iterator[None]:
    real = policy.decide

    def loosened(place: Any, scopes: Any, operator: Any, own: SafeSearch | None = None) -> Decision:
        decision = real(place, scopes, operator)
        return decision if own is None else Decision(own, policy.Rule.OWN)

    with patch.object(policies, "decide", loosened):
        yield


@fault
def server_wins_over_channel() -> Iterator[None]:
    real = policy._nearest
    with patch.object(
        policy, "_nearest", lambda scopes, op: real(replace(scopes, channel=scopes.server or scopes.channel), op)
    ):
        yield


@fault
def cache_key_without_level() -> Iterator[None]:
    real = cache.key_of
    with patch.object(cache, "key_of", lambda name, verb, request: real(name, verb, request.at(SafeSearch.OFF))):
        yield


@fault
def settings_cached_for_ever() -> Iterator[None]:
    with patch.object(Policies, "forget", lambda self, guild_id: None):
        yield


@fault
def level_not_decided_again_after_the_call() -> Iterator[None]:
    async def never(*_args: Any) -> bool:
        return False

    with patch.object(SearchService, "_tightened", never):
        yield


@fault
def place_facts_of_the_event_kept() -> Iterator[None]:
    async def stale(self: SearchService, requester: Any) -> Any:
        return await self._policies.rules(requester.place, requester.own)

    with patch.object(SearchService, "rules", stale):
        yield


@fault
def level_not_sent_to_the_provider() -> Iterator[None]:
    from bot.bing_v7 import InsightsRequest, SearchRequest, TrendingRequest

    with (
        patch.object(SearchRequest, "at", lambda self, level: self.model_copy(update={"safe_search": SafeSearch.OFF})),
        patch.object(
            InsightsRequest, "at", lambda self, level: self.model_copy(update={"safe_search": SafeSearch.OFF})
        ),
        patch.object(
            TrendingRequest, "at", lambda self, level: self.model_copy(update={"safe_search": SafeSearch.OFF})
        ),
    ):
        yield


@fault
def gate_and_chain_do_not_check_the_level() -> Iterator[None]:
    from bot.bing_v7 import Capabilities

    with patch.object(Capabilities, "honours", lambda self, verb, level: True):
        yield


@fault
def unflagged_counts_as_fine() -> Iterator[None]:
    real = ContentPolicy.flags

    def lenient(self: ContentPolicy, image: Any, *, finding: bool) -> Reason | None:
        return None if image.is_family_friendly is None else real(self, image, finding=finding)

    with (
        patch.object(ContentPolicy, "flags", lenient),
        patch("bot.providers.routing.asking.clear_unflagged", lambda answer: answer),
    ):
        yield


@fault
def flag_ignored() -> Iterator[None]:
    with patch.object(ContentPolicy, "flags", lambda self, image, *, finding: None):
        yield


@fault
def explicit_hosts_ignored() -> Iterator[None]:
    with patch.object(content_policy, "EXPLICIT_HOSTS", frozenset[str]()):
        yield


@fault
def blocked_hosts_without_subdomains() -> Iterator[None]:
    with patch.object(Lists, "blocks_host", lambda self, host: host in self.hosts):
        yield


@fault
def adult_hosts_ignored() -> Iterator[None]:
    with patch.object(StrictList, "names_host", lambda self, host: False):
        yield


@fault
def addresses_inside_addresses_ignored() -> Iterator[None]:
    with patch("bot.safesearch.hosts._unescaped", lambda link: link):
        yield


@fault
def sites_behind_proxies_ignored() -> Iterator[None]:
    with patch("bot.safesearch.hosts._FILES", re.compile(".*")):
        yield


@fault
def what_passes_nowhere_passes() -> Iterator[None]:
    with patch.object(EverywhereList, "in_text", lambda self, text: False):
        yield


@fault
def words_not_folded() -> Iterator[None]:
    with patch.object(blocked_words, "fold_word", str.lower):
        yield


@fault
def words_only_as_written() -> Iterator[None]:
    def found_in(self: blocked_words.WordList, text: str) -> bool:
        return not self._words.isdisjoint(text.lower().split())

    with patch.object(blocked_words.WordList, "found_in", found_in):
        yield


@fault
def many_strings_together_are_always_cleared() -> Iterator[None]:
    with patch.object(ContentPolicy, "nothing_in", lambda self, strings: True):
        yield


@fault
def site_operators_let_through() -> Iterator[None]:
    with patch.object(content_policy, "has_forbidden_operator", lambda query, lists: False):
        yield


@fault
def query_not_judged() -> Iterator[None]:
    with patch.object(ContentPolicy, "query", lambda self, text: None):
        yield


def _blind_to(kind: type[Any]) -> Iterator[None]:
    real = AnswerFilter._model

    def blind(self: AnswerFilter, model: Any, parent: Any) -> Any:
        return model if isinstance(model, kind) else real(self, model, parent)

    with patch.object(AnswerFilter, "_model", blind):
        yield


@fault
def lists_of_pictures_in_modules_unguarded() -> Iterator[None]:
    yield from _blind_to(ImagesModule)


@fault
def suggested_queries_unguarded() -> Iterator[None]:
    yield from _blind_to(Query)


@fault
def tiles_unguarded() -> Iterator[None]:
    yield from _blind_to(Tile)


@fault
def recognised_people_unguarded() -> Iterator[None]:
    yield from _blind_to(RecognizedEntity)


@fault
def fields_of_tomorrow_unguarded() -> Iterator[None]:
    with patch.object(AnswerFilter, "_mapping", lambda self, mapping, owner: mapping):
        yield


@fault
def only_pictures_of_the_first_level_guarded() -> Iterator[None]:
    real = AnswerFilter._items
    with patch.object(AnswerFilter, "_items", lambda self, items, owner: real(self, items[:1], owner) + items[1:]):
        yield


@fault
def stored_pictures_keep_their_level() -> Iterator[None]:
    with patch.object(guard, "asked_at", lambda image: SafeSearch.STRICT):
        yield


@fault
def stored_lookups_not_judged() -> Iterator[None]:
    async def as_it_was(self: GuardedProvider, answer: Any, asked: SafeSearch) -> Any:
        return guard.Guarded(answer, self._rules)

    with patch.object(GuardedProvider, "insights_again", as_it_was):
        yield


@fault
def stored_lookups_keep_their_level() -> Iterator[None]:
    real = GuardedProvider.insights_again
    at_strict = lambda self, answer, asked: real(self, answer, SafeSearch.STRICT)  # noqa: E731
    with patch.object(GuardedProvider, "insights_again", at_strict):
        yield


@fault
def stored_pictures_not_judged() -> Iterator[None]:
    async def all_of_them(self: GuardedProvider, images: Any) -> Any:
        return guard.Guarded(tuple(images), self._rules)

    with patch.object(GuardedProvider, "allowed", all_of_them):
        yield


@fault
def held_pictures_not_rated_anew() -> Iterator[None]:
    with patch.object(GuardedProvider, "_rated", lambda self, image, found: image):
        yield


@fault
def suggestions_unguarded() -> Iterator[None]:
    with patch.object(GuardedProvider, "texts", lambda self, texts: list(texts)):
        yield


@fault
def pictures_of_unfiltered_providers_shown() -> Iterator[None]:
    with patch.object(AnswerFilter, "_bare", lambda self, model, kept: False):
        yield


@fault
def parts_of_a_lookup_unguarded() -> Iterator[None]:
    real = GuardedProvider._guarded

    def only_whole(self: GuardedProvider, answer: Any, waiting: tuple[str, ...] = ()) -> Any:
        return guard.Guarded(answer, self._rules, waiting=waiting) if waiting else real(self, answer, waiting)

    with (
        patch.object(GuardedProvider, "_guarded", only_whole),
        patch.object(Gate, "_judged", lambda self, answer, *_: answer),
    ):
        yield


# Faults of the surface: what people press. The walks over it must notice them.

SURFACE_FAULTS: dict[str, tuple[Fault, frozenset[str]]] = {}
"""Each with the controls and actions that lead to it, for nothing but these would find it soon."""


def surface_fault(*actions: str) -> Callable[[Callable[[], Iterator[None]]], Fault]:
    """Register a fault that only a walk over the surface can meet."""

    def register(make: Callable[[], Iterator[None]]) -> Fault:
        managed = fault(make)
        name = make.__name__.replace("_", " ")
        SURFACE_FAULTS[name] = FAULTS.pop(name), frozenset(actions)
        return managed

    return register


def _own_level_forgotten(*actions: str) -> Iterator[None]:
    """Have controls act as if the person had chosen no level."""

    def forgetful(handler: routes.ComponentHandler) -> routes.ComponentHandler:
        return lambda press: handler(replace(press, requester=replace(press.requester, own=None)))

    with patch.dict(routes.HANDLERS, {action: forgetful(routes.HANDLERS[action]) for action in actions}):
        yield


def _unjudged_where(unjudged: Callable[[Session], bool]) -> Iterator[None]:
    """Have some pages drawn as they are stored."""
    real = service.judged_page

    async def lenient(
        at: Any, requester: Any, content: Session, state: PagerState, before: Sequence[JudgedPage] = ()
    ) -> JudgedPage:
        if not unjudged(content):
            return await real(at, requester, content, state, before)
        rules, rests = await at.rules(requester.at_least(content.own)), kinds.rests_on_ratings(content)
        known = len(content.items), content.fetched.complete
        return JudgedPage(content, within_bounds(state, *known), rules, rests, _SEAL)

    with patch.object(service, "judged_page", lenient):
        yield


@surface_fault("more", "share")
def share_publishes_without_judging() -> Iterator[None]:
    yield from _unjudged_where(lambda content: content.published)


@surface_fault("more", "share", "next")
def what_was_shared_is_drawn_again_without_judging() -> Iterator[None]:
    yield from _unjudged_where(lambda content: content.shared)


@surface_fault()
def private_copies_are_not_judged() -> Iterator[None]:
    yield from _unjudged_where(lambda content: content.private)


@surface_fault("more", "refine")
def refine_forgets_the_own_level() -> Iterator[None]:
    yield from _own_level_forgotten("refine")


@surface_fault("more", "similar")
def more_like_this_forgets_the_own_level() -> Iterator[None]:
    yield from _own_level_forgotten("similar")


@surface_fault("details")
def details_forget_the_own_level() -> Iterator[None]:
    yield from _own_level_forgotten("details")


@surface_fault("trends", "tile")
def tiles_forget_the_own_level() -> Iterator[None]:
    yield from _own_level_forgotten("tile")


@surface_fault("insight-part", "insight-whole")
def parts_of_a_picture_forget_the_own_level() -> Iterator[None]:
    yield from _own_level_forgotten("insight-part", "insight-whole")


@surface_fault()
def the_window_of_identify_forgets_the_own_level() -> Iterator[None]:
    with patch.object(context, "level_in", lambda window: None):
        yield


@surface_fault()
def questions_asked_again_forget_the_own_level() -> Iterator[None]:
    real = routes.EXPIRED_HANDLERS["again"]
    forgetful = {"again": lambda sessions, event, who, expired: real(sessions, event, replace(who, own=None), expired)}
    with patch.dict(routes.EXPIRED_HANDLERS, forgetful):
        yield


@surface_fault()
def lookups_that_are_not_shown_keep_their_names() -> Iterator[None]:
    real = kinds._judged_result

    async def parts_alone(at: Any, requester: Any, result: LookupResult) -> LookupResult:
        return result if result.part == "whole" else await real(at, requester, result)

    with patch.object(kinds, "_judged_result", parts_alone):
        yield


@surface_fault("details", "insight", "insight-page", "insight-back", "set_level")
def a_looked_up_finding_is_not_judged_again() -> Iterator[None]:
    async def as_it_was(at: Any, requester: Any, source: Any) -> Any:
        return source

    with patch.object(kinds, "_judged_source", as_it_was):
        yield


@surface_fault()
def suggestions_are_judged_by_what_is_seen_alone() -> Iterator[None]:
    async def by_words(self: SearchService, requester: Any, things: Any) -> list[bool]:
        queries = [one.query if isinstance(one, Tile) else one for one in things]
        words = [text for query in queries for text in (query.text, query.display_text) if text]
        fit = set(await self.allowed_texts(requester, words))
        return [{query.text, query.display_text or query.text} <= fit for query in queries]

    with patch.object(SearchService, "allowed_offers", by_words):
        yield


@surface_fault("more", "similar")
def what_a_page_is_like_is_not_judged() -> Iterator[None]:
    real = new_session.similar_session
    with patch.object(
        results.new_session,
        "similar_session",
        lambda at, who, request, title, _subject: real(at, who, request, title, None),
    ):
        yield


@surface_fault()
def turned_pages_are_judged_by_the_rules_of_before() -> Iterator[None]:
    real = service.judged_page

    async def lenient(at: Any, requester: Any, content: Any, state: Any, before: Any = ()) -> Any:
        if not any(one.content is content for one in before):
            return await real(at, requester, content, state, before)
        rules, rests = await at.rules(requester.at_least(content.own)), kinds.rests_on_ratings(content)
        known = len(content.items), content.fetched.complete
        return JudgedPage(content, within_bounds(state, *known), rules, rests, _SEAL)

    with patch.object(service, "judged_page", lenient):
        yield
