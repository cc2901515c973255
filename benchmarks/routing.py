"""What it costs to find the handler of an update: P2.

    python -m benchmarks.routing [--quick]

A parsed-from-JSON update is offered to the same handlers of ours, alone, beside all conversations of the product, and beside 10, 100 and 1,000
generated conversations. aiogram's own flat list is measured beside it.
"""

import types
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import uvloop
from aiogram import Dispatcher, Router
from aiogram.filters import Command
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, Update

from benchmarks.floors_inbound import bot_of
from benchmarks.measuring import Cost, Round, Stopwatch, Verdict, in_turn, middle, quick, ratio, run_of, table
from benchmarks.registration import FIRST_PERSON, Registrations
from bot.dispatcher import build_dispatcher, offer
from handlers.common.taps import Awaiting, Tapped, Typed
from handlers.routers import PRIVATE
from services.actions import Action

BATCH = 150
GROWTH = (10, 100, 1000)
OURS_ALONE, OURS_ALL, OF_AIOGRAM = "our one conversation", "beside all of ours", "aiogram, one handler"


@dataclass(frozen=True)
class Press(Action, prefix="mm"):
    """The press that is measured."""


class Measured(StatesGroup):
    """The step that is measured."""

    here = State()


def the_one() -> Router:
    """Make the conversation that answers."""
    router = Router(name="measured")

    @router.message(Typed("measured"))
    async def commanded(message: Message) -> str:
        return "command"

    @router.callback_query(Tapped(Press))
    async def pressed(press: CallbackQuery) -> str:
        return "press"

    @router.message(Awaiting(Measured.here))
    async def typed(message: Message) -> str:
        return "text"

    return router


def another(number: int) -> Router:
    """Make a conversation that answers other commands, presses and steps."""
    tap: Any = types.new_class(f"Other{number}", (Action,), {"prefix": f"m{number}x"})
    tap = dataclass(frozen=True)(tap)
    steps: Any = type(f"Others{number}", (StatesGroup,), {"here": State()})
    router = Router(name=f"other{number}")

    async def never(event: Any) -> None:
        raise AssertionError

    router.message(Typed(f"other{number}"))(never)
    router.callback_query(Tapped(tap))(never)
    router.message(Awaiting(steps))(never)
    return router


def updates() -> list[tuple[dict[str, Any], str, str]]:
    """Give a command, a press and a text with what must be answered."""
    made = Registrations()
    person = FIRST_PERSON
    plain: dict[str, Any] = made.typed(person, "/measured")
    press = {"id": "1", "from": plain["from"], "chat_instance": "1", "data": Press().pack(), "message": plain}
    return [
        ({"update_id": 1, "message": plain}, "message", "command"),
        ({"update_id": 2, "callback_query": press}, "callback_query", "press"),
        ({"update_id": 3, "message": plain | {"text": "Айгуль"}}, "message", "text"),
    ]


def ours(routers: Sequence[Router]) -> Round:
    """Make the rounds of our dispatcher over conversations."""
    dispatcher, bot, wanted = build_dispatcher(routers), bot_of(), updates()

    async def one() -> Cost:
        with Stopwatch(BATCH * len(wanted)) as watch:
            for _ in range(BATCH):
                for update, kind, expected in wanted:
                    event = getattr(Update.model_validate(update, context={"bot": bot}), kind)
                    given = await offer(dispatcher, kind, event, bot_name="b", raw_state=Measured.here.state)
                    assert given == expected
        return watch.cost

    return one


def aiograms(others: int) -> Round:
    """Make the rounds of aiogram itself with a flat list before the handler that answers."""
    dispatcher, bot = Dispatcher(), bot_of()

    async def never(message: Message) -> None:
        raise AssertionError

    async def answered(message: Message) -> str:
        return "command"

    for number in range(others):
        dispatcher.message(Command(f"other{number}"))(never)
    dispatcher.message(Command("measured"))(answered)
    update = updates()[0][0]

    async def one() -> Cost:
        times = max(10, BATCH * 3 // max(1, others // 10))
        with Stopwatch(times) as watch:
            for _ in range(times):
                await dispatcher.feed_raw_update(bot, update)
        return watch.cost

    return one


async def compare(rounds: int) -> dict[str, list[Cost]]:
    """Run everybody in turn."""
    generated = [another(number) for number in range(max(GROWTH))]
    contestants = {OURS_ALONE: ours([the_one()]), OURS_ALL: ours([*PRIVATE, the_one()])}
    contestants |= {f"beside {count} generated": ours([*generated[:count], the_one()]) for count in GROWTH}
    contestants |= {OF_AIOGRAM: aiograms(0)}
    contestants |= {f"aiogram, behind {count} handlers": aiograms(count) for count in (10, 100, 300)}
    return await in_turn(contestants, rounds)


def measure() -> list[Verdict]:
    """Measure and judge."""
    with run_of("P2 routing"):
        found = uvloop.run(compare(8 if quick() else 30))
        table("an update read and offered", {name: middle(costs) for name, costs in found.items()}, OURS_ALONE)
        alone = [cost.cpu for cost in found[OURS_ALONE]]
        grown = {name: ratio([cost.cpu for cost in costs], alone) for name, costs in found.items()}
        results = [Verdict("P2", "all our conversations over one", grown[OURS_ALL], 1.15)]
        results += [
            Verdict("P2", f"{count} generated conversations over one", grown[f"beside {count} generated"], 1.15)
            for count in GROWTH
        ]
        print(*results, sep="\n")
    return results


if __name__ == "__main__":
    measure()
