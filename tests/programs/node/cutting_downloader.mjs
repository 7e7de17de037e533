// Download what a search finds, without queries, under the path's own name.
import { basename, extname } from "node:path";

const [base, key, query, count] = process.argv.slice(2);
const headers = { "Ocp-Apim-Subscription-Key": key };
const magic = { ".png": "89504e47", ".jpg": "ffd8ff", ".gif": "47494638", ".webp": "52494646" };
const page = await (await fetch(`${base}/v7.0/images/search?q=${query}&count=${count}`, { headers })).json();
const report = [];
for (const image of page.value) {
  const address = new URL(image.contentUrl);
  address.search = "";
  const name = basename(address.pathname);
  const response = await fetch(address);
  const data = Buffer.from(await response.arrayBuffer());
  const tag = response.headers.get("etag");
  const first = Buffer.from(await (await fetch(address, { headers: { Range: "bytes=0-99" } })).arrayBuffer());
  const second = Buffer.from(await (await fetch(address, { headers: { Range: "bytes=100-" } })).arrayBuffer());
  const again = (await fetch(address, { headers: { "If-None-Match": tag }, cache: "no-store" })).status;
  report.push({
    name,
    true: data.toString("hex").startsWith(magic[extname(name)]),
    whole: Buffer.concat([first, second]).equals(data),
    again,
    type: response.headers.get("content-type"),
    declared: image.encodingFormat,
    size: data.length,
    declaredSize: Number(image.contentSize.split(" ")[0]),
  });
}
console.log(JSON.stringify(report));
