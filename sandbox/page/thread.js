// The scrolling list of a chat: keeps DOM and messages in step, groups them, and follows the newest
// message unless the reader has scrolled away.

import { bubble } from "./bubble.js";
import { button, glide, h, icon, setBadge, show } from "./dom.js";
import { dayKey, dayWord } from "./world.js";

const NEAR_PX = 40;
const GROUP_MS = 10 * 60_000;

export class Thread {
  constructor(act, label) {
    this.act = act;
    this.nodes = new Map();
    this.pinned = true;
    this.fresh = 0;
    this.started = false;
    this.list = h("div", { class: "list", role: "log", "aria-label": label });
    this.dots = h(
      "div",
      { class: "msg in last typing", hidden: true, "aria-label": "typing" },
      h("div", { class: "stack" }, h("div", { class: "bubble" }, h("i"), h("i"), h("i"))),
    );
    this.scroller = h(
      "div",
      { class: "scroller", tabindex: "0", "aria-label": label },
      this.list,
      this.dots,
    );
    this.count = h("span", { class: "badge", hidden: true });
    this.jump = button(
      "Newest message",
      { class: "jump", hidden: true, onclick: () => this.follow(true) },
      icon("down"),
      this.count,
    );
    this.el = h("div", { class: "thread wallpaper" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    const watcher = new ResizeObserver(() => this.resized());
    watcher.observe(this.list);
    watcher.observe(this.scroller);
    watcher.observe(this.dots);
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    // A change of size scrolls too, and is seen to in resized(): only the reader's own scrolling
    // lets go of the newest message.
    if (!clientHeight || this.size !== this.measure()) return;
    this.pinned = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (this.pinned) this.fresh = 0;
    show(this.jump, !this.pinned);
    setBadge(this.count, this.fresh);
  }

  measure() {
    // Not scrollHeight: a bubble that is still sliding in counts there.
    return [this.list, this.dots, this.scroller].map((node) => node.offsetHeight).join(" ");
  }

  resized() {
    this.size = this.measure();
    if (this.pinned) this.toEnd();
  }

  toEnd() {
    this.size = this.measure();
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  follow(smoothly = false) {
    this.pinned = true;
    this.size = this.measure();
    this.scroller.scrollTo({
      top: this.scroller.scrollHeight,
      behavior: smoothly ? glide() : "instant",
    });
  }

  update(messages, typing = false) {
    const before = this.nodes;
    const wanted = this.plan(messages);
    this.nodes = new Map();
    let here = this.list.firstChild;
    for (const item of wanted) {
      const node = this.reuse(before, item);
      this.nodes.set(item.key, { node, drawn: item.drawn });
      if (node === here) here = here.nextSibling;
      else this.list.insertBefore(node, here);
    }
    while (here) {
      const gone = here;
      here = here.nextSibling;
      gone.remove();
    }
    show(this.dots, typing);
    this.announce(messages.filter((message) => !before.has(`m${message.id}`)));
    this.started = true;
  }

  announce(added) {
    if (!added.length) return;
    const said = added.some((message) => message.from === "me");
    if (!this.started || this.pinned || said) this.follow();
    else this.fresh += added.length;
    setBadge(this.count, this.fresh);
  }

  reuse(before, item) {
    const known = before.get(item.key);
    if (known && known.drawn === item.drawn) return known.node;
    const node = item.draw();
    if (!known && this.started) node.classList.add("arriving");
    return node;
  }

  // Day labels and messages in order, each with a key and a signature of how it is drawn.
  plan(messages) {
    return messages.flatMap((message, index) => {
      const previous = messages[index - 1];
      const next = messages[index + 1];
      const place = { first: !together(previous, message), last: !together(message, next) };
      const item = {
        key: `m${message.id}`,
        drawn: JSON.stringify([message, place]),
        draw: () => bubble(message, place, this.act),
      };
      const newDay = !previous || dayKey(previous.at) !== dayKey(message.at);
      return newDay ? [dayLabel(message), item] : [item];
    });
  }
}

function together(one, other) {
  if (!one || !other || one.from !== other.from || one.from === "service") return false;
  return (
    dayKey(one.at) === dayKey(other.at) &&
    new Date(other.at) - new Date(one.at) < GROUP_MS &&
    !one.buttons?.length
  );
}

function dayLabel(message) {
  const word = dayWord(message.at);
  return {
    key: `d${dayKey(message.at)}-${message.id}`,
    drawn: word,
    draw: () => h("div", { class: "service day" }, h("span", {}, word)),
  };
}
