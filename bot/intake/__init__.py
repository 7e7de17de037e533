"""Pictures that users upload or link: read from Discord or the public web, checked, cleaned; not stored."""

from .addresses import checked_address, is_public
from .intake import DEFAULT_ATTACHMENT_LIMIT, Intake
from .reading import ReadLimits

__all__ = ["DEFAULT_ATTACHMENT_LIMIT", "Intake", "ReadLimits", "checked_address", "is_public"]
