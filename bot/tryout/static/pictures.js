// Pictures: uploads and remote ones, a placeholder for what cannot be fetched, and the large view.

import { byId, h, safeAddress } from "./dom.js";

export function gallery(items) {
  const columns = items.length === 1 ? 1 : items.length === 2 || items.length === 4 ? 2 : 3;
  return h("div", { class: `gallery of-${columns}` }, items.map((item) => picture(item.address, item)));
}

export function picture(address, { alt = "", spoiler = false, className = "picture" } = {}) {
  const safe = safeAddress(address);
  if (!safe) return missing("This picture has no usable address.");
  const image = h("img", { src: safe, alt: alt || "Picture", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
  const button = h("button", { type: "button", class: className, "aria-label": `Enlarge: ${alt || "picture"}` }, image);
  if (spoiler) {
    button.classList.add("veiled");
    button.setAttribute("aria-label", "Spoiler, press to show the picture");
  }
  button.addEventListener("click", () => {
    if (!button.classList.contains("veiled")) return enlarge(safe, alt);
    button.classList.remove("veiled");
    button.setAttribute("aria-label", `Enlarge: ${alt || "picture"}`);
  });
  image.addEventListener("error", () => {
    const host = safe.startsWith("/") ? "this page" : new URL(safe).host;
    button.replaceWith(missing(`The picture at ${host} could not be loaded.`));
  });
  return button;
}

function missing(text) {
  return h("div", { class: "missing", role: "img", "aria-label": text }, h("span", { "aria-hidden": "true" }, "🖼️"), h("span", {}, text));
}

function enlarge(address, alt) {
  const box = byId("lightbox");
  const close = h("button", { type: "button", class: "close", "aria-label": "Close" }, "✕");
  box.replaceChildren(
    h("img", { src: address, alt: alt || "Picture", referrerpolicy: "no-referrer" }),
    ...(alt ? [h("p", {}, alt)] : []),
    close,
  );
  box.onclick = () => box.close();
  box.showModal();
}
