// The chats of a phone: with the bot, with friends, and the list of them.

import { plain } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, botAvatar, button, h, icon, show } from "./dom.js";
import { tellFriend, threadOf } from "./friends.js";
import { copyText, openLink, share } from "./links.js";
import { openAlert, openChoices, openForm, toast } from "./sheet.js";
import { Thread } from "./thread.js";
import { attempt, world } from "./world.js";

const WAIT_SHOWN_MS = 300;
const LIST_FROM = 4;

// A bar with a way back, a face, a name and a line under it.
export function chatHead(phone, name, face, more) {
  const line = h("small", {}, "");
  const title = h("b", {}, name);
  const head = h(
    "header",
    { class: "app-head" },
    button("Back", { class: "tool", onclick: () => phone.back() }, icon("back")),
    face,
    h("div", { class: "who" }, title, line),
    more && button("More", { class: "tool", onclick: more }, icon("more")),
  );
  return { head, line, title };
}

// Taps inside messages: links, commands, spoilers.
function listenForTaps(phone, node, say) {
  const act = (event) => {
    const spoiler = event.target.closest(".spoiler");
    if (spoiler) spoiler.classList.add("shown");
    const link = event.target.closest("a");
    if (!link || link.dataset.file) return;
    event.preventDefault();
    if (link.dataset.command) say?.(link.dataset.command);
    else openLink(phone, link.href);
  };
  node.addEventListener("click", act);
  node.addEventListener(
    "keydown",
    (event) => event.key === "Enter" && event.target.matches(".spoiler") && act(event),
  );
  node.addEventListener("contextmenu", (event) => {
    const more = event.target.closest(".msg")?.querySelector(".more");
    if (!more || event.target.closest("a")) return;
    event.preventDefault();
    more.click();
  });
}

export class BotChat {
  constructor(phone) {
    this.phone = phone;
    this.base = `/sandbox/phones/${phone.id}`;
    const { head, line } = chatHead(phone, world.state.bot.name, botAvatar(), () => this.more());
    this.line = line;
    this.thread = new Thread(
      {
        press: (message, key, node) => this.press(message, key, node),
        more: (message, face) => this.messageMenu(message, face),
      },
      `Chat with ${world.state.bot.name}`,
    );
    this.composer = new Composer(
      {
        say: (text) => this.say(text),
        edit: (id, text) => attempt(`${this.base}/edit`, { message_id: id, text }),
        attach: () => this.attach(),
        mic: () => attempt(`${this.base}/voice`),
      },
      true,
    );
    this.welcome = h(
      "div",
      { class: "welcome", hidden: true },
      botAvatar("large"),
      h("h2", {}, world.state.bot.name),
      h(
        "p",
        {},
        "Writes your invoices, sends them, and collects the money by M-Pesa. All in this chat.",
      ),
    );
    this.thread.el.prepend(this.welcome);
    this.start = h("button", {
      type: "button",
      class: "big-button",
      hidden: true,
      onclick: () => this.begin(),
    });
    this.el = h(
      "section",
      { class: "screen chat", "aria-label": `Chat with ${world.state.bot.name}` },
      head,
      this.thread.el,
      this.composer.el,
      this.start,
    );
    listenForTaps(phone, this.thread.el, (command) => this.say(command));
  }

  say(text) {
    this.thread.follow();
    return attempt(`${this.base}/say`, { text });
  }

  begin() {
    return this.facts.blocked ? attempt(`${this.base}/block`, { on: false }) : this.say("/start");
  }

  update(facts) {
    this.facts = facts;
    const empty = facts.messages.length === 0 && facts.channel === "telegram";
    this.thread.update(facts.messages, facts.typing);
    this.line.textContent = facts.typing
      ? "typing…"
      : facts.blocked
        ? "blocked"
        : facts.channel === "whatsapp"
          ? "Business account"
          : "bot";
    this.line.classList.toggle("busy", facts.typing);
    this.composer.commands = facts.commands ?? [];
    if (this.composer.menuButton) show(this.composer.menuButton, this.composer.commands.length > 0);
    this.composer.setKeys(replyKeys(facts.messages), (key) => this.pressKey(key));
    show(this.welcome, empty && !facts.typing);
    show(this.start, facts.blocked || empty);
    show(this.composer.el, !facts.blocked && !empty);
    this.start.textContent = facts.blocked ? "Restart bot" : "Start";
    this.fold(facts);
  }

  // WhatsApp shows more than three choices as one button that opens a list.
  fold(facts) {
    if (facts.channel !== "whatsapp") return;
    for (const keys of this.thread.list.querySelectorAll(".keys:not(.folded)")) {
      const rows = [...keys.querySelectorAll(".key-data")];
      if (rows.length < LIST_FROM) continue;
      keys.classList.add("folded");
      keys.prepend(
        h(
          "div",
          { class: "keys-row opener" },
          h(
            "button",
            { type: "button", class: "key", onclick: () => this.openList(rows) },
            icon("list"),
            h("span", {}, "Choose"),
          ),
        ),
      );
    }
  }

  openList(rows) {
    openChoices(
      this.phone,
      "Choose",
      rows.map((row) => ({ label: row.textContent, act: () => row.click() })),
    );
  }

  async press(message, key, node) {
    if (key.url) return openLink(this.phone, key.url);
    if (key.copy !== undefined) return copyText(this.phone, key.copy);
    if (key.switch !== undefined) return share(this.phone, key.switch || plain(message.html ?? ""));
    node.classList.add("waiting");
    await attempt(`${this.base}/press`, { message_id: message.id, data: key.data });
    this.phone.toasted = "";
    setTimeout(() => node.classList.remove("waiting"), WAIT_SHOWN_MS);
    return undefined;
  }

  pressKey(key) {
    this.thread.follow();
    return attempt(
      key.contact ? `${this.base}/contact` : `${this.base}/say`,
      key.contact ? {} : { text: key.label },
    );
  }

  messageMenu(message, face) {
    const text = message.text ?? face.querySelector(".text")?.innerText ?? "";
    const choices = [
      { icon: "copy", label: "Copy", act: () => copyText(this.phone, text) },
      { icon: "forward", label: "Forward", act: () => share(this.phone, text) },
    ];
    if (message.from === "me" && text)
      choices.unshift({
        icon: "pencil",
        label: "Edit",
        act: () => this.composer.startEdit(message.id, text),
      });
    openChoices(this.phone, "Message", choices);
  }

  attach() {
    openChoices(this.phone, "Attach", [
      { icon: "photo", label: "Photo", act: () => attempt(`${this.base}/photo`) },
      { icon: "book", label: "Document", note: "PDF", act: () => attempt(`${this.base}/document`) },
      { icon: "voice", label: "Voice note", act: () => attempt(`${this.base}/voice`) },
      { icon: "smile", label: "Sticker", act: () => attempt(`${this.base}/sticker`) },
      {
        icon: "user",
        label: "My phone number",
        note: this.facts.number,
        act: () => attempt(`${this.base}/contact`),
      },
      { icon: "book", label: "Someone's contact", act: () => this.contact() },
    ]);
  }

  contact() {
    const send = (person) => attempt(`${this.base}/forward_contact`, person);
    const others = [...world.phones.values()]
      .filter((other) => other.id !== this.phone.id)
      .map(({ facts }) => ({
        name: facts.name,
        label: facts.name,
        note: facts.number,
        act: () => send({ name: facts.name, number: facts.number }),
      }));
    const fields = [
      { name: "name", label: "Name" },
      { name: "number", label: "Phone number", type: "tel", value: "+2547" },
    ];
    const another = {
      icon: "pencil",
      label: "Someone else…",
      act: () => openForm(this.phone, "Contact", fields, "Send contact", send),
    };
    openChoices(this.phone, "Send a contact", [...others, another]);
  }

  more() {
    const { blocked } = this.facts;
    openChoices(this.phone, world.state.bot.name, [
      {
        icon: "block",
        label: blocked ? "Unblock bot" : "Stop and block bot",
        act: () => attempt(`${this.base}/block`, { on: !blocked }),
      },
    ]);
  }

  showToast(answer) {
    if (answer.alert) openAlert(this.phone, world.state.bot.name, answer.text);
    else toast(this.phone, answer.text);
  }

  shown() {
    if (this.thread.pinned) this.thread.toEnd();
  }
}

// The keys that stand under the field now: null in a message leaves them, an empty list takes them away.
function replyKeys(messages) {
  return (
    messages.findLast((message) => Array.isArray(message.reply_keyboard))?.reply_keyboard ?? null
  );
}

export class FriendChat {
  constructor(phone, friend) {
    this.phone = phone;
    this.friend = friend;
    const { name } = friend.facts;
    const { head, line } = chatHead(phone, name, avatar(name));
    line.textContent = "last seen recently";
    this.thread = new Thread(
      {
        press: () => {},
        more: (message) =>
          openChoices(phone, "Message", [
            { icon: "copy", label: "Copy", act: () => copyText(phone, message.text) },
            { icon: "forward", label: "Forward", act: () => share(phone, message.text) },
          ]),
      },
      `Chat with ${name}`,
    );
    this.composer = new Composer(
      { say: (text) => tellFriend(phone.id, friend.id, text), edit: () => {} },
      false,
    );
    this.el = h(
      "section",
      { class: "screen chat", "aria-label": `Chat with ${name}` },
      head,
      this.thread.el,
      this.composer.el,
    );
    listenForTaps(phone, this.thread.el);
  }

  update() {
    this.thread.update(threadOf(this.phone.id, this.friend.id));
  }

  shown() {
    this.update();
    if (this.thread.pinned) this.thread.toEnd();
  }
}
