"""The program put together from its parts; nothing below knows all of them."""

from .composition import Backend, open_providers, open_services
from .databases import StarterProgress

__all__ = ["Backend", "StarterProgress", "open_providers", "open_services"]
