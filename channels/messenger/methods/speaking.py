"""Methods that bring a new message into being."""

from channels.messenger.entities import Marked, completed, explicit, units
from channels.messenger.errors import bad_request
from channels.messenger.html_text import HtmlReader
from channels.messenger.keyboards import Markup, read_markup
from channels.messenger.methods.call import Call, message_of, open_chat, replied_message, thread_of, writable_chat
from channels.messenger.methods.media import album_items, photo_sizes, sent_file
from channels.messenger.model import JSON, Chat, Message
from channels.messenger.posting import SERVICE, compose, publish
from channels.messenger.views import media_json, person_json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
COPIED = ("text", "entities", "photo", "document", "voice", "video_note", "sticker", "location", "contact",
          "caption", "caption_entities")  # fmt: skip
ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note".split()
)


def marked_text(call: Call, raw: str, mode: str, entities: object) -> Marked:
    """A text with the entities its sender asked for and those Telegram finds."""
    if entities:
        marked = explicit(raw, entities)
    elif mode.lower() == "html":
        marked = HtmlReader(raw).read()
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        marked = Marked(raw)
    marked.entities = [kept for entity in marked.entities if (kept := _with_user(call, entity))]
    return completed(marked)


def _with_user(call: Call, entity: JSON) -> JSON | None:
    """Links to people become mentions only of people the messenger knows."""
    if "user_id" not in entity:
        return entity
    person = call.world.people.get(entity["user_id"])
    kept = {name: value for name, value in entity.items() if name != "user_id"}
    return {**kept, "user": person_json(person)} if person else None


def text_content(call: Call) -> JSON:
    """`text` and `entities` of a message."""
    params = call.params
    marked = marked_text(call, params.text("text"), params.text("parse_mode"), params.structure("entities"))
    if not marked.text:
        raise bad_request("message text is empty")
    if units(marked.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: JSON = {"text": marked.text}
    if marked.entities:
        content["entities"] = marked.entities
    if isinstance(preview := params.structure("link_preview_options"), dict):
        content["link_preview_options"] = preview
    return content


def caption_content(call: Call, given: JSON | None = None) -> JSON:
    """`caption` and its entities, from the call or from one item of an album."""
    params = call.params
    if given is None:
        given = {"caption": params.text("caption"), "parse_mode": params.text("parse_mode")}
        given["caption_entities"] = params.structure("caption_entities")
    raw, mode = str(given.get("caption") or ""), str(given.get("parse_mode") or "")
    marked = marked_text(call, raw, mode, given.get("caption_entities"))
    if units(marked.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    content: JSON = {"caption": marked.text} if marked.text else {}
    return {**content, "caption_entities": marked.entities} if marked.entities else content


def say(call: Call, chat: Chat, *contents: JSON) -> list[JSON]:
    """Post one message, or several as an album, where and how the call wants it."""
    reply_to = replied_message(call, chat)
    thread_id = thread_of(call, chat, reply_to)
    markup = read_markup(call.params.structure("reply_markup"), private=chat.private)
    call.world.flood.admit(call.bot, chat, len(contents))
    posted = [_post(call, chat, content, thread_id, reply_to, markup) for content in contents]
    call.noted["message_id"] = posted[0]["message_id"]
    return posted


def _post(call: Call, chat: Chat, content: JSON, thread_id: int, reply_to: Message | None, markup: Markup) -> JSON:
    author = {"sender_chat": {"id": chat.id, "type": "channel", "title": chat.title}}
    author = author if chat.kind == "channel" else call.author
    body = compose(call.world, chat, author, content, thread_id=thread_id, reply_to=reply_to)
    if call.params.flag("protect_content"):
        body["has_protected_content"] = True
    if markup.inline:
        body["reply_markup"] = markup.inline
    publish(call.world, chat, body, bot=call.bot, keyboard=markup.keyboard)
    return body


def send_message(call: Call) -> JSON:
    """sendMessage."""
    chat = writable_chat(call)
    return say(call, chat, text_content(call))[0]


def send_photo(call: Call) -> JSON:
    """sendPhoto."""
    chat = writable_chat(call)
    return say(call, chat, {"photo": photo_sizes(sent_file(call, "photo")), **caption_content(call)})[0]


def send_document(call: Call) -> JSON:
    """sendDocument."""
    chat = writable_chat(call)
    return say(call, chat, {"document": media_json(sent_file(call, "document")), **caption_content(call)})[0]


def send_voice(call: Call) -> JSON:
    """sendVoice."""
    chat = writable_chat(call)
    voice = media_json(sent_file(call, "voice"), duration=call.params.integer("duration"))
    return say(call, chat, {"voice": voice, **caption_content(call)})[0]


def send_location(call: Call) -> JSON:
    """sendLocation."""
    chat = writable_chat(call)
    place = {"latitude": call.params.number("latitude"), "longitude": call.params.number("longitude")}
    if not (-90 <= place["latitude"] <= 90 and -180 <= place["longitude"] <= 180):
        raise bad_request("wrong location specified")
    return say(call, chat, {"location": place})[0]


def send_contact(call: Call) -> JSON:
    """sendContact."""
    chat = writable_chat(call)
    contact = {name: call.params.text(name) for name in ("phone_number", "first_name", "last_name", "vcard")}
    for name in ("phone_number", "first_name"):
        if not contact[name]:
            raise bad_request(f"{name.replace('_', ' ')} is empty")
    return say(call, chat, {"contact": {name: value for name, value in contact.items() if value}})[0]


def send_media_group(call: Call) -> list[JSON]:
    """sendMediaGroup: two to ten photos or documents under one id."""
    chat = writable_chat(call)
    items = album_items(call)
    group = {"media_group_id": str(call.world.events.last * 10 + 1)}
    return say(call, chat, *[{**group, **content, **caption_content(call, given)} for content, given in items])


def _source(call: Call, verb: str) -> Message:
    chat = open_chat(call, "from_chat_id")
    found = message_of(call, chat, bad_request(f"message to {verb} not found"))
    if any(name in found.body for name in SERVICE):
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return found


def copy_message(call: Call) -> JSON:
    """copyMessage: the same content under the bot's own name."""
    chat = writable_chat(call)
    source = _source(call, "copy").body
    content = {name: source[name] for name in COPIED if name in source}
    if call.params.values.get("caption") is not None and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= caption_content(call)
    return {"message_id": say(call, chat, content)[0]["message_id"]}


def forward_message(call: Call) -> JSON:
    """forwardMessage: the same content, saying whose it was."""
    chat = writable_chat(call)
    source = _source(call, "forward").body
    content = {name: source[name] for name in COPIED if name in source}
    if "from" in source:
        content["forward_origin"] = {"type": "user", "date": source["date"], "sender_user": source["from"]}
    return say(call, chat, content)[0]


def send_chat_action(call: Call) -> bool:
    """sendChatAction: shown on phones, kept nowhere."""
    chat = writable_chat(call)
    action = call.params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread_id = thread_of(call, chat, None)
    call.world.events.tell("action", chat=chat.key, action=action, thread_id=thread_id, bot_id=call.bot.id)
    return True
