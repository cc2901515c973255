"""What an update costs with others: aiogram alone, and aiogram with SQLModel's AsyncSession, the way its documentation shows it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.types import CallbackQuery, Message
from sqlalchemy import JSON, BigInteger, Column, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Field, SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

TOKEN = "7000001:" + "x" * 35
WORDS = "Где вы ищете работу?"
ANSWERED = json.dumps(
    {
        "ok": True,
        "result": {"message_id": 1, "date": 1795317750, "chat": {"id": 1, "type": "private"}, "text": WORDS},
    }
)

Take = Callable[[int, bytes], Awaitable[None]]
"""Takes one person's update and comes back when it is answered."""


class MockedSession(BaseSession):
    """Answers every call at once. `reads` also reads the messenger's answer, as a real session would."""

    def __init__(self, *, reads: bool) -> None:
        super().__init__()
        self._reads = reads

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:
        return self.check_response(bot, method, 200, ANSWERED).result if self._reads else None

    async def close(self) -> None: ...

    def stream_content(self, *given: Any, **named: Any) -> Any:
        raise NotImplementedError


def bot_of(*, reads: bool = False) -> Bot:
    """Make a bot that speaks to nobody."""
    return Bot(TOKEN, session=MockedSession(reads=reads))


def answering(dispatcher: Dispatcher) -> Dispatcher:
    """Let a dispatcher answer every message and press with some words."""

    @dispatcher.message()
    async def said(message: Message) -> None:
        await message.answer(WORDS)

    @dispatcher.callback_query()
    async def pressed(press: CallbackQuery) -> None:
        if isinstance(press.message, Message):
            await press.message.answer(WORDS)

    return dispatcher


@asynccontextmanager
async def raw(*, reads: bool = False) -> AsyncIterator[Take]:
    """aiogram from bytes to an answer, nothing stored."""
    dispatcher, bot = answering(Dispatcher()), bot_of(reads=reads)

    async def take(person: int, update: bytes) -> None:
        await dispatcher.feed_raw_update(bot, json.loads(update))

    yield take


class Seat(SQLModel, table=True):
    """Where somebody stands, as a tutorial would keep it."""

    __tablename__ = "floor_seat"

    user_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    step: str = "name"
    form: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


def engine_of(url: str) -> AsyncEngine:
    """Make the engine; SQLite durable and one connection, so that nobody is refused as locked."""
    if url.startswith("postgresql"):
        return create_async_engine("postgresql+asyncpg://" + url.partition("://")[2], pool_size=10, max_overflow=0)
    engine = create_async_engine("sqlite+aiosqlite" + url.removeprefix("sqlite"), pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    return engine


@asynccontextmanager
async def sqlmodel(url: str, people: range, transactions: int) -> AsyncIterator[Take]:
    """aiogram, and so many committed transactions of one SELECT and one UPDATE each through AsyncSession."""
    engine, dispatcher, bot = engine_of(url), answering(Dispatcher()), bot_of()
    async with engine.begin() as connection:
        await connection.run_sync(Seat.__table__.create, checkfirst=True)  # type: ignore[attr-defined]  # SQLModel sets it
    async with AsyncSession(engine) as session:
        for person in people:
            await session.merge(Seat(user_id=person))
        await session.commit()

    async def take(person: int, update: bytes) -> None:
        read = json.loads(update)
        for number in range(transactions):
            async with AsyncSession(engine, expire_on_commit=False) as session:
                seat = (await session.exec(select(Seat).where(Seat.user_id == person))).one()
                seat.step = "region"
                seat.form = {"number": read["update_id"], "part": number, "name": "Айгуль"}
                session.add(seat)
                await session.commit()
        await dispatcher.feed_raw_update(bot, read)

    yield take
    await engine.dispose()
