"""Read answers into types; null, a missing field or another type is an error, as in C#, Swift or Rust."""

import json
import sys
import urllib.request
from typing import Any

base, key, query = sys.argv[1:4]
IMAGE = {
    "name": str,
    "contentUrl": str,
    "thumbnailUrl": str,
    "thumbnail": dict,
    "width": int,
    "height": int,
    "imageId": str,
    "encodingFormat": str,
    "contentSize": str,
    "imageInsightsToken": str,
    "webSearchUrl": str,
    "datePublished": str,
    "accentColor": str,
    "insightsMetadata": dict,
}
SEARCH = {
    "_type": str,
    "readLink": str,
    "queryContext": dict,
    "totalEstimatedMatches": int,
    "value": list,
    "queryExpansions": list,
    "pivotSuggestions": list,
    "relatedSearches": list,
    "currentOffset": int,
}


def ask(path: str) -> dict[str, Any]:
    request = urllib.request.Request(f"{base}/v7.0/images/{path}", headers={"Ocp-Apim-Subscription-Key": key})
    return json.load(urllib.request.urlopen(request), parse_constant=lambda word: sys.exit(f"{word} is no JSON"))


def typed(value: dict[str, Any], shape: dict[str, type], where: str) -> None:
    for name, kind in shape.items():
        if type(value.get(name)) is not kind:
            sys.exit(f"{where}.{name} is {value.get(name)!r}")


def without_null(value: Any, where: str) -> None:
    if value is None:
        sys.exit(f"{where} is null")
    for name, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        without_null(item, f"{where}.{name}")


pages, offset = 0, 0
while True:
    page = ask(f"search?q={query}&count=35&offset={offset}")
    without_null(page, "search")
    typed(page, SEARCH, "search")
    for image in page["value"]:
        typed(image, IMAGE, "search.value")
    pages += 1
    if "nextOffset" not in page:
        break
    typed(page, {"nextOffset": int}, "search")
    offset = page["nextOffset"]
details = ask(f"details?insightsToken={page['value'][0]['imageInsightsToken']}")
without_null(details, "details")
typed(details, {"_type": str, "imageInsightsToken": str, "pagesIncluding": dict}, "details")
trending = ask("trending?mkt=en-US")
without_null(trending, "trending")
typed(trending, {"_type": str, "categories": list}, "trending")
print(json.dumps({"pages": pages, "categories": len(trending["categories"])}))
