// Draws one message of a chat: bubble, media, text, time, ticks and the buttons under it.

import { button, h, icon } from "./dom.js";
import { timeOf } from "./world.js";

const KEPT = {
  B: "b",
  STRONG: "b",
  I: "i",
  EM: "i",
  U: "u",
  INS: "u",
  S: "s",
  STRIKE: "s",
  DEL: "s",
  CODE: "code",
  PRE: "pre",
  BLOCKQUOTE: "blockquote",
  BR: "br",
};
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

// The server has already made this HTML safe. It is still taken apart in a document of its own, where
// nothing runs, and put together again from a short list of tags: two locks on one door.
export function formatted(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const whole = document.createDocumentFragment();
  whole.append(...copies(parsed.body));
  return whole;
}

function copies(parent) {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
    return node.nodeType === Node.ELEMENT_NODE ? copyOf(node) : [];
  });
}

function copyOf(node) {
  if (/^(script|style|template|noscript)$/i.test(node.tagName)) return [];
  const inside = copies(node);
  if (node.tagName === "A") return [link(node, inside)];
  if (
    node.tagName === "TG-SPOILER" ||
    node.classList.contains("spoiler") ||
    node.classList.contains("tg-spoiler")
  ) {
    return [
      h(
        "span",
        { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text" },
        inside,
      ),
    ];
  }
  const tag = KEPT[node.tagName];
  return tag ? [h(tag, {}, inside)] : inside;
}

function link(node, inside) {
  const command = node.getAttribute("data-command");
  if (command) return h("a", { href: "#", "data-command": command }, inside);
  const address = node.getAttribute("href") ?? "";
  return SAFE_LINK.test(address)
    ? h("a", { href: address, rel: "noopener" }, inside)
    : h("span", {}, inside);
}

// Plain words with their web addresses made into links.
export function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece, place) =>
      place % 2 ? h("a", { href: piece, rel: "noopener" }, piece) : document.createTextNode(piece),
    );
}

export function plain(html) {
  return new DOMParser()
    .parseFromString(html.replace(/<br\s*\/?>/gi, " "), "text/html")
    .body.textContent.trim();
}

// `message` as in the state; `place` says whether it begins or ends a group; `act` has press and more.
export function bubble(message, place, act) {
  if (message.from === "service")
    return h("div", { class: "service" }, h("span", {}, formatted(message.html)));
  const mine = message.from === "me";
  const face = h("div", { class: "bubble" });
  if (message.forwarded)
    face.append(h("p", { class: "forwarded" }, `Forwarded from ${message.forwarded}`));
  if (message.photo) face.append(photo(message.photo));
  if (message.document) face.append(paper(message.document));
  const words = message.html === undefined ? linked(message.text) : [formatted(message.html)];
  const hasWords = Boolean(message.html || message.text);
  if (hasWords) face.append(h("div", { class: "text" }, words));
  face.append(meta(message, mine));
  face.append(
    button(
      "Message options",
      { class: "more", onclick: () => act.more(message, face) },
      icon("down"),
    ),
  );
  const stack = h("div", { class: "stack" }, face, keys(message, act));
  const kinds = [
    mine ? "out" : "in",
    place.first && "first",
    place.last && "last",
    message.photo && "with-photo",
    !hasWords && "wordless",
  ];
  return h(
    "div",
    { class: `msg ${kinds.filter(Boolean).join(" ")}`, "data-message": message.id },
    stack,
  );
}

function meta(message, mine) {
  const ticks =
    mine &&
    icon(
      message.status === "sent" ? "check" : "double",
      message.status === "read" ? "tick read" : "tick",
    );
  const time = h("time", { datetime: message.at }, timeOf(message.at));
  return h("span", { class: "meta" }, message.edited && h("i", {}, "edited"), time, ticks);
}

function photo(picture) {
  const image = h("img", { src: local(picture.url), alt: "Photo", loading: "lazy" });
  return h(
    "a",
    {
      class: "photo",
      href: local(picture.url),
      target: "_blank",
      rel: "noopener",
      "data-file": "1",
    },
    image,
  );
}

function paper(file) {
  const kind = file.name.includes(".")
    ? file.name.split(".").pop().toUpperCase().slice(0, 4)
    : "FILE";
  return h(
    "a",
    {
      class: "document",
      href: local(file.url),
      target: "_blank",
      rel: "noopener",
      "data-file": "1",
      title: `Open ${file.name}`,
    },
    h("span", { class: `paper kind-${kind.toLowerCase()}` }, h("b", {}, kind)),
    h(
      "span",
      { class: "paper-words" },
      h("b", {}, file.name),
      h("small", {}, `${size(file.size)} ${kind}`),
    ),
  );
}

// Files come from this sandbox only; anything else is not fetched.
const local = (url) => (/^\/(?!\/)/.test(url) || url.startsWith("data:image/") ? url : "#");

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576
    ? `${(bytes / 1024).toFixed(1)} KB`
    : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

function keys(message, act) {
  const rows = message.buttons ?? [];
  if (!rows.length) return null;
  return h(
    "div",
    { class: "keys" },
    rows.map((row) =>
      h(
        "div",
        { class: "keys-row" },
        row.map((one) => key(one, message, act)),
      ),
    ),
  );
}

const KEY_ICONS = { url: "out", switch: "forward", copy: "copy" };

function key(one, message, act) {
  const kind = ["data", "url", "switch", "copy"].find((name) => one[name] !== undefined) ?? "data";
  const node = h(
    "button",
    { type: "button", class: `key key-${kind}`, onclick: () => act.press(message, one, node) },
    h("span", {}, one.label),
    KEY_ICONS[kind] && icon(KEY_ICONS[kind]),
  );
  return node;
}
