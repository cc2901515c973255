"""Everything that exists in the messenger, loaded at start, changed in memory, written behind."""

import mimetypes
import secrets
import tempfile
from pathlib import Path

from channels.messenger.calls import Calls
from channels.messenger.clock import Clock
from channels.messenger.errors import DeedRefused
from channels.messenger.events import Events
from channels.messenger.faults import Faults
from channels.messenger.flood import Flood, FloodRules
from channels.messenger.history import History
from channels.messenger.images import image_size
from channels.messenger.model import Bot, Callback, Chat, Message, Person, StoredFile, chat_from
from channels.messenger.store import Store
from channels.messenger.updates import Update, UpdateQueue
from channels.messenger.webhooks import Webhooks

CALLBACKS_KEPT = 20_000
FOLDERS = {"photo": "photos", "voice": "voice", "video_note": "video_notes", "sticker": "stickers"}


class World:
    """The state and its indexes; the rules live in the modules around it."""

    def __init__(self, path: Path | None, flood: FloodRules | None = None) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="messenger-") if path is None else None
        self.store = Store(path or Path(str(self._temporary and self._temporary.name)) / "messenger.db")
        self.clock = Clock()
        self.events = Events()
        self.flood = Flood(flood or FloodRules())
        self.faults = Faults()
        self.calls = Calls(self.store)
        self.bots: dict[int, Bot] = {}
        self.tokens: dict[str, Bot] = {}
        self.webhooks = Webhooks(self.faults, self.clock.stamp)
        self.queues = self.webhooks.queues
        self.people: dict[int, Person] = {}
        self.chats: dict[str, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.callbacks: dict[str, Callback] = {}
        self._histories: dict[str, History] = {}
        self._touched: set[str] = set()
        self._last_ids = self.store.last_ids()
        self.store.written.append(self._trim)
        self._load()

    def _load(self) -> None:
        for _, record in self.store.records("bot"):
            self._know_bot(Bot(**record))
        for _, record in self.store.records("person"):
            self.people[int(record["id"])] = Person(**record)
        for key, record in self.store.records("chat"):
            self.chats[key] = chat_from(record)
        for key, record in self.store.records("callback"):
            self.callbacks[key] = Callback(**record)
        for about in self.store.files():
            self.files[about["file_id"]] = StoredFile(**about)
        for bot_id, number, kind, lane, expires, body in self.store.updates():
            if bot_id in self.queues:
                self.queues[bot_id].restore(Update(number, kind, lane, expires, body))

    def _know_bot(self, bot: Bot) -> None:
        self.bots[bot.id] = self.tokens[bot.token] = bot
        self.queues[bot.id] = UpdateQueue(bot, self.store, self.clock)
        prefix = f"{bot.id}:"
        mine = (last for key, last in self._last_ids.items() if key.startswith(prefix))
        bot.last_private_id = max(mine, default=0)

    def add_bot(self, token: str, username: str = "", first_name: str = "") -> Bot:
        """A bot account by its token, whose first part is its id; the same token again is the same bot."""
        head, _, secret = token.partition(":")
        if not head.isdigit() or not secret:
            raise DeedRefused("a token looks like 123456:letters")
        known = self.bots.get(int(head))
        if known is None:
            name = username or f"jobline_{head}_bot"
            known = Bot(int(head), token, name, first_name or name)
            self._know_bot(known)
        elif known.token != token:
            self.tokens.pop(known.token, None)
            known.token = token
            self.tokens[token] = known
        self.store.keep("bot", known.id, known)
        return known

    def save_bot(self, bot: Bot) -> None:
        """Keep what changed about a bot."""
        self.store.keep("bot", bot.id, bot)

    def save_person(self, person: Person) -> None:
        """Keep a new or changed person."""
        self.people[person.id] = person
        self.store.keep("person", person.id, person)

    def save_chat(self, chat: Chat) -> None:
        """Keep a new or changed chat."""
        self.chats[chat.key] = chat
        self.store.keep("chat", chat.key, chat)

    def private_chat(self, bot_id: int, user_id: int) -> Chat | None:
        """The chat between them, if they ever spoke."""
        return self.chats.get(f"{bot_id}:{user_id}")

    def person_of(self, chat: Chat) -> Person | None:
        """The person of a private chat."""
        return self.people.get(chat.id) if chat.private else None

    def history(self, chat: Chat) -> History:
        """The chat's messages."""
        found = self._histories.get(chat.key)
        if found is None:
            found = History(self.store, chat.key, self._last_ids.get(chat.key, 0))
            self._histories[chat.key] = found
        self._touched.add(chat.key)
        return found

    def next_message_id(self, chat: Chat) -> int:
        """Private chats of a bot share one row of numbers, as in Telegram; groups have their own."""
        if not chat.private:
            return self.history(chat).last_id + 1
        bot = self.bots[chat.bot_id]
        bot.last_private_id += 1
        return bot.last_private_id

    def message(self, chat: Chat, message_id: int) -> Message | None:
        """A message that exists and was not deleted."""
        return self.history(chat).get(message_id)

    def keep_callback(self, callback: Callback) -> None:
        """Remember a press; those long past any answer are forgotten on the way."""
        self.callbacks[callback.id] = callback
        self.store.keep("callback", callback.id, callback)
        while len(self.callbacks) > CALLBACKS_KEPT:
            oldest = next(iter(self.callbacks))
            del self.callbacks[oldest]
            self.store.forget("callback", oldest)

    def _trim(self) -> None:
        touched, self._touched = self._touched, set()
        for key in touched:
            self._histories[key].trim()

    def keep_file(self, kind: str, name: str, mime: str, content: bytes) -> StoredFile:
        """Take in a file; its ids say nothing about it."""
        width, height = image_size(content) or (0, 0)
        suffix = Path(name).suffix or mimetypes.guess_extension(mime) or ".bin"
        path = f"{FOLDERS.get(kind, 'documents')}/file_{len(self.files) + 1}{suffix}"
        file_id, unique_id = f"BQ{secrets.token_urlsafe(30)}", f"AQ{secrets.token_urlsafe(9)}"
        file = StoredFile(file_id, unique_id, kind, name, mime, len(content), path, width, height)
        self.files[file.file_id] = file
        self.store.keep_file(file.file_id, file, content)
        return file

    async def run(self) -> None:
        """Take up the webhooks of before, then write behind until cancelled."""
        for bot in self.bots.values():
            if bot.webhook:
                self.webhooks.start(bot)
        await self.store.run()

    async def close(self) -> None:
        """Send everybody home, write the rest."""
        self.events.close()
        for queue in self.queues.values():
            queue.close()
        await self.webhooks.close()
        self.store.close()
        if self._temporary is not None:
            self._temporary.cleanup()
