"""Any provider as a v7 endpoint over HTTP, so that programs written for the retired service run again."""

from .app import make_app
from .run import serve
from .settings import ServerSettings

__all__ = ["ServerSettings", "make_app", "serve"]
