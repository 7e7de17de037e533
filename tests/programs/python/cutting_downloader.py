"""Download what a search finds: without queries, under the path's own name, with Range and ETag."""

import json
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

base, key, query, count = sys.argv[1:5]
search = f"{base}/v7.0/images/search?q={query}&count={count}"
page = json.load(urllib.request.urlopen(urllib.request.Request(search, headers={"Ocp-Apim-Subscription-Key": key})))
MAGIC = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".gif": b"GIF8", ".webp": b"RIFF"}
folder = Path(tempfile.mkdtemp())
report = []
for image in page["value"]:
    address = image["contentUrl"].split("?")[0]
    name = PurePosixPath(urlsplit(address).path).name
    suffix = PurePosixPath(name).suffix
    with urllib.request.urlopen(address) as response:
        data, tag, kind = response.read(), response.headers["ETag"], response.headers["Content-Type"]
    head = urllib.request.Request(address, headers={"Range": f"bytes=0-{len(data) // 2}"})
    with urllib.request.urlopen(head) as response:
        first = response.read()
    rest = urllib.request.Request(address, headers={"Range": f"bytes={len(first)}-", "If-Range": tag})
    with urllib.request.urlopen(rest) as response:
        second = response.read()
    try:
        urllib.request.urlopen(urllib.request.Request(address, headers={"If-None-Match": tag}))
        again = 200
    except urllib.error.HTTPError as error:
        again = error.code
    (folder / name).write_bytes(data)
    report.append(
        {
            "name": name,
            "true": data.startswith(MAGIC[suffix]),
            "whole": first + second == data,
            "again": again,
            "type": kind,
            "declared": image["encodingFormat"],
            "size": len(data),
            "declaredSize": int(image["contentSize"].split()[0]),
        }
    )
print(json.dumps(report))
