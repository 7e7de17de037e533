// Post a picture as a part without a file name, as a Blob (which gets one), and as the body itself.
import { readFile } from "node:fs/promises";

const [base, key, path] = process.argv.slice(2);
const picture = await readFile(path);
const headers = { "Ocp-Apim-Subscription-Key": key };
const form = new FormData();
form.append("image", new Blob([picture]));
const bare = Buffer.concat([
  Buffer.from('--x\r\nContent-Disposition: form-data; name="image"\r\n\r\n'),
  picture,
  Buffer.from("\r\n--x--\r\n"),
]);
const report = [];
for (const [body, kind] of [[form], [bare, "multipart/form-data; boundary=x"], [picture, "application/octet-stream"]]) {
  const sent = kind ? { ...headers, "Content-Type": kind } : headers;
  const answer = await (await fetch(`${base}/v7.0/images/details?modules=All`, { method: "POST", body, headers: sent })).json();
  const token = encodeURIComponent(answer.imageInsightsToken);
  const later = await (await fetch(`${base}/v7.0/images/details?insightsToken=${token}&modules=Tags`, { headers })).json();
  report.push([answer._type, Object.keys(answer).sort(), later._type]);
}
console.log(JSON.stringify(report));
