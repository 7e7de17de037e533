"""Post a picture without a file name, and then as the body itself; ask again with the token of the answer."""

import json
import sys
import urllib.parse
import urllib.request
from pathlib import Path

base, key, path = sys.argv[1:4]
picture = Path(path).read_bytes()
headers = {"Ocp-Apim-Subscription-Key": key}
boundary = "----a"
form = (
    f'--{boundary}\r\nContent-Disposition: form-data; name="image"\r\n\r\n'.encode()
    + picture
    + f"\r\n--{boundary}--\r\n".encode()
)
bodies = [
    (form, f"multipart/form-data; boundary={boundary}"),
    (picture, "application/octet-stream"),
    (picture, "image/png"),
]
report = []
for body, kind in bodies:
    for modules in ("All", "RecognizedEntities"):
        address = f"{base}/v7.0/images/details?modules={modules}"
        post = urllib.request.Request(address, data=body, headers={**headers, "Content-Type": kind}, method="POST")
        answer = json.load(urllib.request.urlopen(post))
        token = urllib.parse.quote(answer["imageInsightsToken"], safe="")
        later = urllib.request.Request(
            f"{base}/v7.0/images/details?insightsToken={token}&modules=Tags", headers=headers
        )
        report.append([answer["_type"], sorted(answer), json.load(urllib.request.urlopen(later))["_type"]])
print(json.dumps(report))
