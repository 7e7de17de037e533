"""Bodies against Discord's own description of its REST interface (openapi.json), when that file is at hand.

The file is Discord's, under MIT, from the repository discord/discord-api-spec. It is not part of this repository: it
is looked for beside it, under ``../shared/discord/``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012, Draft202012Validator, Registry, ValidationError, ValidationErrorKind

URN = "urn:discord:openapi"
SPEC = Path(__file__).resolve().parents[3] / "shared" / "discord" / "openapi.json"
ID_AS_NUMBER_OR_TEXT = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
"""discord.py sends some ids as numbers; Discord takes them, the file does not say so."""


class Spec:
    """The loaded file; its validators are made when first needed and kept."""

    def __init__(self, path: Path) -> None:
        content = json.loads(path.read_text("utf-8"))
        content["components"]["schemas"]["SnowflakeType"] = ID_AS_NUMBER_OR_TEXT
        self._paths: dict[str, Any] = content["paths"]
        self._registry = Registry([(URN, content)], draft=Draft202012)
        self._validators: dict[str, Draft202012Validator] = {}

    def request_problems(self, method: str, route: str, body: Any, *, multipart: bool = False) -> list[str]:
        """What is wrong with a request body; ``route`` is a path template of the file."""
        operation = self._paths.get(route, {}).get(method.lower())
        if operation is None:
            return [f"Discord has no {method} {route}"]
        kinds = operation.get("requestBody", {}).get("content", {})
        kind = "multipart/form-data" if multipart else "application/json"
        if kind not in kinds:
            return [f"{method} {route} takes no {kind}"] if body is not None else []
        pointer = ["paths", route, method.lower(), "requestBody", "content", kind, "schema"]
        return self._problems(pointer, body, f"{method} {route}")

    def answer_problems(self, method: str, route: str, status: int, body: Any) -> list[str]:
        """What is wrong with an answer of ``status`` (200 and the like) to a request."""
        answers = self._paths.get(route, {}).get(method.lower(), {}).get("responses", {})
        if "application/json" not in answers.get(str(status), {}).get("content", {}):
            return [] if str(status) in answers or body is None else [f"{method} {route} never answers {status}"]
        pointer = ["paths", route, method.lower(), "responses", str(status), "content", "application/json", "schema"]
        return self._problems(pointer, body, f"answer of {method} {route}")

    def schema_problems(self, name: str, body: Any) -> list[str]:
        """What is wrong with ``body`` by the named schema of the file."""
        return self._problems(["components", "schemas", name], body, name)

    def _problems(self, pointer: list[str], body: Any, what: str) -> list[str]:
        reference = URN + "#/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in pointer)
        reference = reference.replace("{", "%7B").replace("}", "%7D")
        validator = self._validators.get(reference)
        if validator is None:
            validator = Draft202012Validator({"$ref": reference}, registry=self._registry)
            self._validators[reference] = validator
        if validator.is_valid(body):
            return []
        return [f"{what}: {_readable(error)}" for error in validator.iter_errors(body)]


def _readable(error: ValidationError) -> str:
    """The sentence of the leaf that explains ``error`` best."""
    leaf = _best(error)
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in leaf.instance_path)
    message = leaf.message if len(leaf.message) < 300 else f"{leaf.message[:140]} ... {leaf.message[-140:]}"
    return f"body{place}: {message}"


def _best(error: ValidationError) -> ValidationError:
    """The deepest cause, in the branch of a union whose ``type`` is the body's own."""
    while branches := _branches(error):
        fitting = [causes for causes in branches if not any(_is_wrong_kind(cause, error) for cause in causes)]
        error = max((cause for causes in fitting or branches for cause in causes), key=_depth)
    return error


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    """What is wrong by each branch of a union of which none fits, nothing for other mistakes."""
    match error.kind:
        case ValidationErrorKind.AnyOf(branches) | ValidationErrorKind.OneOfNotValid(branches):
            return branches
        case _:
            return []


def _is_wrong_kind(cause: ValidationError, parent: ValidationError) -> bool:
    """Whether this branch is for another ``type`` of thing, or for null."""
    inside = cause.instance_path[len(parent.instance_path) :]
    is_type = inside == ["type"] and cause.kind.name in ("const", "enum", "oneOf", "anyOf")
    return is_type or (not inside and cause.kind.name == "type")


def _depth(error: ValidationError) -> int:
    causes = (cause for branch in _branches(error) for cause in branch)
    return max(map(_depth, causes), default=len(error.instance_path))


@cache
def spec() -> Spec | None:
    """Discord's description, or None where the file is not at hand."""
    return Spec(SPEC) if SPEC.is_file() else None


def every_path() -> Iterator[str]:
    """The path templates of the file, none where it is not at hand."""
    found = spec()
    yield from found._paths if found else ()
