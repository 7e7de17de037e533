"""The refusals Discord answers with: HTTP status, JSON code and its sentence.

Codes as listed in Discord's documentation, page "Opcodes and status codes".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class ApiError(Exception):
    """One refusal of the REST interface."""

    status: int
    code: int
    message: str
    errors: dict[str, Any] = field(default_factory=dict[str, Any])

    def body(self) -> dict[str, Any]:
        """The JSON object sent back."""
        answer: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors:
            answer["errors"] = self.errors
        return answer


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def unknown(what: str) -> ApiError:
    """A 404 for ``what``, one of the kinds below."""
    codes = {
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "User": 10013,
        "Emoji": 10014,
        "Webhook": 10015,
        "interaction": 10062,
        "application command": 10063,
    }
    return ApiError(404, codes[what], f"Unknown {what}")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def not_in_dm() -> ApiError:
    return ApiError(403, 50003, "Cannot execute action on a DM channel")


def not_your_message() -> ApiError:
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message")


def archived_thread() -> ApiError:
    return ApiError(400, 50083, "Thread is archived")


def already_acknowledged() -> ApiError:
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def expired_token() -> ApiError:
    return ApiError(401, 50027, "Invalid Webhook Token")


def too_many_followups() -> ApiError:
    return ApiError(400, 40094, "This interaction has reached the maximum number of follow-up messages.")


def too_many_reactions() -> ApiError:
    return ApiError(400, 30010, "Maximum number of reactions reached (20)")


def too_large() -> ApiError:
    return ApiError(413, 40005, "Request entity too large")


def invalid_form(problems: list[str]) -> ApiError:
    """A 400 that carries our readable sentences where Discord would carry its own."""
    listed = [{"code": "INVALID", "message": problem} for problem in problems]
    return ApiError(400, 50035, "Invalid Form Body", {"_errors": listed})
