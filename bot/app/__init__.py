"""The program put together from its parts; nothing below knows all of them."""

from .composition import Backend, open_providers, open_services

__all__ = ["Backend", "open_providers", "open_services"]
