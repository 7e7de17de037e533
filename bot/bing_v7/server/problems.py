"""Errors to v7's error answer: status, code, subCode, parameter, value. Source: section 5 of the v7 reference."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from bot.bing_v7.answers import Error, ErrorResponse
from bot.bing_v7.errors import (
    Blocked,
    InvalidRequest,
    LevelNotHonoured,
    Misconfigured,
    NotSupported,
    Overloaded,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    Unavailable,
)

_PICTURES = {
    "too-large": "The image is larger than is allowed.",
    "not-a-picture": "The image is of no known kind.",
    "broken": "The image is damaged or cut short.",
    "empty": "The image is empty.",
    "vector": "The image is a vector drawing (SVG), which is not read.",
    "video": "The file is a video, of which no still can be read here.",
    "web-page": "The file is a web page, not an image.",
    "too-many-pixels": "The image has more pixels than are allowed.",
    "too-slow": "Reading the image took too long.",
    "slow-source": "Fetching the image took too long.",
    "unsafe-address": "The image address is not allowed.",
    "unreachable": "The image could not be fetched.",
}
_LATER = 10
"""Seconds after which a source that does not answer is worth another try."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A failed request as it is told to the client: HTTP status, v7 error, seconds to wait."""

    status: int
    error: Error
    retry_after: int | None = None

    def answer(self) -> ErrorResponse:
        """Return the body."""
        return ErrorResponse(errors=(self.error,))


def _problem(
    status: int,
    code: str,
    sub_code: str | None,
    message: str,
    *,
    details: str | None = None,
    parameter: str | None = None,
    value: str | None = None,
    retry_after: int | None = None,
) -> Problem:
    fields = {
        "code": code,
        "sub_code": sub_code,
        "message": message,
        "more_details": details,
        "parameter": parameter,
        "value": value,
    }
    return Problem(status, Error(**{name: given for name, given in fields.items() if given is not None}), retry_after)


def not_found() -> Problem:
    """No such path, or a URL that is too long."""
    return _problem(404, "InvalidRequest", None, "There is nothing at this address.")


def of_status(status: int) -> Problem:
    """Return what a bare HTTP status stands for: a method that is not allowed, a malformed request."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return unexpected()
    known = HTTPStatus(status).phrase if status in set(HTTPStatus) else "The request cannot be answered"
    return not_found() if status == HTTPStatus.NOT_FOUND else _problem(status, "InvalidRequest", None, f"{known}.")


def unauthorized(*, redundant: bool = False, local_only: bool = False) -> Problem:
    """No key, an unknown key, two ways of giving one, or a caller from another machine where no keys are set."""
    if redundant:
        return _problem(
            401,
            "InvalidAuthorization",
            "AuthorizationRedundancy",
            "Authorization is ambiguous.",
            details="More than one way of giving a key was used.",
        )
    details = "This endpoint answers only to its own machine." if local_only else "Subscription key is not recognized."
    return _problem(401, "InvalidAuthorization", "AuthorizationMissing", "Authorization is required.", details=details)


def limited(seconds: float) -> Problem:
    """More requests than a key may make in a second."""
    wait = max(1, math.ceil(seconds))
    return _problem(
        429, "RateLimitExceeded", None, f"Too many requests. Try again in {wait} seconds.", retry_after=wait
    )


def overloaded(seconds: float) -> Problem:
    """Pictures of others are being read: there was no turn in time."""
    wait = max(1, math.ceil(seconds))
    words = f"Too many images are being read at the moment. Try again in {wait} seconds."
    return _problem(429, "RateLimitExceeded", None, words, retry_after=wait)


def untaken(seconds: float) -> Problem:
    """Answers to others wait to be taken, so that there is no memory for this one."""
    wait = max(1, math.ceil(seconds))
    words = f"Too many answers are being sent at the moment. Try again in {wait} seconds."
    return _problem(429, "RateLimitExceeded", None, words, retry_after=wait)


def unavailable() -> Problem:
    """The source is down or too slow at the moment: 503, which tells programs that asking again later may help."""
    words = f"The source of pictures does not answer at the moment. Try again in {_LATER} seconds."
    return _problem(503, "ServerError", "ResourceError", words, retry_after=_LATER)


def quota_spent(seconds: float | None) -> Problem:
    """The allowance of a day or month is used up."""
    wait = None if seconds is None else max(1, math.ceil(seconds))
    return _problem(403, "RateLimitExceeded", None, "The allowance of requests is used up.", retry_after=wait)


def unexpected() -> Problem:
    """Something that should not happen; the log has it under the trace id."""
    return _problem(500, "ServerError", "UnexpectedError", "Something went wrong. Quote the trace id to the operator.")


def cross_site() -> Problem:
    """A web page of another site asks an endpoint that has no keys."""
    return _problem(
        403,
        "InsufficientAuthorization",
        "AuthorizationDisabled",
        "Requests of other web sites are not answered.",
        details="This endpoint has no keys, so only pages that its operator names may ask it.",
    )


def picture_words(error: PictureRefused) -> str:
    """Return what is wrong with a picture, in a sentence."""
    if error.megapixels:
        return "The image has {:g} megapixels; at most {:g} are allowed.".format(*error.megapixels)
    if error.why == "too-large" and error.limit:
        return f"The image is larger than the {error.limit:,} bytes that are allowed."
    return _PICTURES.get(error.why, "The image cannot be used.")


def invalid(error: InvalidRequest) -> Problem:
    """A parameter or picture that is missing or cannot be used."""
    if isinstance(error, PictureRefused):
        words = picture_words(error)
        return _problem(400, "InvalidRequest", "ParameterInvalidValue", words, details=words, parameter="image")
    if error.missing:
        words, sub_code = "Required parameter is missing.", "ParameterMissing"
    else:
        words, sub_code = "Parameter has invalid value.", "ParameterInvalidValue"
    return _problem(
        400,
        "InvalidRequest",
        sub_code,
        words,
        details=error.reason or words,
        parameter=error.parameter,
        value=error.value or ("" if error.parameter else None),
    )


def of_error(error: ProviderError) -> Problem:
    """Return what a provider's error is to the client; operators' matters are not told."""
    match error:
        case InvalidRequest():
            problem = invalid(error)
        case NotSupported():
            problem = _not_supported(error)
        case LevelNotHonoured():
            reason = "no source of this endpoint can answer at this SafeSearch level"
            problem = invalid(InvalidRequest(reason, parameter="safeSearch", value=str(error.level)))
        case Blocked():
            problem = _problem(400, "InvalidRequest", "Blocked", "The request holds what is not allowed here.")
        case Overloaded():
            problem = overloaded((error.retry_after or timedelta(seconds=1)).total_seconds())
        case RateLimited():
            problem = limited((error.retry_after or timedelta(seconds=1)).total_seconds())
        case QuotaSpent():
            problem = quota_spent((error.until - datetime.now(UTC)).total_seconds() if error.until else None)
        case Unavailable():
            problem = unavailable()
        case Misconfigured():
            problem = _problem(500, "ServerError", "ResourceError", "The source of pictures cannot be reached.")
        case _:
            problem = unexpected()
    return problem


def _not_supported(error: NotSupported) -> Problem:
    if error.filters:
        named = min(error.filters)
        return invalid(InvalidRequest(f"{named} cannot be applied by this endpoint", parameter=named))
    return _problem(500, "ServerError", "NotImplemented", "This endpoint has no source for that.")
