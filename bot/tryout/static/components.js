// Buttons, selects and the layout components of a message.

import { colour, h, link, safeAddress } from "./dom.js";
import { markdown } from "./markdown.js";
import { gallery, picture } from "./pictures.js";

const BUTTON_STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary link", 6: "primary" };
const EMOJI_NAMES = { "◀": "Previous", "▶": "Next", "⏮": "First", "⏭": "Last", "🗑": "Delete", "❌": "Close", "🔍": "Search" };
const ENTITY_SELECTS = { 5: ["people"], 6: ["roles"], 7: ["people", "roles"], 8: ["channels"] };

export const emojiText = (emoji) => (!emoji ? "" : emoji.id ? `:${emoji.name}:` : emoji.name);

// `context` offers: press(customId), pick(customId, values), say, state.
export function component(data, context) {
  const make = KINDS[data.type];
  return make ? make(data, context) : h("div", { class: "unknown" }, `(a component of type ${data.type})`);
}

const all = (list, context) => (list ?? []).map((one) => component(one, context));

const KINDS = {
  1: (data, context) => h("div", { class: "row" }, all(data.components, context)),
  2: button,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: (data, context) =>
    h("div", { class: "section" }, h("div", { class: "section-text" }, all(data.components, context)), component(data.accessory, context)),
  10: (data, context) => h("div", { class: "text-display" }, ...markdown(data.content, context.say)),
  11: (data) => picture(data.media.url, { alt: data.description, spoiler: data.spoiler, className: "picture thumbnail" }),
  12: (data) => gallery(data.items.map((item) => ({ address: item.media.url, alt: item.description, spoiler: item.spoiler }))),
  13: (data) => file({ url: data.file.url, filename: data.file.name ?? decodeURIComponent(data.file.url.split("/").at(-1)), size: data.size }),
  14: (data) => h("hr", { class: data.divider === false ? "gap" : "divider" }),
  17: container,
};

function button(data, context) {
  const label = [emojiText(data.emoji) && h("span", { class: "emoji", "aria-hidden": data.label ? "true" : undefined }, emojiText(data.emoji)), data.label];
  const name = data.label || EMOJI_NAMES[emojiText(data.emoji).replace("\uFE0F", "")] || emojiText(data.emoji);
  if (data.style === 5) {
    const anchor = link(data.url, label, h("span", { class: "out", "aria-hidden": "true" }, "↗"));
    anchor.className = "button secondary";
    return anchor;
  }
  return h(
    "button",
    {
      type: "button", class: `button ${BUTTON_STYLES[data.style] ?? "secondary"}`, disabled: Boolean(data.disabled),
      "aria-label": name, data: { customId: data.custom_id }, on: { click: (event) => context.press(data.custom_id, event.currentTarget) },
    },
    label,
  );
}

export function selectOptions(data, state) {
  if (data.type === 3) return data.options.map((one) => ({ ...one, label: [emojiText(one.emoji), one.label].filter(Boolean).join(" ") }));
  return ENTITY_SELECTS[data.type].flatMap((list) => state[list]).map((one) => ({ value: one.id, label: one.name }));
}

function select(data, context) {
  const options = selectOptions(data, context.state);
  const name = data.placeholder || "Make a selection";
  if ((data.max_values ?? 1) > 1) return manySelect(data, options, name, context);
  const box = h(
    "select",
    { class: "select", "aria-label": name, disabled: Boolean(data.disabled), data: { customId: data.custom_id } },
    h("option", { value: "", disabled: true, selected: !options.some((one) => one.default) }, name),
    options.map((one) =>
      h("option", { value: one.value, selected: Boolean(one.default) }, one.description ? `${one.label} (${one.description})` : one.label),
    ),
  );
  const before = box.value;
  box.addEventListener("change", async () => {
    const chosen = box.value;
    await context.pick(data.custom_id, [chosen], box);
    if (box.value === chosen) box.value = before; // the same can be chosen again
  });
  box.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !box.showPicker) return;
    event.preventDefault(); // else every step would be a choice
    box.showPicker();
  });
  return box;
}

function manySelect(data, options, name, context) {
  const boxes = options.map((one) => h("input", { type: "checkbox", value: one.value, checked: Boolean(one.default) }));
  const done = h("button", { type: "button", class: "button primary" }, "Choose");
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const check = () => {
    done.disabled = chosen().length < (data.min_values ?? 1) || chosen().length > data.max_values;
  };
  boxes.forEach((box) => box.addEventListener("change", check));
  check();
  const list = h("details", { class: "select many" }, h("summary", {}, name), boxes.map((box, at) => h("label", {}, box, options[at].label)), done);
  done.addEventListener("click", () => context.pick(data.custom_id, chosen(), done));
  return list;
}

function container(data, context) {
  const box = h("div", { class: "embed container" }, all(data.components, context));
  if (Number.isInteger(data.accent_color)) box.style.borderInlineStartColor = colour(data.accent_color);
  return box;
}

export function file(data) {
  const size = data.size ? `${(data.size / 1024).toFixed(1)} KiB` : "";
  const address = safeAddress(data.url);
  return h("div", { class: "file" }, h("span", { "aria-hidden": "true" }, "📄"), h("a", { href: address, download: data.filename }, data.filename), h("small", {}, size));
}
