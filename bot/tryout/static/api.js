// Talks to the try-out's own server: one stream of what is seen, one place to act.

import { notice } from "./dom.js";

export class Connection {
  constructor(onPortrait) {
    this.onPortrait = onPortrait;
    this.seat = { as: "", in: "" };
    this.stream = null;
  }

  sit(as, channel) {
    this.seat = { as, in: channel };
    this.stream?.close();
    this.stream = new EventSource(`/api/events?${new URLSearchParams(this.seat)}`);
    this.stream.onmessage = (event) => this.onPortrait(JSON.parse(event.data));
    this.stream.onopen = () => document.body.classList.remove("offline");
    this.stream.onerror = () => document.body.classList.add("offline");
  }

  // Does one action; answers what the server says, or null after showing why it could not be done.
  async act(action, uploads = {}) {
    const form = new FormData();
    form.append("action", JSON.stringify({ ...this.seat, action }));
    for (const [field, files] of Object.entries(uploads)) for (const file of files) form.append(field, file, file.name);
    try {
      const response = await fetch("/api/act", { method: "POST", body: form });
      const answer = await response.json().catch(() => ({ error: `The page's server answered ${response.status}.` }));
      if (response.ok) return answer;
      notice(answer.error);
    } catch {
      notice("The try-out is not running any more.");
    }
    return null;
  }
}
