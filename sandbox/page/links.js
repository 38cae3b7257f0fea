// What happens when a link is tapped on a phone: the bot's chat, the phone's browser, the share sheet, or out.

import { openChoices, toast } from "./sheet.js";
import { tellFriend } from "./friends.js";
import { h } from "./dom.js";
import { attempt, world } from "./world.js";

const SHARE_PATHS = new Set(["/share/url", "/share", "/msg"]);

export function openLink(phone, address) {
  let url;
  try {
    url = new URL(address, location.href);
  } catch {
    toast(phone, "This link does not work");
    return;
  }
  const opener = [openTelegram, openWhatsApp, openPage, openOther].find((one) => one(phone, url));
  if (!opener) toast(phone, `Cannot open ${url.protocol} links here`);
}

function openTelegram(phone, url) {
  if (url.protocol === "tg:")
    return openTelegramWords(
      phone,
      url.hostname || url.pathname.replace(/\//g, ""),
      url.searchParams,
    );
  if (!/^(www\.)?(t|telegram)\.me$/.test(url.hostname)) return false;
  if (SHARE_PATHS.has(url.pathname)) return openTelegramWords(phone, "msg_url", url.searchParams);
  return startBot(phone, url.pathname.slice(1), url.searchParams);
}

function openTelegramWords(phone, what, words) {
  if (what === "resolve") return startBot(phone, words.get("domain") ?? "", words);
  if (what !== "msg_url" && what !== "msg") return false;
  share(phone, [words.get("text"), words.get("url")].filter(Boolean).join("\n"));
  return true;
}

function startBot(phone, username, words) {
  if (username.toLowerCase() !== world.state.bot.username.toLowerCase()) return false;
  if (phone.facts.channel !== "telegram") {
    toast(phone, "Telegram is not on this phone");
    return true;
  }
  phone.open("bot");
  attempt(`/sandbox/phones/${phone.id}/say`, { text: `/start ${words.get("start") ?? ""}`.trim() });
  return true;
}

function openWhatsApp(phone, url) {
  const known = url.protocol === "whatsapp:" || /^(wa\.me|api\.whatsapp\.com)$/.test(url.hostname);
  if (!known) return false;
  const number = url.searchParams.get("phone") ?? url.pathname.replace(/\D/g, "");
  share(phone, url.searchParams.get("text") ?? "", number.replace(/\D/g, ""));
  return true;
}

function openPage(phone, url) {
  const ours = [new URL(world.state.app_url).host, location.host].includes(url.host);
  if (!ours || !/^\/[iq]\//.test(url.pathname)) return false;
  const path = url.pathname + url.search + url.hash;
  if (/\.(pdf|png)$/.test(url.pathname)) window.open(path, "_blank", "noopener");
  else phone.open("browser", path);
  return true;
}

function openOther(phone, url) {
  if (!/^https?:$/.test(url.protocol)) return false;
  window.open(url.href, "_blank", "noopener");
  return true;
}

// "Forward to …": the text arrives on another phone as a message from this phone's owner.
export function share(phone, text, number = "") {
  const people = [...world.phones.values()].filter((other) => other.id !== phone.id);
  const wanted = (other) => Number(number !== "" && other.facts.number.endsWith(number));
  const choices = people
    .sort((one, other) => wanted(other) - wanted(one))
    .map((other) => ({
      name: other.facts.name,
      label: other.facts.name,
      note: other.facts.number,
      act: () => {
        tellFriend(phone.id, other.id, text);
        toast(phone, `Sent to ${other.facts.name}`);
      },
    }));
  const copy = { icon: "copy", label: "Copy text", act: () => copyText(phone, text) };
  openChoices(phone, "Send to", [...choices, copy], h("p", { class: "quote" }, text));
}

export async function copyText(phone, text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(phone, "Copied");
  } catch {
    toast(phone, "The browser does not allow copying here");
  }
}
