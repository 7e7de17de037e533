// Follow nextOffset while it is there; Number(null) is 0, so a null would start again for ever.
const [base, key, query, count] = process.argv.slice(2);
const found = [];
let page;
for (let offset = 0; offset !== undefined; offset = page.nextOffset === undefined ? undefined : Number(page.nextOffset)) {
  const address = new URL(`${base}/v7.0/images/search`);
  address.search = new URLSearchParams({ q: query, count, offset });
  page = await (await fetch(address, { headers: { "Ocp-Apim-Subscription-Key": key } })).json();
  found.push(...page.value.map((image) => image.imageId));
  if (found.length > 10_000) throw new Error("it goes round for ever");
}
console.log(JSON.stringify({ found, totals: [page.totalEstimatedMatches] }));
