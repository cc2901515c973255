// A message as elements. Every text goes in as text, never as markup.

import { language, word } from "/page/words.js";

const SAFE_LINK = /^(https?|mailto|tel):/i;
const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SERVICES = {
  forum_topic_created: "opened", forum_topic_closed: "closed", forum_topic_reopened: "reopened",
  forum_topic_edited: "renamed", migrate_to_chat_id: "moved", migrate_from_chat_id: "moved", pinned_message: "pinned",
};

export function element(tag, facts = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "dir") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function link(address, children) {
  if (!SAFE_LINK.test(address)) return element("span", {}, ...children);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function marked(entity, text, children, act) {
  if (entity.type in TAGS) return element(TAGS[entity.type], {}, ...children);
  if (entity.type === "spoiler") return element("span", { className: "spoiler", tabIndex: 0 }, ...children);
  if (entity.type === "text_link") return link(entity.url, children);
  if (entity.type === "url") return link(/^\w+:/.test(text) ? text : `https://${text}`, children);
  if (entity.type === "email") return link(`mailto:${text}`, children);
  if (entity.type === "bot_command") {
    return element("button", { type: "button", className: "command", onclick: () => act.say(text) }, ...children);
  }
  return element("span", {}, ...children);
}

// Entities nest and never cross; offsets are UTF-16, as JavaScript counts too.
function pieces(text, entities, from, to, act) {
  const made = [];
  let at = from;
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index];
    const end = Math.min(to, entity.offset + entity.length);
    if (entity.offset < at) continue;
    made.push(text.slice(at, entity.offset));
    const inner = entities.slice(index + 1).filter((other) => other.offset < end);
    const children = pieces(text, inner, entity.offset, end, act);
    made.push(marked(entity, text.slice(entity.offset, end), children, act));
    at = end;
  }
  made.push(text.slice(at, to));
  return made;
}

export function words(view, act) {
  return element("div", { className: "words", dir: "auto" },
    ...pieces(view.text, view.entities, 0, view.text.length, act));
}

function fileAddress(file) {
  return `/ui/files/${encodeURIComponent(file.file_id)}`;
}

function attachment(view) {
  const body = view.message;
  if (view.kind === "photo") {
    const size = body.photo.at(-1);
    return element("img", { src: fileAddress(size), alt: view.text || word("photo"), loading: "lazy" });
  }
  if (view.kind === "document") {
    return element("a", { href: fileAddress(body.document), download: body.document.file_name || "" },
      body.document.file_name || word("document"));
  }
  if (view.kind === "voice") return element("audio", { controls: true, src: fileAddress(body.voice) });
  if (view.kind === "location") {
    const place = `${body.location.latitude.toFixed(4)}, ${body.location.longitude.toFixed(4)}`;
    return element("p", {}, `${word("location")}: ${place}`);
  }
  if (view.kind === "contact") {
    return element("p", { dir: "auto" }, `${word("contact")}: ${body.contact.first_name} ${body.contact.phone_number}`);
  }
  return ["video_note", "sticker"].includes(view.kind) ? element("p", {}, word(view.kind)) : null;
}

function inlineButton(view, button, row, col, act) {
  if (button.url && SAFE_LINK.test(button.url)) return link(button.url, [button.text]);
  const press = (event) => act.press(view, row, col, event.currentTarget);
  return element("button", { type: "button", dir: "auto", onclick: press }, button.text);
}

function inlineKeyboard(view, act) {
  if (!view.buttons.length) return null;
  const rows = view.buttons.map((buttons, row) =>
    element("div", {}, ...buttons.map((button, col) => inlineButton(view, button, row, col, act))));
  return element("div", { className: "inline", role: "group", "aria-label": word("buttons") }, ...rows);
}

function serviceText(view) {
  const body = view.message;
  const names = (users) => users.map((user) => user.first_name).join(", ");
  if (body.new_chat_members) return `${names(body.new_chat_members)} ${word("joined")}`;
  if (body.left_chat_member) return `${names([body.left_chat_member])} ${word("left")}`;
  const topic = body.forum_topic_created?.name || body.forum_topic_edited?.name;
  const said = word(SERVICES[view.kind] || "service");
  return topic ? `${said}: ${topic}` : said;
}

function isService(view) {
  return view.kind in SERVICES || view.kind === "new_chat_members" || view.kind === "left_chat_member";
}

function foot(view, act) {
  const time = new Date(view.date * 1000);
  const clock = time.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  return element("div", { className: "foot" },
    element("button", { type: "button", onclick: () => act.reply(view) }, word("reply")),
    view.reactions.length ? element("span", { className: "reactions" }, view.reactions.join("")) : null,
    view.edited ? word("edited") : null,
    element("time", { dateTime: time.toISOString() }, clock));
}

function quote(view) {
  const source = view.message.reply_to_message;
  if (!source || source.forum_topic_created) return null;
  const text = source.text || source.caption || word("document");
  const jump = () => document.getElementById(`m${source.message_id}`)?.scrollIntoView({ block: "center" });
  return element("button", { type: "button", className: "quote", dir: "auto", onclick: jump }, text);
}

export function messageElement(view, mine, withAuthor, act) {
  const id = `m${view.message_id}`;
  if (view.deleted) {
    return element("li", { id, className: `message deleted ${mine ? "mine" : ""}` },
      element("div", { className: "bubble" }, word("deleted")));
  }
  if (isService(view)) return element("li", { id, className: "service", dir: "auto" }, serviceText(view));
  const author = withAuthor && !mine ? element("span", { className: "author", dir: "auto" }, view.author) : null;
  const bubble = element("div", { className: "bubble" },
    author, quote(view), attachment(view), view.text ? words(view, act) : null, foot(view, act));
  return element("li", { id, className: `message ${mine ? "mine" : ""}` }, bubble, inlineKeyboard(view, act));
}
