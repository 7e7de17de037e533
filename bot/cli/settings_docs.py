"""The settings as text for people: ``.env.example`` and the table in docs/settings.md, made from the model.

``python -m bot.cli.settings_docs env`` and ``python -m bot.cli.settings_docs table`` print them.
"""

import sys

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from bot.providers.settings import ProviderSettings
from bot.settings import Settings, env_name


def env_example() -> str:
    """Return ``.env.example``: every setting with its meaning and default, commented out."""
    blocks = ["# Settings of Magpie. Copy to .env and change what you need; everything has a default.\n"]
    for name, field in _fields():
        blocks.append(f"# {field.description}\n#{env_name(name)}={_default(field)}\n")
    return "\n".join(blocks)


def markdown_table() -> str:
    """Return the settings as a Markdown table."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in _fields():
        default = _default(field)
        rows.append(f"| `{env_name(name)}` | {f'`{default}`' if default else ''} | {field.description} |")
    return "\n".join(rows)


def _fields() -> list[tuple[str, FieldInfo]]:
    """Return the bot's own settings first, then those of the providers."""
    return sorted(Settings.model_fields.items(), key=lambda item: item[0] in ProviderSettings.model_fields)


def _default(field: FieldInfo) -> str:
    value: object = field.default
    if value is PydanticUndefined or value is None:
        return ""
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] (a default of any kind)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if isinstance(value, SecretStr) or value == {} else str(value)


if __name__ == "__main__":
    sys.stdout.write({"env": env_example, "table": markdown_table}[sys.argv[1]]() + "\n")
