"""A bound on how much of an answer is read: a list of thousands would hold everything else up.

v7 gives at most 150 pictures an answer, and no service asked here gives more than 200.
"""

from typing import Any, cast

MOST_ITEMS = 300
"""Items of one list, and fields of one object, that are read."""


def capped(value: Any, most: int = MOST_ITEMS) -> Any:
    """Return JSON with every list and object cut to its first ``most`` members, at whatever depth."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        kept = fields if len(fields) <= most else dict(list(fields.items())[:most])
        return {name: capped(item, most) if isinstance(item, dict | list) else item for name, item in kept.items()}
    if isinstance(value, list):
        items = cast("list[Any]", value)[:most]
        return [capped(item, most) if isinstance(item, dict | list) else item for item in items]
    return value
