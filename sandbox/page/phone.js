// One phone: its frame, which app is open, what is unread, and what slides in over it.

import { plain } from "./bubble.js";
import { Browser } from "./browser.js";
import { BotChat, FriendChat } from "./chat.js";
import { avatar, button, glide, h, icon, setBadge } from "./dom.js";
import { friendsOf, threadOf } from "./friends.js";
import { ChatList, Home, messenger } from "./home.js";
import { Texts } from "./texts.js";
import { Paybill } from "./paybill.js";
import { Prompt } from "./stk.js";
import { grouped, memory, now, spacedNumber, timeOf, world } from "./world.js";

const BANNER_MS = 7000;
const SCREENS = {
  home: Home,
  chats: ChatList,
  bot: BotChat,
  texts: Texts,
  browser: Browser,
  paybill: Paybill,
};

export class Phone {
  constructor(facts) {
    this.id = facts.id;
    this.facts = facts;
    this.screens = new Map();
    this.trail = ["home"];
    this.seen = memory.get(`seen.${this.id}`, { bot: 0, text: "", friends: {} });
    this.build();
    this.prompt = new Prompt(this);
    this.glass.append(this.prompt.el);
  }

  build() {
    const { name, role, channel } = this.facts;
    this.time = h("time", {}, "");
    this.balance = h("b", {}, "");
    this.number = h("span", {}, "");
    this.place = h("div", { class: "screens" });
    this.overlays = h("div", { class: "overlays" });
    this.bannerPlace = h("div", { class: "banner-place", "aria-live": "polite" });
    const marks = h(
      "span",
      { class: "marks", "aria-hidden": "true" },
      h("i", { class: "signal" }),
      h("b", {}, "4G"),
      h("i", { class: "battery" }),
    );
    this.glass = h(
      "div",
      { class: "glass" },
      this.place,
      h("div", { class: "status" }, this.time, h("i", { class: "camera" }), marks),
      this.overlays,
      this.bannerPlace,
      button("Home screen", { class: "pill", onclick: () => this.goHome() }, h("i")),
    );
    this.frame = h(
      "div",
      { class: `phone channel-${channel} role-${role}`, "data-screen": "home" },
      this.glass,
    );
    this.el = h(
      "article",
      { class: "slot", id: `phone-${this.id}`, "aria-label": `${name}'s phone` },
      h(
        "header",
        { class: "caption" },
        avatar(name),
        h(
          "div",
          {},
          h("h2", {}, name, h("span", { class: `role role-${role}` }, role)),
          this.number,
        ),
        h(
          "div",
          { class: "balance", title: "What is in this M-PESA account" },
          h("small", {}, "M-PESA"),
          this.balance,
        ),
      ),
      this.frame,
    );
    this.tabBadge = h("span", { class: "badge", hidden: true });
    this.tab = h(
      "button",
      {
        type: "button",
        onclick: () =>
          this.el.scrollIntoView({ behavior: glide(), inline: "center", block: "nearest" }),
      },
      avatar(name),
      h("span", {}, name),
      this.tabBadge,
    );
    this.el.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.target.matches("textarea, input")) this.back();
    });
  }

  screen(key) {
    if (!this.screens.has(key)) {
      const [name, friend] = key.split(":");
      const made = friend
        ? new FriendChat(this, world.phones.get(friend))
        : new SCREENS[name](this);
      made.el.hidden = true;
      this.screens.set(key, made);
      this.place.append(made.el);
      made.update(this.facts);
    }
    return this.screens.get(key);
  }

  get current() {
    return this.trail.at(-1);
  }

  open(key, detail) {
    if (this.current !== key) {
      if (key === "bot" || key.startsWith("friend:")) this.trail = ["home", "chats"];
      this.trail.push(key);
    }
    this.reveal(detail);
  }

  back() {
    if (this.screens.get(this.current)?.back?.()) return;
    if (this.trail.length > 1) this.trail.pop();
    this.reveal();
  }

  goHome() {
    this.trail = ["home"];
    this.reveal();
  }

  reveal(detail) {
    const target = this.screen(this.current);
    for (const { el } of this.screens.values()) el.hidden = el !== target.el;
    this.overlays.replaceChildren();
    this.bannerPlace.replaceChildren();
    this.frame.dataset.screen = this.current.split(":")[0];
    target.shown?.(detail);
    this.read();
  }

  update(facts) {
    const before = this.facts;
    const first = !this.ready;
    this.ready = true;
    this.facts = facts;
    this.number.textContent = spacedNumber(facts.number);
    this.balance.textContent = `KSh ${grouped(facts.balance)}`;
    if (first) this.begin();
    for (const screen of this.screens.values()) screen.update(facts);
    this.prompt.update(facts.stk);
    this.read();
    if (first) {
      this.toasted = JSON.stringify(facts.toast);
      return;
    }
    this.announceBot(before, facts);
    this.announceText(before, facts);
    this.answer(facts.toast);
  }

  // The answer to a tap stays in the state until the next tap; it is shown once.
  answer(toast) {
    const said = JSON.stringify(toast);
    if (toast?.text && said !== this.toasted) this.screen("bot").showToast(toast);
    this.toasted = said;
  }

  // A merchant lives in the chat; a customer has never heard of us and sees the home screen.
  begin() {
    if (this.facts.role === "merchant") this.trail = ["home", "chats", "bot"];
    this.reveal();
  }

  announceBot(before, facts) {
    const known = before.messages.at(-1)?.id ?? 0;
    const fresh = facts.messages.filter((message) => message.id > known && message.from === "bot");
    if (!fresh.length || this.current === "bot") return;
    const last = fresh.at(-1);
    const words = plain(last.html ?? "") || last.document?.name || "Photo";
    this.banner(messenger(facts.channel), world.state.bot.name, words, () => this.open("bot"));
  }

  announceText(before, facts) {
    const last = facts.sms?.at(-1);
    if (!last || JSON.stringify(last) === JSON.stringify(before.sms?.at(-1))) return;
    if (this.current === "texts") return;
    this.banner({ name: "Messages", icon: "message", tone: "texts" }, last.from, last.text, () =>
      this.open("texts", last.from),
    );
  }

  // A friend wrote; `words` is plain text.
  announceFriend(friend, words) {
    const key = `friend:${friend.id}`;
    this.screens.get(key)?.update(this.facts);
    this.screens.get("chats")?.update(this.facts);
    if (this.current !== key)
      this.banner(messenger(this.facts.channel), friend.facts.name, words, () => this.open(key));
    this.read();
  }

  banner(app, title, text, go) {
    const node = h(
      "button",
      {
        type: "button",
        class: "banner",
        onclick: () => {
          node.remove();
          go();
        },
      },
      h("span", { class: `app-icon tone-${app.tone}` }, icon(app.icon)),
      h(
        "span",
        { class: "banner-words" },
        h("small", {}, `${app.name} · now`),
        h("b", {}, title),
        h("span", {}, text),
      ),
    );
    this.bannerPlace.replaceChildren(node);
    setTimeout(() => node.remove(), BANNER_MS);
  }

  // Marks what the open screen shows as read and draws the counts of the rest.
  read() {
    const { messages, sms = [] } = this.facts;
    const screen = this.current;
    if (screen === "bot") this.seen.bot = messages.at(-1)?.id ?? 0;
    if (screen === "texts") this.seen.text = JSON.stringify(sms.at(-1) ?? "");
    if (screen.startsWith("friend:"))
      this.seen.friends[screen.slice(7)] = threadOf(this.id, screen.slice(7)).length;
    memory.set(`seen.${this.id}`, this.seen);
    const counts = this.unread();
    setBadge(this.tabBadge, counts.chats + counts.texts + Number(Boolean(this.facts.stk)));
    for (const name of ["home", "chats"]) this.screens.get(name)?.showCounts(counts);
  }

  unread() {
    const { messages, sms = [] } = this.facts;
    const newest = messages.at(-1)?.id ?? 0;
    const from = this.seen.bot > newest ? 0 : this.seen.bot;
    const bot = messages.filter((message) => message.id > from && message.from === "bot").length;
    const friends = Object.fromEntries(
      friendsOf(this.id).map((id) => {
        const theirs = threadOf(this.id, id);
        return [
          id,
          theirs.slice(this.seen.friends[id] ?? 0).filter((message) => message.from !== "me")
            .length,
        ];
      }),
    );
    const texts =
      sms.length - 1 - sms.findLastIndex((text) => JSON.stringify(text) === this.seen.text);
    const chats = bot + Object.values(friends).reduce((sum, count) => sum + count, 0);
    return { bot, friends, texts, chats };
  }

  tick() {
    const time = timeOf(now());
    if (this.time.textContent === time) return;
    this.time.textContent = time;
    this.screens.get("home")?.tick();
  }
}
