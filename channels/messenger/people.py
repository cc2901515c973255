"""People and what they send: words, pictures, files, places, contacts, albums."""

import base64
import binascii
import secrets

from channels.messenger.entities import explicit, found_in
from channels.messenger.errors import BotApiError, DeedRefused
from channels.messenger.membership import set_blocked
from channels.messenger.model import JSON, Bot, Chat, Message, Person
from channels.messenger.posting import compose, publish
from channels.messenger.views import media_json, person_json
from channels.messenger.wire import Params, Upload
from channels.messenger.world import World

SAMPLES = {"photo": "photo.jpg", "document": "document.txt", "voice": "voice.ogg", "video_note": "note.mp4",
           "sticker": "sticker.webp"}  # fmt: skip
MIMES = {"photo": "image/jpeg", "voice": "audio/ogg", "video_note": "video/mp4", "sticker": "image/webp"}
FIRST_PERSON_ID = 100_001


def add_person(world: World, given: JSON) -> Person:
    """A new person, or the one with this id brought up to date."""
    known = {name: given[name] for name in ("first_name", "last_name", "username", "language_code", "phone", "is_bot",
                                            "deactivated") if name in given}  # fmt: skip
    user_id = int(given.get("id") or max([FIRST_PERSON_ID - 1, *(i for i in world.people if i < 10**9)]) + 1)
    person = world.people.get(user_id) or Person(user_id, "")
    for name, value in known.items():
        setattr(person, name, value)
    if not person.first_name:
        raise DeedRefused("first_name is missing")
    person.phone = person.phone or f"+7700{user_id % 10**7:07d}"
    world.save_person(person)
    world.events.tell("people", person=person.id)
    if given.get("started"):
        for bot in world.bots.values():
            private_chat(world, bot, person)
    return person


def bot_of(world: World, params: Params) -> Bot:
    """The bot a deed speaks of: the one named, or the only one."""
    bot_id = params.integer("bot_id")
    if bot_id in world.bots:
        return world.bots[bot_id]
    if bot_id or len(world.bots) != 1:
        raise DeedRefused("name the bot by bot_id", 404)
    return next(iter(world.bots.values()))


def private_chat(world: World, bot: Bot, person: Person) -> Chat:
    """Their chat, which begins with the first message."""
    chat = world.private_chat(bot.id, person.id)
    if chat is None:
        chat = Chat(f"{bot.id}:{person.id}", person.id, "private", bot_id=bot.id)
        world.save_chat(chat)
    return chat


def chat_of(world: World, person: Person, params: Params) -> Chat:
    """Where the person acts: a group they belong to, or their chat with the bot."""
    chat_id = params.integer("chat_id")
    if chat_id >= 0:
        return private_chat(world, bot_of(world, params), person)
    chat = world.chats.get(str(chat_id))
    if chat is None:
        raise DeedRefused("no such chat", 404)
    if chat.moved_to:
        raise DeedRefused(f"the group moved to {chat.moved_to}", 410)
    if not chat.member(person.id).present:
        raise DeedRefused("not a member of this chat", 403)
    return chat


def send(world: World, person: Person, params: Params) -> list[Message]:
    """Send what the deed describes; an album becomes several messages. Writing to a blocked bot unblocks it."""
    chat = chat_of(world, person, params)
    if chat.blocked:
        set_blocked(world, person, world.bots[chat.bot_id], False)
    thread_id, reply_to = _place(world, person, chat, params)
    contents = _contents(world, person, params)
    author = {"from": person_json(person)}
    sent = []
    for content in contents:
        body = compose(world, chat, author, content, thread_id=thread_id, reply_to=reply_to)
        sent.append(publish(world, chat, body))
    return sent


def _place(world: World, person: Person, chat: Chat, params: Params) -> tuple[int, Message | None]:
    thread_id, reply_id = params.integer("thread_id"), params.integer("reply_to")
    reply_to = world.message(chat, reply_id) if reply_id else None
    if reply_id and reply_to is None:
        raise DeedRefused("no such message to reply to", 404)
    if not thread_id:
        return (reply_to.thread_id if reply_to else 0), reply_to
    topic = chat.topics.get(thread_id)
    if topic is None or topic.deleted:
        raise DeedRefused("no such topic", 404)
    if topic.closed and not chat.member(person.id).admin:
        raise DeedRefused("the topic is closed", 403)
    return thread_id, reply_to


def _contents(world: World, person: Person, params: Params) -> list[JSON]:
    album = params.structure("media_group")
    if not album:
        return [content_of(world, person, params)]
    group = {"media_group_id": str(secrets.randbelow(10**17))}
    items = [content_of(world, person, Params(dict(item), params.uploads)) for item in album]
    return [{**group, **item} for item in items]


def content_of(world: World, person: Person, params: Params) -> JSON:
    """The content fields of a message; `extra` is laid over them as it is, for the odd cases of tests."""
    content = _plain_content(world, person, params)
    if not content:
        raise DeedRefused("nothing to send: text, photo, document, voice, video_note, sticker, location or contact")
    return content | (params.structure("extra") or {})


def _plain_content(world: World, person: Person, params: Params) -> JSON:
    if params.text("text"):
        return _marked("text", "entities", params)
    if params.values.get("location"):
        return {"location": _location(params.structure("location"))}
    if params.values.get("contact"):
        return {"contact": _contact(person, params)}
    for kind in SAMPLES:
        if params.values.get(kind) or kind in params.uploads:
            return _media(world, kind, params) | _marked("caption", "caption_entities", params)
    return {}


def _marked(name: str, entities_name: str, params: Params) -> JSON:
    text = params.text(name)
    if not text:
        return {}
    given = params.structure("entities")
    try:
        entities = explicit(text, given).entities if given else found_in(text)
    except BotApiError as error:
        raise DeedRefused(error.description) from error
    return {name: text, **({entities_name: entities} if entities else {})}


def _location(given: object) -> JSON:
    place = given if isinstance(given, dict) else {"latitude": 49.8, "longitude": 73.1}
    return {"latitude": float(place["latitude"]), "longitude": float(place["longitude"])}


def _contact(person: Person, params: Params) -> JSON:
    if params.text("contact") == "own":
        return {"phone_number": person.phone, "first_name": person.first_name, "user_id": person.id}
    given = params.structure("contact")
    if not isinstance(given, dict) or not given.get("phone_number") or not given.get("first_name"):
        raise DeedRefused("a contact has phone_number and first_name")
    return dict(given)


def _media(world: World, kind: str, params: Params) -> JSON:
    upload = params.uploads.get(kind) or _encoded(kind, params.structure_or_text(kind))
    file = world.keep_file(kind, upload.name, upload.mime, upload.content)
    if kind == "photo":
        return {"photo": [media_json(file)]}
    facts: JSON = {}
    if kind in ("voice", "video_note"):
        facts["duration"] = params.integer("duration", 3)
    if kind == "video_note":
        facts["length"] = 240
    if kind == "sticker":
        facts = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
    return {kind: media_json(file, **facts)}


def _encoded(kind: str, given: object) -> Upload:
    """A file as base64, alone or with name and mime; `true` sends a small sample."""
    facts = given if isinstance(given, dict) else {"content": given}
    content = facts.get("content")
    name = str(facts.get("name") or SAMPLES[kind])
    mime = str(facts.get("mime") or MIMES.get(kind, "application/octet-stream"))
    if not isinstance(content, str):
        return Upload(name, mime, b"sample")
    try:
        return Upload(name, mime, base64.b64decode(content, validate=True))
    except binascii.Error as error:
        raise DeedRefused(f"{kind} is not base64") from error
