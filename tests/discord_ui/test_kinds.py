"""Every kind of session is complete, and nothing but the four modules for them asks which kind a session is of."""

from __future__ import annotations

import ast
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import bot
from bot.bing_v7 import Category, InsightsRequest, Query, SearchRequest, Tile, TrendingRequest
from bot.discord_ui.handlers import kinds as asking
from bot.discord_ui.model.batches import Fetched
from bot.discord_ui.model.lookup_session import Lookup, LookupResult, LookupSource, Origin
from bot.discord_ui.model.page import Offers, PageData
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.session import (
    LookupSession,
    SearchSession,
    Session,
    SessionBase,
    SimilarSession,
    TrendingSession,
    pack_session,
    unpack_session,
)
from bot.discord_ui.render.kinds import page_view_of
from bot.discord_ui.sessions.recheck import judged_page, judged_question
from bot.safesearch.place import Place, PlaceKind, Requester

from .bodies import problems
from .fakes import FakeService, judged, picture
from .lookups import everything

KINDS: tuple[type[SessionBase], ...] = get_args(get_args(Session)[0])
NAMES = {kind.__name__ for kind in KINDS}
VALUES = {kind.model_fields["kind"].default for kind in KINDS}
PACKAGE = Path(bot.__file__).parent
WHERE_KINDS_DIFFER = {
    PACKAGE / "discord_ui" / path
    for path in ("model/session.py", "render/kinds.py", "sessions/kinds.py", "handlers/kinds.py")
}
OWNER = Requester(Place(PlaceKind.DM), 5, own=None)
FETCHED = Fetched(items=(picture(1), picture(2)), complete=True)


def sample(kind: type[SessionBase]) -> Session:
    """A session of a kind with everything in it; a new kind needs one too."""
    tiles = tuple(Tile(query=Query(text=f"q{number}"), image=picture(number)) for number in (1, 2))
    found = Lookup(source=LookupSource(by=Origin.WEB, address="https://example.org/a.png"))
    samples: dict[type[SessionBase], Session] = {
        SearchSession: SearchSession(owner_id=5, title="red", request=SearchRequest(q="red"), fetched=FETCHED),
        SimilarSession: SimilarSession(
            owner_id=5, title="red", similar_to=InsightsRequest(img_url="https://example.org/a.png"), fetched=FETCHED
        ),
        TrendingSession: TrendingSession(
            owner_id=5, trends=TrendingRequest(), categories=(Category(title="Birds", tiles=tiles),), fetched=FETCHED
        ),
        LookupSession: LookupSession(owner_id=5, lookup=found).showing(
            found.with_result(LookupResult(answer=everything()))
        ),
    }
    return samples[kind]


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_is_stored_drawn_judged_and_asked_again(
    kind: type[SessionBase], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = sample(kind)
    assert unpack_session(pack_session(content)) == content
    earlier = zlib.decompress(pack_session(content)).replace(b'"owner_id":', b'"asker_id":')
    assert b'"asker_id":' in earlier
    assert unpack_session(zlib.compress(earlier)) == content, "what is stored under the earlier name is read"
    message = page_view_of(PageData("session-1", judged(content), Offers())).draw()
    assert await problems(message) == []
    page = await judged_page(FakeService(), OWNER, content, PagerState(len(content.items)))
    assert type(page.content) is kind
    question = content.question()
    assert question.can_be_asked
    assert question.items == ()
    assert not content.withheld().can_be_asked
    asked = await judged_question(FakeService(), OWNER, question, PagerState(view=View.GRID))
    assert await _opened(asked, monkeypatch) is kind


async def _opened(question: Any, monkeypatch: pytest.MonkeyPatch) -> type[SessionBase] | None:
    """Ask a question again; return the kind of session that is opened."""
    opened: list[type[SessionBase]] = []

    class Service:
        service = FakeService(images=FETCHED.items)

        async def open(self, _interaction: Any, _requester: Any, content: Session, view: View) -> None:
            assert view is View.GRID
            opened.append(type(content))

    async def identify(_interaction: Any, _requester: Any, _insight: Lookup) -> None:
        opened.append(LookupSession)

    monkeypatch.setattr(asking, "start_lookup", identify)
    await asking.open_again(Service(), None, OWNER, question)  # type: ignore[arg-type]  # as much as it needs
    return opened[0] if opened else None


def _sources() -> list[Path]:
    cogs = PACKAGE.parent / "cogs"
    return [*(PACKAGE / "discord_ui").rglob("*.py"), *cogs.glob("*.py"), PACKAGE / "client.py"]


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _questions(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that ask which kind a session is of."""
    for node in ast.walk(tree):
        match node:
            case ast.MatchClass(cls=cls) if _names(cls) & NAMES:
                yield node.lineno
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, kinds]) if _names(kinds) & NAMES:
                yield node.lineno
            case ast.Compare(left=left, comparators=others) if any(_is_kind(one) for one in (left, *others)):
                yield node.lineno
            case ast.Match(subject=ast.Attribute(attr="kind", value=ast.Name(id="content"))):
                yield node.lineno
            case ast.Subscript(slice=ast.Attribute(attr="kind", value=ast.Name(id="content"))):
                yield node.lineno
            case ast.Dict(keys=keys) if any(key is not None and _names(key) & NAMES for key in keys):
                yield node.lineno
            case _:
                pass


def _is_kind(node: ast.AST) -> bool:
    """True for the value of a kind, for one of the classes, and for a session's ``kind``."""
    match node:
        case ast.Constant(value=str() as value):
            return value in VALUES - {"similar"}  # "similar" is a suggestion's and a section's word too
        case ast.Name(id=name):
            return name in NAMES
        case ast.Attribute(attr="kind", value=ast.Name(id="content") | ast.Attribute(attr="content")):
            return True
        case _:
            return False


def test_nobody_else_asks_which_kind_a_session_is_of() -> None:
    found = {
        path.relative_to(PACKAGE.parent): lines
        for path in _sources()
        if path not in WHERE_KINDS_DIFFER and (lines := list(_questions(ast.parse(path.read_text("utf-8")))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "if content.kind == 'x': pass", "if live.content.kind is y: pass", "isinstance(content, SearchSession)",
        "match content:\n case LookupSession(): pass", "match content.kind:\n case 'x': pass", "TABLE[content.kind]()",
        "TABLE = {TrendingSession: 1}", "if type(content) is SimilarSession: pass", "if kind == 'lookup': pass",
    ],
)  # fmt: skip
def test_a_question_would_be_found(line: str) -> None:
    assert list(_questions(ast.parse(line))) == [line.count("\n") + 1 if "case Look" in line else 1]


def test_every_choice_between_kinds_names_all_of_them() -> None:
    """The type checker says so as well, as long as the function returns something."""
    choices = 0
    for path in WHERE_KINDS_DIFFER:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Match):
                named = {name for case in node.cases for name in _names(case.pattern)} & NAMES
                assert named == NAMES, f"{path.name}:{node.lineno}"
                choices += 1
    assert choices >= 4
