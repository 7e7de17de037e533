// A form that the bot opens.

import { byId, h } from "./dom.js";
import { selectOptions } from "./components.js";
import { markdown } from "./markdown.js";
import { upload } from "./uploads.js";

// Shows it; `send(values, uploads)` answers something when the form may close, null when it was refused.
export function openModal(modal, app, send) {
  const dialog = byId("modal");
  const fields = [];
  const parts = modal.components.map((part) => row(part, fields, app));
  const cancel = h("button", { type: "button", class: "button secondary", on: { click: () => dialog.close() } }, "Cancel");
  const submit = h("button", { type: "submit", class: "button primary" }, "Submit");
  const form = h("form", { autocomplete: "off" }, h("h2", { id: "modal-title" }, modal.title), parts, h("div", { class: "modal-foot" }, cancel, submit));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = {};
    const uploads = {};
    for (const field of fields) {
      if (field.files) uploads[`field:${field.id}`] = field.files();
      else if (field.value() !== null) values[field.id] = field.value();
    }
    submit.disabled = true;
    const done = await send(values, uploads);
    submit.disabled = false;
    if (done && form.isConnected) dialog.close();
  });
  dialog.replaceChildren(form);
  dialog.showModal();
  form.querySelector("input, textarea, select")?.focus();
}

function row(part, fields, app) {
  if (part.type === 10) return h("div", { class: "text-display" }, ...markdown(part.content, app.say));
  if (part.type === 1) return part.components.map((one) => labelled(one.label ?? "", "", one, fields, app));
  if (part.type === 18) return labelled(part.label, part.description ?? "", part.component, fields, app);
  return labelled("", "", part, fields, app);
}

function labelled(label, note, data, fields, app) {
  const control = (CONTROLS[data.type] ?? text)(data, label, app);
  fields.push({ id: data.custom_id, ...control });
  const needed = data.required ?? ![21, 22, 23].includes(data.type);
  return h(control.group ? "fieldset" : "label", { class: "modal-field" },
    h(control.group ? "legend" : "span", { class: "modal-label" }, label, needed ? h("span", { class: "needed", title: "Required" }, " *") : null),
    note ? h("span", { class: "modal-note" }, note) : null, control.element);
}

function text(data) {
  const long = data.style === 2;
  const box = h(long ? "textarea" : "input", {
    type: long ? undefined : "text", rows: long ? "4" : undefined, required: data.required !== false, maxlength: data.max_length ?? 4000,
    minlength: data.min_length, placeholder: data.placeholder, data: { field: data.custom_id },
  });
  box.value = data.value ?? "";
  return { element: box, value: () => box.value };
}

function select(data, _label, app) {
  const options = selectOptions(data, app.state);
  if ((data.max_values ?? 1) > 1) return CONTROLS[22]({ ...data, options });
  const box = h("select", { required: data.required !== false, data: { field: data.custom_id } },
    h("option", { value: "" }, data.placeholder ?? "Choose…"),
    options.map((one) => h("option", { value: one.value, selected: Boolean(one.default) }, one.label)));
  return { element: box, value: () => [...box.selectedOptions].map((one) => one.value).filter(Boolean) };
}

function files(data, label) {
  const picker = upload(`Choose files for ${label}`, data.max_values ?? 1, { field: data.custom_id });
  return { element: picker.element, files: picker.files, value: () => null, group: true };
}

function choices(kind, pick) {
  return (data) => {
    const boxes = data.options.map((one) => h("input", { type: kind, name: data.custom_id, value: one.value, checked: Boolean(one.default) }));
    const element = h("div", { class: "choices" }, boxes.map((box, at) => h("label", {}, box, data.options[at].label)));
    return { element, group: true, value: () => pick(boxes.filter((box) => box.checked).map((box) => box.value)) };
  };
}

function checkbox(data) {
  const box = h("input", { type: "checkbox", checked: Boolean(data.default), data: { field: data.custom_id } });
  return { element: box, value: () => box.checked };
}

const CONTROLS = {
  3: select, 4: text, 5: select, 6: select, 7: select, 8: select, 19: files,
  21: choices("radio", (values) => values[0] ?? null), 22: choices("checkbox", (values) => values), 23: checkbox,
};
