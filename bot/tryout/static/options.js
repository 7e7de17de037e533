// The field of one option of a slash command.

import { h } from "./dom.js";
import { Listbox } from "./listbox.js";
import { upload } from "./uploads.js";

const NUMBERS = [4, 10];
const ENTITIES = { 6: ["people"], 7: ["channels"], 8: ["roles"], 9: ["people", "roles"] };
export const ATTACHMENT = 11;

// Every field offers: element, focus(), value() (text, or "" when empty), files(), set(text), missing().
export function optionField(option, context) {
  if (option.type === ATTACHMENT) return attachmentField(option, context);
  const choices = choicesOf(option, context.portrait);
  return choices ? choiceField(option, choices) : textField(option, context);
}

function choicesOf(option, portrait) {
  if (option.type === 5) return [{ label: "True", value: "true" }, { label: "False", value: "false" }];
  if (option.choices.length) return option.choices;
  const lists = ENTITIES[option.type];
  if (!lists) return null;
  return lists
    .flatMap((list) => portrait[list])
    .filter((one) => option.type !== 7 || (one.kind !== "dm" && (!option.channelTypes.length || option.channelTypes.includes(one.type))))
    .map((one) => ({ label: one.name, value: one.id }));
}

function frame(option, control) {
  return h("label", { class: "option", title: option.description }, h("span", { class: "option-name" }, option.label), control);
}

function choiceField(option, choices) {
  const box = h("select", { "aria-label": option.label, required: option.required, data: { option: option.name } },
    h("option", { value: "" }, "Choose…"), choices.map((one) => h("option", { value: String(one.value) }, one.label)));
  return {
    element: frame(option, box),
    focus: () => box.focus(),
    value: () => box.value,
    files: () => [],
    set: (text) => {
      const wanted = text.trim().toLowerCase();
      const found = choices.find((one) => [String(one.value), one.label].some((name) => name.toLowerCase() === wanted));
      if (found) box.value = String(found.value);
    },
    missing: () => option.required && !box.value,
  };
}

function textField(option, context) {
  const input = h("input", {
    type: "text", "aria-label": option.label, required: option.required, spellcheck: "false", data: { option: option.name },
    inputmode: NUMBERS.includes(option.type) ? "decimal" : undefined, maxlength: option.max_length, placeholder: placeholder(option),
  });
  const holder = h("span", { class: "option-text" }, input);
  const fit = () => input.style.setProperty("inline-size", `${Math.min(Math.max(input.value.length + 2, input.placeholder.length, 8), 60)}ch`);
  fit();
  const field = {
    element: frame(option, holder),
    focus: () => input.focus(),
    value: () => input.value.trim(),
    files: () => [],
    set: (text) => {
      input.value = text;
      fit();
    },
    missing: () => option.required && !input.value.trim(),
  };
  const list = option.autocomplete ? new Listbox(input, holder, `Suggestions for ${option.label}`, (item) => field.set(String(item.value))) : null;
  let waiting = 0;
  input.addEventListener("input", () => {
    if (context.typed(option, field, input.value)) return;
    fit();
    clearTimeout(waiting);
    if (list) waiting = setTimeout(() => suggest(option, context, input, list), 180);
  });
  if (list) input.addEventListener("focus", () => suggest(option, context, input, list));
  return field;
}

function placeholder(option) {
  if (option.min_value !== undefined && option.max_value !== undefined) return `${option.min_value} to ${option.max_value}`;
  return NUMBERS.includes(option.type) ? "a number" : "";
}

async function suggest(option, context, input, list) {
  const typed = input.value;
  const answer = await context.suggest(option.name, typed);
  if (input.value !== typed || document.activeElement !== input) return;
  const choices = answer?.choices ?? [];
  list.show(choices.filter((one) => one.name !== typed).map((one) => ({ label: one.name, value: one.value })), false);
}

function attachmentField(option) {
  const picker = upload(`Choose a file for ${option.label}`, 1, { option: option.name });
  return {
    element: h("div", { class: "option attachment", role: "group", "aria-label": option.label, title: option.description },
      h("span", { class: "option-name" }, option.label), picker.element),
    focus: () => picker.focus(),
    value: () => "",
    files: () => picker.files(),
    set: () => {},
    take: (files) => picker.take(files),
    missing: () => option.required && !picker.files().length,
  };
}
