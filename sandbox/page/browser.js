// The phone's own little browser: an address bar over a frame that shows the application's pay pages.

import { button, h, icon, show } from "./dom.js";
import { openLink } from "./links.js";
import { world } from "./world.js";

const ELSEWHERE =
  /^(https?:\/\/(www\.)?(t\.me|telegram\.me|wa\.me|api\.whatsapp\.com)\/|tg:|whatsapp:)/;

export class Browser {
  constructor(phone) {
    this.phone = phone;
    this.address = h("input", {
      class: "address",
      "aria-label": "Address",
      placeholder: "Type an address",
      spellcheck: "false",
      autocomplete: "off",
    });
    this.lock = icon("lock");
    this.progress = h("i", { class: "progress", hidden: true });
    this.frame = h("iframe", { title: `Page on ${phone.facts.name}'s phone`, hidden: true });
    this.empty = h("p", { class: "empty" }, icon("globe"), "Open a link from a chat");
    const form = h("form", { class: "address-form" }, this.lock, this.address);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      openLink(phone, this.full(this.address.value.trim()));
    });
    this.el = h(
      "section",
      { class: "screen browser", "aria-label": "Browser" },
      h(
        "header",
        { class: "app-head" },
        button("Close the browser", { class: "tool", onclick: () => phone.back() }, icon("close")),
        form,
        button("Reload", { class: "tool", onclick: () => this.reload() }, icon("reload")),
        this.progress,
      ),
      this.empty,
      this.frame,
    );
    this.frame.addEventListener("load", () => this.loaded());
  }

  full(typed) {
    if (typed.startsWith("/")) return typed;
    return /^[a-z]+:/i.test(typed) && !/^localhost:|^[\d.]+:\d/.test(typed)
      ? typed
      : `http://${typed}`;
  }

  update() {}

  shown(path) {
    if (path) this.go(path);
  }

  go(path) {
    show(this.frame, true);
    show(this.empty, false);
    this.progress.hidden = false;
    this.showAddress(path);
    this.frame.src = path;
  }

  reload() {
    if (this.frame.hidden) return;
    this.progress.hidden = false;
    try {
      this.frame.contentWindow.location.reload();
    } catch {
      this.frame.src = this.frame.src;
    }
  }

  showAddress(path) {
    this.address.value = `${new URL(world.state.app_url).host}${path}`;
  }

  loaded() {
    this.progress.hidden = true;
    let inside;
    try {
      inside = this.frame.contentWindow.location;
      if (inside.host === location.host) this.showAddress(inside.pathname + inside.search);
    } catch {
      this.address.value = "another site";
      return;
    }
    this.frame.contentDocument?.addEventListener("click", (event) => this.tapped(event), true);
  }

  // Links that leave the page behave as on a phone: they open the app they belong to.
  tapped(event) {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    const url = new URL(link.href);
    const leaves =
      ELSEWHERE.test(link.href) ||
      /\.(pdf|png)$/.test(url.pathname) ||
      url.host === new URL(world.state.app_url).host;
    if (!leaves) return;
    event.preventDefault();
    openLink(this.phone, link.href);
  }
}
