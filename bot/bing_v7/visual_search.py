"""Visual Search, the successor of the details endpoint: its request and answer, in the objects that we have already.

``POST /images/visualsearch`` says of a picture what ``/images/details`` says, in another order: ``tags`` of regions,
each with ``actions``, of which every one holds what a module of ``ImageInsights`` holds. Source: section 12 of the v7
reference, and the models of the two official clients.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, cast
from urllib.parse import quote_plus, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from .errors import InvalidRequest
from .parameters import Module
from .reading import refused
from .requests import Crop, InsightsRequest

KNOWLEDGE = "knowledgeRequest"
_DEFAULT_COUNT = 35
_MODULES = {
    "PagesIncluding": ("pagesIncluding", "ImageModuleAction"),
    "VisualSearch": ("visuallySimilarImages", "ImageModuleAction"),
    "ProductVisualSearch": ("visuallySimilarProducts", "ImageModuleAction"),
    "RelatedSearches": ("relatedSearches", "ImageRelatedSearchesAction"),
    "Recipes": ("recipes", "ImageRecipesAction"),
    "ShoppingSources": ("shoppingSources", "ImageShoppingSourcesAction"),
}
"""Actions that hold what a module holds: the module's field, and the name of the action's kind."""
_SKILLS = {"similarimages": {"VisualSearch"}, "similarproducts": {"ProductVisualSearch", "ShoppingSources"}}
_PAGED = {"VisualSearch", "ProductVisualSearch"}
_Json = dict[str, Any]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="ignore")


class ImageInfo(_Part):
    """Which picture: by address or token, and which part of it. With a posted picture only the part."""

    url: str | None = None
    image_insights_token: str | None = None
    crop_area: Crop | None = None


class KnowledgeFilters(_Part):
    """``site``: only findings of this host and those below it."""

    site: str | None = None


class Knowledge(_Part):
    """The request's filters: findings of a site, of some skills alone, and which page of the similar pictures."""

    filters: KnowledgeFilters = KnowledgeFilters()
    invoked_skills: tuple[str, ...] = ()
    offset: Annotated[int, Field(ge=0)] = 0
    count: Annotated[int, Field(ge=1, le=150)] = _DEFAULT_COUNT


class VisualSearchRequest(_Part):
    """The part ``knowledgeRequest`` of a post."""

    image_info: ImageInfo = ImageInfo()
    knowledge_request: Knowledge = Knowledge()

    def modules(self) -> str:
        """Return the modules of ``ImageInsights`` that the answer is made of."""
        skills = {skill.casefold() for skill in self.knowledge_request.invoked_skills} & _SKILLS.keys()
        wanted = {"similarimages": Module.SIMILAR_IMAGES, "similarproducts": Module.SIMILAR_PRODUCTS}
        return ",".join(wanted[skill] for skill in sorted(skills)) or Module.ALL.value

    def query(self) -> list[tuple[str, str]]:
        """Return what the request says of picture and region, as parameters of the details endpoint."""
        info = self.image_info
        pairs = [("modules", self.modules())]
        pairs += [("imgUrl", info.url)] if info.url else []
        pairs += [("insightsToken", info.image_insights_token)] if info.image_insights_token else []
        if info.crop_area:
            names = {"cal": "left", "cat": "top", "car": "right", "cab": "bottom"}
            pairs += [(name, repr(getattr(info.crop_area, side))) for name, side in names.items()]
        return pairs


def read_knowledge(text: str | None, *, posted: bool) -> VisualSearchRequest:
    """Read the part ``knowledgeRequest``.

    Args:
        text: the part, None where there was none.
        posted: whether a picture came with it.

    Raises:
        InvalidRequest: it is no JSON of that shape, names no picture, or one beside the posted one.
    """
    try:
        read = VisualSearchRequest.model_validate_json(text) if text and text.strip() else VisualSearchRequest()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or KNOWLEDGE
        raise refused(KNOWLEDGE, place, f"{place} is not what Visual Search takes: {first['msg']}") from None
    named = read.image_info.url or read.image_info.image_insights_token
    if posted and named:
        raise refused(KNOWLEDGE, named, "a posted picture excludes url and imageInsightsToken")
    if not posted and not named:
        raise InvalidRequest("no picture: post one, or name it in imageInfo", parameter=KNOWLEDGE, missing=True)
    return read


def knowledge_of(insights: Mapping[str, Any], asked: VisualSearchRequest, base: str) -> _Json:
    """Return the answer of Visual Search for an answer of the details endpoint.

    Args:
        insights: the answer as it is written.
        asked: for site, skills and page.
        base: the address before ``/images``, for links that search on.
    """
    actions = list(_actions(insights, asked, base))
    skills = {skill.casefold() for skill in asked.knowledge_request.invoked_skills} & _SKILLS.keys()
    if skills:
        kinds = set[str]().union(*(_SKILLS[skill] for skill in skills))
        actions = [action for action in actions if action["actionType"] in kinds]
    tags: list[_Json] = [{"displayName": "", "actions": actions}]
    if not skills:
        tags += [*_people(insights), *_words(insights, base)]
    kept = ("id", "readLink", "webSearchUrl", "instrumentation", "provenance")
    found: _Json = {"_type": "ImageKnowledge", **{name: insights[name] for name in kept if name in insights}}
    token = insights.get("imageInsightsToken")
    return {**found, "tags": tags, "image": {"imageInsightsToken": token} if token else {}}


def _actions(insights: Mapping[str, Any], asked: VisualSearchRequest, base: str) -> Iterator[_Json]:
    site = asked.knowledge_request.filters.site
    for kind, (field, type_) in _MODULES.items():
        if field not in insights:
            continue
        data = dict(cast("Mapping[str, Any]", insights[field]))
        if "value" in data and site and type_ == "ImageModuleAction":
            data["value"] = [image for image in data["value"] if _is_on(image, site)]
        if kind in _PAGED:
            data = _paged(data, asked.knowledge_request)
        yield {"_type": type_, "actionType": kind, "data": data}
    itself = _itself(insights)
    if itself:
        yield {"_type": "ImageModuleAction", "actionType": "ImageById", "data": {"value": [itself]}}
    best = insights.get("bestRepresentativeQuery")
    if best:
        yield {**_searching("BestRepresentativeQuery", best, base)}


def _paged(data: _Json, wanted: Knowledge) -> _Json:
    everything = data.get("value", [])
    value, end = everything[wanted.offset : wanted.offset + wanted.count], wanted.offset + wanted.count
    page = {**data, "value": value, "currentOffset": wanted.offset, "totalEstimatedMatches": len(everything)}
    return {**page, "nextOffset": end} if end < len(everything) else page


def _itself(insights: Mapping[str, Any]) -> _Json | None:
    """Return the picture that is asked about, where a finding is certain to be it."""
    pages: list[_Json] = insights.get("pagesIncluding", {}).get("value", [])
    sure = (image for image in pages if image.get("match", {}).get("confidence") == "exact" and image.get("contentUrl"))
    return next(sure, None)


def _searching(kind: str, query: Mapping[str, Any], base: str) -> _Json:
    """Return an action that searches for words."""
    text = query.get("text", "")
    action: _Json = {"_type": "ImageAction", "actionType": kind, "displayName": query.get("displayText", text)}
    action["serviceUrl"] = f"{base}/images/search?q={quote_plus(text)}"
    if query.get("webSearchUrl"):
        action["webSearchUrl"] = query["webSearchUrl"]
    return action


def _people(insights: Mapping[str, Any]) -> Iterator[_Json]:
    """Yield a tag for each region in which somebody was recognised."""
    groups: list[_Json] = insights.get("recognizedEntityGroups", {}).get("value", [])
    for region in (region for group in groups for region in group.get("recognizedEntityRegions", [])):
        entities = [match["entity"] for match in region.get("matchingEntities", []) if match.get("entity")]
        if not entities:
            continue
        actions = [{"_type": "ImageEntityAction", "actionType": "Entity", **_named(each), "data": each}
                   for each in entities]  # fmt: skip
        box = {"boundingBox": _box(region["region"])} if region.get("region") else {}
        yield {"displayName": entities[0].get("name", ""), **box, "actions": actions}


def _named(entity: Mapping[str, Any]) -> _Json:
    found = {name: entity[name] for name in ("name", "url", "webSearchUrl", "image", "description") if name in entity}
    return {**found, "displayName": entity.get("name", "")}


def _box(region: Mapping[str, float]) -> _Json:
    left, top, right, bottom = (region.get(side, 0.0) for side in ("left", "top", "right", "bottom"))
    corners = {"topLeft": (left, top), "topRight": (right, top), "bottomRight": (right, bottom),
               "bottomLeft": (left, bottom)}  # fmt: skip
    rectangle = {name: {"x": x, "y": y} for name, (x, y) in corners.items()}
    return {"queryRectangle": rectangle, "displayRectangle": rectangle}


def _words(insights: Mapping[str, Any], base: str) -> Iterator[_Json]:
    """Yield a tag for each word that describes the picture, with a search for it."""
    for tag in insights.get("imageTags", {}).get("value", []):
        name = tag.get("name")
        if name:
            yield {"displayName": name, "actions": [_searching("TextResults", {"text": name}, base)]}


def _is_on(image: Mapping[str, Any], site: str) -> bool:
    try:
        host = urlsplit(str(image.get("hostPageUrl") or "")).hostname or ""
    except ValueError:
        return False
    wanted = site.casefold().removeprefix("www.").strip(". ")
    return host.removeprefix("www.") == wanted or host.endswith(f".{wanted}")


def knowledge_request(request: InsightsRequest) -> _Json:
    """Return the part ``knowledgeRequest`` that asks Visual Search what a request asks the details endpoint."""
    info: _Json = {}
    if request.img_url is not None:
        info["url"] = request.img_url
    if request.insights_token is not None:
        info["imageInsightsToken"] = request.insights_token
    if request.crop is not None:
        info["cropArea"] = request.crop.model_dump()
    return {"imageInfo": info, "knowledgeRequest": {"offset": 0, "count": 150}}


def details_as_insights(knowledge: Mapping[str, Any]) -> _Json:
    """Return the JSON of an answer of the details endpoint for one of Visual Search; unknown fields stay.

    Regions with a name and entities become recognised entities, named tags without a region become tags.
    """
    found: _Json = {name: value for name, value in knowledge.items() if name not in {"_type", "tags", "image"}}
    found["_type"] = "ImageInsights"
    token = _fields(knowledge.get("image")).get("imageInsightsToken")
    if isinstance(token, str):
        found["imageInsightsToken"] = token
    regions: list[_Json] = []
    names: list[_Json] = []
    for tag in _objects(knowledge.get("tags")):
        name = tag.get("displayName")
        actions = list(_objects(tag.get("actions")))
        if not name:
            _take_modules(actions, found)
            continue
        entities = [_fields(action.get("data")) or action for action in actions if action.get("actionType") == "Entity"]
        if entities:
            regions.append({
                "matchingEntities": [{"entity": {**entity, "name": entity.get("name") or name}} for entity in entities],
                **({"region": box} if (box := _region(tag)) else {}),
            })  # fmt: skip
        elif isinstance(name, str) and not name.startswith("##"):
            names.append({"name": name})
    if regions:
        found["recognizedEntityGroups"] = {"value": [{"name": "VisualSearch", "recognizedEntityRegions": regions}]}
    if names:
        found["imageTags"] = {"value": names}
    return found


def _take_modules(actions: list[_Json], found: _Json) -> None:
    for action in actions:
        kind, data = action.get("actionType"), action.get("data")
        if kind in _MODULES and isinstance(data, dict):
            found.setdefault(_MODULES[kind][0], data)
        elif kind == "DocumentLevelSuggestions" and isinstance(data, dict):
            found.setdefault("relatedSearches", data)
        elif kind == "BestRepresentativeQuery" and action.get("displayName"):
            query = {"text": action["displayName"], "displayText": action["displayName"]}
            web = {"webSearchUrl": action["webSearchUrl"]} if action.get("webSearchUrl") else {}
            found.setdefault("bestRepresentativeQuery", query | web)


def _region(tag: Mapping[str, Any]) -> _Json | None:
    rectangle = _fields(_fields(tag.get("boundingBox")).get("queryRectangle"))
    corners = [_fields(rectangle.get(name)) for name in ("topLeft", "topRight", "bottomRight", "bottomLeft")]
    try:
        xs, ys = [float(corner["x"]) for corner in corners], [float(corner["y"]) for corner in corners]
    except (KeyError, TypeError, ValueError):
        return None
    return {"left": min(xs), "top": min(ys), "right": max(xs), "bottom": max(ys)}


def _fields(value: object) -> _Json:
    return cast("_Json", value) if isinstance(value, dict) else {}


def _objects(value: object) -> Iterator[_Json]:
    if isinstance(value, list):
        yield from (cast("_Json", item) for item in cast("list[object]", value) if isinstance(item, dict))
