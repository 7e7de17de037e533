// The official Node clients: image search old and new, Visual Search.
const { createReadStream, readFileSync } = require("node:fs");

const [base, key, path] = process.argv.slice(2);

function credentials() {
  const { ApiKeyCredentials } = require("ms-rest");
  return new ApiKeyCredentials({ inHeader: { "Ocp-Apim-Subscription-Key": key } });
}

async function newer() {
  const { ImageSearchClient } = require("@azure/cognitiveservices-imagesearch");
  const { ApiKeyCredentials } = require("@azure/ms-rest-js");
  const credentials = new ApiKeyCredentials({ inHeader: { "Ocp-Apim-Subscription-Key": key } });
  const client = new ImageSearchClient(credentials, { endpoint: base });
  const found = await client.images.search("magpie", { count: 3, safeSearch: "Strict" });
  const known = await client.images.details("magpie", { insightsToken: found.value[0].imageInsightsToken });
  const trending = await client.images.trending();
  return summary(found, known, trending);
}

async function older() {
  const Client = require("azure-cognitiveservices-imagesearch");
  const client = new Client(credentials(), { endpoint: base });
  const images = client.imagesOperations;
  const found = await images.search("magpie", { count: 3, safeSearch: "Strict" });
  const known = await images.details("magpie", { insightsToken: found.value[0].imageInsightsToken });
  const trending = await images.trending();
  return summary(found, known, trending);
}

function summary(found, known, trending) {
  return {
    total: found.totalEstimatedMatches,
    ids: found.value.map((image) => image.imageId),
    pages: known.pagesIncluding.value.length,
    categories: trending.categories.length,
  };
}

async function visual() {
  const Client = require("azure-cognitiveservices-visualsearch");
  const client = new Client(credentials(), `${base}/bing/v7.0`);
  const found = await client.images.visualSearch({ image: createReadStream(path) });
  return {
    token: Boolean(found.image.imageInsightsToken),
    actions: found.tags[0].actions.map((action) => action.actionType),
  };
}

(async () => {
  readFileSync(path);
  console.log(JSON.stringify({ newer: await newer(), older: await older(), visual: await visual() }));
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
