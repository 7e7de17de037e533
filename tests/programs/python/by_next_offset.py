"""Follow nextOffset as long as the answer has the key."""

import json
import sys
import urllib.parse
import urllib.request

base, key, query, count = sys.argv[1:5]
params = {"q": query, "count": count, "safeSearch": "Moderate"}
found = []
while True:
    address = f"{base}/bing/v7.0/images/search?{urllib.parse.urlencode(params)}"
    page = json.load(
        urllib.request.urlopen(urllib.request.Request(address, headers={"ocp-apim-subscription-key": key}))
    )
    found.extend(image["imageId"] for image in page["value"])
    if len(found) > 10_000:
        sys.exit("it goes round for ever")
    if "nextOffset" not in page:
        break
    params["offset"] = str(page["nextOffset"] or 0)
print(json.dumps({"found": found, "totals": [page["totalEstimatedMatches"]]}))
