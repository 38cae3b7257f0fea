// What every part of the page shares: the last state, the simulated clock, and the wire to the sandbox.

export const world = { state: null, phones: new Map() };

const RETRY_S = 1.5;
const POLL_S = 25;
export const ZONE = "Africa/Nairobi";

export async function post(path, body = {}) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error || `The sandbox answered ${answer.status}`);
  return said;
}

// Runs a request and tells the reader when it fails; answers whether it worked.
export async function attempt(path, body = {}) {
  try {
    await post(path, body);
    return true;
  } catch (error) {
    complain(error.message);
    return false;
  }
}

let complaintTimer = 0;
export function complain(text) {
  const node = document.getElementById("complaint");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(complaintTimer);
  complaintTimer = setTimeout(() => {
    node.hidden = true;
  }, 6000);
}

// Follows the state for ever: calls onState with each one, onLink with whether the sandbox answers.
export async function follow(onState, onLink) {
  let seq = -1;
  for (;;) {
    try {
      const answer = await fetch(`/sandbox/state?after=${seq}&wait_s=${seq < 0 ? 0 : POLL_S}`, {
        cache: "no-store",
      });
      if (!answer.ok) throw new Error(`state: ${answer.status}`);
      const state = await answer.json();
      const changed = state.seq !== seq;
      seq = state.seq;
      onLink(true);
      world.state = state;
      if (changed) onState(state);
    } catch (error) {
      if (!(error instanceof TypeError) && !String(error.message).startsWith("state:"))
        console.error(error);
      onLink(false);
      await new Promise((done) => {
        setTimeout(done, RETRY_S * 1000);
      });
      seq = -1;
    }
  }
}

export function now() {
  return new Date(Date.now() + (world.state?.clock_offset_s ?? 0) * 1000);
}

const TIME = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
});
const DAY = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  weekday: "short",
  day: "numeric",
  month: "short",
});
const LONG_DAY = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
});
const KEY = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

export const timeOf = (at) => TIME.format(new Date(at));
export const dayOf = (at) => DAY.format(new Date(at)).replace(",", "");
export const longDayOf = (at) => LONG_DAY.format(new Date(at)).replace(",", "");
export const dayKey = (at) => KEY.format(new Date(at));

export function dayWord(at) {
  const key = dayKey(at);
  if (key === dayKey(now())) return "Today";
  if (key === dayKey(new Date(now().getTime() - 86_400_000))) return "Yesterday";
  return dayOf(at);
}

// Seconds until it is next `hour` o'clock in Nairobi, which has no summer time.
export function secondsUntil(hour) {
  const [hours, minutes] = TIME.format(now()).split(":").map(Number);
  const passed = hours * 3600 + minutes * 60 + now().getUTCSeconds();
  const wait = hour * 3600 - passed;
  return wait > 0 ? wait : wait + 86_400;
}

// "2550.00" -> "2,550"; digits are grouped as text, no number is made of them.
export function grouped(amount) {
  const [whole, cents = ""] = String(amount).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return /^0*$/.test(cents) ? digits : `${digits}.${cents.padEnd(2, "0")}`;
}

export function spacedNumber(number) {
  return number.replace(/^(\+25\d)(\d{3})(\d{3})(\d{3})$/, "$1 $2 $3 $4");
}

// What this tab remembers across reloads: what was read, and what friends wrote each other.
export const memory = {
  get(key, fallback) {
    try {
      return JSON.parse(sessionStorage.getItem(`bili.${key}`)) ?? fallback;
    } catch {
      return fallback;
    }
  },
  set(key, value) {
    sessionStorage.setItem(`bili.${key}`, JSON.stringify(value));
  },
  clear() {
    sessionStorage.clear();
  },
};
