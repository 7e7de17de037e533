// Choosing files: a button with a hidden file input, small previews, and a way to take one back.

import { h } from "./dom.js";

export function upload(label, most, data = {}) {
  let chosen = [];
  const input = h("input", { type: "file", class: "visually-hidden", multiple: most > 1, "aria-label": label, data });
  const shown = h("span", { class: "upload-list" });
  const button = h("span", { class: "button secondary choose" }, "Choose a file or drop it here");
  const element = h("span", { class: "upload" }, h("label", { class: "upload-label" }, input, button), shown);
  const draw = () => {
    shown.replaceChildren(...chosen.map((file) => preview(file, () => {
      chosen = chosen.filter((one) => one !== file);
      draw();
    })));
    button.hidden = chosen.length >= most;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const take = (files) => {
    chosen = [...chosen, ...files].slice(-most);
    input.value = "";
    draw();
  };
  input.addEventListener("change", (event) => {
    event.stopPropagation();
    if (input.files.length) take([...input.files]);
  });
  return {
    element, take, focus: () => input.focus(), files: () => chosen,
    clear: () => {
      chosen = [];
      draw();
    },
  };
}

function preview(file, remove) {
  const close = h("button", { type: "button", class: "remove", "aria-label": `Remove ${file.name}`, on: { click: (event) => {
    event.preventDefault();
    remove();
  } } }, "✕");
  const card = h("span", { class: "preview" });
  if (file.type.startsWith("image/") && file.type !== "image/svg+xml") {
    const address = URL.createObjectURL(file);
    const image = h("img", { src: address, alt: "" });
    image.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
    card.append(image);
  } else card.append(h("span", { "aria-hidden": "true" }, "📄"));
  card.append(h("span", { class: "preview-name" }, file.name), close);
  return card;
}
