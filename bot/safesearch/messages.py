"""The level of a place and who decided it, in sentences; ids become mentions, which are sent without pinging."""

from collections.abc import Sequence
from datetime import datetime

from bot.bing_v7 import SafeSearch
from bot.i18n import enumerated, say, sentences
from bot.storage.policies import AuditRow, ListKind, ListRow

from .policies import ServerPolicy
from .policy import Decision, Rule, Scope, ScopeLevel

_LIMIT = 1900
"""Characters of a message that lists things; Discord takes 2000."""
_ROOM_FOR_WORDS = 120
"""Characters that a list's own words may take beside its entries."""


def level_word(level: SafeSearch | str | None, locale: str) -> str:
    """Return a level's name, or the word for inheriting."""
    return say(locale, f"safesearch-level-{SafeSearch(level).value}" if level else "safesearch-level-inherit")


def scope_word(scope: Scope, scope_id: int, locale: str) -> str:
    """Return a scope for users: the server, or a mention of the channel or category."""
    return say(locale, "safesearch-scope-server") if scope is Scope.SERVER else f"<#{scope_id}>"


def tell_decision(decision: Decision, locale: str, channel: int | None = None) -> str:
    """Say which level holds (in ``channel``, None: here), which rule decided, and who set it when."""
    rule = say(locale, f"safesearch-rule-{decision.rule.value}")
    if decision.rule in {Rule.CHANNEL, Rule.CATEGORY, Rule.SERVER} and decision.set_at is not None:
        who, when = _who(decision.set_by, locale), _when(decision.set_at)
        rule = sentences((rule, say(locale, "safesearch-set-by", who=who, when=when)), locale)
    level = level_word(decision.level, locale)
    effect = say(locale, f"safesearch-effect-{decision.level.value}")
    if channel is None:
        holds = say(locale, "safesearch-here", level=level)
    else:
        holds = say(locale, "safesearch-in", scope=f"<#{channel}>", level=level)
    return f"{sentences((holds, effect), locale)}\n{rule}"


def tell_scope(scope: Scope, scope_id: int, held: ScopeLevel | None, level: SafeSearch, locale: str) -> str:
    """Say which level a server or category has, and who set it when or that it has none of its own."""
    if held is not None:
        return _held_line(scope, scope_id, held, locale)
    shown = scope_word(scope, scope_id, locale)
    holds = say(locale, "safesearch-inherited", scope=shown, level=level_word(level, locale))
    rule = "safesearch-rule-default" if scope is Scope.SERVER else "safesearch-rule-inherited"
    return f"{holds}\n{say(locale, rule)}"


def tell_settings(policy: ServerPolicy, locale: str) -> str:
    """List every level and list entry of a server."""
    lines = [
        _held_line(scope, scope_id, held, locale)
        for (scope, scope_id), held in sorted(policy.levels.items(), key=lambda item: list(Scope).index(item[0][0]))
    ]
    return _joined(lines or [say(locale, "safesearch-list-no-levels")], locale)


def _held_line(scope: Scope, scope_id: int, held: ScopeLevel, locale: str) -> str:
    return say(
        locale, "safesearch-list-level", scope=scope_word(scope, scope_id, locale),
        level=level_word(held.level, locale), who=_who(held.set_by, locale), when=_when(held.set_at),
    )  # fmt: skip


def tell_entries(entries: Sequence[ListRow], locale: str) -> str:
    """List a server's blocked hosts and words and its allowed hosts; words are veiled."""
    lines: list[str] = []
    for kind in ListKind:
        held = [
            f"||{row.value}||" if kind is ListKind.WORD else f"`{row.value}`" for row in entries if row.kind is kind
        ]
        if held:
            lines.append(say(locale, f"safesearch-list-{kind.value}", entries=_entries(held, locale)))
    return _joined(lines or [say(locale, "safesearch-list-no-entries")], locale)


def _entries(held: Sequence[str], locale: str) -> str:
    """List as many entries as a third of a message holds, each whole, and say how many are left out."""
    kept: list[str] = []
    room = _LIMIT // len(ListKind) - _ROOM_FOR_WORDS
    for entry in held:
        room -= len(entry) + 2
        if room < 0:
            break
        kept.append(entry)
    more = say(locale, "safesearch-more", count=len(held) - len(kept)) if len(kept) < len(held) else None
    return sentences((enumerated(kept, locale), more), locale)


def tell_audit(rows: Sequence[AuditRow], locale: str) -> str:
    """List changes, newest first."""
    return _joined([_change(row, locale) for row in rows] or [say(locale, "safesearch-audit-none")], locale)


def _change(row: AuditRow, locale: str) -> str:
    common = {"who": _who(row.done_by, locale), "when": _when(row.done_at)}
    if row.scope is not None:
        scope = scope_word(Scope(row.scope), row.scope_id or 0, locale)
        before, after = level_word(row.before, locale), level_word(row.after, locale)
        return say(locale, "safesearch-audit-level", scope=scope, before=before, after=after, **common)
    entry = row.after or row.before or ""
    shown = f"||{entry}||" if row.action.endswith("-word") else f"`{entry}`"
    return say(locale, f"safesearch-audit-{row.action}", entry=shown, **common)


def _who(user_id: int | None, locale: str) -> str:
    return f"<@{user_id}>" if user_id else say(locale, "safesearch-somebody")


def _when(moment: datetime | None) -> str:
    return f"<t:{int(moment.timestamp())}:R>" if moment else ""


def _joined(lines: Sequence[str], locale: str) -> str:
    """Join as many lines as a message holds, and say how many are left out."""
    kept: list[str] = []
    room = _LIMIT - 60
    for line in lines:
        if len(line) > room:
            break
        kept.append(line)
        room -= len(line) + 1
    if len(kept) < len(lines):
        kept.append(say(locale, "safesearch-more", count=len(lines) - len(kept)))
    return "\n".join(kept)
