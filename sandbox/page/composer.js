// The bar at the bottom of a chat: text field, command menu, attachments, keys under the field.

import { button, h, icon, show } from "./dom.js";

export class Composer {
  // `does`: say(text), edit(id, text); and for the bot's chat attach() and mic().
  constructor(does, withMenu) {
    this.does = does;
    this.commands = [];
    this.editing = null;
    this.field = h("textarea", {
      rows: "1",
      placeholder: "Message",
      "aria-label": "Message",
      enterkeyhint: "send",
    });
    this.menuButton =
      withMenu &&
      button(
        "Commands",
        { class: "menu-button", "aria-expanded": "false", onclick: () => this.toggleMenu() },
        icon("menu"),
        h("span", {}, "Menu"),
      );
    this.clip =
      withMenu && button("Attach", { class: "tool", onclick: () => does.attach() }, icon("clip"));
    this.keysButton = button(
      "Show keys",
      { class: "tool", hidden: true, onclick: () => this.foldKeys(!this.keys.hidden) },
      icon("keyboard"),
    );
    this.mic =
      withMenu &&
      button("Send a voice note", { class: "tool mic", onclick: () => does.mic() }, icon("mic"));
    this.sendButton = button(
      "Send",
      { class: "tool send", onclick: () => this.send() },
      icon("send"),
    );
    this.menu = h("div", {
      class: "commands",
      role: "listbox",
      "aria-label": "Commands",
      hidden: true,
    });
    this.edited = h(
      "div",
      { class: "edit-bar", hidden: true },
      icon("pencil"),
      h("span", {}, h("b", {}, "Edit message"), h("small")),
      button("Stop editing", { class: "tool", onclick: () => this.stopEdit() }, icon("close")),
    );
    this.keys = h("div", {
      class: "reply-keys",
      hidden: true,
      role: "group",
      "aria-label": "Keys",
    });
    this.bar = h(
      "div",
      { class: "bar" },
      this.menuButton,
      h("div", { class: "field-box" }, this.field, this.keysButton, this.clip),
      this.mic,
      this.sendButton,
    );
    this.el = h("div", { class: "composer" }, this.menu, this.edited, this.bar, this.keys);
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.el.addEventListener(
      "focusout",
      (event) => this.el.contains(event.relatedTarget) || this.closeMenu(),
    );
    this.typed();
  }

  typed() {
    this.field.style.height = "auto";
    // While the chat is hidden nothing has a height; the style sheet's own is right then.
    if (this.field.scrollHeight)
      this.field.style.height = `${Math.min(this.field.scrollHeight, 110)}px`;
    const has = this.field.value.trim() !== "";
    show(this.sendButton, has || !this.mic);
    if (this.mic) show(this.mic, !has);
    this.el.classList.toggle("has-text", has);
    if (!this.menuButton) return;
    const command = /^\/(\w*)$/.exec(this.field.value);
    if (command) this.openMenu(command[1]);
    else this.closeMenu();
  }

  pressed(event) {
    if (!this.menu.hidden && this.walkMenu(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.editing) {
      event.stopPropagation();
      this.stopEdit();
    }
  }

  walkMenu(event) {
    const rows = [...this.menu.querySelectorAll("button")];
    const at = rows.findIndex((row) => row.classList.contains("chosen"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && rows.length) {
      rows[at]?.classList.remove("chosen");
      const next = rows[(at + step + rows.length) % rows.length];
      next.classList.add("chosen");
      next.scrollIntoView({ block: "nearest" });
    } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) rows[at].click();
    else if (event.key === "Escape") this.closeMenu();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  toggleMenu() {
    if (this.menu.hidden) this.openMenu("");
    else this.closeMenu();
    this.field.focus();
  }

  openMenu(start) {
    const fitting = this.commands.filter((one) => one.command.startsWith(start));
    this.menu.replaceChildren(
      ...fitting.map((one, place) =>
        h(
          "button",
          {
            type: "button",
            role: "option",
            class: place === 0 && start ? "chosen" : "",
            onclick: () => this.command(one.command),
          },
          h("b", {}, `/${one.command}`),
          h("span", {}, one.description),
        ),
      ),
    );
    show(this.menu, fitting.length > 0);
    this.menuButton.setAttribute("aria-expanded", String(fitting.length > 0));
  }

  closeMenu() {
    this.menu.hidden = true;
    this.menuButton?.setAttribute("aria-expanded", "false");
  }

  command(name) {
    this.field.value = "";
    this.typed();
    this.does.say(`/${name}`);
  }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    const { editing } = this;
    this.stopEdit();
    const sent = await (editing ? this.does.edit(editing, text) : this.does.say(text));
    if (sent === false && !this.field.value) {
      this.field.value = text;
      this.typed();
    }
  }

  fill(text) {
    this.field.value = text;
    this.typed();
    this.field.focus();
  }

  startEdit(id, text) {
    this.editing = id;
    this.edited.querySelector("small").textContent = text;
    this.edited.hidden = false;
    this.field.value = text;
    this.typed();
    this.field.focus();
  }

  stopEdit() {
    this.editing = null;
    this.edited.hidden = true;
    this.field.value = "";
    this.typed();
  }

  foldKeys(folded) {
    this.keys.hidden = folded;
    this.keysButton.title = folded ? "Show keys" : "Hide keys";
    this.keysButton.setAttribute("aria-label", this.keysButton.title);
  }

  // Keys under the field; `rows` null or empty takes them away, `press` gets the key.
  setKeys(rows, press) {
    const drawn = JSON.stringify(rows ?? []);
    if (drawn === this.keysDrawn) return;
    this.keysDrawn = drawn;
    this.keys.replaceChildren(
      ...(rows ?? []).map((row) =>
        h(
          "div",
          { class: "keys-row" },
          row.map((key) =>
            h(
              "button",
              { type: "button", onclick: () => press(key) },
              key.contact && icon("user"),
              h("span", {}, key.label),
            ),
          ),
        ),
      ),
    );
    this.keysButton.hidden = !rows?.length;
    this.foldKeys(!rows?.length);
  }
}
