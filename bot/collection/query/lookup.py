"""Reverse lookup: which pictures of the index is this a copy of?

In steps from cheap to dear, each only where the ones before found nothing: the same bytes; the same hash; the hash in
eight orientations, inverted, within borders and in rectangles inside; local points with a geometric check, also
mirrored; a hash that is merely near. Thresholds were chosen on one half of an attack study and reported on the other
(tests/benchmarks/README.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.bing_v7 import Confidence
from bot.collection.arrays import Bytes, Codes
from bot.collection.fingerprints.codebook import visual_words
from bot.collection.fingerprints.frames import inside
from bot.collection.fingerprints.pdq import Oriented, orientations
from bot.collection.fingerprints.points import INLIER_BAR, DetectedPoints, Points, agree, find_points, likely, share_of
from bot.collection.store import CodeKind, Near, Store

SAME_BITS = 16
ACCEPT_BITS = 40
MAYBE_BITS = 64
CANDIDATE_BITS = 84
_LEAST_QUALITY = 30
_BY_HASH, _BY_WORDS = 6, 24
_MOST, _PROVED, _SMALL_PART = 20, 12, 0.6
_ORIENTATIONS = 8
"""Hashes of one part: four turns, each mirrored or not."""


class CopyMatch(NamedTuple):
    """A picture of the index that the query shows.

    Attributes:
        image_id: which.
        confidence: how sure.
        score: 0 to 1.
        step: what found it: bytes, hash, turned, points, mirrored or near.
        share: how much of the query it takes up, 0 to 1.
    """

    image_id: str
    confidence: Confidence
    score: float
    step: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class _Variants:
    """Parts of the query; of those that are hashed, ``uint64 [8 n, 4]``, how much of it each is."""

    parts: tuple[Bytes, ...]
    codes: Codes
    shares: tuple[float, ...]


async def find_copies(store: Store, picture: Bytes, image_id: str | None = None) -> list[CopyMatch]:
    """Find what a picture is a copy of, surest first.

    Args:
        store: where to look.
        picture: ``uint8 [h, w, 3]`` at working size.
        image_id: id made from the picture's bytes, where they are known and not cropped.
    """
    if image_id is not None and await store.pictures([image_id]):
        return await _with_group(store, [CopyMatch(image_id, Confidence.EXACT, 1.0, "bytes")])
    whole = await asyncio.to_thread(orientations, picture)
    if whole.quality >= _LEAST_QUALITY:
        near = await store.near(CodeKind.COPY, whole.codes[:1], ACCEPT_BITS, _MOST)
        if near:
            return await _with_group(store, [_by_hash(found, "hash") for found in near])
    variants = await asyncio.to_thread(_variants, picture, whole)
    near = await store.near(CodeKind.COPY, variants.codes, CANDIDATE_BITS, _MOST) if len(variants.codes) else []
    sure = [
        _by_hash(found, "turned")._replace(share=variants.shares[found.query // _ORIENTATIONS])
        for found in near
        if found.distance <= ACCEPT_BITS
    ]
    if sure:
        return await _with_group(store, sure)
    verified = await _by_points(store, variants, near)
    if verified:
        return await _with_group(store, verified)
    return [_by_hash(found, "near") for found in near if found.distance <= MAYBE_BITS]


def _by_hash(found: Near, step: str) -> CopyMatch:
    confidence = Confidence.LIKELY if found.distance <= ACCEPT_BITS else Confidence.MAYBE
    if step == "hash" and found.distance <= SAME_BITS and not found.inverted:
        confidence = Confidence.EXACT
    return CopyMatch(found.image_id, confidence, round(1 - found.distance / 256, 3), step)


async def _with_group(store: Store, matches: Sequence[CopyMatch]) -> list[CopyMatch]:
    """Add the near copies of what was found, as likely as their neighbour at best."""
    held = await store.pictures([match.image_id for match in matches])
    members = await store.group_members(sorted({picture.group for picture in held if picture.group}))
    result = list(matches)
    seen = {match.image_id for match in matches}
    for picture in held:
        for image_id in members.get(picture.group, []):
            if image_id not in seen:
                seen.add(image_id)
                result.append(CopyMatch(image_id, Confidence.LIKELY, 0.9, "group"))
    return result[: 2 * _MOST]


def _variants(picture: Bytes, whole: Oriented) -> _Variants:
    parts = [box.cut(picture) for box in inside(picture)]
    hashed = [whole, *(orientations(part) for part in parts)]
    clear = [place for place, found in enumerate(hashed) if found.quality >= _LEAST_QUALITY]
    codes = [hashed[place].codes for place in clear]
    every = (picture, *parts)
    shares = tuple(round(every[place].size / picture.size, 3) for place in clear)
    return _Variants(every, np.concatenate(codes) if codes else np.zeros((0, 4), np.uint64), shares)


async def _by_points(store: Store, variants: _Variants, near: Sequence[Near]) -> list[CopyMatch]:
    """Compare local points with the likeliest candidates; the query as it is, mirrored, then its inner part.

    A part that covers nearly everything has the points that the whole has, so only a smaller one is looked at.
    """
    checked = [found.image_id for found in near[:_BY_HASH]]
    whole, *parts = variants.parts
    for part in [whole, *(part for part in parts if part.size < _SMALL_PART * whole.size)][:2]:
        found = await asyncio.to_thread(find_points, part)
        for describe, step in ((DetectedPoints.points, "points"), (DetectedPoints.mirrored, "mirrored")):
            query, words = await asyncio.to_thread(_described, found, describe)
            if len(query) < INLIER_BAR:
                break
            wanted = list(dict.fromkeys([*await store.sharing(words, _BY_WORDS), *checked]))
            held = await store.points(wanted)
            ranked = {image_id: held[image_id] for image_id in wanted if image_id in held}
            verified = await asyncio.to_thread(_verified, query, ranked, step)
            if verified:
                cut = part.size / whole.size
                return [match._replace(share=round(match.share * cut, 3)) for match in verified]
    return []


def _described(found: DetectedPoints, describe: Callable[[DetectedPoints], Points]) -> tuple[Points, list[int]]:
    query = describe(found)
    return query, visual_words(query.descriptors, branches=2).tolist()


def _verified(query: Points, held: Mapping[str, bytes], step: str) -> list[CopyMatch]:
    """Candidates that the geometric check proves, best first; most fall to a cheaper look before it."""
    names, indexed = list(held), [Points.unpack(packed) for packed in held.values()]
    tried = [(agree(query, indexed[place]), names[place], place) for place in likely(query, indexed)[:_PROVED]]
    good = sorted((one for one in tried if one[0].holds), reverse=True)
    return [
        CopyMatch(
            image_id,
            Confidence.LIKELY,
            round(min(1.0, 0.5 + fit.inliers / 120), 3),
            step,
            share_of(query, indexed[place]),
        )
        for fit, image_id, place in good
    ]
