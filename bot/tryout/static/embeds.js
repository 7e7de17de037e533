// An embed of a message.

import { colour, h, link } from "./dom.js";
import { markdown, moment, titled } from "./markdown.js";
import { gallery, picture } from "./pictures.js";

const MOST_IN_A_GROUP = 4;

// Discord shows embeds that share one address as one: the first one's text, and up to four pictures.
export function grouped(embeds) {
  const groups = [];
  for (const one of embeds) {
    const known = one.url && one.image?.url && groups.find((group) => group.url === one.url && group.images.length);
    if (!known) groups.push({ ...one, images: one.image?.url ? [one.image.url] : [] });
    else if (known.images.length < MOST_IN_A_GROUP) known.images.push(one.image.url);
  }
  return groups;
}

export function embed(data, say) {
  const card = h("article", { class: "embed", "aria-label": data.title || "Embed" });
  if (Number.isInteger(data.color)) card.style.borderInlineStartColor = colour(data.color);
  const text = h("div", { class: "embed-text" });
  if (data.provider?.name) text.append(h("div", { class: "embed-provider" }, link(data.provider.url, data.provider.name)));
  if (data.author?.name) text.append(author(data.author));
  if (data.title) {
    const title = titled(data.title, say);
    text.append(h("div", { class: "embed-title" }, data.url ? link(data.url, ...title) : title));
  }
  if (data.description) text.append(h("div", { class: "embed-description" }, ...markdown(data.description, say)));
  if (data.fields?.length) text.append(h("dl", { class: "embed-fields" }, data.fields.map((field) => one(field, say))));
  card.append(text);
  if (data.thumbnail?.url) card.append(picture(data.thumbnail.url, { alt: "Thumbnail", className: "picture thumbnail" }));
  if (data.images.length === 1) card.append(picture(data.images[0], { alt: data.title, className: "picture embed-image" }));
  else if (data.images.length) card.append(group(data));
  if (data.footer?.text || data.timestamp) card.append(footer(data));
  return card;
}

function group(data) {
  const box = gallery(data.images.map((address, at) => ({ address, alt: `${data.title ?? "Picture"} ${at + 1}` })));
  box.classList.add("embed-image");
  return box;
}

function author(data) {
  const icon = data.icon_url ? h("img", { src: data.icon_url, alt: "", width: "20", height: "20", referrerpolicy: "no-referrer" }) : null;
  icon?.addEventListener("error", () => icon.remove());
  return h("div", { class: "embed-author" }, icon, data.url ? link(data.url, data.name) : data.name);
}

function one(field, say) {
  return h(
    "div",
    { class: field.inline ? "field inline" : "field" },
    h("dt", {}, ...titled(field.name, say)),
    h("dd", {}, ...markdown(field.value, say)),
  );
}

function footer(data) {
  const parts = [];
  if (data.footer?.text) parts.push(h("span", {}, data.footer.text));
  if (data.timestamp) parts.push(moment(Date.parse(data.timestamp) / 1000, "f"));
  const icon = data.footer?.icon_url ? h("img", { src: data.footer.icon_url, alt: "", width: "16", height: "16", referrerpolicy: "no-referrer" }) : null;
  icon?.addEventListener("error", () => icon.remove());
  return h("footer", { class: "embed-footer" }, icon, ...parts.flatMap((part, at) => (at ? [" • ", part] : [part])));
}
