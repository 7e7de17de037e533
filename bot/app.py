"""The composition root: settings in, services out. The only place that knows every room."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.collection.hooks import Describer, Embedder, ModelError, Rater, TextEmbedder
from bot.collection.ingest.describing import NamedDescriber
from bot.collection.ingest.onnx_model import OnnxEmbedder, Scaling
from bot.collection.ingest.rating import NamedRater
from bot.collection.provider import CollectionProvider
from bot.collection.query.text_model import OnnxTextModel
from bot.collection.starter import ensure_starter
from bot.collection.store import Store, open_store
from bot.collection.store.base import StoreError
from bot.collection.text.lemmas import prepare_dictionaries
from bot.media.service import Media
from bot.observability.metrics import Metric, counter, gauge
from bot.providers.adapters.v7 import V7Provider
from bot.providers.assembly import build_chain
from bot.providers.http.metrics import call_metrics
from bot.providers.http.transport import Transport, TransportLimits
from bot.providers.middleware.breaker import State
from bot.providers.middleware.budget import asked_by
from bot.providers.routing.chain import Chain
from bot.providers.status import ProviderStatus, breaker_metric, provider_statuses
from bot.recognition.classifier import BuiltInEmbedder, recognizer_is_installed
from bot.recognition.describer import BuiltInDescriber
from bot.recognition.provider import RecognitionProvider
from bot.recognition.rater import BuiltInRater
from bot.safesearch.content_policy import built_in
from bot.safesearch.gate import gated
from bot.safesearch.guard import Guard
from bot.safesearch.lists import EverywhereList, StrictList
from bot.safesearch.policies import Policies
from bot.safesearch.policy import OperatorPolicy
from bot.search.counts import SearchCounts
from bot.search.service import SearchService
from bot.storage.absences import Absences
from bot.storage.choices import Choices
from bot.storage.database import Database
from bot.storage.policies import PolicyStore
from bot.storage.probe import StorageProbe
from bot.storage.purge import forget_old, forget_person, forget_server
from bot.storage.query_counts import QueryCountStore
from bot.storage.recent import RecentQueries
from bot.storage.secrets import SecretStore
from bot.storage.sessions import SessionStore
from bot.storage.spending import SpendingStore
from bot.storage.syncs import CommandSyncs

from .bing_v7 import Misconfigured, Provider, client
from .intake import Intake
from .runtime.exit_codes import Exit, Stop
from .services import Services
from .settings import COLLECTION, RECOGNIZER, V7, Settings, env_name

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rooms:
    """What stands without Discord: the database, the transport, and all providers as one."""

    database: Database
    collection: Store
    starter: int
    """How many pictures of the starter set are in the collection."""
    counts: QueryCountStore
    counting: SearchCounts
    transport: Transport
    chain: Chain
    strict: StrictList
    media: Media

    async def signing_secret(self) -> SecretStr:
        """Return the secret that signs the endpoint's tokens; it outlives the process."""
        return SecretStr((await SecretStore(self.database).key("tokens")).hex())

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
    starter_ready: asyncio.Event | None = None,
) -> AsyncGenerator[Rooms]:
    """Open the database and the providers; everything is closed on leaving.

    With ``starter_later`` the starter set is drawn meanwhile, if it has to be: a bot logs in first; ``starter_ready``
    is set when it is there. The dictionaries of the collection's searches are prepared meanwhile in any case.

    Raises:
        Stop: the database or the collection cannot be opened.
    """
    strict = _strict_list(settings)
    async with AsyncExitStack() as stack:
        database = await _open_database(settings, state_url)
        stack.push_async_callback(database.close)
        store = await _open_collection(settings)
        stack.push_async_callback(store.aclose)
        media = Media()
        stack.push_async_callback(media.aclose)
        starter = 0
        if starter_later:
            stack.push_async_callback(_cancel, asyncio.create_task(_prepare_collection(settings, store, starter_ready)))
        else:
            starter = await _starter(settings, store)
            stack.push_async_callback(_cancel, asyncio.create_task(_prepare_words(settings, store)))
        transport = Transport(contact=settings.contact, limits=TransportLimits.within(settings.provider_seconds))
        stack.push_async_callback(transport.aclose)
        counts = await QueryCountStore.open(database)
        counting = SearchCounts(counts, RecentQueries(database), Choices(database))
        embedder, words = await open_embedder(settings), await open_text_embedder(settings)
        unrated = settings.unrated == "moderate"
        collection = CollectionProvider(
            store, media, counts=counting, show_unrated=unrated, embedder=embedder, text_embedder=words
        )
        others: dict[str, Provider] = {COLLECTION: collection}
        if recognizer_is_installed():
            others[RECOGNIZER] = RecognitionProvider(models_folder(settings), media)
        if settings.v7_endpoint:
            others[V7] = V7Provider(_endpoint(settings), transport, media)
        chain = build_chain(
            settings.provider_names,
            settings,
            transport,
            media,
            contact=settings.contact,
            others=others,
            store=SpendingStore(database),
            listener=_tell_breaker,
            wrap=partial(gated, strict=strict),
        )
        yield Rooms(database, store, starter, counts, counting, transport, chain, strict, media)


@asynccontextmanager
async def open_services(
    settings: Settings,
    *,
    state_url: str | None = None,
    starter_later: bool = False,
    starter_ready: asyncio.Event | None = None,
) -> AsyncGenerator[Services]:
    """Open everything the bot needs; arguments and errors as for `open_providers`."""
    opened = open_providers(settings, state_url=state_url, starter_later=starter_later, starter_ready=starter_ready)
    async with opened as rooms, AsyncExitStack() as stack:
        operator = OperatorPolicy(default=settings.safesearch_default, allow_off=settings.allow_safesearch_off)
        policies = Policies(PolicyStore(rooms.database), operator)
        search = SearchService(Guard(rooms.chain, rooms.strict), policies, counting=rooms.counting, charged_to=asked_by)
        intake = Intake(rooms.media, origins=_attachment_origins(settings))
        stack.push_async_callback(intake.aclose)
        yield Services(
            settings=settings,
            database=rooms.database,
            search=search,
            policies=policies,
            sessions=SessionStore(rooms.database),
            choices=Choices(rooms.database),
            command_syncs=CommandSyncs(rooms.database),
            absences=Absences(rooms.database),
            intake=intake,
            provider_statuses=rooms.provider_statuses,
            metrics=lambda: _metrics(rooms),
            storage_problem=StorageProbe(rooms.database, settings.data_dir).problem,
            forget_server=partial(forget_server, rooms.database),
            forget_person=partial(forget_person, rooms.database, rooms.counts),
            forget_queries=RecentQueries(rooms.database).forget,
            forget_old=partial(forget_old, rooms.database, rooms.counts),
        )


def _metrics(rooms: Rooms) -> list[Metric]:
    """Return what is counted below Discord."""
    database, failures = rooms.database.availability, "Times the database did not answer in time."
    return [
        *call_metrics(rooms.transport.metrics),
        breaker_metric(rooms.chain.members),
        gauge("magpie_database_up", "1 if the database answered last.", database.up),
        counter("magpie_database_failures_total", failures, database.failures),
    ]


def ensure_data_folder(settings: Settings) -> None:
    """Make the data folder if it is not there.

    Raises:
        Stop: it cannot be made, or not be written to where the database is a file in it.
    """
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if settings.database_url is None:
            tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        name, cause = env_name("data_dir"), error.strerror or type(error).__name__
        advice = f"let the user that runs Magpie write to it, or set {name} to another folder"
        raise Stop(Exit.UNAVAILABLE, f"The data folder {folder} cannot be used ({cause}): {advice}.") from error


async def _open_database(settings: Settings, state_url: str | None) -> Database:
    ensure_data_folder(settings)
    try:
        return await Database.open(state_url or settings.state_url)
    except (OSError, SQLAlchemyError) as error:
        raise Stop(Exit.UNAVAILABLE, _unusable(state_url or settings.state_url, error)) from error
    except ModuleNotFoundError:
        raise Stop(Exit.BAD_SETTINGS, "PostgreSQL needs asyncpg: pip install 'magpie-bot[postgres]'.") from None


def _unusable(url: str, error: Exception) -> str:
    """Return which database cannot be used, why, and what to do; nothing of a password."""
    cause = getattr(error, "orig", None) or error
    place = make_url(url)
    if place.get_backend_name() != "sqlite":
        where = f"{place.host or 'localhost'}, database {place.database or ''}"
        return f"The database at {where} cannot be used ({type(cause).__name__}): see MAGPIE_DATABASE_URL."
    text = str(cause)
    if "readonly" in text or "unable to open" in text:
        advice = "let the user that runs Magpie write to it and to its folder"
    elif "not a database" in text or "malformed" in text:
        advice = "put a backup in its place, or move it away to begin anew"
    else:
        advice = "see whether another program holds it and whether the disk is full"
    return f"The database file {place.database} cannot be used ({text}): {advice}."


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


async def _open_collection(settings: Settings) -> Store:
    try:
        return await open_store(settings.collection_address)
    except StoreError as error:
        raise Stop(Exit.UNAVAILABLE, f"The collection cannot be opened: {error}.") from error


async def _starter(settings: Settings, store: Store) -> int:
    """Return how many pictures of the starter set are in the collection, if that is asked at all."""
    if COLLECTION not in settings.provider_names:
        return 0
    try:
        return await ensure_starter(store, settings.data_dir / "starter", settings.collection_address)
    except StoreError as error:
        raise Stop(Exit.UNAVAILABLE, f"The collection cannot be used: {error}.") from error


async def _prepare_collection(settings: Settings, store: Store, starter_ready: asyncio.Event | None) -> None:
    """Do what searches of the collection need and a bot need not wait for."""
    try:
        await _starter(settings, store)
        if starter_ready is not None:
            starter_ready.set()
    except Stop as stop:
        log.error("%s", stop)  # noqa: TRY400 (a sentence for the operator says it all)
    await _prepare_words(settings, store)


async def _prepare_words(settings: Settings, store: Store) -> None:
    """Have the dictionaries ready before somebody searches."""
    if COLLECTION in settings.provider_names and await store.size():
        await prepare_dictionaries()


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def open_embedder(settings: Settings) -> Embedder | None:
    """Return the model that says what is alike: the operator's own, else the built-in one where it is installed.

    Raises:
        Stop: it cannot be used.
    """
    named = settings.embedder
    if named == "off" or (named is None and not recognizer_is_installed()):
        return None
    try:
        if named in {None, "builtin"}:
            return BuiltInEmbedder.open(models_folder(settings))
        scaling = Scaling(settings.embedder_scaling)
        return await asyncio.to_thread(OnnxEmbedder.open, Path(named or ""), scaling)
    except ModelError as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_EMBEDDER is not usable: {error}.") from None


async def open_text_embedder(settings: Settings) -> TextEmbedder | None:
    """Return the text tower beside the operator's image model, None where none is named.

    Raises:
        Stop: it cannot be used, or there is no image model of the operator's that it belongs to.
    """
    if settings.embedder_text is None:
        return None
    if settings.embedder in {None, "builtin", "off"}:
        raise Stop(Exit.BAD_SETTINGS, "MAGPIE_EMBEDDER_TEXT needs its image tower in MAGPIE_EMBEDDER.")
    try:
        return await asyncio.to_thread(OnnxTextModel.open, settings.embedder_text)
    except ModelError as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_EMBEDDER_TEXT is not usable: {error}.") from None


def models_folder(settings: Settings) -> Path:
    """Return where files of built-in models are kept."""
    return settings.data_dir / "models"


def open_rater(settings: Settings) -> Rater | None:
    """Look the operator's rater up, if there is one.

    Raises:
        Stop: it cannot be used.
    """
    if settings.rater is None:
        return None
    try:
        return BuiltInRater.open() if settings.rater == "builtin" else NamedRater.open(settings.rater)
    except ModelError as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_RATER is not usable: {error}.") from None


def open_describer(settings: Settings) -> Describer | None:
    """Look up what describes pictures: the operator's own, else the built-in model where it is installed.

    Raises:
        Stop: it cannot be used.
    """
    if settings.describer is None and not recognizer_is_installed():
        return None
    try:
        if settings.describer is None:
            return BuiltInDescriber.open(models_folder(settings))
        return NamedDescriber.open(settings.describer)
    except ModelError as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_DESCRIBER is not usable: {error}.") from None


def _endpoint(settings: Settings) -> client.Endpoint:
    key = settings.v7_key.get_secret_value() if settings.v7_key else None
    try:
        return client.Endpoint(str(settings.v7_endpoint).rstrip("/"), key)
    except Misconfigured as error:
        raise Stop(Exit.BAD_SETTINGS, f"MAGPIE_V7_ENDPOINT is not usable: {error}.") from None


def _attachment_origins(settings: Settings) -> Sequence[str]:
    """Return where attachments lie, beside Discord's own hosts: with a Discord-compatible server, on it."""
    return (str(settings.discord_api_url),) if settings.discord_api_url else ()


def _tell_breaker(provider: str, state: State, seconds: float) -> None:
    if state is State.OPEN:
        log.warning("%s keeps failing: it is left alone for %.0f s", provider, seconds)
    else:
        log.info("%s: %s", provider, state)
