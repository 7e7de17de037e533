"""A v7 endpoint from the outside: requests to be sent and answers to be read, without a network.

``build_*`` makes the HTTP request, ``decode_answer`` reads whatever came back. Known failures are told apart by the
four body shapes that v7 services have used (the service's own ``errors``, the front door's ``error``, the API gateway's
``statusCode``, and bodies that are not JSON). Source: sections 2 to 6 of the v7 reference.
"""

from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from urllib.parse import quote_plus, urlsplit

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from . import failures, foreign_answers, visual_search
from .answers import ImageAnswer, ImageInsights, TrendingImages
from .errors import BadAnswer, InvalidRequest, Misconfigured, Unavailable
from .http import FormPart, HttpRequest, HttpResponse
from .reading import CLIENT_ID
from .requests import InsightsRequest, SearchRequest, TrendingRequest
from .size_limits import MOST_CHARACTERS, TooLarge, limit_size

KEY_HEADER = "Ocp-Apim-Subscription-Key"
CLIENT_ID_HEADER = "X-MSEdge-ClientID"
DEFAULT_BASE = "https://api.bing.microsoft.com/v7.0"
MAX_URL = 2_048
"""Characters of a URL; the retired service answered 404 to longer ones."""

_Answer = TypeVar("_Answer", ImageAnswer, ImageInsights, TrendingImages)
_CONTENT = {ImageAnswer: "value", ImageInsights: "image_insights_token", TrendingImages: "categories"}
"""The field by which an answer without ``_type`` is known."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a v7 service is and what it wants to see.

    ``base`` is everything before ``/images/...``, for instance ``https://host/v7.0`` or ``https://host/bing/v7.0``.
    """

    base: str = DEFAULT_BASE
    key: str | None = field(default=None, repr=False)
    no_cache: bool = False

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.base.strip())
            fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
            fine = fine and parts.username is None and parts.port != 0
        except ValueError:
            fine = False
        if not fine:
            raise Misconfigured("the base address of a v7 endpoint must look like https://host/v7.0")
        if self.key and not (self.key.isascii() and self.key.isprintable()):
            raise Misconfigured("the key of a v7 endpoint holds characters that no header can carry")
        object.__setattr__(self, "base", self.base.strip().rstrip("/").removesuffix("/images"))

    @property
    def host(self) -> str:
        """The host name in lower case."""
        return urlsplit(self.base).hostname or ""

    def url(self, verb: str) -> str:
        """Return the address of ``search``, ``details`` or ``trending``."""
        return f"{self.base}/images/{verb}"

    def headers(self) -> dict[str, str]:
        """Return the headers that every request carries, the key among them."""
        found = {"Accept": "application/json"}
        if self.key:
            found[KEY_HEADER] = self.key
        if self.no_cache:
            found["Pragma"] = "no-cache"
        return found


def build_search(request: SearchRequest, endpoint: Endpoint, client_id: str | None = None) -> HttpRequest:
    """Return the request for ``GET /images/search``; raises ``InvalidRequest`` if the query makes the URL too long."""
    return _get("search", request, endpoint, client_id)


def build_trending(request: TrendingRequest, endpoint: Endpoint, client_id: str | None = None) -> HttpRequest:
    """Return the request for ``GET /images/trending``."""
    return _get("trending", request, endpoint, client_id)


def build_insights(request: InsightsRequest, endpoint: Endpoint, client_id: str | None = None) -> HttpRequest:
    """Return the request for ``/images/details``: GET for a token or an address, POST for an uploaded picture.

    The upload must be within the contract's limits already (``upload.fit``). It goes in a part named ``image``, the
    name that Visual Search requires; ``/images/details`` takes the first file whatever its name.
    """
    plain = _get("details", request, endpoint, client_id)
    if request.upload is None:
        return plain
    upload = request.upload
    part = FormPart("image", upload.data, filename=upload.filename, content_type=upload.content_type)
    return HttpRequest("POST", plain.url, plain.params, plain.headers, parts=(part,), idempotent=False)


def build_visual_search(request: InsightsRequest, endpoint: Endpoint, client_id: str | None = None) -> HttpRequest:
    """Return the request for ``POST /images/visualsearch``, which replaced ``/images/details``; see `decode_visual`."""
    plain = _get("visualsearch", request, endpoint, client_id)
    params = tuple(pair for pair in plain.params if pair[0] in {"mkt", "cc", "setLang", "safeSearch"})
    named = to_json(visual_search.knowledge_request(request))
    parts = [FormPart(visual_search.KNOWLEDGE, named)]
    if request.upload is not None:
        upload = request.upload
        parts.append(FormPart("image", upload.data, filename=upload.filename, content_type=upload.content_type))
    return HttpRequest("POST", plain.url, params, plain.headers, parts=tuple(parts), idempotent=False)


def _get(
    verb: str, request: SearchRequest | InsightsRequest | TrendingRequest, endpoint: Endpoint, client_id: str | None
) -> HttpRequest:
    headers = {**endpoint.headers(), **request.to_headers()}
    headers.pop(CLIENT_ID_HEADER, None)
    known = next((each for each in (request.client_id, client_id) if each and CLIENT_ID.fullmatch(each)), None)
    if known:
        headers[CLIENT_ID_HEADER] = known
    url, params = endpoint.url(verb), request.to_params()
    length = len(url) + sum(2 + len(quote_plus(name)) + len(quote_plus(value)) for name, value in params)
    if length > MAX_URL:
        longest = max(params, key=lambda pair: len(quote_plus(pair[1])))[0]
        raise InvalidRequest(f"{longest} is too long for a v7 request", parameter=longest)
    return HttpRequest("GET", url, params, headers)


def issued_client_id(response: HttpResponse) -> str | None:
    """Return the client id that the service issued with an answer, to be sent with the next request."""
    found = response.headers.get(CLIENT_ID_HEADER.lower(), "")
    return found if CLIENT_ID.fullmatch(found) else None


def decode_answer(response: HttpResponse, answer: type[_Answer], provider: str | None = None) -> _Answer:
    """Read an answer.

    Raises:
        ProviderError: the failure that the status and the body stand for (see ``failures``); ``BadAnswer`` for a body
            that is not the answer, ``Unavailable`` for a 200 without a body (the service suspects an attack).
    """
    trace = failures.trace_id(response)
    if response.status != 200:  # noqa: PLR2004 - every v7 answer is a 200
        raise failures.failure(response, provider)
    if not response.body.strip():
        raise Unavailable("200 without a body", provider=provider, trace_id=trace)
    try:
        read = _read(response.body, answer)
    except ValueError as error:
        _explain(response, provider)
        raise BadAnswer(_place(error), provider=provider, trace_id=trace) from None
    content = _CONTENT[answer]
    named = "type_" in read.model_fields_set
    right = read.type_ == answer.model_fields["type_"].default if named else content in read.model_fields_set
    if not right:
        _explain(response, provider)
        raise BadAnswer("another kind of answer", provider=provider, trace_id=trace)
    return read


def decode_visual(response: HttpResponse, provider: str | None = None) -> ImageInsights:
    """Read an answer of Visual Search as one of the details endpoint; raises as `decode_answer`."""
    try:
        body: object = from_json(response.body)
    except ValueError:
        body = None
    if response.status != 200 or not isinstance(body, dict) or "tags" not in body:  # noqa: PLR2004 - as above
        return decode_answer(response, ImageInsights, provider)
    read = to_json(visual_search.details_as_insights(cast("dict[str, Any]", body)))
    return decode_answer(HttpResponse(response.status, response.headers, read), ImageInsights, provider)


def _read(body: bytes, answer: type[_Answer]) -> _Answer:
    """Validate a body; what stands beside v7's fields in a shape of its own is left out rather than refused.

    Lists are cut first: thousands of pictures, or of related searches, would hold everything else up.
    """
    data = limit_size(from_json(body), characters=MOST_CHARACTERS)
    try:
        read = answer.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        places = [place["loc"] for place in error.errors(include_url=False, include_input=False, include_context=False)]
        if not all(foreign_answers.EXTENSIONS.intersection(place) for place in places):
            raise
        plain = foreign_answers.without_local(foreign_answers.without_extensions(data))
        return answer.model_validate(plain, by_alias=True, by_name=False)
    if not foreign_answers.points_at_ours(read):
        return read
    return answer.model_validate(foreign_answers.without_local(data), by_alias=True, by_name=False)


def _place(error: ValueError) -> str:
    """Say where an answer breaks the contract, without saying what was there."""
    if isinstance(error, TooLarge):
        return str(error)
    if not isinstance(error, ValidationError):
        return "no JSON"
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(part if isinstance(part, str) and part.isidentifier() else "*" for part in first["loc"][:8])
    return f"{place} is not what v7 says ({first['type']})"


def _explain(response: HttpResponse, provider: str | None) -> None:
    """Raise the plainer error where the body is not a JSON object, or an error answer with status 200."""
    trace = failures.trace_id(response)
    try:
        data: object = from_json(response.body)
    except ValueError:
        raise BadAnswer("no JSON", provider=provider, trace_id=trace) from None
    if not isinstance(data, dict):
        raise BadAnswer("no JSON object", provider=provider, trace_id=trace)
    fields = cast("dict[str, Any]", data)
    if fields.get("_type") == "ErrorResponse" or fields.keys() & {"errors", "error", "statusCode"}:
        raise failures.failure(response, provider)
