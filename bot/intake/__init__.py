"""Pictures that people hand in: read from Discord or the public web, checked, decoded elsewhere, cleaned, forgotten."""

from .addresses import checked_address, is_public
from .intake import DEFAULT_ATTACHMENT_LIMIT, Intake
from .reading import ReadLimits
from .workshop import Workshop

__all__ = ["DEFAULT_ATTACHMENT_LIMIT", "Intake", "ReadLimits", "Workshop", "checked_address", "is_public"]
