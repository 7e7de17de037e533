"""Every catalogue says everything English says, with the same variables, within what Discord takes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from babel import Locale
from fluent.syntax.ast import (
    BaseNode,
    Identifier,
    Message,
    SelectExpression,
    TextElement,
    VariableReference,
)

from bot.bing_v7 import Verb
from bot.discord_ui.discord_io.about import about_embed
from bot.i18n import DEFAULT_LOCALE, LOCALES, known_keys, nearest_locale, say
from bot.i18n import catalogue as reading

Written = Mapping[str, list[tuple[str, Message]]]
OTHERS = [locale for locale in LOCALES if locale != DEFAULT_LOCALE]
NUMBERS = (0, 1, 2, 5, 21)
PLURALS = {"zero", "one", "two", "few", "many", "other"}

LIMITS = (
    (r"(command|option)-.+-description", 100),
    (r"(command|option)-.+", 32),
    (r"choice-.+", 100),
    (r"about-button-.+|(insights-)?button-.+|consent-(send|inside|never)|safesearch-confirm-button", 80),
    (r"(jump|filter|identify-form)-title", 45),
    (r"jump-label|filter-(size|color|type|license|more)|identify-form-(file|url)", 45),
    (r"identify-form-file-description|jump-range", 100),
    (r"filter-any|(insights-)?select-.+|region-select|identify-which-placeholder", 150),
    (r"region-(whole|box|box-plain|(top|bottom)(-left|-right)?|left|middle|right)", 100),
    (r"insights-section-.+|identify-candidate-.+|refine-.+|untitled", 100),
    (r"level-.+|hidden-count|credit-via|picture-size|insights-list-position", 60),
    (
        r"head-.+|insights-head.*|insights-(nothing|like)-title|empty-(hidden-)?title|(credit|consent|about|region)-title",
        200,
    ),
    (r"identify-which|about-(providers|privacy|contact)|credit-(markdown|plain)", 200),
    (r"about-privacy-text", 1024),
    (r"about-help", 2000),
    (r"error-.+|note-.+|safesearch-.+|identify-setting-.+", 400),
    (r".+", 500),
)
"""Kinds of keys and the most characters Discord or our own layout has for them; the first that fits counts."""


def variables(node: BaseNode) -> set[str]:
    """Return the names of all variables inside a node."""
    return {found.id.name for found in inside(node) if isinstance(found, VariableReference)}


def selects(node: BaseNode) -> list[SelectExpression]:
    """Return all selections inside a node."""
    return [found for found in inside(node) if isinstance(found, SelectExpression)]


def inside(node: BaseNode) -> Iterator[BaseNode]:
    """Give a node and all below it."""
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, BaseNode):
                yield from inside(child)


def selector(select: SelectExpression) -> str:
    """Return the variable that a selection looks at."""
    assert isinstance(select.selector, VariableReference)
    return select.selector.id.name


def branches(select: SelectExpression) -> set[str]:
    """Return the names of a selection's branches."""
    return {one.key.name if isinstance(one.key, Identifier) else str(one.key.value) for one in select.variants}


def by_words(message: Message) -> dict[str, set[str]]:
    """Return the variables that choose by a word (not by plural), with the words."""
    return {selector(select): branches(select) for select in selects(message) if not branches(select) <= PLURALS}


def samples(message: Message) -> Iterator[dict[str, object]]:
    """Give arguments for every branch: each number in turn, and text, in all variables that do not choose by a word."""
    choosing = by_words(message)
    free = sorted(variables(message) - set(choosing))
    for words in product(*choosing.values()):
        chosen: dict[str, object] = dict(zip(choosing, words, strict=True))
        for number in NUMBERS:
            yield chosen | dict.fromkeys(free, number)
        yield chosen | {name: f"<{name}>" for name in free}


@pytest.mark.parametrize("locale", OTHERS)
def test_a_catalogue_is_complete_and_has_nothing_extra(locale: str, written: Written) -> None:
    english = {(file, message.id.name) for file, message in written[DEFAULT_LOCALE]}
    there = {(file, message.id.name) for file, message in written[locale]}
    missing, extra = listed(english - there), listed(there - english)
    assert not missing, f"bot/i18n/{locale} lacks messages of English: {missing}"
    assert not extra, f"bot/i18n/{locale} has messages that English lacks: {extra}"


def listed(found: set[tuple[str, str]]) -> str:
    """Return messages with their files, the first twenty."""
    names = [f"{key} ({file})" for file, key in sorted(found)]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def test_british_english_says_only_what_it_spells_otherwise(written: Written) -> None:
    own, values = known_keys("en-GB"), {"licence": "<licence>", "url": "<url>"}
    assert own < known_keys()
    for key in own:
        british, american = say("en-GB", key, **values), say("en-US", key, **values)
        assert british != american, key
        assert [value for value in values.values() if value in british] == [
            value for value in values.values() if value in american
        ], key
    for _, message in written[DEFAULT_LOCALE]:
        if message.id.name not in own:
            assert not re.search(r"(?i)color|licen[cs]e(?!d)|gray|preorder", " ".join(texts(message))), message.id.name


@pytest.mark.parametrize("locale", LOCALES)
def test_no_key_is_written_twice(locale: str, written: Written) -> None:
    keys = [message.id.name for _, message in written[locale]]
    assert [key for key in keys if keys.count(key) > 1] == []
    assert set(keys) == known_keys(locale)


@pytest.mark.parametrize("locale", OTHERS)
def test_variables_and_choices_are_those_of_english(locale: str, written: Written) -> None:
    english = {message.id.name: message for _, message in written[DEFAULT_LOCALE]}
    for _, message in written[locale]:
        original = english[message.id.name]
        assert variables(message) == variables(original), message.id.name
        assert by_words(message) == by_words(original), message.id.name


@pytest.mark.parametrize("locale", LOCALES)
def test_plurals_are_those_of_the_language(locale: str, written: Written) -> None:
    allowed = {*Locale.parse(locale, sep="-").plural_form.tags, "other"}
    for _, message in written[locale]:
        for select in selects(message):
            if selector(select) not in by_words(message):
                assert branches(select) <= allowed, message.id.name


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_can_be_said_in_every_branch(locale: str, written: Written) -> None:
    for _, message in written[locale]:
        key = message.id.name
        for arguments in samples(message):
            words = say(locale, key, **arguments)
            assert words.strip() == words != "", (key, arguments)
            assert not re.search(r"[{}]", words), (key, words)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_branch_loses_what_it_was_given(locale: str, written: Written) -> None:
    for _, message in written[locale]:
        chosen = {selector(select) for select in selects(message)}
        text = {name: f"<{name}>" for name in variables(message) - chosen}
        words = by_words(message)
        for number, branch in product(NUMBERS, product(*words.values())):
            counted = dict.fromkeys(chosen - set(words), number)
            said = say(locale, message.id.name, **text, **counted, **dict(zip(words, branch, strict=True)))
            assert all(value in said for value in text.values()), (message.id.name, said)


@pytest.mark.parametrize("locale", LOCALES)
def test_many_are_counted_in_digits(locale: str, written: Written) -> None:
    for _, message in written[locale]:
        chosen = {selector(select) for select in selects(message)} - set(by_words(message))
        if chosen:
            text = {name: f"<{name}>" for name in variables(message) - chosen}
            for number in (2, 5, 21):
                said = say(locale, message.id.name, **text, **dict.fromkeys(chosen, number))
                assert str(number) in said, (message.id.name, said)


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_fits_where_it_is_shown(locale: str, written: Written) -> None:
    for _, message in written[locale]:
        key = message.id.name
        limit = next(limit for kind, limit in LIMITS if re.fullmatch(kind, key))
        for arguments in samples(message):
            words = say(locale, key, **arguments)
            assert len(words) <= limit, (key, len(words), words)
            assert "\n" not in words or key.startswith("about-"), key


@pytest.mark.parametrize("locale", LOCALES)
def test_choices_of_one_kind_are_told_apart(locale: str) -> None:
    kinds: dict[str, list[str]] = {}
    for key in sorted(known_keys()):
        if match := re.match(r"choice-[a-zA-Z]+-|insights-section-(?!count)|safesearch-level-|region-(?=\w+)", key):
            kinds.setdefault(match[0], []).append(say(locale, key, count=1, number=1, name="x"))
    assert len(kinds) > 10
    for kind, names in kinds.items():
        assert len(names) == len(set(names)), (kind, names)


@pytest.mark.parametrize("locale", OTHERS)
def test_no_sentence_was_left_in_english(locale: str, written: Written) -> None:
    english = {message.id.name: texts(message) for _, message in written[DEFAULT_LOCALE]}
    for _, message in written[locale]:
        words = re.findall(r"\w+", " ".join(texts(message)))
        if len(words) > 3 and not message.id.name.startswith("identify-form-file"):
            assert texts(message) != english[message.id.name], f"{message.id.name} is English in bot/i18n/{locale}"


def test_french_punctuation_does_not_begin_a_line(written: Written) -> None:
    for _, message in written["fr"]:
        for text in texts(message):
            assert not re.search(r"(?<=\S) [:;?!»]|« |\w[;?!]|\S»", text), (message.id.name, text)


QUOTES = {"en-US": "“”'", "de": "„“", "fr": "«»\u2019", "es-ES": "“”", "pt-BR": "“”", "ja": "「」"}
"""Each catalogue's quotation marks and apostrophe."""


@pytest.mark.parametrize("locale", LOCALES)
def test_quotes_and_apostrophes_are_those_of_the_language(locale: str, written: Written) -> None:
    assert locale in QUOTES, f"add the quotation marks of {locale} to QUOTES"
    for _, message in written[locale]:
        strange = set(re.findall(r"[\"'„“”\u2018\u2019«»「」]", "".join(texts(message)))) - set(QUOTES[locale])
        assert strange == set(), (message.id.name, strange)


@pytest.mark.parametrize("locale", LOCALES)
def test_buttons_are_short(locale: str) -> None:
    for key in known_keys():
        if re.fullmatch(r"(insights-)?button-.+|consent-(send|inside)", key):
            assert len(say(locale, key)) <= 30, key


def texts(message: Message) -> list[str]:
    """Return what a message says outside its variables, all branches together."""
    return [node.value for node in inside(message) if isinstance(node, TextElement)]


@pytest.mark.parametrize("locale", LOCALES)
def test_commands_that_sentences_name_are_called_so_in_that_language(locale: str, written: Written) -> None:
    named = re.compile(r"(?<![\w/<.:])/([^\W\d][\w-]*)(?: ([\w-]+))?")
    commands = {say(locale, key) for key in known_keys() if re.fullmatch(r"command-[a-z]+(-settings)?", key)}
    inner = {say(locale, key) for key in known_keys() if re.fullmatch(r"command-safesearch-[a-z]+", key)}
    mentions = [
        (message.id.name, match)
        for _, message in written[locale]
        for text in texts(message)
        for match in named.finditer(text)
    ]
    assert len(mentions) >= 5, f"only {len(mentions)} sentences of {locale} name a command: are all there?"
    for key, match in mentions:
        assert match[1] in commands, (key, match[0])
        if match[1] == say(locale, "command-safesearch") and match[2]:
            assert match[2] in inner, (key, match[0])
    assert say(locale, "command-identify-image") in say(locale, "about-help")


@dataclass(frozen=True)
class Left:
    scope: str
    period: str = "2026-01-31"
    kind: str = "rolling"
    nearly_spent: bool = True
    limit: int = 10_000
    left: int = 9_999


@dataclass(frozen=True)
class Standing:
    name: str
    title: str
    verbs: tuple[Verb, ...] = tuple(Verb)
    home_url: str | None = None
    terms_url: str | None = "https://provider.example/a/page/of/its/own/about/terms"
    rests_for: timedelta = timedelta()
    remaining: tuple[Left, ...] = (Left("provider"), Left("person"))


@pytest.mark.parametrize("count", [0, 1, 7, 23])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_about_page_keeps_within_one_embed(locale: str, count: int) -> None:
    """Every provider there is has its line, with what is left; its links go before a line goes."""
    standing = [Standing(f"p{number}", f"Provider {number:02}") for number in range(count)]
    embed = about_embed(standing, "x" * 600, remember=True, contact=None, locale=locale)
    text = "\n".join(str(field.value) for field in embed.fields)
    assert all(one.title in text for one in standing)
    if 0 < count < 8:
        assert text.count("](<https://provider.example/") == count
    assert len(embed) <= 6000
    for field in embed.fields:
        assert field.value
        assert len(field.value) <= 1024
        assert not field.value.endswith("…")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"), ("fr", "fr"), ("ja", "ja"), ("es-ES", "es-ES"), ("pt-BR", "pt-BR"), ("en-US", "en-US"),
        ("es-419", "es-ES"), ("en-GB", "en-US"), ("zh-CN", "en-US"), ("zh-TW", "en-US"), ("nl", "en-US"),
        ("de-AT", "de"), ("pt", "pt-BR"), ("", "en-US"), (None, "en-US"),
    ],
)  # fmt: skip
def test_who_has_no_catalogue_of_their_own_gets_the_nearest(asked: str | None, given: str) -> None:
    assert nearest_locale(asked) == given
    assert say(asked, "error-too-often-commands", when="x") == say(given, "error-too-often-commands", when="x")


def test_a_key_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError, match="no-such-key"):
        say("de", "no-such-key")


def test_a_variable_that_is_not_given_is_an_error_and_not_shown() -> None:
    with pytest.raises(LookupError, match="error-too-often-commands"):
        say("de", "error-too-often-commands", other="x")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Catalogues are read from an empty folder with English and German for the time of a test."""

    def forget() -> None:
        for kept in (
            reading._sources, reading._message, reading._bundle, reading._fixed, reading._pieces, reading._resolved,
        ):  # fmt: skip
            kept.cache_clear()

    for locale in ("en-US", "de"):
        (tmp_path / locale).mkdir()
    forget()
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_FOLDER", tmp_path)
        yield tmp_path
    forget()


def test_what_a_catalogue_lacks_is_said_in_english(elsewhere: Path) -> None:
    (elsewhere / "de" / "one.ftl").write_text("here = hier\n", encoding="utf-8")
    (elsewhere / "en-US" / "one.ftl").write_text("here = here\nthere = there { $name }\n", encoding="utf-8")
    assert [say("de", "here"), say("de", "there", name="x"), say("nl", "here")] == ["hier", "there x", "here"]


def test_a_message_that_is_not_fluent_is_told_with_its_name(elsewhere: Path) -> None:
    (elsewhere / "en-US" / "broken.ftl").write_text("here = { $name\nthere = there\n", encoding="utf-8")
    assert say("en-US", "there") == "there"
    with pytest.raises(ValueError, match=r"here of en-US"):
        say("en-US", "here")


def test_a_message_may_stand_in_another(elsewhere: Path) -> None:
    source = "a = one { b }\nb = two {c} { $n }\n# c\nc = three\n"
    (elsewhere / "en-US" / "one.ftl").write_text(source, encoding="utf-8")
    assert say("en-US", "a", n=1) == "one two three 1"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_message_read_alone_is_what_it_is_in_its_file(locale: str, written: Written) -> None:
    for _, message in written[locale]:
        assert reading._message(locale, message.id.name).equals(message, ignored_fields=["span", "comment"])
