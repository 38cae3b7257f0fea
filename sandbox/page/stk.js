// The SIM toolkit's M-PESA prompt: slides up over whatever is open and asks for the PIN.

import { button, h, icon } from "./dom.js";
import { grouped, post, complain } from "./world.js";

const PIN_LENGTH = 4;
const LETTERS = ["", "", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"];

export class Prompt {
  constructor(phone) {
    this.phone = phone;
    this.pin = "";
    this.stk = null;
    this.words = h("p", { class: "stk-words" }, "");
    this.dots = h("div", { class: "pin-dots", role: "img" });
    this.cancelKey = h(
      "button",
      { type: "button", class: "flat", onclick: () => this.cancel() },
      "Cancel",
    );
    this.okKey = h(
      "button",
      { type: "button", class: "flat", onclick: () => this.confirm() },
      "OK",
    );
    this.el = h("div", { class: "stk", hidden: true });
    this.dialog = h(
      "div",
      {
        class: "stk-dialog",
        role: "dialog",
        "aria-modal": "true",
        "aria-label": "M-PESA prompt",
        tabindex: "-1",
      },
      h("h2", {}, icon("chip"), "SIM Toolkit", h("small", {}, "Safaricom")),
      this.words,
      this.dots,
      h("div", { class: "stk-actions" }, this.cancelKey, this.okKey),
    );
    this.el.append(h("div", { class: "scrim" }), this.dialog, this.pad());
    this.el.addEventListener("keydown", (event) => this.typed(event));
    this.drawDots();
  }

  pad() {
    const digit = (number) =>
      h(
        "button",
        { type: "button", onclick: () => this.add(String(number)) },
        h("b", {}, String(number)),
        h("small", {}, number === 0 ? "+" : LETTERS[number]),
      );
    return h(
      "div",
      { class: "pad", role: "group", "aria-label": "PIN pad" },
      h("p", { class: "aside" }, "Sandbox: the right PIN is 1234"),
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit),
      button("Delete", { onclick: () => this.erase() }, icon("erase")),
      digit(0),
      button("OK", { class: "pad-ok", onclick: () => this.confirm() }, icon("check")),
    );
  }

  update(stk) {
    if (stk?.id === this.stk?.id) return;
    this.stk = stk;
    const focused = document.activeElement;
    this.phone.place.inert = Boolean(stk);
    if (!stk) {
      this.leave();
      return;
    }
    this.pin = "";
    this.busy(false);
    this.words.textContent = `Do you want to pay Ksh ${grouped(stk.amount)} to ${stk.business} Account no. ${stk.account}? Enter M-PESA PIN`;
    this.drawDots();
    this.el.hidden = false;
    if (focused === document.body || this.phone.el.contains(focused)) {
      this.before = focused;
      this.dialog.focus({ preventScroll: true });
    }
  }

  // What had the keyboard before gets it back, unless the reader has gone elsewhere.
  leave() {
    const held = this.el.contains(document.activeElement);
    this.el.hidden = true;
    if (held && this.before?.isConnected) this.before.focus({ preventScroll: true });
  }

  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(event.key)) this.add(event.key);
    else if (event.key === "Backspace") this.erase();
    else if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && event.target === this.dialog) this.confirm();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  add(digit) {
    if (this.sending || this.pin.length >= PIN_LENGTH) return;
    this.pin += digit;
    this.drawDots();
  }

  erase() {
    this.pin = this.pin.slice(0, -1);
    this.drawDots();
  }

  drawDots() {
    const dots = [...Array(PIN_LENGTH).keys()].map((place) =>
      h("i", { class: place < this.pin.length ? "full" : "" }),
    );
    this.dots.replaceChildren(...dots);
    this.dots.setAttribute("aria-label", `${this.pin.length} of ${PIN_LENGTH} digits`);
    this.okKey.disabled = this.pin.length < PIN_LENGTH;
  }

  busy(sending) {
    this.sending = sending;
    this.el.classList.toggle("sending", sending);
  }

  async confirm() {
    if (this.sending) return;
    if (this.pin.length < PIN_LENGTH) {
      this.dots.classList.remove("shake");
      requestAnimationFrame(() => this.dots.classList.add("shake"));
      return;
    }
    await this.answer("pin", { stk_id: this.stk.id, pin: this.pin });
  }

  async cancel() {
    if (!this.sending) await this.answer("stk_cancel", { stk_id: this.stk.id });
  }

  // The dialog goes when the state says that the prompt is gone.
  async answer(what, body) {
    this.busy(true);
    try {
      await post(`/sandbox/phones/${this.phone.id}/${what}`, body);
    } catch (error) {
      complain(error.message);
      this.busy(false);
    }
  }
}
