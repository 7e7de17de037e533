"""Puts the parts together: settings in, services out. The only module that knows every package."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from pydantic import SecretStr

from bot.bing_v7 import Misconfigured, Provider, Verb, client
from bot.collection.provider import CollectionProvider
from bot.collection.store import Store
from bot.discord_ui.render.attribution import learn_titles
from bot.intake import Intake
from bot.media.service import Media
from bot.observability.metrics import Metric, counter, gauge
from bot.providers.adapters.v7 import V7Provider
from bot.providers.assembly import build_chain
from bot.providers.http.metrics import call_metrics
from bot.providers.http.transport import Transport, TransportLimits
from bot.providers.middleware.breaker import State
from bot.providers.middleware.budget import asked_by
from bot.providers.registry import registry
from bot.providers.routing.chain import Chain
from bot.providers.status import ProviderStatus, breaker_metric, provider_statuses
from bot.recognition.classifier import recognizer_is_installed
from bot.recognition.provider import RecognitionProvider
from bot.recognition.text import text_reader_is_installed
from bot.recognition.text_provider import TextProvider
from bot.recognition.thumbnail_rating import ThumbnailRating
from bot.recognition.upload_rating import UploadRating
from bot.runtime.deadlines import finish_within
from bot.runtime.exit_codes import Exit, Stop
from bot.runtime.memory import return_free_memory
from bot.safesearch.content_policy import built_in
from bot.safesearch.gate import gated
from bot.safesearch.guard import Guard
from bot.safesearch.lists import EverywhereList, StrictList
from bot.safesearch.policies import Policies
from bot.safesearch.policy import OperatorPolicy
from bot.search.counts import SearchCounts
from bot.search.service import SearchService
from bot.services import Services
from bot.settings import COLLECTION, RECOGNIZER, TEXT_READER, V7, Settings
from bot.storage.absences import Absences
from bot.storage.choices import Choices
from bot.storage.database import Database
from bot.storage.policies import PolicyStore
from bot.storage.probe import StorageProbe
from bot.storage.purge import forget_old, forget_person, forget_server
from bot.storage.query_counts import QueryCountStore
from bot.storage.recent import RecentQueries
from bot.storage.secrets import TOKENS, SecretStore
from bot.storage.sessions import SessionStore
from bot.storage.spending import SpendingStore
from bot.storage.syncs import CommandSyncs

from .databases import (
    StarterProgress,
    add_starter_set,
    open_collection,
    open_database,
    prepare_collection,
    prepare_dictionaries_of,
)
from .models import models_folder, open_embedder, open_rater, open_text_embedder

log = logging.getLogger(__name__)

_COLLECTION_ANSWERS = 2.0
"""Seconds that the collection has for the smallest question before it counts as away."""


@dataclass(frozen=True, slots=True)
class Backend:
    """What runs without Discord: the databases, the transport, and all providers as one."""

    database: Database
    collection: Store
    counts: QueryCountStore
    counting: SearchCounts
    transport: Transport
    chain: Chain
    strict: StrictList
    media: Media
    rating: UploadRating | None
    """Rates pictures before they are shown, where a rater is set."""
    probe: StorageProbe

    async def signing_secret(self) -> SecretStr:
        """Return the secret that signs the endpoint's tokens; it outlives the process."""
        return SecretStr((await SecretStore(self.database).key(TOKENS)).hex())

    async def storage_problem(self) -> str | None:
        """Return what is wrong with the databases or the disk, None if nothing is."""
        found = await asyncio.gather(self.probe.problem(), self._collection_problem())
        return "; ".join(problem for problem in found if problem) or None

    async def _collection_problem(self) -> str | None:
        try:
            await finish_within(self.collection.state(), _COLLECTION_ANSWERS)
        except Exception as error:  # noqa: BLE001 (each database has errors of its own, and all mean the same here)
            log.debug("the collection: %s", type(error).__name__)
            return "the collection does not answer"
        return None

    async def provider_statuses(self, person_id: int | None, server_id: int | None) -> list[ProviderStatus]:
        """Return how the providers stand for a person and a server."""
        with asked_by(person_id, server_id):
            return await provider_statuses(self.chain.members)


@asynccontextmanager
async def open_providers(
    settings: Settings,
    *,
    state_url: str | None = None,
    starter_later: bool = False,
    starter_as_is: bool = False,
    progress: StarterProgress | None = None,
) -> AsyncGenerator[Backend]:
    """Open the database and the providers; everything is closed on leaving.

    With ``starter_later`` the starter set, if it is needed, is drawn in the background, so that a bot logs in first;
    ``progress`` says how far it is; with ``starter_as_is`` it is neither drawn nor taken out. The dictionaries for
    searching the collection are always loaded in the background.

    Raises:
        Stop: the database or the collection cannot be opened.
    """
    strict = _strict_list(settings)
    async with AsyncExitStack() as stack:
        database = await open_database(settings, state_url)
        stack.push_async_callback(database.close)
        store = await open_collection(settings)
        stack.push_async_callback(store.aclose)
        media = Media()
        stack.push_async_callback(media.aclose)
        if starter_later:
            preparing = prepare_collection(settings, store, progress)
        else:
            if not starter_as_is:
                await add_starter_set(settings, store)
            preparing = prepare_dictionaries_of(settings, store)
        stack.push_async_callback(_cancel, asyncio.create_task(preparing))
        stack.push_async_callback(_cancel, asyncio.create_task(return_free_memory()))
        transport = Transport(contact=settings.contact, limits=TransportLimits.within(settings.provider_seconds))
        stack.push_async_callback(transport.aclose)
        counts = await QueryCountStore.open(database)
        counting = SearchCounts(counts, RecentQueries(database), Choices(database))
        rater = open_rater(settings)
        rating = UploadRating(rater, media) if rater else None
        thumbnails = None
        if rating is not None:
            fetching = Intake(media, user_agent=transport.user_agent)
            stack.push_async_callback(fetching.aclose)
            thumbnails = ThumbnailRating(rating, fetching.from_web)
        chain = build_chain(
            settings.provider_names,
            settings,
            transport,
            media,
            contact=settings.contact,
            others=await _own_providers(settings, store, media, counting, transport),
            store=SpendingStore(database),
            listener=_log_breaker,
            wrap=partial(gated, strict=strict, rate=thumbnails),
        )
        probe = StorageProbe(database, settings.data_dir)
        yield Backend(database, store, counts, counting, transport, chain, strict, media, rating, probe)


@asynccontextmanager
async def open_services(
    settings: Settings,
    *,
    state_url: str | None = None,
    starter_later: bool = False,
    progress: StarterProgress | None = None,
) -> AsyncGenerator[Services]:
    """Open everything the bot needs; arguments and errors as for `open_providers`."""
    learn_titles({name: entry.title for name, entry in registry().items()})
    opened = open_providers(settings, state_url=state_url, starter_later=starter_later, progress=progress)
    async with opened as backend, AsyncExitStack() as stack:
        operator = OperatorPolicy(default=settings.safesearch_default, allow_off=settings.allow_safesearch_off)
        policies = Policies(PolicyStore(backend.database), operator)
        backend.database.setting_changes.tell(policies)
        stack.push_async_callback(_cancel, asyncio.create_task(backend.database.setting_changes.listen()))
        search = SearchService(
            Guard(backend.chain, backend.strict), policies, counting=backend.counting, charged_to=asked_by
        )
        intake = Intake(
            backend.media,
            origins=_attachment_origins(settings),
            user_agent=backend.transport.user_agent,
            is_kept_back=backend.rating.is_kept_back if backend.rating else None,
        )
        stack.push_async_callback(intake.aclose)
        yield Services(
            contact=settings.contact,
            database=backend.database,
            search=search,
            policies=policies,
            sessions=SessionStore(backend.database),
            choices=Choices(backend.database),
            command_syncs=CommandSyncs(backend.database),
            absences=Absences(backend.database),
            intake=intake,
            provider_statuses=backend.provider_statuses,
            metrics=lambda: _metrics(backend),
            storage_problem=backend.storage_problem,
            forget_server=partial(forget_server, backend.database),
            forget_person=partial(forget_person, backend.database, backend.counts),
            forget_queries=RecentQueries(backend.database).forget,
            forget_old=partial(forget_old, backend.database, backend.counts),
        )


async def _own_providers(
    settings: Settings, store: Store, media: Media, counting: SearchCounts, transport: Transport
) -> dict[str, Provider]:
    """Return the providers that are no service of somebody else's: the collection, the recognizer, the v7 endpoint."""
    collection = CollectionProvider(
        store,
        media,
        counts=counting,
        show_unrated=settings.unrated == "moderate",
        embedder=await open_embedder(settings),
        text_embedder=await open_text_embedder(settings),
    )
    providers: dict[str, Provider] = {COLLECTION: collection}
    if recognizer_is_installed():
        providers[RECOGNIZER] = RecognitionProvider(models_folder(settings), media)
    if text_reader_is_installed():
        providers[TEXT_READER] = TextProvider()
    if settings.v7_endpoint:
        providers[V7] = V7Provider(_endpoint(settings), transport, media)
    return providers


def _metrics(backend: Backend) -> list[Metric]:
    """Return what is counted below Discord."""
    database, failures = backend.database.availability, "Times the database did not answer in time."
    return [
        *call_metrics(backend.transport.metrics),
        breaker_metric(backend.chain.members),
        gauge("magpie_database_up", "1 if the database answered last.", database.up),
        counter("magpie_database_failures_total", failures, database.failures),
    ]


def _strict_list(settings: Settings) -> StrictList:
    """Return the operator's list of what Strict leaves out, or the bot's own, with what passes nowhere."""
    name = "MAGPIE_STRICT_LIST"
    try:
        strict = StrictList.load(settings.strict_list) if settings.strict_list else built_in()
        if settings.everywhere_list is None:
            return strict
        name = "MAGPIE_EVERYWHERE_LIST"
        return strict.with_everywhere(EverywhereList.read(settings.everywhere_list.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(Exit.BAD_SETTINGS, f"{name} cannot be read: {type(error).__name__}.") from error


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _endpoint(settings: Settings) -> client.Endpoint:
    key = settings.v7_key.get_secret_value() if settings.v7_key else None
    try:
        return client.Endpoint(str(settings.v7_endpoint).rstrip("/"), key)
    except Misconfigured as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_V7_ENDPOINT is not usable: {error}.") from None


def _attachment_origins(settings: Settings) -> Sequence[str]:
    """Return where attachments are beside Discord's own hosts: on a Discord-compatible server, if one is set."""
    return (str(settings.discord_api_url),) if settings.discord_api_url else ()


def _log_breaker(provider: str, verb: Verb, state: State, seconds: float) -> None:
    if state is State.OPEN:
        log.warning("%s keeps failing at %s: it is not asked for %.0f s", provider, verb, seconds)
    else:
        log.info("%s, %s: %s", provider, verb, state)
