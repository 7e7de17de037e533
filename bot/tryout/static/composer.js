// The box at the bottom: a message with files, or a slash command with its options.

import { h, notice } from "./dom.js";
import { Listbox } from "./listbox.js";
import { ATTACHMENT, optionField } from "./options.js";
import { upload } from "./uploads.js";

const SHOWN = 12;

export class Composer {
  // `app` offers: state, act(action, element, uploads), suggest(name, option, value, options).
  constructor(form, app) {
    this.form = form;
    this.app = app;
    this.command = null;
    this.fields = new Map();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    form.addEventListener("keydown", (event) => this.key(event));
    this.plain();
  }

  // ---- a plain message

  plain() {
    this.command = null;
    this.fields.clear();
    this.input = h("textarea", { id: "composer-text", rows: "1", maxlength: "2000", "aria-label": "Message, or / for commands" });
    this.files = upload("Attach files", 10, { composer: "files" });
    this.files.element.classList.add("plus");
    const send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, "➤");
    this.form.className = "composer";
    this.form.replaceChildren(this.files.element, this.input, send);
    this.list = new Listbox(this.input, this.form, "Commands", (item) => this.pick(item.name));
    this.input.addEventListener("input", () => this.typed());
    this.name();
  }

  name() {
    const channel = this.app.state?.channels.find((one) => one.id === this.app.state.here);
    if (!this.command && channel) this.input.placeholder = `Message ${channel.kind === "dm" ? "@" : "#"}${channel.name}, or type / for commands`;
  }

  typed() {
    const text = this.input.value;
    this.input.style.setProperty("block-size", "auto");
    this.input.style.setProperty("block-size", `${Math.min(this.input.scrollHeight, 200)}px`);
    if (!text.startsWith("/")) return this.list.close();
    const commands = this.app.state.commands;
    const exact = longestStart(text.slice(1), commands);
    if (exact) return this.start(exact.command.name, exact.rest);
    const typed = text.slice(1).toLowerCase();
    const rank = (one) => (one.label.toLowerCase().startsWith(typed) || one.name.startsWith(typed) ? 0 : 1);
    const found = commands.filter((one) => rank(one) === 0 || one.label.toLowerCase().includes(typed)).sort((a, b) => rank(a) - rank(b));
    this.list.show(found.slice(0, SHOWN).map((one) => ({
      label: `/${one.label}`, note: one.description, name: one.name,
      hint: one.options.filter((option) => option.required).map((option) => option.label).join(" "),
    })));
  }

  // ---- a command

  // A command that was typed whole and needs nothing more runs at once; of any other its options are asked.
  pick(name) {
    const typed = this.input.value.slice(1).trim().toLowerCase();
    this.start(name);
    if ([this.command.name, this.command.label.toLowerCase()].includes(typed) && ![...this.fields.values()].some((field) => field.missing()) && !this.fields.size) this.run();
  }

  start(name, rest = "") {
    const command = this.app.state.commands.find((one) => one.name === name);
    if (!command) return;
    const kept = this.files?.files() ?? [];
    this.command = command;
    this.fields.clear();
    this.more = h("div", { class: "more", role: "group", "aria-label": "More options" });
    this.tail = h("input", { type: "text", class: "tail", "aria-label": "More options by name", placeholder: "option:value" });
    this.tail.addEventListener("input", () => this.named());
    this.chips = h("div", { class: "chips" }, this.tail);
    const leave = h("button", { type: "button", class: "remove", "aria-label": "Leave this command", on: { click: () => this.leave() } }, "✕");
    const head = h("div", { class: "command-line" }, h("span", { class: "command-name" }, `/${command.label}`), this.chips,
      h("button", { type: "submit", class: "send", "aria-label": "Send command" }, "➤"), leave);
    this.form.className = "composer commanding";
    this.form.replaceChildren(h("p", { class: "command-note" }, command.description), head, this.more);
    command.options.filter((one) => one.required || one.type === ATTACHMENT).forEach((one) => this.add(one));
    this.drawMore();
    this.fill(rest);
    if (kept.length) this.takeFiles(kept);
    const first = [...this.fields.values()].find((field) => field.missing()) ?? [...this.fields.values()].at(-1);
    if (first) first.focus();
    else this.tail.focus();
  }

  leave() {
    this.plain();
    this.input.focus();
  }

  add(option) {
    const known = this.fields.get(option.name);
    if (known) return known;
    const command = this.command;
    const field = optionField(option, {
      state: this.app.state,
      typed: (one, from, text) => this.crossed(one, from, text),
      suggest: (name, value) => this.command === command ? this.app.suggest(command.name, name, value, this.values()) : null,
    });
    this.fields.set(option.name, field);
    this.tail.before(field.element);
    this.drawMore();
    return field;
  }

  drawMore() {
    const rest = this.command.options.filter((one) => !this.fields.has(one.name));
    this.more.replaceChildren(...rest.map((one) =>
      h("button", { type: "button", class: "suggestion", title: one.description, on: { click: () => this.add(one).focus() } }, `+ ${one.label}`)));
  }

  // "colour:Red" typed behind the fields: goes to its own field.
  named() {
    const { rest } = splitOptions(this.tail.value, this.command.options);
    if (!rest.length) return;
    this.tail.value = "";
    for (const [option, value] of rest) this.add(option).set(value.trim());
    this.fields.get(rest.at(-1)[0].name).focus();
  }

  // "red flowers colour:Red" typed or pasted: each NAME: goes to its own field.
  fill(text) {
    const { start, rest } = splitOptions(text, this.command.options);
    const lead = this.command.options.find((one) => one.type !== ATTACHMENT);
    if (start.trim() && lead) this.add(lead).set(start.trim());
    for (const [option, value] of rest) this.add(option).set(value.trim());
  }

  // True when what was typed in one field named another one, which then has the focus.
  crossed(option, field, text) {
    const { start, rest } = splitOptions(text, this.command.options);
    if (!rest.length) return false;
    field.set(start.trim());
    for (const [other, value] of rest) this.add(other).set(value.trim());
    this.fields.get(rest.at(-1)[0].name).focus();
    return true;
  }

  values() {
    return Object.fromEntries([...this.fields].map(([name, field]) => [name, field.value()]).filter(([, value]) => value !== ""));
  }

  // Files that were dropped or pasted: to the command's attachment option, else to the message.
  takeFiles(files) {
    if (!this.command) return this.files.take(files);
    const options = this.command.options.filter((one) => one.type === ATTACHMENT);
    const option = options.find((one) => !this.fields.get(one.name)?.files().length) ?? options[0];
    if (!option) return notice(`/${this.command.label} takes no file.`);
    this.add(option).take(files.slice(0, 1));
  }

  key(event) {
    if (event.isComposing) return;
    const target = event.target;
    const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (this.command && letter && !target.matches("textarea, select, input:not([type=file])")) this.tail.focus(); // a file chooser takes no words
    if (event.key === "Escape" && this.command) this.leave();
    else if (event.key === "Backspace" && this.command && target.matches("input[type=text]") && !target.value && this.fields.size <= 1) this.leave();
    else if (event.key === "Enter" && !event.shiftKey && target.matches("textarea, input[type=text], select")) {
      event.preventDefault();
      this.submit();
    }
  }

  async submit() {
    if (this.command) return this.run();
    const content = this.input.value;
    const files = this.files.files();
    if (!content.trim() && !files.length) return;
    if (/^\/\p{L}/u.test(content)) return this.sendCommand(content.trim());
    const answer = await this.app.act({ kind: "send", content }, null, { files });
    if (answer) this.leave();
  }

  // A command that was typed and sent without a choice in the list.
  sendCommand(line) {
    const typed = line.slice(1).toLowerCase();
    const names = this.app.state.commands.flatMap((one) => [one.name, one.label.toLowerCase()].map((word) => ({ word, name: one.name })));
    const whole = names.find(({ word }) => word === typed);
    if (whole) return this.pick(whole.name);
    if (names.some(({ word }) => word.startsWith(`${typed} `))) return notice(`“${line}” is the beginning of several commands: choose one in the list.`);
    notice(`${this.app.name()} has no command “${line}” here. Other roles may have: choose one at “You are”.`);
  }

  async run() {
    const loose = this.tail.value.trim();
    if (loose) {
      notice(`/${this.command.label} has no option “${loose}”.`);
      this.tail.focus();
      return;
    }
    const missing = [...this.fields].find(([, field]) => field.missing());
    if (missing) {
      notice(`Fill in “${missing[0]}” first.`);
      missing[1].focus();
      return;
    }
    const wrong = [...this.fields.values()].find((field) => field.wrong?.());
    if (wrong) {
      notice(wrong.wrong());
      wrong.focus();
      return;
    }
    const command = this.command;
    const uploads = Object.fromEntries([...this.fields].map(([name, field]) => [`option:${name}`, field.files()]).filter(([, files]) => files.length));
    const action = { kind: "slash", name: command.name, options: this.values() };
    this.form.setAttribute("aria-busy", "true");
    const answer = await this.app.act(action, null, uploads);
    this.form.removeAttribute("aria-busy");
    if (answer && this.command === command) this.leave();
  }
}

function longestStart(text, commands) {
  const found = commands
    .flatMap((command) => [...new Set([command.name, command.label])].map((word) => ({ command, word })))
    .filter(({ word }) => text.startsWith(`${word} `) || text === `${word} `)
    .sort((a, b) => b.word.length - a.word.length)[0];
  return found ? { command: found.command, rest: text.slice(found.word.length + 1) } : null;
}

export function splitOptions(text, options) {
  const byName = new Map(options.flatMap((one) => [[one.name.toLowerCase(), one], [one.label.toLowerCase(), one]]));
  const marks = [...text.matchAll(/(?:^|\s)([\p{L}\p{N}_-]{1,32}):/gu)].filter((mark) => byName.has(mark[1].toLowerCase()));
  const rest = marks.map((mark, at) => [byName.get(mark[1].toLowerCase()), text.slice(mark.index + mark[0].length, marks[at + 1]?.index)]);
  return { start: marks.length ? text.slice(0, marks[0].index) : text, rest };
}
