"""Settings: read from the environment, refused in one sentence, written out for people."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.bing_v7 import SafeSearch
from bot.cli.settings_docs import env_example, markdown_table
from bot.settings import (
    COLLECTION,
    DEFAULT_PROVIDERS,
    RECOGNIZER,
    TEXT_READER,
    V7,
    Settings,
    SettingsError,
    env_name,
    load_settings,
)

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests gets in."""
    for field in Settings.model_fields:
        monkeypatch.delenv(env_name(field), raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults_are_strict_and_need_nothing() -> None:
    settings = load_settings()
    assert settings.discord_token is None
    assert settings.safesearch_default is SafeSearch.STRICT
    assert not settings.allow_safesearch_off
    assert settings.provider_names == DEFAULT_PROVIDERS
    assert settings.provider_names[-3:] == (COLLECTION, RECOGNIZER, TEXT_READER)
    assert settings.state_url.startswith("sqlite+aiosqlite:///")


def test_a_list_is_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGPIE_PROVIDERS", " brave , collection,")
    assert load_settings().provider_names == ("brave", "collection")


def test_an_endpoint_that_is_set_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGPIE_V7_ENDPOINT", "https://pictures.example/v7.0")
    assert load_settings().provider_names == (V7, *DEFAULT_PROVIDERS)
    monkeypatch.setenv("MAGPIE_PROVIDERS", "collection,v7")
    assert load_settings().provider_names == ("collection", "v7")


def test_the_env_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MAGPIE_CONTACT=file\nDISCORD_TOKEN=secret-token\nMAGPIE_LOG_LEVEL=\n")
    settings = load_settings()
    assert settings.contact == "file"
    assert settings.discord_token is not None
    assert "secret-token" not in repr(settings)
    assert settings.log_level == "INFO"
    monkeypatch.setenv("MAGPIE_CONTACT", "environment")
    assert load_settings().contact == "environment"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MAGPIE_SAFESEARCH_DEFAULT", "Off", "Off cannot be the default"),
        ("MAGPIE_SAFESEARCH_DEFAULT", "mild", "MAGPIE_SAFESEARCH_DEFAULT"),
        ("DISCORD_GATEWAY_URL", "https://host", "ws:// or wss://"),
        ("MAGPIE_HEALTH_PORT", "99999", "MAGPIE_HEALTH_PORT"),
        ("MAGPIE_SHARD_IDS", "0,1", "MAGPIE_SHARD_COUNT"),
        ("MAGPIE_V7_ENDPOINT", "not an address", "MAGPIE_V7_ENDPOINT"),
        ("MAGPIE_PROVIDER_SECONDS", "0", "MAGPIE_PROVIDER_SECONDS"),
    ],
)
def test_a_bad_value_is_one_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_postgresql_holds_the_collection_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGPIE_DATABASE_URL", "postgresql://me:hidden@host/name")
    settings = load_settings()
    assert settings.collection_address == settings.state_url == "postgresql://me:hidden@host/name"
    apart = settings.model_copy(update={"collection_url": SecretStr("postgresql://me:unseen@replica/name")})
    assert apart.collection_address == "postgresql://me:unseen@replica/name"
    assert "unseen" not in repr(apart)
    assert "hidden" not in repr(settings)


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_example_file_is_what_the_model_says() -> None:
    current = (ROOT / ".env.example").read_text() == env_example() + "\n"
    assert current, "run: uv run python -m bot.cli.settings_docs env > .env.example"


def test_the_table_of_settings_is_what_the_model_says() -> None:
    current = markdown_table() in (ROOT / "docs" / "settings.md").read_text()
    assert current, "put what `uv run python -m bot.cli.settings_docs table` prints into docs/settings.md"
