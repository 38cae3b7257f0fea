// Builds DOM nodes. No string is ever parsed as markup here: children are nodes or plain text.

const SVG = "http://www.w3.org/2000/svg";

// Own line drawings on a 24 x 24 grid; "fill:" marks a filled shape.
const SHAPES = {
  alert: "M12 8v5M12 16.5v.01M12 3.5l9 16H3z",
  back: "M19 12H5M11 6l-6 6 6 6",
  bag: "M5 8h14l-1 12H6zM9 10.5V7a3 3 0 0 1 6 0v3.5",
  bank: "M4 10l8-6 8 6M4 20h16M6 10v7M10 10v7M14 10v7M18 10v7",
  block: "M12 3.5a8.5 8.5 0 1 0 .01 0M6 6l12 12",
  book: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM9 9h6M9 13h6",
  check: "M4.5 12.5l4.5 4.5L19.5 6.5",
  chip: "M6 3.5h8.5L19 8v12.5H6zM9 11h7v6H9zM9 14h7M12.5 11v6",
  clip: "M19 11.5l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5L12.6 5a3.1 3.1 0 0 1 4.4 4.4l-7.5 7.5a1.6 1.6 0 0 1-2.2-2.2l6.9-6.9",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10.5v11H9zM15 9V4.5H4.5V15H9",
  double: "M2 12.5l4 4L15.5 6.5M11 15.5l1.2 1L22 6.5",
  down: "M6 9.5l6 6 6-6",
  erase: "M9 6h11v12H9l-5.5-6zM12 9.5l5 5M17 9.5l-5 5",
  file: "M6.5 3h7.5l4.5 4.5V21h-12zM13.5 3v5h5",
  forward: "M13 6l6.5 6-6.5 6v-4C8.5 14 6 15.5 4 18c.5-4.5 3-8 9-8.5z",
  globe: "M12 3.5a8.5 8.5 0 1 0 .01 0M3.5 12h17M12 3.5c-5 5-5 12 0 17M12 3.5c5 5 5 12 0 17",
  keyboard: "M3 6.5h18v11H3zM6.5 10v.01M10 10v.01M14 10v.01M17.5 10v.01M8 14h8",
  list: "M5 7h.01M9 7h10M5 12h.01M9 12h10M5 17h.01M9 17h10",
  lock: "M6.5 11h11v9h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M4 7h16M4 12h16M4 17h16",
  message: "M4 5h16v11.5H10L5.5 20v-3.5H4z",
  mic: "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
  money: "M3 7h18v10H3zM12 9.5a2.5 2.5 0 1 0 .01 0M6 10v.01M18 14v.01",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  more: "fill:M12 4a1.8 1.8 0 1 0 .01 0zM12 10.2a1.8 1.8 0 1 0 .01 0zM12 16.4a1.8 1.8 0 1 0 .01 0z",
  out: "M8 16L17 7M9.5 7H17v7.5",
  pencil: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5z",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01",
  plane:
    "fill:M2.8 11.2L20.5 3.7c.8-.3 1.500.3 1.3 1.2L18.9 19c-.2 1-.9 1.2-1.700.7l-4.7-3.5-2.3 2.2c-.3.3-.7.2-.8-.2L8 13.6l-5-1.5c-.8-.2-.8-.7-.2-.9zM9.3 13.2l.6 3.7 1-2.9 6.7-6.3z",
  reload: "M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5",
  send: "fill:M3 20.5v-6.8L13 12 3 10.3V3.5L21.5 12z",
  smile: "M12 3.5a8.5 8.5 0 1 0 .01 0M8.5 14.5c1.8 2.3 5.2 2.3 7 0M9 9.5v.01M15 9.5v.01",
  sun: "M12 8a4 4 0 1 0 .01 0M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  switches:
    "M4 7.5h9M19 7.5h1M16 5a2.5 2.5 0 1 0 .01 0M4 16.5h1M11 16.5h9M8 14a2.5 2.5 0 1 0 .01 0",
  terminal: "M3.5 5h17v14h-17zM7 9.5l3 2.5-3 2.5M12.5 15H17",
  undo: "M8 5L4 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11H8",
  user: "M12 4a4 4 0 1 0 .01 0M4.5 20.5c.8-4.5 3.5-6 7.5-6s6.7 1.5 7.5 6",
  voice: "M4 10v4M8 6.5v11M12 9v6M16 4.5v15M20 10v4",
};

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

export function icon(name, extra = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon ${extra}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  const shape = SHAPES[name];
  const filled = shape.startsWith("fill:");
  path.setAttribute("d", filled ? shape.slice(5) : shape);
  path.setAttribute("class", filled ? "filled" : "drawn");
  svg.append(path);
  return svg;
}

export function button(label, props, ...children) {
  return h("button", { type: "button", "aria-label": label, title: label, ...props }, ...children);
}

// A round picture of a person or bot: initials on one of a few colours, the same for the same name.
export function avatar(name, size = "") {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("")
    .toUpperCase();
  const tone = [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 7;
  return h("span", { class: `avatar tone-${tone} ${size}`, "aria-hidden": "true" }, initials);
}

// The bot's own picture.
export function botAvatar(size = "") {
  return h("span", { class: `avatar bot ${size}`, "aria-hidden": "true" });
}

// Shows or hides a small round count.
export function setBadge(node, count) {
  node.textContent = count > 99 ? "99+" : String(count);
  node.hidden = count === 0;
}

// How to scroll: smoothly, unless this person asked for less movement.
export function glide() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

export function show(node, visible) {
  node.hidden = !visible;
}
