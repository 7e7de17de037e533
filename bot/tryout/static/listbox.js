// Suggestions under a text field: a listbox that the field's keys move through (WAI-ARIA combobox pattern).

import { h } from "./dom.js";

let count = 0;

export class Listbox {
  // `field` is the input, `host` the element that the list is put into, `choose(item)` takes the pick.
  constructor(field, host, label, choose) {
    this.field = field;
    this.choose = choose;
    this.items = [];
    this.at = -1;
    this.root = h("ul", { class: "listbox", role: "listbox", id: `listbox-${(count += 1)}`, "aria-label": label, hidden: true });
    host.append(this.root);
    const described = { role: "combobox", "aria-controls": this.root.id, "aria-expanded": "false", "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(described)) field.setAttribute(name, value);
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close()); // a press on a row leaves the field its focus
  }

  get open() {
    return !this.root.hidden;
  }

  // `items` are {label, note, hint}; the first is picked out at once when `ready`.
  show(items, ready = true) {
    this.items = items;
    this.root.hidden = items.length === 0;
    this.root.replaceChildren(...items.map((item, at) => this.row(item, at)));
    this.field.setAttribute("aria-expanded", String(this.open));
    this.move(ready && items.length ? 0 : -1);
  }

  close() {
    this.show([]);
  }

  row(item, at) {
    const row = h("li", { role: "option", id: `${this.root.id}-${at}`, "aria-selected": "false" },
      h("span", { class: "item-label" }, item.label), item.hint ? h("span", { class: "item-hint" }, item.hint) : null,
      item.note ? h("span", { class: "item-note" }, item.note) : null);
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => this.pick(at));
    return row;
  }

  move(at) {
    this.root.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const row = this.root.children[at];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  pick(at) {
    const item = this.items[at];
    this.close();
    this.choose(item);
  }

  key(event) {
    if (!this.open || event.isComposing) return;
    const last = this.items.length - 1;
    if (event.key === "ArrowDown") this.move(this.at >= last ? 0 : this.at + 1);
    else if (event.key === "ArrowUp") this.move(this.at <= 0 ? last : this.at - 1);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" || event.key === "Tab") && this.at >= 0) this.pick(this.at);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
