// The home screen of a phone, and the messenger's list of chats.

import { plain } from "./bubble.js";
import { avatar, botAvatar, button, h, icon, setBadge } from "./dom.js";
import { friendsOf, threadOf } from "./friends.js";
import { dayKey, dayOf, longDayOf, now, timeOf, world } from "./world.js";

export function messenger(channel) {
  return channel === "whatsapp"
    ? { name: "WhatsApp", icon: "message", tone: "whatsapp" }
    : { name: "Telegram", icon: "plane", tone: "telegram" };
}

export class Home {
  constructor(phone) {
    const chat = messenger(phone.facts.channel);
    this.time = h("time", {}, "");
    this.day = h("span", {}, "");
    this.badges = {};
    const app = (key, { name, icon: picture, tone }, counted) => {
      const badge = h("span", { class: "badge", hidden: true });
      if (counted) this.badges[counted] = badge;
      return button(
        name,
        { class: "app", onclick: () => phone.open(key) },
        h("span", { class: `app-icon tone-${tone}` }, icon(picture), badge),
        h("span", {}, name),
      );
    };
    this.el = h(
      "section",
      { class: "screen home", "aria-label": "Home screen" },
      h("div", { class: "home-clock" }, this.time, this.day),
      h(
        "div",
        { class: "dock" },
        app("chats", chat, "chats"),
        app("texts", { name: "Messages", icon: "message", tone: "texts" }, "texts"),
        app("browser", { name: "Browser", icon: "globe", tone: "browser" }),
        app("paybill", { name: "M-PESA", icon: "money", tone: "mpesa" }),
      ),
    );
  }

  update() {
    this.tick();
  }

  tick() {
    this.time.textContent = timeOf(now());
    this.day.textContent = longDayOf(now());
  }

  showCounts(counts) {
    for (const [name, badge] of Object.entries(this.badges)) setBadge(badge, counts[name]);
  }
}

export class ChatList {
  constructor(phone) {
    this.phone = phone;
    this.rows = h("div", { class: "rows" });
    this.el = h(
      "section",
      { class: "screen chats", "aria-label": "Chats" },
      h(
        "header",
        { class: "app-head" },
        button("Home screen", { class: "tool", onclick: () => phone.goHome() }, icon("back")),
        h("div", { class: "who" }, h("b", {}, messenger(phone.facts.channel).name)),
      ),
      this.rows,
    );
  }

  update() {
    const bot = world.state.bot.name;
    const last = this.phone.facts.messages.at(-1);
    const words = last && (plain(last.html ?? "") || last.document?.name || "Photo");
    const friends = friendsOf(this.phone.id).map((id) => {
      const newest = threadOf(this.phone.id, id).at(-1);
      return this.row(`friend:${id}`, world.phones.get(id).facts.name, newest.text, newest.at, id);
    });
    this.rows.replaceChildren(...friends, this.row("bot", bot, words || "Tap to begin", last?.at));
    this.showCounts(this.phone.unread());
  }

  row(key, name, words, at, friend = "") {
    const badge = h("span", { class: "badge", "data-friend": friend, hidden: true });
    const when = at && (dayKey(at) === dayKey(now()) ? timeOf(at) : dayOf(at));
    return h(
      "button",
      { type: "button", class: "chat-row", onclick: () => this.phone.open(key) },
      friend ? avatar(name, "medium") : botAvatar("medium"),
      h(
        "span",
        { class: "chat-words" },
        h("span", {}, h("b", {}, name), h("time", {}, when || "")),
        h("span", {}, h("small", {}, words), badge),
      ),
    );
  }

  showCounts(counts) {
    for (const badge of this.rows.querySelectorAll(".badge")) {
      setBadge(
        badge,
        badge.dataset.friend ? (counts.friends[badge.dataset.friend] ?? 0) : counts.bot,
      );
    }
  }

  shown() {
    this.update();
  }
}
