// Things that slide over one phone: bottom sheets with choices, small forms, alerts, toasts.

import { h, icon, avatar } from "./dom.js";

const TOAST_MS = 3500;

// Opens a bottom sheet in the phone; answers the function that closes it.
export function openSheet(phone, title, ...content) {
  const before = document.activeElement;
  const layer = h("div", { class: "layer" });
  const close = () => {
    layer.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  const sheet = h(
    "div",
    { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title },
    h("div", { class: "grip" }),
    h("h2", {}, title),
    content,
  );
  layer.append(h("div", { class: "scrim", onclick: close }), sheet);
  hold(layer, close);
  phone.overlays.querySelector(".toast")?.remove();
  phone.overlays.append(layer);
  sheet.querySelector("button, input, textarea, a")?.focus({ preventScroll: true });
  return close;
}

// Keeps the keyboard inside an overlay; Escape closes it.
function hold(layer, close) {
  layer.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    if (event.key !== "Tab") return;
    const stops = [...layer.querySelectorAll("button, input, textarea, a[href]")].filter(
      (node) => node.offsetParent,
    );
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement === edge) {
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0]).focus();
    }
  });
}

// Choices: {label, note?, icon? | name? (a face), act}. The sheet closes before the choice is carried out.
export function openChoices(phone, title, choices, ...above) {
  let close = () => {};
  const rows = choices.map((choice) =>
    h(
      "button",
      {
        type: "button",
        class: "choice",
        onclick: () => {
          close();
          choice.act();
        },
      },
      choice.name
        ? avatar(choice.name)
        : choice.icon && h("span", { class: "choice-icon" }, icon(choice.icon)),
      h(
        "span",
        { class: "choice-words" },
        h("b", {}, choice.label),
        choice.note && h("small", {}, choice.note),
      ),
    ),
  );
  close = openSheet(phone, title, above, h("div", { class: "choices" }, rows));
}

// A small form: fields are {name, label, value?, type?, inputmode?}; `done` gets the values.
export function openForm(phone, title, fields, verb, done) {
  let close = () => {};
  const rows = fields.map((field) =>
    h(
      "label",
      { class: "field" },
      h("span", {}, field.label),
      h("input", {
        name: field.name,
        value: field.value,
        type: field.type ?? "text",
        inputmode: field.inputmode,
        required: true,
        autocomplete: "off",
      }),
    ),
  );
  const form = h("form", { class: "form" }, rows, h("button", { class: "primary" }, verb));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    close();
    done(values);
  });
  close = openSheet(phone, title, form);
}

export function openAlert(phone, title, text) {
  const layer = h("div", { class: "layer centred" });
  const close = () => layer.remove();
  const ok = h("button", { type: "button", class: "flat", onclick: close }, "OK");
  layer.append(
    h("div", { class: "scrim", onclick: close }),
    h(
      "div",
      { class: "alert", role: "alertdialog", "aria-label": title },
      h("h2", {}, title),
      h("p", {}, text),
      ok,
    ),
  );
  hold(layer, close);
  phone.overlays.append(layer);
  ok.focus({ preventScroll: true });
}

export function toast(phone, text) {
  phone.overlays.querySelector(".toast")?.remove();
  const node = h("div", { class: "toast", role: "status" }, text);
  phone.overlays.append(node);
  setTimeout(() => node.remove(), TOAST_MS);
}
