"""Page by adding count to offset until the total, as the documentation's samples do."""

import json
import sys
import urllib.parse
import urllib.request

base, key, query, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
headers = {"Ocp-Apim-Subscription-Key": key}
offset, total, found, totals = 0, 1, [], set()
while offset < total:
    parameters = urllib.parse.urlencode({"q": query, "count": count, "offset": offset})
    request = urllib.request.Request(f"{base}/v7.0/images/search?{parameters}", headers=headers)
    page = json.load(urllib.request.urlopen(request))
    total = page["totalEstimatedMatches"]
    totals.add(total)
    found += [image["imageId"] for image in page["value"]]
    offset += count
print(json.dumps({"found": found, "totals": sorted(totals)}))
