// Lipa na M-PESA, Pay Bill: a customer pays without any prompt.

import { button, h, icon } from "./dom.js";
import { grouped, post } from "./world.js";

const SHORTCODE = "174379";

export class Paybill {
  constructor(phone) {
    this.balance = h("b", {}, "");
    this.answer = h("p", { class: "form-answer", role: "status" }, "");
    const field = (name, label, more) =>
      h(
        "label",
        { class: "field" },
        h("span", {}, label),
        h("input", { name, required: true, autocomplete: "off", ...more }),
      );
    const form = h(
      "form",
      { class: "form" },
      field("shortcode", "Business no.", { value: SHORTCODE, inputmode: "numeric" }),
      field("account", "Account no.", {
        placeholder: "as on the invoice",
        autocapitalize: "characters",
      }),
      field("amount", "Amount (KSh)", { inputmode: "decimal", placeholder: "0" }),
      this.answer,
      h("button", { class: "primary" }, "Pay"),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await this.pay(phone, form);
    });
    this.el = h(
      "section",
      { class: "screen paybill", "aria-label": "M-PESA" },
      h(
        "header",
        { class: "app-head" },
        button("Back", { class: "tool", onclick: () => phone.back() }, icon("back")),
        h(
          "div",
          { class: "who" },
          h("b", {}, "M-PESA"),
          h("small", {}, "Lipa na M-PESA · Pay Bill"),
        ),
      ),
      h(
        "div",
        { class: "paybill-body" },
        h("div", { class: "wallet" }, h("small", {}, "Balance"), this.balance),
        form,
      ),
    );
  }

  async pay(phone, form) {
    const values = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, value.trim()]),
    );
    values.amount = values.amount.replaceAll(",", "");
    this.answer.textContent = "Sending…";
    try {
      await post(`/sandbox/phones/${phone.id}/paybill`, values);
      this.answer.textContent = "Sent. Wait for the M-PESA message.";
      form.elements.account.value = "";
      form.elements.amount.value = "";
    } catch (error) {
      this.answer.textContent = error.message;
    }
  }

  update(facts) {
    this.balance.textContent = `KSh ${grouped(facts.balance)}`;
  }

  shown() {
    this.answer.textContent = "";
  }
}
