// What people on this page write to each other, outside of the bot. The sandbox knows nothing of it.

import { memory, now, world } from "./world.js";

let threads = memory.get("friends", {});
const watchers = new Set();

const pair = (one, other) => [one, other].sort().join("~");

// Messages between two phones as the first of them sees them.
export function threadOf(mine, theirs) {
  return (threads[pair(mine, theirs)] ?? []).map((message) => ({
    ...message,
    from: message.by === mine ? "me" : "bot",
    status: "read",
  }));
}

// Ids of the phones that this phone has a chat with, the newest chat first.
export function friendsOf(mine) {
  const others = [...world.phones.keys()].filter(
    (id) => id !== mine && threads[pair(mine, id)]?.length,
  );
  const last = (id) => threads[pair(mine, id)].at(-1).at;
  return others.sort((one, other) => last(other).localeCompare(last(one)));
}

export function tellFriend(mine, theirs, text, forwarded = null) {
  const key = pair(mine, theirs);
  const list = threads[key] ?? [];
  const message = { id: list.length + 1, by: mine, text, forwarded, at: now().toISOString() };
  threads = { ...threads, [key]: [...list, message] };
  memory.set("friends", threads);
  for (const watcher of watchers) watcher(mine, theirs, message);
}

export function watchFriends(watcher) {
  watchers.add(watcher);
}

export function forgetFriends() {
  threads = {};
}
