"""Which providers answer which command, and which setting would add one; for ``run`` and ``check``."""

from collections.abc import Iterator, Sequence

from bot.bing_v7 import Verb
from bot.providers.entry import UNKNOWN_COST, Cost
from bot.providers.registry import Status, provider_states, registry
from bot.recognition.classifier import recognizer_is_installed
from bot.recognition.text import text_reader_is_installed
from bot.settings import COLLECTION, RECOGNIZER, TEXT_READER, V7, Settings, env_name

COSTS_OF_OWN = {
    COLLECTION: Cost("all", "no", "none"),
    RECOGNIZER: Cost("all, on your machine", "no", "none"),
    TEXT_READER: Cost("all, on your machine", "no", "none"),
    V7: Cost("the endpoint's", "the endpoint's", "the endpoint's"),
}
"""What the providers cost that `bot.app` makes and no registry names."""

_COMMANDS = {Verb.SEARCH: "/image", Verb.INSIGHTS: "/identify", Verb.TRENDING: "/trending"}

MADE_HERE = (COLLECTION, RECOGNIZER, TEXT_READER, V7)


def configured_providers(settings: Settings) -> list[Status]:
    """Return the status of every provider, those that are asked first, in their order."""
    names = settings.provider_names
    known = {one.name: one for one in provider_states(names, settings, settings.contact, MADE_HERE)}
    known[COLLECTION] = _made_here(COLLECTION, "Magpie's collection", names, ())
    absent = () if recognizer_is_installed() else ("the extra recognition",)
    known[RECOGNIZER] = _made_here(RECOGNIZER, "Magpie's recognizer", names, absent, (Verb.INSIGHTS,))
    absent = () if text_reader_is_installed() else ("the extra text",)
    known[TEXT_READER] = _made_here(TEXT_READER, "Magpie's text reader", names, absent, (Verb.INSIGHTS,))
    known[V7] = _made_here(V7, "v7 endpoint", names, () if settings.v7_endpoint else (env_name("v7_endpoint"),))
    return [known[name] for name in dict.fromkeys([*names, *known])]


def _made_here(
    name: str, title: str, names: Sequence[str], missing: tuple[str, ...], verbs: tuple[Verb, ...] = tuple(Verb)
) -> Status:
    chosen = name in names
    lacks = f"{'install' if missing and missing[0].startswith('the ') else 'set'} {missing[0]}" if missing else "ready"
    why = lacks if chosen else "not named in MAGPIE_PROVIDERS"
    return Status(name, title, on=chosen and not missing, why=why, missing=missing, verbs=verbs)


def who_answers(statuses: Sequence[Status]) -> Iterator[str]:
    """Yield a line for each command: its providers, and which setting would add one."""
    for verb, command in _COMMANDS.items():
        there = [one.title for one in statuses if one.on and verb in one.verbs]
        more = [f"{name} adds {listed_names(titles)}" for name, titles in added_by_one(statuses, verb).items()]
        yield "; ".join((f"{command}: {listed_names(there) or 'nobody answers'}", *more)) + "."


def added_by_one(statuses: Sequence[Status], verb: Verb | None = None) -> dict[str, list[str]]:
    """Return the named providers that one missing setting would turn on, by the variable's name."""
    found: dict[str, list[str]] = {}
    for one in statuses:
        chosen_but_off = not one.on and one.why.startswith("set ")
        if chosen_but_off and len(one.missing) == 1 and (verb is None or verb in one.verbs):
            found.setdefault(one.missing[0], []).append(one.title)
    return found


def cost_of(name: str) -> Cost:
    """Return what a provider costs, without the marks of the document."""
    entry = registry().get(name)
    cost = COSTS_OF_OWN.get(name) or (entry.cost if entry else UNKNOWN_COST)
    return Cost(*(text.replace("*", "").replace("`", "") for text in cost))


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, which ends in -s for several unless ``many`` is given."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def listed_names(names: Sequence[str]) -> str:
    """Return names in one phrase."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
