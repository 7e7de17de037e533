"""What the adapters share: one service each, as a pure build/decode pair over the transport."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager, nullcontext
from typing import ClassVar

from bot.bing_v7 import (
    Attribution,
    BadAnswer,
    Capabilities,
    FormPart,
    HttpRequest,
    HttpResponse,
    Image,
    ImageInsights,
    InsightsRequest,
    LevelNotHonoured,
    Module,
    Note,
    NoteCode,
    NotSupported,
    PictureRefused,
    Provenance,
    SafeSearch,
    SaidAllowance,
    SearchRequest,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.provider import UnsupportedVerbs
from bot.providers.http.transport import Transport

AnyRequest = SearchRequest | InsightsRequest | TrendingRequest


class Adapter(UnsupportedVerbs):
    """A provider over HTTP; a subclass overrides the verbs it has.

    Args:
        transport: carries the requests; it belongs to the caller and is not closed here.
        capabilities: what this configured instance can do.
    """

    title: ClassVar[str]
    lane: ClassVar[str | None] = None
    """What services of one house share: how many requests may be on their way at once to all of them."""
    says_allowance: ClassVar[bool] = False
    """Whether the service says what is left of its allowance: where a subclass knows where that stands."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.says_allowance = cls.allowance_in is not Adapter.allowance_in

    def __init__(self, transport: Transport, capabilities: Capabilities) -> None:
        self._transport = transport
        self._capabilities = capabilities
        self.said_allowance: SaidAllowance | None = None
        at_once = capabilities.limits.at_once
        self._turns = transport.lane(self.lane or self.name, at_once) if at_once else None

    @property
    def capabilities(self) -> Capabilities:
        """What the provider can do, as configured."""
        return self._capabilities

    async def aclose(self) -> None:
        """Nothing to let go of: the transport is its maker's."""

    def check(self, verb: Verb, request: AnyRequest) -> None:
        """Refuse before asking what the service cannot do.

        Raises:
            NotSupported: the verb or a filter (named in ``filters``) is missing.
            LevelNotHonoured: the SafeSearch level cannot be honoured.
        """
        if not self._capabilities.supports(verb):
            raise NotSupported(f"no {verb}", provider=self.name)
        if not self._capabilities.honours(verb, request.safe_search):
            raise LevelNotHonoured(request.safe_search, provider=self.name)
        if isinstance(request, SearchRequest):
            refuse(self.name, set(request.filters) - self._capabilities.filters)

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Send, never more at once than the service allows, and for as long as it declares that it may take."""
        declared = self._capabilities.limits.within
        within = max(self._transport.limits.total, _OF_ITS_TIME * declared) if declared else None
        async with self._turns or nullcontext():
            response = await self._transport.send(request, provider=self.name, within=within)
        self.said_allowance = self.allowance_in(response) or self.said_allowance
        return response

    def allowance_in(self, response: HttpResponse) -> SaidAllowance | None:  # noqa: ARG002 (for subclasses)
        """Return what a response says of the service's allowance; nothing unless a subclass knows where it stands."""
        return None


_OF_ITS_TIME = 0.9
"""How much of a provider's time one call may take, so that some is left for words."""


def refuse(provider: str, filters: set[str]) -> None:
    """Raise ``NotSupported`` naming the filters, if there are any."""
    if filters:
        raise NotSupported(f"cannot apply {', '.join(sorted(filters))}", filters=frozenset(filters), provider=provider)


@contextmanager
def reading(provider: str) -> Generator[None, None, None]:
    """Turn every surprise while reading an answer into ``BadAnswer``: an unforeseen shape must not be a crash."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise BadAnswer(f"unexpected shape ({type(error).__name__})", provider=provider) from error


def picture_of(
    request: InsightsRequest, provider: str, *, address: bool = True, limit: int | None = None
) -> bytes | str:
    """Return the picture that is asked about: its bytes, or its public address where the service fetches it itself.

    Args:
        request: what is asked.
        provider: name for the errors.
        address: whether the service takes addresses.
        limit: the largest upload in bytes.

    Raises:
        NotSupported: ``filters`` names insightsToken or imgUrl.
        PictureRefused: the upload is too large.
    """
    if request.upload is not None:
        if limit is not None and len(request.upload.data) > limit:
            raise PictureRefused("too-large", limit=limit, provider=provider)
        return request.upload.data
    if request.img_url is not None and address:
        return request.img_url
    missing = "imgUrl" if request.img_url is not None else "insightsToken"
    raise NotSupported(f"cannot look up by {missing}", filters=frozenset({missing}), provider=provider)


def credit(**fields: str | bool | None) -> Attribution:
    """Return an attribution with what is known; what is not leaves no trace."""
    return Attribution.model_validate({name: value for name, value in fields.items() if value is not None})


def file_part(name: str, request: InsightsRequest) -> FormPart:
    """Return the posted picture as a part of a form, under a name that tells nothing."""
    if request.upload is None:
        return FormPart(name, b"")
    return FormPart(name, request.upload.data, "image", request.upload.content_type)


def text_only(image: Image) -> Image:
    """Return the finding without its picture, for services that do not filter, below Off.

    The thumbnail stays for the provider's gate, which takes it unless a rater has looked at it.
    """
    gone = {"content_url", "host_page_fav_icon_url", "proxy_content_url"}
    return Image.model_validate(image.model_dump(exclude_unset=True, exclude=gone))


def provenance(provider: str, level: SafeSearch | None = None, *notes: Note, text_only: bool = False) -> Provenance:
    """Return where an answer came from; ``text_only`` adds that pictures were left out below Off."""
    withheld = text_only and level is not None and level > SafeSearch.OFF
    extra = (Note(code=NoteCode.TEXT_ONLY, provider=provider),) if withheld else ()
    return Provenance(providers=(provider,), notes=(*extra, *notes))


def crop_note(request: InsightsRequest, provider: str) -> list[Note]:
    """Return the note that the whole picture was looked up, where only a part was asked about."""
    return [Note(code=NoteCode.FILTER_NOT_APPLIED, provider=provider, detail="crop")] if request.crop else []


def shortened_query(words: str, characters: int, most_words: int | None = None) -> str:
    """Return as much of a query as the service reads."""
    return " ".join(words.split()[:most_words])[:characters].strip()


def shortened_note(words: str, kept: str, provider: str) -> list[Note]:
    """Return the note that a query was too long to be read whole."""
    whole = " ".join(words.split()) == kept
    return [] if whole else [Note(code=NoteCode.FILTER_NOT_APPLIED, provider=provider, detail="q")]


def requested_insights(parts: Mapping[str, object], request: InsightsRequest, source: Provenance) -> ImageInsights:
    """Return the answer of a lookup with the modules that were asked for and have something in them.

    Args:
        parts: by field name of ``ImageInsights``.
        request: what was asked.
        source: where the answer comes from.
    """
    wanted = {
        field: part
        for field, part in parts.items()
        if part is not None and getattr(part, "value", True) and request.wants(_MODULES[field])
    }
    return ImageInsights(provenance=source).with_(**wanted)


_MODULES = {
    "best_representative_query": Module.BRQ,
    "image_caption": Module.CAPTION,
    "pages_including": Module.PAGES_INCLUDING,
    "visually_similar_images": Module.SIMILAR_IMAGES,
    "image_tags": Module.TAGS,
    "related_searches": Module.RELATED_SEARCHES,
    "recognized_entity_groups": Module.RECOGNIZED_ENTITIES,
}


def first_wanted(images: tuple[Image, ...], image_id: str | None) -> tuple[Image, ...]:
    """Put the picture with ``image_id`` first, if it is among them (v7's ``id``)."""
    if not image_id:
        return images
    return tuple(sorted(images, key=lambda image: image.image_id != image_id))
