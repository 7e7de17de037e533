"""Pictures that users upload or link: read from Discord or the public web, checked, cleaned; not stored."""

from .addresses import checked_address, is_public
from .intake import DEFAULT_ATTACHMENT_LIMIT, Intake, VideoFrames
from .reading import ReadLimits

__all__ = [
    "DEFAULT_ATTACHMENT_LIMIT", "Intake", "ReadLimits", "VideoFrames", "checked_address", "is_public",
]  # fmt: skip
