"""The OpenAPI description, made from the models: answers from their objects, parameters from the requests."""

from copy import deepcopy
from functools import cache
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from pydantic_core import to_json

from bot.bing_v7.answers import ErrorResponse, ImageAnswer, ImageInsights, TrendingImages
from bot.bing_v7.client import CLIENT_ID_HEADER, KEY_HEADER
from bot.bing_v7.parameters import Module
from bot.bing_v7.reading import CROP, HEADERS, READ_APART
from bot.bing_v7.requests import InsightsRequest, SearchRequest, TrendingRequest
from bot.bing_v7.visual_search import KNOWLEDGE, VisualSearchRequest

from .settings import PREFIXES

_Json = dict[str, Any]
_PLACES = "#/components/schemas/{model}"
_PATTERNS = {"mkt": r"^\s*$|^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", "cc": r"^\s*$|^[A-Za-z]{2}$"}
_EXCLUDES = {
    "mkt": ("cc",), "cc": ("mkt",), "width": ("minWidth", "maxWidth"), "height": ("minHeight", "maxHeight"),
    "minWidth": ("width",), "maxWidth": ("width",), "minHeight": ("height",), "maxHeight": ("height",),
    "insightsToken": ("imgUrl",), "imgUrl": ("insightsToken",),
}  # fmt: skip
"""Parameters that must not be given together; OpenAPI has no words for it, so it is said in their descriptions."""
_DETAILS_ALONE = frozenset({"modules", "ct", *CROP.values()})
_KNOWLEDGE: _Json = {
    "type": "object",
    "required": ["_type", "tags", "image"],
    "properties": {
        "_type": {"const": "ImageKnowledge"},
        "image": {"type": "object", "properties": {"imageInsightsToken": {"type": "string"}}},
        "tags": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["displayName", "actions"],
                "properties": {
                    "displayName": {"type": "string"},
                    "actions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["_type", "actionType"],
                            "properties": {"_type": {"type": "string"}, "actionType": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}
_ERRORS = {
    "400": "A parameter is missing, has a value that is not allowed, or cannot be applied.",
    "401": "No key, an unknown key, or two ways of giving one.",
    "403": "The allowance of a day or month is used up, or another site asks an endpoint without keys.",
    "404": "Nothing is at this address, or the URL is longer than 2,048 characters.",
    "429": "Too many requests in one second, or too many wrong keys; Retry-After says when to ask again.",
    "500": "The source of pictures is set up wrongly or lacks this verb.",
    "503": "The source of pictures is down or too slow; Retry-After says when to ask again.",
}


@cache
def description_json(*, keyed: bool) -> bytes:
    """Return the description as JSON, made when it is first asked for: that takes a twentieth of a second."""
    return to_json(describe(keyed=keyed))


def describe(*, keyed: bool) -> _Json:
    """Return the description; ``keyed`` says whether a key is needed."""
    _, defined = models_json_schema(
        [(model, "validation") for model in (ImageAnswer, ImageInsights, TrendingImages, ErrorResponse)],
        ref_template=_PLACES,
    )
    paths: dict[str, Any] = {}
    for prefix in PREFIXES:
        paths |= _paths(prefix)
    description: _Json = {
        "openapi": "3.1.0",
        "info": {
            "title": "Magpie: image search in the words of Bing Image Search v7",
            "version": "7.0",
            "description": "Names and enumerated values are matched in any case; unknown parameters are ignored.",
        },
        "paths": paths | _own_paths(),
        "components": {
            "schemas": defined["$defs"] | {"ImageKnowledge": _KNOWLEDGE},
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": KEY_HEADER}},
        },
    }
    if keyed:
        description["security"] = [{"key": []}]
    return description


def _paths(prefix: str) -> _Json:
    search = _operation("Find pictures by words", ImageAnswer, _parameters(SearchRequest))
    trending = _operation("Say what people look for", TrendingImages, _parameters(TrendingRequest))
    details = _operation("Say what a picture is", ImageInsights, _insights_parameters(named=True))
    posted = _operation("Say what a posted picture is", ImageInsights, _insights_parameters(named=False))
    posted["requestBody"] = {"required": True, "content": _picture_bodies()}
    posted["responses"]["408"] = _response("The body did not come in time.", ErrorResponse)
    visual = _operation("Say what a picture is, in tags and actions", None, _insights_parameters(named=False))
    visual["parameters"] = [each for each in visual["parameters"] if each["name"] not in _DETAILS_ALONE]
    visual["requestBody"] = {"required": True, "content": {"multipart/form-data": _knowledge_body()}}
    visual["responses"]["408"] = posted["responses"]["408"]
    return {
        f"{prefix}/images/search": {"get": search},
        f"{prefix}/images/trending": {"get": trending},
        f"{prefix}/images/details": {"get": details, "post": posted},
        f"{prefix}/images/visualsearch": {"post": visual},
    }


def _picture_bodies() -> _Json:
    """Return the bodies of a posted picture: in a form, or as it is."""
    binary: _Json = {"schema": {"type": "string", "format": "binary"}}
    form: _Json = {
        "schema": {
            "type": "object",
            "properties": {"image": binary["schema"]},
            "required": ["image"],
        },
        "encoding": {"image": {"contentType": "image/*"}},
    }
    return {"multipart/form-data": form, "application/octet-stream": binary}


def _knowledge_body() -> _Json:
    binary = {"type": "string", "format": "binary"}
    schema: _Json = VisualSearchRequest.model_json_schema(by_alias=True, mode="validation")
    definitions = cast("dict[str, _Json]", schema.pop("$defs"))
    properties = {KNOWLEDGE: _inlined(schema, definitions), "image": binary}
    return {"schema": {"type": "object", "properties": properties}}


def _inlined(value: Any, definitions: dict[str, _Json]) -> Any:
    """Return a schema with every reference put in."""
    if isinstance(value, dict):
        fields = cast("_Json", value)
        if "$ref" in fields:
            return _inlined(definitions[str(fields["$ref"]).rpartition("/")[2]], definitions)
        return {name: _inlined(item, definitions) for name, item in fields.items() if name != "default"}
    if isinstance(value, list):
        return [_inlined(item, definitions) for item in cast("list[Any]", value)]
    return value


def _operation(summary: str, answer: type[BaseModel] | None, parameters: list[_Json]) -> _Json:
    responses = {"200": _response("The answer.", answer, traced=True)}
    responses |= {status: _response(words, ErrorResponse) for status, words in _ERRORS.items()}
    return {"summary": summary, "parameters": parameters + _headers(), "responses": responses}


def _response(words: str, model: type[BaseModel] | None, *, traced: bool = False) -> _Json:
    text = {"schema": {"type": "string"}}
    headers = {"BingAPIs-TraceId": text} | ({"BingAPIs-Market": text, CLIENT_ID_HEADER: text} if traced else {})
    schema = {"$ref": _PLACES.format(model=model.__name__ if model else "ImageKnowledge")}
    return {"description": words, "headers": headers, "content": {"application/json": {"schema": schema}}}


def _headers() -> list[_Json]:
    names = [name for field, name in HEADERS.items() if field != "accept_language"]
    language: _Json = {"name": "Accept-Language", "in": "header", "schema": {"type": "string"}}
    return [language, *({"name": name, "in": "header", "schema": {"type": "string"}} for name in names)]


def _parameters(model: type[BaseModel]) -> list[_Json]:
    """Return the query parameters of a request model, with the ranges and values that the model checks."""
    schema = model.model_json_schema(by_alias=True)
    definitions = cast("dict[str, _Json]", schema.get("$defs", {}))
    aliases = {field.alias or name for name, field in model.model_fields.items() if name not in HEADERS}
    found: list[_Json] = []
    for name, raw in cast("dict[str, _Json]", schema["properties"]).items():
        if name not in aliases:
            continue
        parameter: _Json = {"name": name, "in": "query", "schema": _plain(raw, definitions)}
        if name in _PATTERNS:
            parameter["schema"]["pattern"] = _PATTERNS[name]
        if name in _EXCLUDES:
            parameter["description"] = f"Not together with {' or '.join(_EXCLUDES[name])}."
        if name in schema.get("required", []):
            parameter["required"] = True
        found.append(parameter)
    return found


def _plain(raw: _Json, definitions: dict[str, _Json]) -> _Json:
    """Return the schema of a value that may be left out: without null, and with references put in."""
    schema = deepcopy(raw)
    if "anyOf" in schema:
        choice = next(each for each in schema.pop("anyOf") if each.get("type") != "null")
        schema = {**choice, **schema}
    if "$ref" in schema:
        schema = {**definitions[schema.pop("$ref").rpartition("/")[2]], **schema}
    return {name: value for name, value in schema.items() if name != "title" and value is not None}


def _insights_parameters(*, named: bool) -> list[_Json]:
    left_out = READ_APART if named else {*READ_APART, "insightsToken", "imgUrl"}
    plain = [parameter for parameter in _parameters(InsightsRequest) if parameter["name"] not in left_out]
    modules = {"type": "array", "items": {"type": "string", "enum": [module.value for module in Module]}}
    fraction = {"type": "number", "minimum": 0, "maximum": 1}
    return [
        *plain,
        {"name": "modules", "in": "query", "style": "form", "explode": False, "schema": modules},
        {"name": "ct", "in": "query", "schema": {"type": "integer", "enum": [0]}},
        *({"name": name, "in": "query", "schema": fraction} for name in CROP.values()),
    ]


def _own_paths() -> _Json:
    size = {"type": "integer", "minimum": 1, "maximum": 1500}
    identified: _Json = {"name": "id", "in": "query", "required": True, "schema": {"type": "string"}}
    sizes = [{"name": name, "in": "query", "schema": size} for name in ("w", "h")]
    choices = [
        {"name": "c", "in": "query", "schema": {"type": "integer", "enum": [0, 4, 7]}},
        {"name": "p", "in": "query", "schema": {"type": "integer", "enum": [0, 1]}},
    ]
    failed = {status: _response(_ERRORS[status], ErrorResponse) for status in ("400", "404", "500", "503")}
    kinds = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "application/octet-stream")
    picture = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    public: list[_Json] = []
    healthy = {"description": "Up.", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {
        "/th": {
            "get": {
                "summary": "A small picture, resized or cropped",
                "security": public,
                "parameters": [identified, *sizes, *choices],
                "responses": {"200": {"description": "A JPEG.", "content": {"image/jpeg": picture["image/jpeg"]}}}
                | failed,
            }
        },
        "/picture/{id}/{name}": {
            "get": {
                "summary": "A whole picture as it is, or a part of it",
                "security": public,
                "parameters": [_in_path("id"), _in_path("name")],
                "responses": {
                    "200": {"description": "The picture.", "content": picture},
                    "206": {"description": "The part that Range names.", "content": picture},
                    "304": {"description": "Not changed since the ETag."},
                    "416": _response("The part lies behind the end.", ErrorResponse),
                }
                | failed,
            }
        },
        "/page/{id}": {
            "get": {
                "summary": "A page that shows a picture, whose it is, and where it comes from",
                "security": public,
                "parameters": [_in_path("id")],
                "responses": {"200": {"description": "The page.", "content": {"text/html": {}}}} | failed,
            }
        },
        "/healthz": {"get": {"summary": "Whether it is up", "security": public, "responses": {"200": healthy}}},
        "/readyz": {
            "get": {
                "summary": "Whether database, collection and disk are well; else what is wrong",
                "security": public,
                "responses": {"200": healthy, "503": healthy},
            }
        },
    }


def _in_path(name: str) -> _Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
