// The panel beside the phones: what can go wrong (switches), what was paid (ledger), what went over the wire (log).

import { button, h, icon, setBadge, show } from "./dom.js";
import { attempt, dayOf, grouped, memory, timeOf, world } from "./world.js";

const TABS = [
  { id: "switches", label: "Faults", icon: "switches" },
  { id: "ledger", label: "Ledger", icon: "bank" },
  { id: "log", label: "Protocol", icon: "terminal" },
];

const panel = document.getElementById("backstage");
const bodies = Object.fromEntries(
  TABS.map(({ id, label }) => [
    id,
    h("div", { class: `pane pane-${id}`, role: "tabpanel", "aria-label": label, tabindex: "0" }),
  ]),
);
const badge = h("span", { class: "badge", hidden: true, title: "Faults that are on" });
const drawn = {};
// A status of 400 and more somewhere in a line; durations do not count.
const REFUSED = /(^| )[45]\d\d\b(?! ms)/;
let open = null;
let service = "all";

// The buttons for the top bar; the panel itself is filled here.
export function backstageButtons() {
  const tools = TABS.map((tab) =>
    button(
      tab.label,
      {
        class: "tool-button",
        "data-tab": tab.id,
        "aria-expanded": "false",
        "aria-controls": "backstage",
        onclick: () => toggle(tab.id),
      },
      icon(tab.icon),
      h("span", {}, tab.label),
      tab.id === "switches" && badge,
    ),
  );
  const tabs = h(
    "div",
    { class: "pane-tabs", role: "tablist" },
    TABS.map((tab) =>
      h(
        "button",
        { type: "button", role: "tab", "data-tab": tab.id, onclick: () => choose(tab.id) },
        tab.label,
      ),
    ),
  );
  const close = button("Close", { class: "tool", onclick: () => choose(null) }, icon("close"));
  panel.append(h("header", {}, tabs, close), ...Object.values(bodies));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose(null);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.target.getAttribute("role") !== "tab") return;
    const next = (TABS.findIndex((tab) => tab.id === open) + step + TABS.length) % TABS.length;
    choose(TABS[next].id);
    tabs.children[next].focus();
  });
  queueMicrotask(() => choose(memory.get("panel", null)));
  return tools;
}

const toggle = (id) => choose(open === id ? null : id);

function choose(id) {
  open = bodies[id] ? id : null;
  memory.set("panel", open);
  show(panel, open !== null);
  document.body.classList.toggle("with-backstage", open !== null);
  for (const [name, body] of Object.entries(bodies)) show(body, name === open);
  for (const node of document.querySelectorAll("[data-tab]")) {
    const chosen = node.dataset.tab === open;
    node.setAttribute(
      node.getAttribute("role") === "tab" ? "aria-selected" : "aria-expanded",
      String(chosen),
    );
  }
  if (world.state) showBackstage(world.state);
}

export function showBackstage(state) {
  setBadge(badge, state.switches.filter((one) => one.value !== one.options[0]).length);
  if (open === "switches") redraw("switches", state.switches, drawSwitches);
  if (open === "ledger") redraw("ledger", state.ledger, drawLedger);
  if (open === "log") redraw("log", [state.log, service], () => drawLog(state.log));
}

// Draws a pane only when its facts have changed, so that the reader's place and focus stay.
function redraw(name, facts, draw) {
  const signature = JSON.stringify(facts);
  if (drawn[name] === signature) return;
  drawn[name] = signature;
  const focused = document.activeElement?.id;
  draw(facts);
  if (focused) document.getElementById(focused)?.focus();
}

function drawSwitches(switches) {
  const groups = Map.groupBy ? Map.groupBy(switches, (one) => one.group) : groupOld(switches);
  const changed = switches.filter((one) => one.value !== one.options[0]);
  const calm = h(
    "button",
    {
      type: "button",
      class: "primary slim",
      disabled: !changed.length,
      onclick: () => calmDown(changed),
    },
    "All back to normal",
  );
  bodies.switches.replaceChildren(
    h(
      "p",
      { class: "lead" },
      "Make the outside world misbehave and watch what Bili does about it.",
    ),
    calm,
    ...[...groups].map(([group, members]) =>
      h("section", {}, h("h3", {}, group), members.map(switchRow)),
    ),
  );
}

function groupOld(switches) {
  const groups = new Map();
  for (const one of switches) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

function switchRow(one) {
  const choices = one.options.map((option, place) => {
    const id = `switch-${one.name}-${place}`.replace(/\W+/g, "-");
    const input = h("input", {
      type: "radio",
      id,
      name: one.name,
      value: option,
      checked: option === one.value,
    });
    return h(
      "span",
      { class: "chip" },
      input,
      h("label", { for: id, class: place === 0 ? "usual" : "" }, option),
    );
  });
  const on = one.value !== one.options[0];
  const row = h(
    "fieldset",
    { class: on ? "switch on" : "switch" },
    h("legend", {}, one.label),
    h("div", { class: "chips" }, choices),
  );
  row.addEventListener("change", (event) =>
    attempt("/sandbox/switches", { name: one.name, value: event.target.value }),
  );
  return row;
}

async function calmDown(changed) {
  for (const one of changed)
    await attempt("/sandbox/switches", { name: one.name, value: one.options[0] });
}

function ownerOf(number) {
  const digits = String(number).replace(/\D/g, "");
  return (
    world.state.phones.find((phone) => phone.number.replace(/\D/g, "") === digits)?.name ?? number
  );
}

function drawLedger(ledger) {
  if (!ledger.length) {
    bodies.ledger.replaceChildren(
      h("p", { class: "empty" }, icon("bank"), "No money has moved yet"),
    );
    return;
  }
  const rows = [...ledger]
    .reverse()
    .map((entry) =>
      h(
        "tr",
        {},
        h(
          "td",
          {},
          h("code", {}, entry.receipt),
          h("small", {}, `${dayOf(entry.at)}, ${timeOf(entry.at)}`),
        ),
        h("td", {}, ownerOf(entry.from), h("small", {}, entry.account)),
        h(
          "td",
          { class: "sum" },
          grouped(entry.amount),
          h("small", {}, entry.via === "stk" ? "prompt" : "paybill"),
        ),
      ),
    );
  bodies.ledger.replaceChildren(
    h("p", { class: "lead" }, "What M-Pesa itself has booked, whatever anyone was told."),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", {}, "Receipt"),
          h("th", {}, "From, account"),
          h("th", { class: "sum" }, "KSh"),
        ),
      ),
      h("tbody", {}, rows),
    ),
  );
}

function drawLog(log) {
  const list = bodies.log.querySelector(".log-lines");
  const atEnd = !list || list.scrollHeight - list.scrollTop - list.clientHeight < 30;
  const place = list?.scrollTop ?? 0;
  const services = ["all", ...new Set(log.map((line) => line.service))];
  const filter = h(
    "div",
    { class: "chips filter", role: "group", "aria-label": "Service" },
    services.map((name) =>
      h(
        "button",
        {
          type: "button",
          id: `filter-${name}`,
          "aria-pressed": String(name === service),
          onclick: () => {
            service = name;
            showBackstage(world.state);
          },
        },
        name,
      ),
    ),
  );
  const shown = log.filter((line) => service === "all" || line.service === service);
  const lines = h(
    "ol",
    { class: "log-lines", tabindex: "0", "aria-label": "Protocol" },
    shown.map((line) =>
      h(
        "li",
        { class: REFUSED.test(line.line) ? "bad" : "" },
        h("time", {}, timeOf(line.at)),
        h("b", { class: `service-${line.service}` }, line.service),
        h("span", {}, line.line),
      ),
    ),
  );
  bodies.log.replaceChildren(
    filter,
    shown.length ? lines : h("p", { class: "empty" }, icon("terminal"), "Nothing was said yet"),
  );
  lines.scrollTop = atEnd ? lines.scrollHeight : place;
}
