"""The safety panel: the level of a channel, category or server with the rule that decides, the lists, the history."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bing_v7 import SafeSearch
from bot.discord_ui.model.message import Button, Card, ControlRow, Message, Option, SelectMenu, Style
from bot.i18n import say
from bot.safesearch.messages import level_word
from bot.safesearch.policy import Scope
from bot.storage.policies import ListKind, ListRow

_COLOUR = 0x2A9D8F
ENTRIES_OF_A_MENU = 25
INHERIT = "Inherit"
"""Stands in a control for taking a level back."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the panel's first view shows.

    ``words`` say which level holds and why; ``own`` is the level set for this scope itself, None where it inherits;
    ``levels`` are those that can be set here; ``may_change`` is False where the person may only look.
    """

    scope: Scope
    words: str
    own: SafeSearch | None
    levels: frozenset[SafeSearch]
    may_change: bool


def draw_overview(shown: Overview, locale: str, notice: str | None = None) -> Message:
    """Draw the first view: level, rule, and the ways on."""
    levels = [
        _level(level.value, level_word(level, locale), shown, chosen=shown.own is level, offered=level in shown.levels)
        for level in SafeSearch
    ]
    label = say(locale, "safesearch-panel-inherit")
    inherit = _level(INHERIT, label, shown, chosen=shown.own is None, offered=True)
    ways = [
        Button("lists", say(locale, "safesearch-panel-lists")),
        Button("history", say(locale, "safesearch-panel-history")),
    ]
    if shown.scope is not Scope.SERVER:
        ways.append(Button("server", say(locale, "safesearch-scope-server")))
    rows: tuple[ControlRow, ...] = (
        (*levels, inherit),
        SelectMenu("target", say(locale, "safesearch-panel-target"), of_channels=True),
        tuple(ways),
    )
    return Message(text=notice, cards=(_card(shown.words, locale),), rows=rows)


def _level(name: str, label: str, shown: Overview, *, chosen: bool, offered: bool) -> Button:
    style = Style.BLUE if chosen else Style.GREY
    return Button(f"level:{name}", label, style=style, disabled=chosen or not offered or not shown.may_change)


def draw_question(words: str, level: SafeSearch | None, change: str, locale: str) -> Message:
    """Draw the question whether a change to less strict is meant; the button carries the ``change`` that it is for."""
    name = f"loosen:{level.value if level else INHERIT}-{change}"
    confirm = Button(name, say(locale, "safesearch-confirm-button"))
    return Message(text=words, rows=((confirm, _back(locale)),))


def draw_lists(
    entries: Sequence[ListRow], words: str, locale: str, *, page: int = 0, may_remove: bool, notice: str | None = None
) -> Message:
    """Draw the lists, with a menu that removes an entry for those who may (``page`` counts menus from 0)."""
    rows: list[ControlRow] = []
    pages = max(1, -(-len(entries) // ENTRIES_OF_A_MENU))
    page = min(page, pages - 1)
    if entries and may_remove:
        start = page * ENTRIES_OF_A_MENU
        options = tuple(_option(row, locale) for row in entries[start : start + ENTRIES_OF_A_MENU])
        rows.append(SelectMenu("remove", say(locale, "safesearch-panel-remove"), options))
        if pages > 1:
            before = Button(f"lists:{page - 1}", emoji="◀️", disabled=page == 0)
            after = Button(f"lists:{page + 1}", emoji="▶️", disabled=page == pages - 1)
            rows.append((before, after))
    kinds = (*((ListKind.HOST, ListKind.WORD)), *((ListKind.ALLOW,) if may_remove else ()))
    rows.append(
        (*(Button(f"add:{kind}", say(locale, f"safesearch-panel-add-{kind}")) for kind in kinds), _back(locale))
    )
    return Message(text=notice, cards=(_card(words, locale),), rows=tuple(rows))


def draw_history(words: str, locale: str) -> Message:
    """Draw the latest changes."""
    return Message(cards=(_card(words, locale),), rows=((_back(locale),),))


def entry_key(kind: ListKind, value: str) -> str:
    """Return a short name of an entry: some are longer than what a control can carry."""
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()[:16]


def undo_button(kind: ListKind, value: str, locale: str) -> Button:
    """Return the button that takes an entry off its list again."""
    return Button(f"remove:{entry_key(kind, value)}", say(locale, "safesearch-button-undo"))


def _option(row: ListRow, locale: str) -> Option:
    label = row.value if len(row.value) <= 100 else row.value[:99] + "…"  # noqa: PLR2004 (Discord's limit)
    return Option(label, entry_key(row.kind, row.value), description=say(locale, f"safesearch-panel-kind-{row.kind}"))


def _back(locale: str) -> Button:
    return Button("overview", say(locale, "safesearch-panel-back"))


def _card(words: str, locale: str) -> Card:
    return Card(title=say(locale, "safesearch-panel-title"), description=words, color=_COLOUR)
