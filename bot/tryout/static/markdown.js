// Discord's markdown, as far as a bot's messages use it, to nodes.

import { h, link, safeAddress } from "./dom.js";

const INLINE = [
  [/^```(?:[a-z0-9+-]*\n)?([\s\S]+?)```/i, (m) => h("pre", {}, h("code", {}, m[1]))],
  [/^`([^`\n]+)`/, (m) => h("code", {}, m[1])],
  [/^\\([\\*_~`|>\[\]()#-])/, (m) => m[1]],
  [/^\[([^\]\n]+)\]\(<?([^\s)>]+)>?\)/, (m, say) => (safeAddress(m[2]) ? link(m[2], ...inline(m[1], say)) : m[0])],
  [/^<(https?:\/\/[^\s>]+)>/, (m) => link(m[1], m[1])],
  [/^https?:\/\/[^\s<>]+[^\s<>.,:;"')\]]/, (m) => link(m[0], m[0])],
  [/^<@!?(\d+)>/, (m, say) => h("span", { class: "mention" }, `@${say.user(m[1])}`)],
  [/^<#(\d+)>/, (m, say) => h("span", { class: "mention" }, `#${say.channel(m[1])}`)],
  [/^<@&(\d+)>/, (m, say) => h("span", { class: "mention" }, `@${say.role(m[1])}`)],
  [/^<\/([^:>]+):\d+>/, (m) => h("span", { class: "mention" }, `/${m[1]}`)],
  [/^<a?:(\w+):\d+>/, (m) => `:${m[1]}:`],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (m) => moment(Number(m[1]), m[2] ?? "f")],
  [/^\*\*([\s\S]+?)\*\*(?!\*)/, (m, say) => h("strong", {}, ...inline(m[1], say))],
  [/^__([\s\S]+?)__(?!_)/, (m, say) => h("u", {}, ...inline(m[1], say))],
  [/^~~([\s\S]+?)~~/, (m, say) => h("s", {}, ...inline(m[1], say))],
  [/^\|\|([\s\S]+?)\|\|/, (m, say) => spoiler(inline(m[1], say))],
  [/^\*(?!\s)([^*\n]+?)\*(?!\*)/, (m, say) => h("em", {}, ...inline(m[1], say))],
  [/^_(?!\s)([^_\n]+?)_(?![\w_])/, (m, say) => h("em", {}, ...inline(m[1], say))],
];

function spoiler(children) {
  const button = h("button", { type: "button", class: "spoiler", "aria-label": "Spoiler, press to show" }, ...children);
  button.addEventListener("click", () => {
    button.classList.add("shown");
    button.removeAttribute("aria-label");
  });
  return button;
}

let language = "en";

// Times are written in the language of whoever reads, as Discord's client does.
export function writeTimesIn(locale) {
  language = locale;
}

export function moment(seconds, style) {
  const date = new Date(seconds * 1000);
  const forms = {
    t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
    f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
  };
  if (Number.isNaN(date.getTime())) return String(seconds);
  const full = new Intl.DateTimeFormat(language, forms.F).format(date);
  const text = style === "R" ? ago(date) : new Intl.DateTimeFormat(language, forms[style]).format(date);
  return h("time", { datetime: date.toISOString(), title: full, class: "stamp" }, text);
}

function ago(date) {
  const seconds = (date.getTime() - Date.now()) / 1000;
  const steps = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? steps.at(-1);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

function inline(text, say) {
  const out = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const before = at ? text[at - 1] : " ";
    const found = INLINE.map(([rule, make]) => [rule.exec(rest), make]).find(
      ([match]) => match && !(match[0][0] === "_" && match[0][1] !== "_" && /\w/.test(before)),
    );
    if (!found) {
      plain += text[at];
      at += 1;
      continue;
    }
    const [match, make] = found;
    if (plain) out.push(plain);
    plain = "";
    out.push(make(match, say));
    at += match[0].length;
  }
  if (plain) out.push(plain);
  return out;
}

// A title or a field's name: one line of markdown in which nothing can be a link.
export const titled = (text, say) => inline(String(text ?? ""), say).map((part) => (part instanceof HTMLAnchorElement ? part.textContent : part));

// The text as a list of block elements; `say` names users, channels and roles by id.
export function markdown(text, say) {
  const blocks = [];
  const parts = String(text ?? "").split(/(```[\s\S]+?```)/);
  for (const part of parts) {
    if (part.startsWith("```") && part.length > 6) blocks.push(...inline(part, say));
    else if (part.trim()) blocks.push(...lines(part, say)); // beside a code block line ends make no empty line
  }
  return blocks;
}

function lines(text, say) {
  const blocks = [];
  for (const line of text.replace(/^\n+|\n+$/g, "").split("\n")) {
    const heading = /^(#{1,3}) (.+)/.exec(line);
    const small = /^-# (.+)/.exec(line);
    const quote = /^> ?(.*)/.exec(line);
    const item = /^ *(?:[-*]|\d+\.) (.+)/.exec(line);
    if (heading) blocks.push(h("div", { class: `heading h${heading[1].length}` }, ...inline(heading[2], say)));
    else if (small) blocks.push(h("div", { class: "subtext" }, ...inline(small[1], say)));
    else if (quote) blocks.push(h("blockquote", {}, ...inline(quote[1], say)));
    else if (item) blocks.push(h("div", { class: "item" }, ...inline(item[1], say)));
    else blocks.push(h("div", { class: "line" }, ...(line ? inline(line, say) : [h("br")])));
  }
  return blocks;
}
