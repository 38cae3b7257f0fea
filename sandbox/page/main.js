// Starts the page: makes the phones, follows the sandbox's state, and works the top bar.

import { backstageButtons, showBackstage } from "./backstage.js";
import { button, h, icon, show } from "./dom.js";
import { forgetFriends, watchFriends } from "./friends.js";
import { Phone } from "./phone.js";
import { attempt, dayOf, follow, memory, now, secondsUntil, timeOf, world } from "./world.js";

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;
const EXAMPLE = "Jane 3 bags cement @850 due Friday";
const THEMES = ["auto", "light", "dark"];
const at = (id) => document.getElementById(id);

function render(state) {
  for (const facts of state.phones) {
    if (!world.phones.has(facts.id)) addPhone(facts);
  }
  for (const facts of state.phones) world.phones.get(facts.id).update(facts);
  at("row").style.setProperty("--phones", state.phones.length);
  showBackstage(state);
  tick();
}

function addPhone(facts) {
  const phone = new Phone(facts);
  world.phones.set(facts.id, phone);
  at("row").append(phone.el);
  at("tabs").append(phone.tab);
  inView.observe(phone.el);
}

// The tab of the phone that is most in view is the chosen one.
const inView = new IntersectionObserver(
  (entries) => {
    for (const { target, intersectionRatio } of entries) {
      const phone = world.phones.get(target.id.replace("phone-", ""));
      phone?.tab.setAttribute("aria-current", String(intersectionRatio > 0.6));
    }
  },
  { threshold: [0.3, 0.6, 0.9] },
);

function tick() {
  if (!world.state) return;
  at("clock-now").textContent = `${dayOf(now())}, ${timeOf(now())}`;
  const ahead = Math.round(world.state.clock_offset_s);
  show(at("clock-ahead"), Math.abs(ahead) >= 60);
  at("clock-ahead").textContent = distance(ahead);
  for (const phone of world.phones.values()) phone.tick();
}

function distance(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const parts = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor((minutes % 1440) / 60), "h"],
    [minutes % 60, "min"],
  ];
  const words = parts
    .filter(([count]) => count)
    .map(([count, unit]) => `${count} ${unit}`)
    .slice(0, 2)
    .join(" ");
  return `${seconds < 0 ? "−" : "+"}${words}`;
}

function clockSteps() {
  const steps = [
    ["+1 h", () => HOUR_S],
    ["+1 day", () => DAY_S],
    ["+3 days", () => 3 * DAY_S],
    ["next 09:00", () => secondsUntil(9)],
  ];
  return steps.map(([label, seconds]) => {
    const node = h(
      "button",
      {
        type: "button",
        onclick: async () => {
          node.disabled = true;
          await attempt("/sandbox/clock", { advance_s: seconds() });
          node.disabled = false;
        },
      },
      label,
    );
    return node;
  });
}

function themeButton() {
  const node = button("Colours", {
    class: "tool-button bare",
    onclick: () => {
      const next =
        THEMES[(THEMES.indexOf(localStorage.getItem("bili.theme") ?? "auto") + 1) % THEMES.length];
      localStorage.setItem("bili.theme", next);
      dress();
    },
  });
  const dress = () => {
    const theme = localStorage.getItem("bili.theme") ?? "auto";
    document.documentElement.dataset.theme = theme;
    const label = `Colours: ${theme}`;
    node.setAttribute("aria-label", label);
    node.title = label;
    const dark =
      theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    node.replaceChildren(
      icon(dark ? "moon" : "sun"),
      ...(theme === "auto" ? [h("i", { class: "auto" }, "A")] : []),
    );
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  dress();
  return node;
}

function resetButton() {
  const dialog = h(
    "dialog",
    { class: "confirm" },
    h("h2", {}, "Start over?"),
    h("p", {}, "Every message, payment and fault here is forgotten. What Bili has stored stays."),
    h(
      "form",
      { method: "dialog" },
      h("button", { value: "no" }, "Keep going"),
      h("button", { value: "yes", class: "primary" }, "Start over"),
    ),
  );
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue !== "yes" || !(await attempt("/sandbox/reset"))) return;
    const panel = memory.get("panel", null);
    memory.clear();
    memory.set("panel", panel);
    forgetFriends();
    location.reload();
  });
  document.body.append(dialog);
  return button(
    "Start over",
    {
      class: "tool-button bare",
      onclick: () => {
        dialog.returnValue = "";
        dialog.showModal();
      },
    },
    icon("undo"),
  );
}

function guide() {
  const step = (number, ...words) => h("li", {}, h("b", {}, String(number)), h("span", {}, words));
  return h(
    "ol",
    {},
    step(
      1,
      "As Wanjiru, type ",
      button("Type it for me", { class: "example", onclick: typeExample }, h("kbd", {}, EXAMPLE)),
    ),
    step(2, "Share the invoice with Jane, open it on her phone"),
    step(3, "Pay with PIN ", h("kbd", {}, "1234"), ", and watch both phones"),
  );
}

// Puts the example into the merchant's text field; she sends it herself.
function typeExample() {
  const merchant = [...world.phones.values()].find((phone) => phone.facts.role === "merchant");
  if (!merchant) return;
  merchant.open("bot");
  merchant.screen("bot").composer.fill(EXAMPLE);
}

watchFriends((mine, theirs, message) => {
  const [from, to] = [world.phones.get(mine), world.phones.get(theirs)];
  for (const key of ["chats", `friend:${theirs}`]) from.screens.get(key)?.update(from.facts);
  to.announceFriend(from, message.text);
});
at("clock-steps").append(...clockSteps());
at("tools").append(...backstageButtons(), themeButton(), resetButton());
at("guide").append(guide());
setInterval(tick, 1000);
follow(render, (up) => show(at("link-lost"), !up));
