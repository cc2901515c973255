// The page: who is here, the chat that is open, and what comes in.

import { openChat, chatChanged, chatClosed, described } from "/page/chat.js";
import { element } from "/page/render.js";
import { get, listen, post } from "/page/server.js";
import { LANGUAGES, language, word } from "/page/words.js";

const find = (id) => document.getElementById(id);
const state = { bots: [], people: [], groups: [] };
const unread = new Map();
let open = null;

function facts(label, key, note, kind, hue) {
  const count = unread.get(key);
  return element("li", { className: kind },
    element("button", { type: "button", "data-key": key, onclick: () => choose(key) },
      element("span", { className: "face", "aria-hidden": "true", style: `--hue: ${hue % 360}` }, [...label][0] || "?"),
      element("span", { className: "who" },
        element("b", {}, element("bdi", {}, label)), element("small", {}, element("bdi", {}, note))),
      count ? element("span", { className: "unread" }, String(count)) : null));
}

function drawList() {
  const people = state.people.map((person) =>
    facts(person.first_name, `p${person.id}`, LANGUAGES[person.language_code] || person.language_code, "one", person.id * 47));
  const groups = state.groups.filter((group) => !group.moved_to).map((group) =>
    facts(group.title, `g${group.id}`, word(group.kind === "channel" ? "channel" : "group"), "group", 200));
  const nobody = element("li", { className: "note" }, word("nobody"));
  find("chats").replaceChildren(...(people.length + groups.length ? [...people, ...groups] : [nobody]));
  const current = open && find("chats").querySelector(`[data-key="${open}"]`);
  current?.setAttribute("aria-current", "true");
}

function choose(key) {
  location.hash = key;
}

function follow() {
  open = location.hash.slice(1) || null;
  const person = state.people.find((one) => `p${one.id}` === open);
  const group = state.groups.find((one) => `g${one.id}` === open);
  document.body.classList.toggle("in-chat", Boolean(person || group));
  find("chat").hidden = !(person || group);
  if (person || group) {
    unread.delete(open);
    openChat(state, person, group);
  } else {
    chatClosed();
  }
  drawList();
}

async function reload() {
  Object.assign(state, await get("/ui/state"));
  drawList();
}

function keyOf(change) {
  return change.private_bot_id ? `p${change.chat_id}` : `g${change.chat_id}`;
}

async function changed(change) {
  if (["people", "group", "blocked", "topic", "bot", "reset"].includes(change.kind)) await reload();
  if (change.kind === "reset") return follow();
  if (!("chat_id" in change)) return;
  if (keyOf(change) === open) return chatChanged(state, change);
  if (change.kind === "message" && change.message.from_bot) {
    unread.set(keyOf(change), (unread.get(keyOf(change)) || 0) + 1);
    drawList();
  }
}

function dressPersonDialog() {
  const dialog = find("person");
  const [nameLabel, languageLabel] = dialog.querySelectorAll("label span");
  find("person-title").textContent = word("newPerson");
  nameLabel.textContent = word("name");
  languageLabel.textContent = word("language");
  const choices = Object.entries(LANGUAGES).map(([code, label]) =>
    element("option", { value: code, selected: code === language }, label));
  dialog.querySelector("select").append(...choices);
  const [cancel, add] = dialog.querySelectorAll("button");
  cancel.textContent = word("cancel");
  cancel.addEventListener("click", () => dialog.close());
  add.textContent = word("add");
  dialog.querySelector("form").addEventListener("submit", addPerson);
}

async function addPerson(event) {
  const person = await post("/ui/people", Object.fromEntries(new FormData(event.target)));
  event.target.reset();
  await reload();
  choose(`p${person.id}`);
}

function dress() {
  document.documentElement.lang = language;
  find("side-title").textContent = word("people");
  find("add-person").textContent = `+ ${word("addPerson")}`;
  find("add-person").addEventListener("click", () => find("person").showModal());
  dressPersonDialog();
  described();
}

dress();
await reload();
window.addEventListener("hashchange", follow);
const first = state.people[0];
if (!location.hash && first && matchMedia("(min-width: 44rem)").matches) choose(`p${first.id}`);
follow();
listen(state.last_event, changed, (online) => {
  find("live").textContent = online ? "" : word("connecting");
});
