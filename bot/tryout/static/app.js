// Puts the page together: who sits here, where, and what is seen.

import { Connection } from "./api.js";
import { Composer } from "./composer.js";
import { byId, h, notice, serveSources } from "./dom.js";
import { writeTimesIn } from "./markdown.js";
import { MessageLog } from "./messages.js";
import { openModal } from "./modal.js";

const ICONS = { text: "#", thread: "↳", dm: "@" };
const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

const app = {
  state: null,

  say: {
    user: (id) => (id === app.state.bot.id ? app.state.bot.name : (app.state.people.find((one) => one.id === id)?.name ?? "unknown-user")),
    channel: (id) => app.state.channels.find((one) => one.id === id)?.name ?? "unknown",
    role: (id) => app.state.roles.find((one) => one.id === id)?.name ?? "unknown-role",
  },

  async act(action, element = null, uploads = {}) {
    element?.classList.add("busy");
    const answer = await connection.act(action, uploads);
    element?.classList.remove("busy");
    if (answer?.modal) {
      const modal = answer.modal;
      openModal(modal, app, (values, files) => app.act({ kind: "submit", modal: modal.key, values }, null, files));
    }
    return answer;
  },

  suggest: (name, option, value, options) => connection.act({ kind: "autocomplete", name, option, value, options }),
  start: (name) => composer.start(name),
  name: () => app.state.people.find((one) => one.key === app.state.me).name,
};

const connection = new Connection(show);
const log = new MessageLog(byId("log"), byId("messages"), byId("newer"), app);
const composer = new Composer(byId("composer"), app);

function sit(as, channel) {
  connection.sit(as, channel);
  byId("people").setAttribute("aria-busy", "true"); // until what this person sees is here
  location.replace(`#${new URLSearchParams({ as, in: channel })}`);
}

function show(state) {
  const moved = app.state?.me !== state.me || app.state?.here !== state.here;
  app.state = state;
  connection.seat = { as: state.me, in: state.here };
  byId("people").removeAttribute("aria-busy");
  const channel = state.channels.find((one) => one.id === state.here);
  byId("server-name").textContent = state.server;
  byId("channel-title").replaceChildren(
    h("span", { class: "icon", "aria-hidden": "true" }, ICONS[channel.kind]), channel.name, channel.ageRestricted ? h("span", { class: "adult", title: "Age-restricted" }, "18+") : "");
  byId("channel-topic").textContent = channel.topic;
  document.title = `${ICONS[channel.kind]}${channel.name} | Magpie: try it`;
  byId("age-row").hidden = !state.mayChangeAgeFlag;
  byId("age").checked = channel.ageRestricted;
  serveSources(state.sources);
  writeTimesIn(state.locale);
  drawPeople(state);
  drawExamples(state);
  drawChannels(state);
  drawLanguages(state);
  log.draw(state);
  if (moved) composer.plain();
  if (!document.body.dataset.ready) composer.input.focus({ preventScroll: true });
  document.body.dataset.ready = "true";
}

let drawn = {};

// Draws a part of the page only when its data changed, so that focus stays where it is.
function changed(part, data) {
  const key = JSON.stringify(data);
  if (drawn[part] === key) return false;
  drawn = { ...drawn, [part]: key };
  return true;
}

function drawPeople(state) {
  if (!changed("people", [state.me, state.people])) return;
  const fieldset = byId("people");
  const rows = state.people.map((one) => {
    const radio = h("input", { type: "radio", name: "person", value: one.key, checked: one.key === state.me });
    radio.addEventListener("change", () => sit(one.key, sameChannel()));
    return h("label", { class: "person" }, radio, h("span", { class: `avatar letter of-${one.key}`, "aria-hidden": "true" }, one.name[0]),
      h("span", {}, h("strong", {}, one.name), h("small", {}, one.note)));
  });
  fieldset.replaceChildren(h("legend", {}, "You are"), ...rows);
}

// The examples that this person may run in this channel; each runs with one press.
function drawExamples(state) {
  const usable = state.examples.filter((one) => state.commands.some((command) => command.name === one.command));
  if (!changed("examples", [usable, state.preparing, state.incomplete])) return;
  const row = byId("examples");
  row.hidden = usable.length === 0;
  const label = state.preparing
    ? "Magpie is drawing its pictures; the first answer comes in some seconds…"
    : state.incomplete ? "Try (other pictures are still being drawn):" : "Try:";
  const buttons = usable.map((one) => h("button", { type: "button", class: "suggestion", on: { click: (event) => runExample(one, event.currentTarget) } }, one.label));
  row.replaceChildren(h("span", { class: "examples-label", role: "status" }, label), ...(state.preparing ? [] : buttons));
}

async function runExample(example, button) {
  const uploads = {};
  if (example.picture) {
    const response = await fetch(example.picture);
    if (!response.ok) return notice("That picture is not there yet. Try again in a moment.");
    const name = example.picture.split("/").at(-1);
    uploads["option:image"] = [new File([await response.blob()], name)];
  }
  await app.act({ kind: "slash", name: example.command, options: example.options }, button, uploads);
}

// The same channel for the other person; direct messages are everybody's own, so from there to the first channel.
function sameChannel() {
  const here = app.state.channels.find((one) => one.id === connection.seat.in);
  return here?.kind === "dm" ? "" : connection.seat.in;
}

function drawChannels(state) {
  if (!changed("channels", [state.me, state.here, state.channels])) return;
  const entry = (one) => h(
    "button",
    { type: "button", class: `channel ${one.kind}`, "aria-current": one.id === state.here ? "page" : undefined, data: { channel: one.name },
      on: { click: () => { sit(connection.seat.as, one.id); closeSidebar(); } } },
    h("span", { class: "icon", "aria-hidden": "true" }, ICONS[one.kind]), h("span", { class: "channel-name" }, one.name),
    one.ageRestricted ? h("span", { class: "adult" }, h("span", { "aria-hidden": "true" }, "18+"), h("span", { class: "visually-hidden" }, " age-restricted")) : null,
  );
  const inServer = state.channels.filter((one) => ["text", "thread"].includes(one.kind));
  const direct = state.channels.filter((one) => one.kind === "dm");
  byId("channels").replaceChildren(h("h2", {}, "Pictures"), ...inServer.map(entry), h("h2", {}, "Direct messages"), ...direct.map(entry));
}

function drawLanguages(state) {
  if (!changed("languages", [state.locale, state.locales])) return;
  byId("language-row").hidden = state.locales.length < 2;
  byId("language").replaceChildren(...state.locales.map((code) =>
    h("option", { value: code, selected: code === state.locale }, languageNames.of(code) ?? code)));
}

function closeSidebar() {
  byId("sidebar").classList.remove("open");
  byId("open-sidebar").setAttribute("aria-expanded", "false");
}

byId("language").addEventListener("change", (event) => app.act({ kind: "language", locale: event.target.value }));
byId("age").addEventListener("change", (event) => app.act({ kind: "age", on: event.target.checked }));
byId("open-sidebar").addEventListener("click", (event) => {
  const open = byId("sidebar").classList.toggle("open");
  event.currentTarget.setAttribute("aria-expanded", String(open));
});
// On a narrow page it lies over the button that opened it.
addEventListener("click", (event) => {
  if (!event.target.closest("#sidebar, #open-sidebar")) closeSidebar();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSidebar();
});

const dropzone = byId("dropzone");
addEventListener("dragenter", (event) => {
  if (event.dataTransfer?.types.includes("Files")) dropzone.hidden = false;
});
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) dropzone.hidden = true;
});
addEventListener("drop", (event) => {
  event.preventDefault();
  dropzone.hidden = true;
  if (event.dataTransfer.files.length) composer.takeFiles([...event.dataTransfer.files]);
});
addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  composer.takeFiles(files);
});
addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.tool[open]")) if (!open.contains(event.target)) open.open = false;
});

const asked = new URLSearchParams(location.hash.slice(1));
connection.sit(asked.get("as") ?? "", asked.get("in") ?? "");
