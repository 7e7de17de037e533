"""Grouping near copies: pictures whose hashes nearly agree belong together, through others as well.

A group is named after its smallest image id, so the outcome does not depend on the order of indexing.
"""

from __future__ import annotations

from bot.collection.arrays import code_of
from bot.collection.model import Indexed
from bot.collection.store import CodeKind, Store

GROUP_BITS = 20
LEAST_QUALITY = 40
_AT_ONCE = 200
_MOST = 200


async def group_new(store: Store) -> None:
    """Compare the pictures that have no group yet with all others."""
    while fresh := await store.ungrouped(_AT_ONCE):
        for picture in fresh:
            await store.regroup(await _groups(store, picture))


async def _groups(store: Store, picture: Indexed) -> dict[str, str]:
    """The new group of a picture and of those that it joins."""
    if picture.looks.quality < LEAST_QUALITY:
        return {picture.image_id: picture.image_id}
    near = await store.near(CodeKind.COPY, code_of(picture.looks.copy_code), GROUP_BITS, _MOST)
    alike = [found.image_id for found in near if not found.inverted and found.image_id != picture.image_id]
    others = [p for p in await store.pictures(alike) if p.group and p.looks.quality >= LEAST_QUALITY]
    members = await store.group_members(sorted({p.group for p in others}))
    joined = {picture.image_id, *(image_id for ids in members.values() for image_id in ids)}
    name = min(joined)
    return dict.fromkeys(sorted(joined), name)
