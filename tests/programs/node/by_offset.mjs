// Page by adding count to offset until the total.
const [base, key, query, count] = process.argv.slice(2);
const found = [];
const totals = new Set();
for (let offset = 0, total = 1; offset < total; offset += Number(count)) {
  const address = `${base}/v7.0/images/search?q=${encodeURIComponent(query)}&count=${count}&offset=${offset}`;
  const page = await (await fetch(address, { headers: { "Ocp-Apim-Subscription-Key": key } })).json();
  total = page.totalEstimatedMatches;
  totals.add(total);
  found.push(...page.value.map((image) => image.imageId));
}
console.log(JSON.stringify({ found, totals: [...totals] }));
