"""What of a session outlives its day: enough to ask the very same again, and nothing that was found or handed in."""

from dataclasses import dataclass

from bot.bing_v7 import Category
from bot.discord_ui.model.lookup_session import HandedBy, Insight, Section
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.session import Content, Kind, insight_of, unpack_state
from bot.storage.sessions import StoredSession

LIMIT = 4096
"""A session whose question takes more bytes than this is not kept beyond its day."""
_ASKED = ("kind", "title", "request", "similar_to", "trends", "subject")
_KEPT = (*_ASKED, "own", "asker_id", "locale", "private", "published", "spoiler", "level")
_NOTHING_KEPT = {"address": None, "smaller": None, "token": None, "image": None, "name": None}


@dataclass(frozen=True, slots=True)
class ExpiredSession:
    """A session whose day is over: its name, what was asked, and the view it was seen in."""

    id: str
    content: Content
    view: View


def question_of(content: Content) -> Content:
    """Return a session without its pictures: who asked what, how, and at which level of their own.

    Of trending only the chosen category's title stays; of an identify session the address or token of the picture,
    unless the picture was handed in as a file: of that nothing stays.
    """
    kept = Content(asker_id=content.asker_id).with_(**{name: getattr(content, name) for name in _KEPT})
    if content.kind is Kind.TRENDING and content.categories:
        title = content.categories[content.category].title
        return kept.with_(categories=(Category(title=title),))
    if content.kind is Kind.IDENTIFY:
        return kept.with_(insight=lookup_of(insight_of(content)))
    return kept


def lookup_of(insight: Insight) -> Insight:
    """Return an identify session before its first lookup: the way to its picture, and what was asked about it."""
    handed = insight.handed
    if handed.by is HandedBy.DISCORD:
        handed = handed.model_copy(update=_NOTHING_KEPT)
    elif handed.image is not None:
        bare = {"insights_metadata": None, "thumbnail": None}
        handed = handed.model_copy(update={"image": handed.image.model_copy(update=bare)})
    part = insight.look.part if insight.look else insight.part
    part = "whole" if part.startswith("box:") else part
    return Insight(
        handed=handed, modules=insight.modules, section=_asked_first(insight), part=part, view=insight.view,
        inside=insight.inside, in_server=insight.in_server, locale=insight.locale,
    )  # fmt: skip


def can_ask_again(content: Content) -> bool:
    """True if a kept question is complete: of a lookup of a picture that somebody handed in, the picture is missing."""
    match content.kind:
        case Kind.SEARCH:
            return content.request is not None
        case Kind.IDENTIFY:
            handed = content.insight.handed if content.insight else None
            return handed is not None and bool(handed.address or handed.token)
        case Kind.SIMILAR:
            return content.similar_to is not None
        case Kind.TRENDING:
            return content.trends is not None


def pack_question(content: Content) -> bytes:
    """Write what outlives a session's day; nothing if that is too much."""
    try:
        packed = question_of(content).pack()
    except ValueError:  # an identify session of another version
        return b""
    return packed if len(packed) <= LIMIT else b""


def unpack_expired(stored: StoredSession) -> ExpiredSession | None:
    """Read a session whose day is over; None if nothing of it is left, or another version wrote it."""
    try:
        return ExpiredSession(stored.id, Content.unpack(stored.question), unpack_state(stored.state).view)
    except ValueError:
        return None


def _asked_first(insight: Insight) -> Section:
    """Return the section to begin with: the one that alone was asked for, else the overview."""
    alone = len(insight.modules) == 1 and insight.section not in {Section.PICK, Section.CONSENT, Section.REGION}
    return insight.section if alone else Section.OVERVIEW
