// The open chat: its messages, its topics, the line to write in and the keyboards under it.

import { element, messageElement } from "/page/render.js";
import { get, post } from "/page/server.js";
import { language, word } from "/page/words.js";

const find = (id) => document.getElementById(id);
const PAGE = 60;
const here = { state: null, person: null, group: null, thread: 0, first: 0, views: new Map(), replyTo: null, asked: 0 };
let noteTimer = 0;
let toastTimer = 0;

const act = { say: (text) => deed("send", { text }), press, reply: startReply };

function place() {
  return here.group ? { chat_id: here.group.id } : {};
}

function toast(text, bad = false) {
  clearTimeout(toastTimer);
  find("toast").textContent = text;
  find("toast").classList.toggle("bad", bad);
  find("toast").hidden = false;
  toastTimer = setTimeout(() => { find("toast").hidden = true; }, 5000);
}

function ask(text, alone = false) {
  const dialog = find("ask");
  dialog.querySelector("p").textContent = text;
  const [no, yes] = dialog.querySelectorAll("button");
  no.textContent = word("cancel");
  no.hidden = alone;
  yes.textContent = word("ok");
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

async function deed(verb, facts) {
  const thread = here.group && here.thread && verb === "send" ? { thread_id: here.thread } : {};
  try {
    return await post(`/ui/people/${here.person.id}/${verb}`, { ...place(), ...thread, ...facts });
  } catch (error) {
    toast(`${word("failed")}: ${error.message}`, true);
    return null;
  }
}

async function press(view, row, col, button) {
  button.setAttribute("aria-busy", "true");
  const pressed = await deed("press", { message_id: view.message_id, row, col, wait: 5 });
  button.removeAttribute("aria-busy");
  if (!pressed?.answer?.text) return;
  if (pressed.answer.show_alert) ask(pressed.answer.text, true);
  else toast(pressed.answer.text);
}

function startReply(view) {
  here.replyTo = view.message_id;
  find("reply-to").hidden = false;
  find("reply-to").querySelector("p").textContent = `${word("replyTo")}: ${view.text || word(view.kind)}`;
  find("text").focus();
}

function stopReply() {
  here.replyTo = null;
  find("reply-to").hidden = true;
}

async function submit(event) {
  event?.preventDefault();
  const text = find("text").value.trim();
  if (!text) return;
  const sent = await deed("send", { text, ...(here.replyTo ? { reply_to: here.replyTo } : {}) });
  if (!sent) return;
  find("text").value = "";
  stopReply();
}

async function sendFile() {
  const [file] = find("file").files;
  if (!file) return;
  const form = new FormData();
  for (const [name, value] of Object.entries(place())) form.append(name, value);
  if (here.thread) form.append("thread_id", here.thread);
  form.append(/^image\/(png|jpeg|gif)$/.test(file.type) ? "photo" : "document", file, file.name);
  await deedForm(form);
  find("file").value = "";
}

async function deedForm(form) {
  try {
    await post(`/ui/people/${here.person.id}/send`, form);
  } catch (error) {
    toast(`${word("failed")}: ${error.message}`, true);
  }
}

async function tapKey(key) {
  if (key.request_contact) {
    if (await ask(`${word("shareContact")}\n${here.person.phone}`)) deed("send", { contact: "own" });
  } else if (key.request_location) {
    if (await ask(word("shareLocation"))) deed("send", { location: true });
  } else {
    deed("send", { text: key.text });
  }
  if (here.keyboard?.one_time_keyboard) drawKeyboard(null);
}

function drawKeyboard(keyboard) {
  here.keyboard = keyboard;
  const rows = (keyboard?.keyboard || []).map((keys) => element("div", {}, ...keys.map((key) =>
    element("button", { type: "button", dir: "auto", onclick: () => tapKey(key) }, key.text))));
  find("keyboard").replaceChildren(...rows);
  find("keyboard").hidden = !rows.length;
  find("text").placeholder = keyboard?.input_field_placeholder || word("write");
}

function latestKeyboard() {
  const said = [...here.views.values()].filter((view) => view.keyboard && !view.deleted).at(-1);
  drawKeyboard(said?.keyboard.keyboard ? said.keyboard : null);
}

function drawStart() {
  if (here.group || here.views.size) return;
  drawKeyboard({ keyboard: [[{ text: "/start" }]], one_time_keyboard: true });
}

function drawCommands() {
  const bot = here.state.bots[0];
  const spoken = here.person?.language_code || language;
  const keys = here.group
    ? [`chat|${here.group.id}|`, "all_group_chats|", "default|"]
    : [`chat|${here.person.id}|`, "all_private_chats|", "default|"];
  const list = keys.flatMap((key) => [bot?.commands[key + spoken], bot?.commands[key]]).find(Boolean) || [];
  find("menu").hidden = !list.length;
  const say = (command) => { showCommands(false); act.say(`/${command}`); };
  find("commands").replaceChildren(...list.map((one) => element("li", {},
    element("button", { type: "button", onclick: () => say(one.command) },
      element("b", {}, `/${one.command}`), element("span", { dir: "auto" }, one.description)))));
}

function showCommands(shown) {
  find("commands").hidden = !shown;
  find("menu").setAttribute("aria-expanded", String(shown));
}

function drawTopics() {
  const forum = Boolean(here.group?.forum);
  find("topics").hidden = !forum;
  if (!forum) return;
  const all = [{ thread_id: 0, name: word("general") }, ...here.group.topics];
  find("topics").replaceChildren(...all.map((topic) => element("button", {
    type: "button", dir: "auto", "aria-pressed": String(topic.thread_id === here.thread),
    onclick: () => { here.thread = topic.thread_id; loadChat(); },
  }, topic.closed ? `${topic.name} (${word("closedTopic")})` : topic.name)));
}

function drawAs() {
  find("as-label").hidden = !here.group;
  if (!here.group) return;
  const members = here.group.members.map((member) => here.state.people.find((one) => one.id === member.user_id));
  const present = members.filter(Boolean);
  if (!present.includes(here.person)) here.person = present[0] || null;
  find("as").replaceChildren(...present.map((person) =>
    element("option", { value: person.id, selected: person === here.person }, person.first_name)));
}

function drawHead() {
  const title = here.group ? here.group.title : here.person.first_name;
  const bot = here.state.bots[0];
  find("chat-title").textContent = title;
  document.title = `${title} · Jobline`;
  const blocked = !here.group && here.person.blocked.includes(bot?.id);
  find("chat-note").textContent = blocked ? word("botBlocked") : (here.group ? "" : `→ ${bot?.first_name || ""}`);
  find("block").hidden = Boolean(here.group);
  find("block").textContent = word(blocked ? "unblockShort" : "blockShort");
  find("block").title = word(blocked ? "unblock" : "block");
  find("block").onclick = () => deed(blocked ? "unblock" : "block", {});
  drawAs();
  drawTopics();
  drawCommands();
}

function drawn(view) {
  return messageElement(view, view.from_id === here.person?.id, Boolean(here.group), act);
}

// Whoever reads the end stays at the end, whatever grows or shrinks around it.
let following = true;

function noticeScroll() {
  const box = find("scroll");
  following = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
}

function toEnd() {
  find("scroll").scrollTo({ top: find("scroll").scrollHeight, behavior: "instant" });
}

async function fetchPage(query) {
  const chat = here.group ? `chat_id=${here.group.id}&` : "";
  return (await get(`/ui/people/${here.person.id}/messages?${chat}limit=${PAGE}${query}`)).messages;
}

async function loadChat() {
  const asked = ++here.asked;
  drawHead();
  find("composer").hidden = !here.person;
  const views = here.person ? await fetchPage("") : [];
  if (asked !== here.asked) return;
  here.views = new Map(views.map((view) => [view.message_id, view]));
  here.first = views[0]?.message_id || 0;
  find("earlier").hidden = views.length < PAGE;
  drawMessages();
  following = true;
  toEnd();
}

function drawMessages() {
  const shown = [...here.views.values()].filter((view) => !here.group?.forum || view.thread_id === here.thread);
  find("messages").replaceChildren(...shown.map(drawn));
  latestKeyboard();
  drawStart();
}

async function loadEarlier() {
  const views = await fetchPage(`&before=${here.first}`);
  here.views = new Map([...views.map((view) => [view.message_id, view]), ...here.views]);
  here.first = views[0]?.message_id || here.first;
  find("earlier").hidden = views.length < PAGE;
  const box = find("scroll");
  const fromEnd = box.scrollHeight - box.scrollTop;
  drawMessages();
  box.scrollTo({ top: box.scrollHeight - fromEnd, behavior: "instant" });
}

function note(text) {
  clearTimeout(noteTimer);
  find("chat-note").textContent = text;
  noteTimer = setTimeout(() => drawHead(), 5000);
}

function showMessage(view) {
  const known = document.getElementById(`m${view.message_id}`);
  here.views.set(view.message_id, view);
  if (here.group?.forum && view.thread_id !== here.thread) return;
  following ||= view.from_id === here.person?.id;
  if (known) known.replaceWith(drawn(view));
  else find("messages").append(drawn(view));
  if (view.from_bot || view.deleted) latestKeyboard();
  else if (here.views.size === 1) drawKeyboard(null);
  if (view.from_bot) drawHead();
  if (following) toEnd();
}

export function openChat(state, person, group) {
  Object.assign(here, { state, person, group, thread: 0 });
  stopReply();
  showCommands(false);
  loadChat();
}

export function chatClosed() {
  here.asked += 1;
  Object.assign(here, { person: null, group: null });
  document.title = "Jobline";
}

export function chatChanged(state, change) {
  here.state = state;
  if (here.group) here.group = state.groups.find((group) => group.id === here.group.id) || here.group;
  here.person = state.people.find((one) => one.id === here.person?.id) || here.person;
  if (change.kind === "action") note(word("typing"));
  else if (change.message) showMessage(change.message);
  else drawHead();
}

export function described() {
  const label = (id, name) => { find(id).setAttribute("aria-label", word(name)); find(id).title = word(name); };
  for (const [id, name] of [["back", "back"], ["menu", "menu"], ["attach", "attach"], ["send", "send"], ["topics", "topics"],
    ["keyboard", "keyboard"]]) label(id, name);
  find("file").setAttribute("aria-label", word("attach"));
  find("text").setAttribute("aria-label", word("write"));
  find("scroll").setAttribute("aria-label", word("messages"));
  find("earlier").textContent = word("earlier");
  find("as-label").querySelector("span").textContent = word("as");
  find("reply-to").querySelector("button").setAttribute("aria-label", word("stopReply"));
  find("reply-to").querySelector("button").addEventListener("click", stopReply);
  find("back").addEventListener("click", () => { location.hash = ""; });
  find("scroll").addEventListener("scroll", noticeScroll);
  const watcher = new ResizeObserver(() => following && toEnd());
  watcher.observe(find("scroll"));
  watcher.observe(find("messages"));
  find("menu").addEventListener("click", () => showCommands(find("commands").hidden));
  find("earlier").addEventListener("click", loadEarlier);
  find("composer").addEventListener("submit", submit);
  find("file").addEventListener("change", sendFile);
  find("as").addEventListener("change", () => {
    here.person = here.state.people.find((one) => one.id === Number(find("as").value));
    loadChat();
  });
  find("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
}
