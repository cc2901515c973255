"""One office for a crash test: a messenger and a bot as processes of their own, a database, and people around them."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from channels.messenger.seed import staff_group
from tests.crash.ledger import Ledger
from tests.crash.programs import Program, until
from tests.databases import KEY
from tests.postgres import free_port

SECRET = "crash-AAGy7-2kQz9LmTrWxC4sVdB6fNhJp8u"
BOT_ID = 7000077
TOKEN = f"{BOT_ID}:{SECRET}"
COUNSELLOR = 3001
STAFF_GROUPS = tuple(-1001000000100 - number for number in range(40))
"""So many, because a group may be written to only twenty times a minute."""

READY = "Jobline is ready."


class Street:
    """The people's side of the messenger, over HTTP: what they do, and what stands in their chats."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.url = ""

    async def post(self, path: str, **body: Any) -> Any:
        """Let something happen."""
        async with self._session.post(self.url + path, json=body) as answer:
            assert answer.status == 200, (path, answer.status, await answer.text())
            return await answer.json()

    async def get(self, path: str) -> Any:
        """Look."""
        async with self._session.get(self.url + path) as answer:
            assert answer.status == 200, (path, answer.status)
            return await answer.json()

    async def chat(self, person: int, chat_id: int = 0) -> list[dict[str, Any]]:
        """Give everything that stands in a chat, the oldest first."""
        messages: list[dict[str, Any]] = []
        while True:
            after = messages[-1]["message_id"] if messages else 0
            page = await self.get(f"/ui/people/{person}/messages?chat_id={chat_id}&after={after}&limit=1000")
            if not page["messages"]:
                return messages
            messages += page["messages"]

    async def latest(self, person: int, limit: int = 3) -> list[dict[str, Any]]:
        """Give what stands last in a private chat."""
        page: list[dict[str, Any]] = (await self.get(f"/ui/people/{person}/messages?limit={limit}"))["messages"]
        return page


@dataclass
class Office:
    """Everything a crash test touches.

    Attributes:
        restarts: how many seconds each start of the bot took until it was ready.
        efforts: how many of them it spent on the processor.
    """

    folder: Path
    ledger: Ledger
    street: Street
    messenger: Program
    bot: Program
    environment: dict[str, str]
    webhook: bool
    restarts: list[float] = field(default_factory=list)
    efforts: list[float] = field(default_factory=list)

    @property
    def shared(self) -> bool:
        """Tell whether several services may work on the database at once."""
        return self.ledger.url.startswith("postgresql")

    async def open_messenger(self, port: int = 0) -> None:
        """Start the messenger, or start it again where it was."""
        if self.street.url:
            port = int(self.street.url.rpartition(":")[2])
        words = ("-m", "channels.messenger", "--flood", "off", "--file", str(self.folder / "messenger.db"))
        self.messenger = Program("messenger", self.folder, *words, "--port", str(port), "--token", TOKEN)
        await self.messenger.start("messenger ready at ")
        self.street.url = self.messenger.said.read_text().rpartition("messenger ready at ")[2].strip().rstrip("/")
        self.environment["JOBLINE_API_URL"] = self.street.url

    async def people(self, ids: dict[int, str]) -> None:
        """Let there be a bot, people, and a staff group with its counsellor."""
        members = [{"id": COUNSELLOR, "first_name": "Clara", "language_code": "en"}]
        members += [{"id": number, "first_name": name, "language_code": "en"} for number, name in ids.items()]
        groups = [staff_group(number, "Counsellors", [COUNSELLOR]) for number in STAFF_GROUPS]
        bots = [{"token": TOKEN, "username": "jobline_crash_bot"}]
        await self.street.post("/control/seed", bots=bots, people=members, groups=groups)
        await self.street.post("/control/webhooks", pause_scale=0.01)
        await self.street.post("/control/clock", scale=0.01)  # a press would be dropped after 150 seconds otherwise

    async def open(self, fault: str = "") -> None:
        """Start the bot and wait until it is ready; keep how long that took."""
        self.restarts.append(await self.bot.start(READY, self.environment | {"JOBLINE_FAULT": fault}))
        self.efforts.append(self.bot.effort)

    def begin(self, fault: str = "") -> None:
        """Start the bot and wait for nothing: it may die at once."""
        self.bot.begin(self.environment | {"JOBLINE_FAULT": fault})

    async def at_rest(self, within: float = 90.0) -> None:
        """Wait until the messenger has handed everything over and the bot has nothing left to do."""

        async def quiet() -> bool:
            assert self.bot.alive, f"the bot ended by itself: {self.bot.complained.read_text()[-2000:]}"
            await asyncio.sleep(0.1)
            waiting = (await self.street.get("/control/pending"))["count"]
            return not waiting and await self.ledger.open_work() == 0

        await until(quiet, within, "all work is done")

    async def run(self, *words: str, fault: str = "", **more: str) -> Program:
        """Run a verb of the bot to its end, or to the end a fault makes of it."""
        verb = Program(f"bot-{words[0]}", self.folder, "-m", "bot", *words)
        verb.begin(self.environment | {"JOBLINE_FAULT": fault} | more)
        await verb.died()
        return verb

    def logged(self) -> str:
        """Give everything the bot ever wrote to its output and log."""
        return self.bot.said.read_text() + self.bot.complained.read_text()


@asynccontextmanager
async def opened_office(folder: Path, database_url: str, *, webhook: bool = False) -> AsyncIterator[Office]:
    """Have a messenger and a bot that is not started yet; whatever runs at the end is ended."""
    environment = environment_for(database_url)
    if webhook:
        port = free_port()
        environment |= {"JOBLINE_WEB": f"127.0.0.1:{port}", "JOBLINE_WEBHOOK_URL": f"http://127.0.0.1:{port}"}
        environment["JOBLINE_WEBHOOK_SECRET"] = "s" * 40
    connector = aiohttp.TCPConnector(limit=60)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=90)) as session:
        bot = Program("bot", folder, "-m", "bot", "run")
        nobody = Program("nobody", folder)
        office = Office(folder, Ledger(database_url), Street(session), nobody, bot, environment, webhook)
        try:
            await office.open_messenger()
            yield office
        finally:
            bot.stop()
            office.messenger.stop()


def environment_for(database_url: str) -> dict[str, str]:
    """Give every setting, so that none comes from the machine the test runs on."""
    settings = {
        "TOKEN": TOKEN,
        "DATABASE_URL": database_url,
        "KEY": base64.urlsafe_b64encode(KEY).decode(),
        "STAFF_GROUPS": ",".join(map(str, STAFF_GROUPS)),
        "ADMINS": str(COUNSELLOR),
        "LANGUAGES": "en",
        "COUNTRY": "kz",
        "TIMEZONE": "",
        "RATE": "1000",
        "WEB": "",
        "WEBHOOK_URL": "",
        "WEBHOOK_SECRET": "",
        "CLOCK": "",
        "LOG_LEVEL": "INFO",
    }
    return {f"JOBLINE_{name}": value for name, value in settings.items()}
