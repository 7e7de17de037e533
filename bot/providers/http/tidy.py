"""Cleans texts and addresses of an answer from another v7 endpoint, as adapters do for other services.

Fields are found by their names in the contract's models, so that every object of an answer is read alike.
"""

from functools import cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from bot.providers.http.html_text import html_to_text

from .web_addresses import web

_M = TypeVar("_M", bound=BaseModel)

_TEXTS = frozenset({
    "name", "description", "alternate_name", "text", "display_text", "caption", "title", "author", "license", "pivot",
    "host_page_domain_friendly_name", "source_name", "source", "job_title", "original_query", "altered_query",
    "alteration_display_query", "alteration_override_query",
})  # fmt: skip
"""Fields that users read."""
_ADDRESSES = frozenset({
    "content_url", "thumbnail_url", "host_page_url", "host_page_fav_icon_url", "data_source_url", "author_url",
    "license_url", "source_url", "url",
})  # fmt: skip
"""Fields that hold a web address; one that is none is left as it is, for whoever shows it to judge."""


def tidied(model: _M) -> _M:
    """Return the answer with its texts plain and its addresses whole."""
    texts, addresses, others = _fields(type(model))
    changes: dict[str, Any] = {}
    for name in model.model_fields_set:
        value = getattr(model, name, None)
        if isinstance(value, str):
            new: Any = (
                html_to_text(value) or "" if name in texts else web(value) or value if name in addresses else value
            )
        elif name in others and value:
            new = _inside(value)
        else:
            continue
        if new is not value and new != value:
            changes[name] = new
    return model.model_copy(update=changes) if changes else model


def _inside(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return tidied(value)
    if isinstance(value, tuple):
        return tuple(_inside(item) for item in cast("tuple[Any, ...]", value))
    return value


@cache
def _fields(kind: type[BaseModel]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return a model's fields that are texts, addresses, and anything else."""
    names = frozenset(kind.model_fields)
    return names & _TEXTS, names & _ADDRESSES, names - _TEXTS - _ADDRESSES
