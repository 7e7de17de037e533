import pytest
from pydantic import SecretStr

from bot.bing_v7 import Misconfigured, Provider, Verb
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.assembly import build_chain
from bot.providers.http.transport import Transport
from bot.providers.registry import NO_SUCH_PROVIDER, REGISTRY, make, missing, provider_states
from bot.providers.settings import ProviderSettings, provider_env_name
from bot.settings import DEFAULT_PROVIDERS

from .scripted import Scripted

CONTACT = "ops@example.org"
KEY = SecretStr("0123456789")
KEYS = {name: KEY for name, field in ProviderSettings.model_fields.items() if field.annotation == SecretStr | None}
FULL = ProviderSettings.model_validate({
    **KEYS, "openverse_client_id": "id", "searxng_url": "http://127.0.0.1:8888", "yandex_folder_id": "f",
    "vision_url": "http://127.0.0.1:9/v1/", "vision_model": "m",
})  # fmt: skip
"""Every key there is, and what else a provider needs before it is made."""

HALF: list[tuple[str, dict[str, object], str | None, tuple[str, ...]]] = [
    ("openverse", {}, None, ()),
    ("openverse", {"openverse_client_id": "id"}, None, ("MAGPIE_OPENVERSE_CLIENT_SECRET",)),
    ("openverse", {"openverse_client_secret": KEY}, None, ("MAGPIE_OPENVERSE_CLIENT_ID",)),
    ("commons", {}, None, ("MAGPIE_CONTACT",)),
    ("commons-sha1", {}, " ", ("MAGPIE_CONTACT",)),
    ("wikifeeds", {}, None, ("MAGPIE_CONTACT",)),
    ("wikifeeds", {}, CONTACT, ()),
    ("searxng", {}, CONTACT, ("MAGPIE_SEARXNG_URL",)),
    ("brave", {}, CONTACT, ("MAGPIE_BRAVE_KEY",)),
    ("brave", {"brave_key": SecretStr("  ")}, CONTACT, ("MAGPIE_BRAVE_KEY",)),
    ("google-vision", {}, CONTACT, ("MAGPIE_GOOGLE_VISION_KEY",)),
    ("saucenao", {}, None, ()),
    ("tracemoe", {}, None, ()),
    ("tineye", {}, CONTACT, ("MAGPIE_TINEYE_KEY",)),
    ("klipy", {}, None, ("MAGPIE_KLIPY_KEY",)),
    ("pexels", {}, None, ("MAGPIE_PEXELS_KEY",)),
    ("serpapi", {}, None, ("MAGPIE_SERPAPI_KEY",)),
    ("serper", {}, None, ("MAGPIE_SERPER_KEY",)),
    ("fluffle", {}, None, ("MAGPIE_CONTACT",)),
    ("animetrace", {}, None, ()),
    ("plantnet", {}, None, ("MAGPIE_PLANTNET_KEY",)),
    ("yandex", {}, CONTACT, ("MAGPIE_YANDEX_KEY", "MAGPIE_YANDEX_FOLDER_ID")),
    ("yandex", {"yandex_key": KEY}, CONTACT, ("MAGPIE_YANDEX_FOLDER_ID",)),
    ("yandex", {"yandex_folder_id": "f"}, CONTACT, ("MAGPIE_YANDEX_KEY",)),
]


@pytest.mark.parametrize(("name", "given", "contact", "lacking"), HALF)
def test_half_configured_says_exactly_what_is_missing(
    name: str, given: dict[str, object], contact: str | None, lacking: tuple[str, ...]
) -> None:
    settings = ProviderSettings.model_validate(given)
    assert missing(name, settings, contact) == lacking
    status = provider_states((name,), settings, contact)[0]
    assert (status.name, status.on, status.missing) == (name, not lacking, lacking)
    assert all(variable in status.why for variable in lacking)
    assert "0123456789" not in repr(status)
    if lacking:
        with pytest.raises(Misconfigured, match=lacking[0]):
            make(name, Transport(), settings, contact)


@pytest.mark.parametrize("name", REGISTRY)
def test_fully_configured_it_is_made_as_it_says(name: str) -> None:
    provider: Provider = make(name, Transport(), FULL, CONTACT)
    entry = REGISTRY[name]
    assert (provider.name, provider.title) == (name, entry.title)
    assert {verb for verb in Verb if provider.capabilities.supports(verb)} == set(entry.verbs)
    capabilities = provider.capabilities
    assert capabilities.attribution or name in {"searxng", "vision"}  # servers of the operator's own choice
    assert capabilities.limits.cost >= 1
    if entry.verbs == (Verb.SEARCH,):
        assert capabilities.filters, "declare the filters it applies; `local_filters` has some that fit any service"
    if Verb.INSIGHTS in entry.verbs:
        assert capabilities.modules


def test_every_name_is_described_once_and_unknown_ones_are_named() -> None:
    found = provider_states(("brave", "brave", "nonsense", "collection"), ProviderSettings(), None, {"collection"})
    names = [status.name for status in found]
    assert names[:2] == ["brave", "nonsense"]
    assert sorted(names) == sorted([*REGISTRY, "nonsense"])
    assert found[1].why == NO_SUCH_PROVIDER
    assert not any(status.on for status in found)


def test_a_key_without_the_name_in_the_list_is_pointed_out() -> None:
    found = {status.name: status for status in provider_states(("openverse",), FULL, CONTACT)}
    assert found["openverse"].why == "ready"
    assert "though its settings are there" in found["brave"].why
    assert found["tracemoe"].why == "not named in MAGPIE_PROVIDERS"


def test_without_keys_there_is_an_answer_for_every_verb() -> None:
    keyless = tuple(name for name in DEFAULT_PROVIDERS if name in REGISTRY)
    chain = build_chain(keyless, ProviderSettings(), Transport(), Media(InThread()), contact=CONTACT)
    assert all(chain.capabilities.supports(verb) for verb in Verb)
    bare = build_chain(keyless, ProviderSettings(), Transport(), Media(InThread()))
    assert [member.name for member in bare.members] == ["openverse", "tracemoe"]


def test_the_chain_keeps_the_operators_order_and_wraps_each_member_once() -> None:
    wrapped: list[str] = []

    def wrap(provider: Provider) -> Provider:
        wrapped.append(provider.name)
        return provider

    own, far = Scripted("collection", outside=False), Scripted("v7")
    names = ("collection", "brave", "v7", "openverse", "nonsense", "brave")
    transport = Transport()
    chain = build_chain(names, FULL, transport, Media(InThread()), others={"collection": own, "v7": far}, wrap=wrap)
    assert wrapped == ["collection", "brave", "v7", "openverse"]
    assert chain.members[0] is own
    assert {member.name for member in chain.members} == set(wrapped)
    assert "0123456789" not in transport.redactor.clean("a key 0123456789 in a line")


def test_settings_hide_their_keys_and_name_their_variables() -> None:
    assert "0123456789" not in repr(FULL)
    assert list(FULL.keys()) == ["0123456789"] * len(KEYS)
    assert len(KEYS) > 10
    assert provider_env_name("brave_key") == "MAGPIE_BRAVE_KEY"
    for name, field in ProviderSettings.model_fields.items():
        assert field.description, name


def refused_as_no_address(field: str, address: str) -> bool:
    try:
        ProviderSettings.model_validate({field: address})
    except ValueError as error:
        return "must begin with http" in str(error)
    return False


@pytest.mark.parametrize("field", [name for name in ProviderSettings.model_fields if name.endswith("_url")])
def test_an_address_without_a_scheme_is_refused(field: str) -> None:
    for address in ("localhost:8888", "ftp://x.example/", "//x.example"):
        refused = refused_as_no_address(field, address)
        assert refused, f"name {field} above `_is_web_address` in bot/providers/settings.py"
    assert getattr(ProviderSettings.model_validate({field: "http://127.0.0.1:8888"}), field)
