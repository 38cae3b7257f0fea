// The Messages app: SMS by sender, and the texts of one sender.

import { avatar, button, h, icon } from "./dom.js";
import { dayKey, dayOf, dayWord, now, timeOf } from "./world.js";

export class Texts {
  constructor(phone) {
    this.phone = phone;
    this.sender = null;
    this.title = h("b", {}, "Messages");
    this.body = h("div", { class: "texts-body", tabindex: "0", "aria-label": "Text messages" });
    this.el = h(
      "section",
      { class: "screen texts", "aria-label": "Messages" },
      h(
        "header",
        { class: "app-head" },
        button("Back", { class: "tool", onclick: () => phone.back() }, icon("back")),
        h("div", { class: "who" }, this.title),
      ),
      this.body,
    );
  }

  // From one sender's texts back to the list of senders.
  back() {
    if (!this.sender) return false;
    this.sender = null;
    this.draw();
    return true;
  }

  shown(sender = null) {
    this.sender = sender;
    this.draw();
  }

  update(facts) {
    const drawn = JSON.stringify(facts.sms ?? []);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.draw();
  }

  draw() {
    const all = this.phone.facts.sms ?? [];
    this.title.textContent = this.sender ?? "Messages";
    if (!all.length)
      this.body.replaceChildren(h("p", { class: "empty" }, icon("message"), "No messages yet"));
    else if (this.sender) this.drawOne(all.filter((text) => text.from === this.sender));
    else this.drawSenders(all);
  }

  drawOne(texts) {
    this.body.replaceChildren(
      ...texts
        .flatMap((text, place) => {
          const newDay = !place || dayKey(texts[place - 1].at) !== dayKey(text.at);
          return [
            newDay && h("p", { class: "texts-day" }, dayWord(text.at)),
            h("div", { class: "sms" }, h("p", {}, text.text), h("time", {}, timeOf(text.at))),
          ];
        })
        .filter(Boolean),
    );
    this.body.scrollTop = this.body.scrollHeight;
  }

  drawSenders(all) {
    const newest = new Map(all.map((text) => [text.from, text]));
    this.body.replaceChildren(
      ...[...newest.values()]
        .reverse()
        .map((text) =>
          h(
            "button",
            { type: "button", class: "chat-row", onclick: () => this.shown(text.from) },
            avatar(text.from, "medium"),
            h(
              "span",
              { class: "chat-words" },
              h(
                "span",
                {},
                h("b", {}, text.from),
                h("time", {}, dayKey(text.at) === dayKey(now()) ? timeOf(text.at) : dayOf(text.at)),
              ),
              h("span", {}, h("small", {}, text.text)),
            ),
          ),
        ),
    );
  }
}
