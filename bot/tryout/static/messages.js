// The list of messages in a channel.

import { h } from "./dom.js";
import { component, emojiText, file } from "./components.js";
import { embed, grouped } from "./embeds.js";
import { markdown } from "./markdown.js";
import { gallery } from "./pictures.js";

const THREAD_CREATED = 18;
const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const COMPONENTS_V2 = 1 << 15;
const EMOJI = ["◀️", "▶️", "👍", "👎", "❤️", "😂", "🎉", "👀", "✅", "❌", "🔍", "🗑️"];
const PICTURE_NAME = /\.(png|jpe?g|gif|webp|avif)$/i;

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("en", { dateStyle: "long" });

// `app` offers: state, say, act(action, element), modal handling; `hidden` is the set of dismissed private answers.
export class MessageLog {
  constructor(scroller, root, newer, app) {
    this.scroller = scroller;
    this.root = root;
    this.newer = newer;
    this.atEnd = true;
    scroller.addEventListener("scroll", () => {
      this.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
      if (this.atEnd) newer.hidden = true;
    });
    newer.addEventListener("click", () => {
      this.toEnd();
      scroller.focus({ preventScroll: true });
    });
    // New messages, and pictures that have just got their size, keep the newest in view.
    const keep = new ResizeObserver(() => this.atEnd && this.toEnd());
    keep.observe(root);
    keep.observe(scroller);
    this.app = app;
    this.hidden = new Set();
    this.drawn = new Map();
    this.channel = "";
  }

  draw(state) {
    const seat = `${state.me} ${state.here}`;
    const fresh = seat !== this.channel;
    if (fresh) this.drawn.clear();
    this.channel = seat;
    const wanted = [welcome(state, this.app)];
    const me = state.people.find((one) => one.key === state.me)?.id;
    let previous = null;
    let mine = false;
    let others = false;
    for (const message of state.messages) {
      if (this.hidden.has(message.id)) continue;
      if (!fresh && !this.drawn.has(message.id)) {
        if (isPrivate(message) || message.author.id === me || message.interaction_metadata?.user?.id === me) mine = true;
        else others = true;
      }
      wanted.push(this.element(message, previous, state));
      previous = message;
    }
    const held = focusIn(this.root);
    replaceQuietly(this.root, wanted);
    held?.();
    // What somebody asked for themselves comes into view; what others say waits until they go there.
    if (fresh || mine || this.atEnd) this.toEnd();
    else if (others) this.newer.hidden = false;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.atEnd = true;
    this.newer.hidden = true;
  }

  element(message, previous, state) {
    const joined = Boolean(previous) && previous.type !== THREAD_CREATED && previous.author.id === message.author.id && !message.interaction_metadata && !isPrivate(previous)
      && Date.parse(message.timestamp) - Date.parse(previous.timestamp) < 420000;
    const key = JSON.stringify([message, joined, state.menus]);
    const known = this.drawn.get(message.id);
    if (known?.key === key) return known.element;
    const element = this.build(message, joined, state);
    this.drawn.set(message.id, { key, element });
    return element;
  }

  build(message, joined, state) {
    if (message.type === THREAD_CREATED) return threadLine(message);
    const body = h("div", { class: "body" });
    if (message.flags & LOADING) body.append(h("p", { class: "thinking" }, h("span", { class: "dots", "aria-hidden": "true" }), `${message.author.global_name} is thinking…`));
    else this.fill(body, message, state);
    const used = message.interaction_metadata;
    return h(
      "article",
      {
        class: `message${joined ? " joined" : ""}${isPrivate(message) ? " private" : ""}`,
        "aria-label": `${message.author.global_name}, ${clock.format(new Date(message.timestamp))}`, data: { id: message.id },
      },
      used?.name || used?.user ? usedLine(used) : null,
      joined ? h("div", { class: "gutter" }) : avatar(message.author),
      h("div", { class: "content" }, joined ? null : header(message), body, isPrivate(message) ? this.privateLine(message) : null),
      this.toolbar(message, state),
    );
  }

  fill(body, message, state) {
    const app = this.app;
    const context = {
      say: app.say, state,
      press: (customId, element) => app.act({ kind: "click", message: message.id, custom_id: customId }, element),
      pick: (customId, values, element) => app.act({ kind: "select", message: message.id, custom_id: customId, values }, element),
    };
    const layout = Boolean(message.flags & COMPONENTS_V2);
    if (message.content) body.append(h("div", { class: "text" }, ...markdown(message.content, app.say)));
    const embeds = message.embeds ?? [];
    body.append(...grouped(embeds).map((one) => embed(one, app.say)));
    if (!layout) body.append(...attachments(message, embeds));
    const components = (message.components ?? []).map((one) => component(one, context));
    if (components.length) body.append(h("div", { class: layout ? "layout" : "rows" }, components));
    if (message.reactions?.length) body.append(this.reactions(message));
  }

  reactions(message) {
    const chips = message.reactions.map((one) => {
      const emoji = emojiText(one.emoji);
      const count = one.count === 1 ? "1 reaction" : `${one.count} reactions`;
      return h(
        "button",
        {
          type: "button", class: "reaction", "aria-pressed": String(one.me), "aria-label": `${emoji}, ${count}`, data: { emoji },
          on: { click: () => this.react(message, emoji, !one.me) },
        },
        h("span", { class: "emoji" }, emoji), h("span", { class: "count" }, String(one.count)),
      );
    });
    return h("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, chips);
  }

  react(message, emoji, on) {
    return this.app.act({ kind: "react", message: message.id, emoji, on });
  }

  toolbar(message, state) {
    if (message.flags & LOADING) return null;
    const picker = h(
      "details",
      { class: "tool" },
      h("summary", { "aria-label": "Add a reaction", title: "Add a reaction" }, "☺"),
      h("div", { class: "emoji-list", role: "group", "aria-label": "Reactions to add" },
        EMOJI.map((emoji) => h("button", { type: "button", class: "emoji", "aria-label": `React with ${emoji}`, on: { click: () => {
          picker.open = false;
          this.react(message, emoji, true);
        } } }, emoji))),
    );
    const menu = h(
      "details",
      { class: "tool" },
      h("summary", { "aria-label": "Apps", title: "Apps" }, "⋯"),
      h("div", { class: "menu-list", role: "group", "aria-label": "Apps for this message" },
        state.menus.map((one) => h("button", { type: "button", on: { click: () => {
          menu.open = false;
          this.app.act({ kind: "menu", message: message.id, name: one.name });
        } } }, one.label))),
    );
    return h("div", { class: "toolbar" }, isPrivate(message) ? null : picker, state.menus.length ? menu : null);
  }

  privateLine(message) {
    const dismiss = h("button", { type: "button", class: "text-button", on: { click: () => {
      this.hidden.add(message.id);
      this.draw(this.app.state);
    } } }, "Dismiss message");
    return h("p", { class: "only-you" }, h("span", { "aria-hidden": "true" }, "👁 "), "Only you can see this • ", dismiss);
  }
}

const isPrivate = (message) => Boolean(message.flags & EPHEMERAL);

// Takes over only what differs, so that open menus, focus and loaded pictures stay.
function replaceQuietly(root, wanted) {
  const keep = new Set(wanted);
  for (const child of [...root.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((element, at) => {
    if (root.children[at] !== element) root.insertBefore(element, root.children[at] ?? null);
  });
}

const CONTROLS = "button, select, summary, a[href]";

// Returns how to give a message's control the focus again after the message was drawn anew: the one of the same name,
// else the one in its place; if that is disabled, the one before it.
function focusIn(root) {
  const control = document.activeElement;
  const message = control?.closest?.(".message");
  if (!message || !root.contains(message)) return null;
  const name = control.getAttribute("aria-label");
  const at = [...message.querySelectorAll(CONTROLS)].indexOf(control);
  return () => {
    if (document.activeElement !== document.body) return;
    const controls = [...(root.querySelector(`[data-id="${message.dataset.id}"]`)?.querySelectorAll(CONTROLS) ?? [])];
    const same = (name && controls.find((one) => one.getAttribute("aria-label") === name)) || controls[at];
    const before = controls.slice(0, controls.indexOf(same)).reverse();
    const free = same?.disabled ? [...before, ...controls].find((one) => !one.disabled) : same;
    free?.focus({ preventScroll: true });
  };
}

let greeting = { key: "", element: null };

function welcome(state, app) {
  const key = JSON.stringify([state.me, state.here, state.commands.map((one) => one.label)]);
  if (greeting.key === key) return greeting.element;
  const channel = state.channels.find((one) => one.id === state.here);
  const title = channel.kind === "dm" ? "Your direct messages with Magpie" : `Welcome to ${channel.kind === "thread" ? "" : "#"}${channel.name}`;
  const needy = (one) => (one.options.some((option) => option.required) ? 0 : 1); // what asks for words is what people came for
  const buttons = state.commands.toSorted((a, b) => needy(a) - needy(b)).map((one) =>
    h("button", { type: "button", class: "suggestion", title: one.description, on: { click: () => app.start(one.name) } }, `/${one.label}`),
  );
  greeting = {
    key,
    element: h("section", { class: "welcome", "aria-label": "About this channel" },
      h("h2", {}, title), h("p", {}, "The bot is the real one; only Discord is played by this page. Type / for its commands, or start with one of these:"),
      h("div", { class: "suggestions" }, buttons)),
  };
  return greeting.element;
}

export function avatar(author) {
  if (author.bot) return h("img", { class: "avatar", src: "/static/magpie.svg", alt: "", width: "40", height: "40" });
  return h("div", { class: `avatar letter of-${author.username}`, "aria-hidden": "true" }, (author.global_name ?? author.username).slice(0, 1));
}

function header(message) {
  const date = new Date(message.timestamp);
  return h("div", { class: "header" },
    h("span", { class: `name${message.author.bot ? " bot" : ""}` }, message.author.global_name ?? message.author.username),
    message.author.bot ? h("span", { class: "badge" }, "APP") : null,
    h("time", { datetime: message.timestamp, title: day.format(date) }, clock.format(date)),
    message.edited_timestamp ? h("span", { class: "edited" }, "(edited)") : null);
}

function threadLine(message) {
  return h("p", { class: "system" }, h("span", { "aria-hidden": "true" }, "↳ "), h("strong", {}, message.author.global_name), " started a thread: ", h("strong", {}, message.content));
}

function usedLine(used) {
  const name = used.user.global_name ?? used.user.username;
  const what = used.name ? h("span", { class: "command" }, `${used.command_type === 3 ? "" : "/"}${used.name}`) : "a control";
  return h("div", { class: "used" }, h("strong", {}, name), " used ", what);
}

// Uploads that an embed or a component already shows are not shown twice.
function attachments(message, embeds) {
  const shown = new Set(embeds.flatMap((one) => [one.image?.url, one.thumbnail?.url]));
  const rest = (message.attachments ?? []).filter((one) => !shown.has(one.url));
  const pictures = rest.filter((one) => PICTURE_NAME.test(one.filename));
  const others = rest.filter((one) => !PICTURE_NAME.test(one.filename));
  const out = others.map(file);
  if (pictures.length) out.unshift(gallery(pictures.map((one) => ({ address: one.url, alt: one.description || one.filename }))));
  return out;
}
