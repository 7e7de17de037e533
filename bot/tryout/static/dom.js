// Builds elements. Text only ever becomes text nodes; there is no way here to insert markup.

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

let sources = { from: "", to: "" };

// Pages below `from` are served by the try-out itself, below `to`.
export function serveSources(places) {
  sources = places;
}

// An address that may be put behind a link or a picture, or null. Discord takes http and https; uploads are ours.
export function safeAddress(text) {
  if (typeof text !== "string") return null;
  if (text.startsWith("/files/")) return text;
  if (sources.from && text.startsWith(sources.from)) return `${sources.to}/${encodeURIComponent(text.slice(sources.from.length))}`;
  try {
    const address = new URL(text);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

export function link(address, ...children) {
  const safe = safeAddress(address);
  if (!safe) return h("span", {}, ...children);
  return h("a", { href: safe, target: "_blank", rel: "noopener noreferrer nofollow" }, ...children);
}

export const colour = (number) => `#${Number(number).toString(16).padStart(6, "0")}`;

export function notice(text) {
  const box = h("div", { class: "notice" }, h("p", {}, text));
  const close = h("button", { type: "button", "aria-label": "Close", on: { click: () => box.remove() } }, "✕");
  box.append(close);
  const notices = byId("notices");
  notices.append(box);
  // Shown anew, so that it lies above an open dialog.
  if (notices.matches(":popover-open")) notices.hidePopover();
  notices.showPopover();
  setTimeout(() => box.remove(), 9000);
}
