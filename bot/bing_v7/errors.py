"""Why a provider could not answer: one small tree for everything that has the three verbs.

The words shown to people are made elsewhere from the class and its fields; ``str(error)`` is for the operator's log and
never holds a key, a query or a provider's raw body.
"""

from datetime import datetime, timedelta

from bot.runtime.megapixels import megapixels

from .parameters import SafeSearch


class ProviderError(Exception):
    """A provider could not answer.

    Args:
        reason: what went wrong, for the operator.
        provider: name of the provider, filled in by the transport or the chain where the raiser does not know it.
        trace_id: the provider's own log id, where it gave one.
    """

    def __init__(self, reason: str = "", *, provider: str | None = None, trace_id: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.provider = provider
        self.trace_id = trace_id
        self.tried: tuple[str, ...] = ()
        """Names of the providers that were asked in vain, where several were."""

    def __str__(self) -> str:
        parts = (self.provider, self.reason or type(self).__name__, self.trace_id and f"trace {self.trace_id}")
        return ": ".join(part for part in parts if part)


class InvalidRequest(ProviderError):
    """The request breaks a rule of the contract or of the provider; asking again will not help."""

    def __init__(
        self,
        reason: str = "",
        *,
        parameter: str | None = None,
        value: str | None = None,
        missing: bool = False,
        provider: str | None = None,
        trace_id: str | None = None,
    ) -> None:
        super().__init__(reason, provider=provider, trace_id=trace_id)
        self.parameter = parameter
        self.value = value
        self.missing = missing


class PictureRefused(InvalidRequest):
    """The picture that was sent cannot be used.

    ``why`` is one of too-large, not-a-picture, broken, empty, vector, video, web-page, too-many-pixels, too-slow (to
    read), slow-source, unsafe-address, unreachable, gone, old-link, no-message; ``limit`` is the limit that was passed
    (bytes or pixels), where there is one, and ``pixels`` how many the picture has, where these are too many.
    """

    def __init__(
        self,
        why: str,
        reason: str = "",
        *,
        limit: int | None = None,
        pixels: int | None = None,
        provider: str | None = None,
    ) -> None:
        super().__init__(reason or why, parameter="image", provider=provider)
        self.why = why
        self.limit = limit
        self.pixels = pixels

    @property
    def megapixels(self) -> tuple[float, float] | None:
        """How many the picture has and how many it may have, where there are too many and the numbers are known."""
        return megapixels(self.pixels, self.limit) if self.pixels and self.limit else None


class NotSupported(ProviderError):
    """The provider lacks the verb, or cannot apply ``filters`` (v7 parameter names)."""

    def __init__(self, reason: str = "", *, filters: frozenset[str] = frozenset(), provider: str | None = None) -> None:
        super().__init__(reason, provider=provider)
        self.filters = filters


class LevelNotHonoured(ProviderError):
    """No provider can honour the SafeSearch level asked for, so nothing was asked."""

    def __init__(self, level: SafeSearch, *, provider: str | None = None) -> None:
        super().__init__(f"SafeSearch {level} cannot be honoured", provider=provider)
        self.level = level


class Blocked(ProviderError):
    """The request holds what the place does not allow: a blocked word, host or operator (``what``)."""

    def __init__(self, what: str, *, provider: str | None = None) -> None:
        super().__init__(f"blocked: {what}", provider=provider)
        self.what = what


class Misconfigured(ProviderError):
    """The operator has to mend something: a missing or refused key, a retired endpoint."""


class Unavailable(ProviderError):
    """The provider is down, too slow or unreachable; another may answer."""


class BadAnswer(Unavailable):
    """The provider answered something that is not its format: a challenge page, broken JSON, a body too large."""


class RateLimited(Unavailable):
    """Too many requests in a short time; ``retry_after`` says when to ask again, if known."""

    def __init__(
        self,
        reason: str = "",
        *,
        retry_after: timedelta | None = None,
        provider: str | None = None,
        trace_id: str | None = None,
    ) -> None:
        super().__init__(reason, provider=provider, trace_id=trace_id)
        self.retry_after = retry_after


class Overloaded(RateLimited):
    """Too much is being done here at the moment, for others too; nothing is wrong with the request."""


class QuotaSpent(ProviderError):
    """The allowance of a day or month is used up, ``until`` it is renewed."""

    def __init__(
        self,
        reason: str = "",
        *,
        until: datetime | None = None,
        provider: str | None = None,
        trace_id: str | None = None,
    ) -> None:
        super().__init__(reason, provider=provider, trace_id=trace_id)
        self.until = until
