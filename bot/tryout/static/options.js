// The field of one option of a slash command.

import { h, notice } from "./dom.js";
import { Listbox } from "./listbox.js";
import { upload } from "./uploads.js";

const NUMBERS = [4, 10];
const ENTITIES = { 6: ["people"], 7: ["channels"], 8: ["roles"], 9: ["people", "roles"] };
export const ATTACHMENT = 11;

// Every field offers: element, focus(), value() (text, or "" when empty), files(), set(text), missing(); those with choices
// also wrong() (a sentence, or "").
export function optionField(option, context) {
  if (option.type === ATTACHMENT) return attachmentField(option, context);
  const choices = choicesOf(option, context.state);
  return choices ? choiceField(option, choices, context) : textField(option, context);
}

function choicesOf(option, state) {
  if (option.type === 5) return [{ label: "True", value: "true" }, { label: "False", value: "false" }];
  if (option.choices.length) return option.choices;
  const lists = ENTITIES[option.type];
  if (!lists) return null;
  return lists
    .flatMap((list) => state[list])
    .filter((one) => option.type !== 7 || (one.kind !== "dm" && (!option.channelTypes.length || option.channelTypes.includes(one.type))))
    .map((one) => ({ label: one.name, value: one.id }));
}

// The choice that was typed: its whole name, or the only one that begins so. Typed channels and people may keep their sign.
function choiceOf(choices, text) {
  const wanted = text.trim().replace(/^[#@]/, "").toLowerCase();
  const names = (one) => [String(one.value), one.label].map((name) => name.toLowerCase());
  const whole = choices.find((one) => names(one).includes(wanted));
  const begun = choices.filter((one) => wanted && names(one).some((name) => name.startsWith(wanted)));
  return whole ?? (begun.length === 1 ? begun[0] : undefined);
}

function frame(option, control) {
  return h("label", { class: "option", title: option.description }, h("span", { class: "option-name" }, option.label), control);
}

// A text field with a list, as Discord has it: what is typed narrows the list, and the next option can be typed behind it.
function choiceField(option, choices, context) {
  const { input, holder, fit } = entry(option, "Choose…");
  let chosen = null;
  const field = {
    element: frame(option, holder),
    focus: () => input.focus(),
    value: () => String((chosen ?? choiceOf(choices, input.value))?.value ?? ""),
    files: () => [],
    set: (text) => {
      chosen = null;
      input.value = choiceOf(choices, text)?.label ?? text;
      fit();
      if (input.value.trim() && !field.value()) notice(wrongChoice(option, input.value));
    },
    missing: () => option.required && !input.value.trim(),
    wrong: () => (input.value.trim() && !field.value() ? wrongChoice(option, input.value) : ""),
  };
  const list = new Listbox(input, holder, `Choices of ${option.label}`, (item) => {
    field.set(item.label);
    chosen = item;
  });
  const show = () => {
    const typed = input.value.trim().toLowerCase();
    const whole = choices.some((one) => [one.label, String(one.value)].some((name) => name.toLowerCase() === typed));
    list.show(whole ? [] : choices.filter((one) => one.label.toLowerCase().includes(typed)), typed !== "");
  };
  input.addEventListener("focus", show);
  input.addEventListener("input", () => {
    chosen = null;
    if (context.typed(option, field, input.value)) return;
    fit();
    show();
  });
  return field;
}

const wrongChoice = (option, text) => `${option.label} has no choice “${text.trim()}”: pick one from its list.`;

// The input of an option that is typed, as wide as what it holds.
function entry(option, hint) {
  const input = h("input", {
    type: "text", "aria-label": option.label, required: option.required, spellcheck: "false", data: { option: option.name },
    inputmode: NUMBERS.includes(option.type) && !option.choices.length ? "decimal" : undefined, maxlength: option.max_length, placeholder: hint,
  });
  const fit = () => input.style.setProperty("inline-size", `${Math.min(Math.max(input.value.length + 2, input.placeholder.length, 8), 60)}ch`);
  fit();
  return { input, holder: h("span", { class: "option-text" }, input), fit };
}

function textField(option, context) {
  const { input, holder, fit } = entry(option, placeholder(option));
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
