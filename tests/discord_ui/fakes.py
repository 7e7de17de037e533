"""A search service without providers, and pictures of our own making."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from bot.bing_v7 import (
    ALL_LEVELS,
    FILTERS,
    Attribution,
    Capabilities,
    Image,
    ImageAnswer,
    ImageInsights,
    ImagesModule,
    InsightsRequest,
    Module,
    Picture,
    Provenance,
    Query,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.discord_ui.model.page import _SEAL, JudgedImage, JudgedPage
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.model.session import Session
from bot.discord_ui.sessions.kinds import rests_on_ratings
from bot.safesearch.place import Requester


def picture(number: int, **changes: Any) -> Image:
    """A picture with everything that a good provider knows of it."""
    return Image(
        **{
            "name": f"Picture {number}",
            "content_url": f"https://pictures.example.org/{number}.jpg",
            "thumbnail_url": f"https://thumbs.example.net/{number}.jpg",
            "host_page_url": f"https://www.example.org/page/{number}",
            "width": 1200,
            "height": 800,
            "content_size": "345678 B",
            "encoding_format": "jpeg",
            "image_id": f"ID{number}",
            "image_insights_token": f"token*{number}",
            "accent_color": "083680",
            "is_family_friendly": True,
            "attribution": Attribution(
                author=f"Author {number}", license="CC BY 4.0",
                license_url="https://creativecommons.org/licenses/by/4.0/", provider="openverse",
            ),
            **changes,
        }
    )  # fmt: skip


def held(number: int, **changes: Any) -> Image:
    """A picture without a public address."""
    return picture(
        number, content_url=f"magpie:picture/h{number}", thumbnail_url=f"magpie:thumbnail/h{number}",
        image_id=f"h{number}", **changes,
    )  # fmt: skip


NO_RULES = (SafeSearch.STRICT, frozenset[str]())
"""The rules of a new ``FakeService``."""


def judged(content: Session, state: PagerState | None = None) -> JudgedPage:
    """A page as if somebody had judged it."""
    state = state or PagerState(len(content.items), content.fetched.complete)
    return JudgedPage(content, state, NO_RULES, rests_on_ratings(content), _SEAL)


def judged_picture(image: Image, *providers: str) -> JudgedImage:
    """A picture as if somebody had judged it."""
    return JudgedImage(image, providers, _SEAL)


@dataclass
class Judged:
    """What ``Guarded`` looks like to pages."""

    answer: Any
    decision: Any
    rules: Any = None
    hidden: Any = field(default_factory=lambda: SimpleNamespace(total=0))
    gone: Sequence[Image] = ()
    waiting: Sequence[str] = ()


@dataclass
class FakeService:
    """Answers from lists; ``banned`` holds image ids that are not allowed; ``calls`` counts what was asked.

    ``lost`` holds image ids that are not there any more.
    """

    images: Sequence[Image] = ()
    batch: int = 10
    level: SafeSearch = SafeSearch.STRICT
    banned: set[str] = field(default_factory=set[str])
    lost: set[str] = field(default_factory=set[str])
    error: BaseException | None = None
    answer: Mapping[str, Any] = field(default_factory=dict[str, Any])
    trends: TrendingImages = field(default_factory=TrendingImages)
    alike: Sequence[Image] = ()
    pictures: dict[str, bytes] = field(default_factory=dict[str, bytes])
    calls: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    requesters: list[Requester] = field(default_factory=list[Requester])
    owns: list[SafeSearch | None] = field(default_factory=list[SafeSearch | None])
    hook: Callable[[], Any] | None = None

    def _judged(self, answer: Any, hidden: int = 0) -> Judged:
        decision = SimpleNamespace(level=self.level, rule="server", set_by=None, set_at=None)
        return Judged(answer, decision, hidden=SimpleNamespace(total=hidden, reasons={}))

    async def _asked(self, verb: str, requester: Requester, request: Any) -> None:
        self.calls.append((verb, request))
        self.requesters.append(requester)
        if self.hook is not None:
            await self.hook()
        if self.error is not None:
            raise self.error

    def asked(self, verb: str) -> list[Any]:
        return [request for one, request in self.calls if one == verb]

    async def decide(self, requester: Requester) -> Any:
        return self._judged(None).decision

    async def search(self, requester: Requester, request: SearchRequest) -> Any:
        self.owns.append(requester.own)
        await self._asked("search", requester, request)
        page = self.images[request.offset : request.offset + self.batch]
        kept = tuple(image for image in page if image.image_id not in self.banned)
        after = request.offset + self.batch
        return self._judged(
            ImageAnswer(
                value=kept,
                next_offset=after if after < len(self.images) else None,
                total_estimated_matches=len(self.images),
                **{"provenance": Provenance(providers=("openverse",)), **self.answer},
            ),
            len(page) - len(kept),
        )

    async def insights(self, requester: Requester, request: InsightsRequest) -> Any:
        await self._asked("insights", requester, request)
        return self._judged(ImageInsights(visually_similar_images=ImagesModule(value=tuple(self.alike))))

    async def trending(self, requester: Requester, request: TrendingRequest) -> Any:
        await self._asked("trending", requester, request)
        return self._judged(self.trends)

    async def allowed_texts(self, requester: Requester, texts: Iterable[str]) -> list[str]:
        return [text for text in texts if text not in self.banned]

    async def allowed_offers(self, requester: Requester, things: Sequence[Query | Tile]) -> list[bool]:
        queries = [one.query if isinstance(one, Tile) else one for one in things]
        return [not {query.text, query.display_text} & self.banned for query in queries]

    async def withdrawn(
        self, requester: Requester, searches: Sequence[str], providers: Sequence[str]
    ) -> frozenset[str]:
        return frozenset()

    async def allowed_insights(self, requester: Requester, answer: ImageInsights, asked: SafeSearch) -> Any:
        return self._judged(answer)

    async def rules(self, requester: Requester) -> Any:
        return self.level, frozenset(self.banned)

    async def picture(self, requester: Requester, image: Image, max_edge: int | None = None) -> Picture | None:
        self.calls.append(("picture", image.image_id))
        data = self.pictures.get(image.image_id or "")
        if data is None or image.image_id in self.banned:
            return None
        return Picture(data, "image/png", "given name.png", 32, 32, True)

    async def allowed(self, requester: Requester, images: Sequence[Image]) -> Any:
        there = [image for image in images if image.image_id not in self.lost]
        kept = tuple(image for image in there if image.image_id not in self.banned)
        judged = self._judged(kept, len(there) - len(kept))
        judged.gone = tuple(image for image in images if image.image_id in self.lost)
        judged.rules = await self.rules(requester)
        return judged

    async def suggest(self, requester: Requester, prefix: str) -> list[str]:
        await self._asked("suggest", requester, prefix)
        return [f"{prefix}{ending}" for ending in (" red", " blue", "x" * 200)]

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            levels=dict.fromkeys(Verb, ALL_LEVELS), filters=FILTERS, modules=frozenset({Module.ALL}), outside=False
        )
