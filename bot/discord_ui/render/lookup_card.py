"""The first page of an identify answer: one line that answers, then named fields.

A title is that of a picture which was found, or what somebody who looked says that the picture shows. What is merely
alike names nothing: it waits behind a button.
"""

from bot.bing_v7 import Certainty, Confidence, Depiction, Image, ImageInsights, NoteCode
from bot.discord_ui.model.lookup_session import Lookup, LookupResult, LookupSource, Origin, sure, value_of
from bot.discord_ui.model.message import Field
from bot.discord_ui.model.sanitize import clean_markdown, in_markdown, safe_url
from bot.i18n import enumerated, say, sentences

from .attribution import ImageCredit, byline, licence_words, provider_title
from .lookup_lists import link
from .single import join_lines

_SHOWS = 3
_TEXT = 600
_SPOILER = "SPOILER_"
_PERCENT = 100
_HALF = 0.5
_SURE_KEYS = {
    Certainty.HIGH: "insights-entity-very",
    Certainty.MEDIUM: "insights-entity-likely",
    Certainty.LOW: "insights-entity-maybe",
}


def card_title(
    lookup: Lookup, result: LookupResult, named: Image | None, credit: ImageCredit | None, locale: str
) -> str:
    """Return the name of what was found, else what the picture shows, else that it is not known.

    Empty while that cannot be said: others are still asked, or something was found that may not be shown.
    """
    title = clean_markdown(credit.title, 200) if credit else ""
    found = named is not None or lookup.source.by is Origin.RESULT
    if title and found:
        return title
    if thing := _shown(result.answer):
        return say(locale, "insights-title-shows", thing=thing)
    if title or found:
        return title or say(locale, "untitled")
    return "" if _why_unsure(result) else say(locale, "insights-nothing-title")


def _shown(answer: ImageInsights) -> str:
    """Return what the picture shows: what a program saw that looked at it, else what a service takes it for."""
    depiction = next(iter(answer.depictions), None)
    if depiction is not None:
        return clean_markdown(depiction.name, 200)
    guess = answer.best_representative_query
    return clean_markdown(guess.display_text or guess.text, 200) if guess else ""


def answer_line(named: Image | None, result: LookupResult, locale: str) -> str:
    """Return how sure the answer is, in a sentence, and who found it."""
    if named is None:
        return _unfound(result, locale)
    match = named.match
    if match is None:
        names = result.answer.provenance.providers if result.answer.provenance else ()
        title = provider_title(names[0], locale) if len(names) == 1 else None
        by = named.attribution.provider if named.attribution else None
        return say(
            locale, "insights-listed", provider=clean_markdown(provider_title(by, locale) or title or "Magpie", 80)
        )
    key = "insights-part" if is_part(named) else f"insights-{match.confidence.value}"
    return sentences((say(locale, key), found_by(match.provider, locale)), locale)


def is_part(image: Image) -> bool:
    """True for a picture that is surely in the one asked about, but is less than half of it: a tile of a collage."""
    match = image.match
    return match is not None and match.confidence is Confidence.LIKELY and (match.share or 1.0) < _HALF


def _unfound(result: LookupResult, locale: str) -> str:
    """Return that nothing exact was found, as far as that is known, and what is known instead."""
    depiction = next(iter(result.answer.depictions), None)
    unsure = say(locale, key) if (key := _why_unsure(result)) else None
    if depiction is not None:
        words = unsure or say(locale, f"insights-depicted-{depiction.certainty.value}")
        return sentences((words, said_by(depiction, locale)), locale)
    if unsure:
        return unsure
    if _shown(result.answer):
        return say(locale, "insights-depicted-low")
    if sure(value_of(result.answer.visually_similar_images)):
        return say(locale, "insights-similar-only")
    return say(locale, "insights-nothing")


def _why_unsure(result: LookupResult) -> str | None:
    """Return the message for why it cannot be said that there is no match: one may come, or may not be shown."""
    if result.waiting:
        return "insights-unfound-yet"
    notes = result.answer.provenance.notes if result.answer.provenance else ()
    withheld = result.hidden or any(note.code is NoteCode.WITHHELD for note in notes)
    return "insights-unfound-withheld" if withheld else None


def said_by(depiction: Depiction, locale: str) -> str:
    """Return who says so: a model by its name, with the warning that belongs to it."""
    if depiction.model:
        return say(locale, "insights-described-by", model=clean_markdown(depiction.model, 60))
    return say(locale, "insights-seen-by", provider=clean_markdown(provider_title(depiction.provider, locale), 80))


def found_by(provider: str, locale: str) -> str:
    """Return who found it."""
    return say(locale, "insights-found-by", provider=clean_markdown(provider_title(provider, locale), 80))


def fields_of(named: Image | None, credit: ImageCredit | None, result: LookupResult, locale: str) -> tuple[Field, ...]:
    """Return what is known by name: source, artist, licence, match, what it shows, text in it."""
    rows: list[tuple[str, str | None, bool]] = []
    if credit is not None:
        rows += [
            ("source", _source(credit), False),  # a third of a line breaks the names of many sites
            ("artist", _artist(credit, locale), True),
            ("licence", _licence(credit, locale), True),
        ]
    rows += [
        ("match", _match(named, locale), True),
        ("shows", _depictions(named, result.answer, locale), False),
        ("text", _text(result.answer), False),
    ]
    return tuple(Field(say(locale, f"insights-field-{name}"), value, inline) for name, value, inline in rows if value)


def credit_lines(credit: ImageCredit, locale: str) -> str:
    """Return the credit as its service words it, where it does; else the fields say it already."""
    return byline(credit, locale) if credit.ready else ""


def _source(credit: ImageCredit) -> str | None:
    host = link(credit.page_url) or link(credit.picture_url)
    name = clean_markdown(credit.source, 80)
    known = name and credit.host and name.casefold() not in {credit.host.casefold(), f"www.{credit.host}".casefold()}
    return f"{name} · {host}" if host and known else host or name or None


def _artist(credit: ImageCredit, locale: str) -> str | None:
    author, profile = clean_markdown(credit.author, 200), safe_url(credit.author_url)
    if author and profile:
        return say(locale, "credit-author-linked", author=author, url=in_markdown(profile))
    return author or None


def _licence(credit: ImageCredit, locale: str) -> str | None:
    licence, terms = clean_markdown(licence_words(credit.license, locale), 200), safe_url(credit.license_url)
    if licence and terms:
        return say(locale, "credit-licence-linked", licence=licence, url=in_markdown(terms))
    return licence or None


def _match(named: Image | None, locale: str) -> str | None:
    match = named.match if named else None
    if match is None:
        return None
    band = say(locale, f"insights-band-{match.confidence.value}")
    if match.score is None or match.confidence is Confidence.EXACT:
        return band
    # 100 % beside "likely" would contradict itself
    return say(locale, "insights-match", percent=min(99, max(0, round(_PERCENT * match.score))), band=band)


def _depictions(named: Image | None, answer: ImageInsights, locale: str) -> str | None:
    """Return what programs saw in the picture; of one that was found, only what a language model says of it.

    The name of a picture that was found says more than a recognizer's kind of thing.
    """
    lines = [
        say(locale, "insights-entity", name=name, sure=say(locale, _SURE_KEYS[one.certainty]))
        for one in answer.depictions[:_SHOWS]
        if (one.model or not _surely(named)) and (name := clean_markdown(one.name, 100))
    ]
    return enumerated(lines, locale) or None


def _surely(named: Image | None) -> bool:
    match = named.match if named else None
    return match is not None and match.confidence is not Confidence.MAYBE


def _text(answer: ImageInsights) -> str | None:
    """Return the text that was read in the picture as a quotation, cleaned like anything a stranger wrote."""
    read = next(iter(answer.picture_texts), None)
    lines = (clean_markdown(line, _TEXT) for line in (read.text.splitlines() if read else ()))
    return join_lines([f"> {line}" for line in lines if line], _TEXT)


def asked_picture(source: LookupSource) -> str | None:
    """Return the address of the picture that was asked about, to be shown small; None where it must not be.

    It is shown where it was in Discord already, and never where it came as a spoiler, which an embed cannot be. A frame
    that was chosen has no address.
    """
    covered = source.spoiler or (source.name or "").startswith(_SPOILER)
    if source.by is not Origin.DISCORD or source.frame is not None or covered:
        return None
    return safe_url(source.address)
