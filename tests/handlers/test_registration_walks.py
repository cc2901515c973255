"""Random walks through the registration: whatever way somebody takes, what is stored is what they answered last."""

import asyncio
import functools
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handlers.profile.actions import ChangeAnswer
from handlers.registration.actions import (
    BeginQuestions,
    Correct,
    DonePicking,
    GoBack,
    KeepAnswer,
    PickOccupation,
    PickOption,
    PickRegion,
    SaveRegistration,
    ShowAnswers,
    SkipQuestion,
    StopForNow,
)
from handlers.start.actions import GoOn, PickLanguage
from services.actions import Action
from services.people.drafts import DRAFT, Draft
from services.people.profile import EXPERIENCE, answers_of
from storage.migrations.runner import migrate
from storage.queries import people
from storage.work import Work
from tests.desks import PACK
from tests.phone import YOU, Phone, World, open_world, settings_for

QUESTIONS = PACK.registration.questions
LANGUAGES = ("en", "ru", "kk", "es", "fr", "ar")
NAMES = ("Aigul", "عائشة", "<b>José</b> & co", "Ж" * 64, "A\u200dB")
ONE_OF: dict[str, tuple[str, ...]] = {
    "experience": tuple(EXPERIENCE),
    "education": ("basic", "vocational", "higher"),
}
SEVERAL = {"skills": ("driving_licence_b", "computer"), "languages": ("kk", "ru", "de"), "hours": ("full", "remote")}
AMOUNTS = {"250000": 250_000, "25к": 25_000, "٣٠٠٠٠٠": 300_000, "410": 410_000}


@functools.cache
def _migrated() -> Path:
    """Make an empty database once; each walk begins with a copy."""
    path = Path(tempfile.mkdtemp()) / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


class Walk(RuleBasedStateMachine):
    """One person with one phone. `step` and `said` are what they believe; the office must believe the same."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name)}/walk.db"
        shutil.copy(_migrated(), f"{self.folder.name}/walk.db")
        self.step = "purposes"
        self.correcting = self.registered = self.changing = False
        self.said: dict[str, Any] = {}

    @initialize(answered=st.integers(0, len(QUESTIONS)))
    def begin(self, answered: int) -> None:
        """Say hello, press Register, and answer so many questions."""
        self._open()
        for act in (self.you.say("/start"), self.you.press(PickLanguage("en").pack()), self.you.say("/register")):
            self.runner.run(act)
        self.reads_and_begins()
        for question in QUESTIONS[:answered]:
            self._answer(question, lambda choices: choices[0])

    def _open(self, *more: Any) -> None:
        self.context = open_world(settings_for(self.url), *more)
        self.world: World = self.runner.run(self.context.__aenter__())
        self.you: Phone = self.world.phone()

    # What the person does

    def press(self, *actions: Action) -> None:
        """Press buttons under the newest message."""
        for action in actions:
            self.runner.run(self.you.press(action.pack(), self.you.last))

    def say(self, text: str) -> None:
        """Write."""
        self.runner.run(self.you.say(text))

    @property
    def asking(self) -> bool:
        """Tell whether a question waits."""
        return self.step in QUESTIONS

    @precondition(lambda self: self.step == "purposes")
    @rule()
    def reads_and_begins(self) -> None:
        """Press Begin."""
        self.press(BeginQuestions())
        self.step = QUESTIONS[0]

    @precondition(lambda self: self.asking)
    @rule(data=st.data())
    def answers(self, data: st.DataObject) -> None:
        """Answer what is asked, by typing or pressing."""
        self._answer(self.step, lambda choices: data.draw(st.sampled_from(choices)))

    def _answer(self, question: str, choose: Callable[[Sequence[Any]], Any]) -> None:
        match question:
            case "name":
                self.said["name"] = choose(NAMES)
                self.say(self.said["name"])
            case "place":
                self.said["region"] = choose([one.code for one in PACK.regions])
                self.press(PickRegion(self.said["region"]))
            case "occupation":
                self.said["occupation"] = choose(("8342", "5120", "7212"))
                self.press(PickOccupation(self.said["occupation"]))
            case "pay":
                typed = choose(tuple(AMOUNTS))
                self.say(typed)
                self.said["pay"] = AMOUNTS[typed]
            case "experience" | "education":
                option = choose(ONE_OF[question])
                self.press(PickOption(question, option))
                self.said[question] = EXPERIENCE[option] if question == "experience" else option
            case _:
                first, second = choose(SEVERAL[question]), choose(SEVERAL[question])
                self._picks(question, [first] if first == second else [first, second])
        self._on()

    def _picks(self, question: str, options: list[str]) -> None:
        chosen = list(self.said.get(question) or [])
        for option in options:
            self.press(PickOption(question, option))
            chosen = [one for one in chosen if one != option] if option in chosen else [*chosen, option]
        self.press(DonePicking(question))
        self.said[question] = chosen

    @precondition(lambda self: self.asking)
    @rule()
    def skips(self) -> None:
        """Say nothing to this question."""
        self.press(SkipQuestion(self.step))
        self.said["region" if self.step == "place" else self.step] = None
        self._on()

    @precondition(lambda self: self.asking and not self.changing)
    @rule()
    def hurries(self) -> None:
        """Skip everything up to the summary, but keep what was said."""
        while self.step != "summary":
            if self.said.get("region" if self.step == "place" else self.step):
                self.keeps()
            else:
                self.skips()

    @precondition(lambda self: self.asking and self.said.get("region" if self.step == "place" else self.step))
    @rule()
    def keeps(self) -> None:
        """Keep what was said before."""
        self.press(KeepAnswer(self.step))
        self._on()

    def _on(self) -> None:
        if self.changing:
            self.step, self.changing = "profile", False
            return
        last = self.step == QUESTIONS[-1]
        self.step = "summary" if self.correcting or last else QUESTIONS[QUESTIONS.index(self.step) + 1]
        self.correcting = False

    @precondition(lambda self: self.asking)
    @rule()
    def goes_back(self) -> None:
        """Press Back at a question."""
        self.press(GoBack(self.step))
        if self.changing:
            self.step, self.changing = "profile", False
        elif self.correcting:
            self.step, self.correcting = "summary", False
        else:
            at = QUESTIONS.index(self.step)
            self.step = QUESTIONS[at - 1] if at else "purposes"

    @precondition(lambda self: self.step == "summary")
    @rule(number=st.integers(1, len(QUESTIONS)), typed=st.booleans())
    def corrects(self, number: int, typed: bool) -> None:
        """Open a question from the summary."""
        if typed:
            self.say(str(number))
        else:
            self.press(Correct(QUESTIONS[number - 1]))
        self.step, self.correcting = QUESTIONS[number - 1], True

    @precondition(lambda self: self.step == "summary")
    @rule(question=st.sampled_from(QUESTIONS), data=st.data())
    def corrects_and_answers(self, question: str, data: st.DataObject) -> None:
        """Open a question from the summary and answer it anew."""
        self.press(Correct(question))
        self.step, self.correcting = question, True
        self._answer(question, lambda choices: data.draw(st.sampled_from(choices)))

    @precondition(lambda self: self.asking and not self.changing)
    @rule(number=st.integers(0, len(QUESTIONS) - 1))
    def looks_and_changes(self, number: int) -> None:
        """Look at the answers in the middle and go to one of them."""
        self.press(ShowAnswers(), Correct(QUESTIONS[number]))
        self.step, self.correcting = QUESTIONS[number], False

    @precondition(lambda self: self.step == "summary")
    @rule(typed=st.booleans())
    def saves(self, typed: bool) -> None:
        """Save."""
        if typed:
            self.say("да")
        else:
            self.press(SaveRegistration())
        self.step, self.registered = "profile", True

    @precondition(lambda self: self.registered and not self.changing)
    @rule(question=st.sampled_from(QUESTIONS))
    def changes(self, question: str) -> None:
        """Open the profile and change one answer."""
        self.say("/profile")
        self.press(ChangeAnswer(question))
        self.step, self.changing = question, True

    @rule(how=st.sampled_from((*LANGUAGES, "restart", "stop", "/start", "/menu", "/help", "/benefits", "/mydata")))
    def is_interrupted(self, how: str) -> None:
        """Switch the language, stop and come back, restart the service, or look at something else."""
        if how in LANGUAGES:
            self.say("/language")
            self.press(PickLanguage(how))
        elif how == "restart":
            self._restart()
        elif how == "stop" and self.asking and not self.changing:
            self.press(StopForNow())
            self.say("/register")
        elif how == "/start" and not self.registered:
            self.say(how)
            self.press(GoOn())
        elif how.startswith("/") and how != "/start":
            self.say(how)
            if how == "/menu" and not self.registered:
                self.say("/register")
            elif how == "/menu" and self.changing:
                self.say("/profile")
                self.press(ChangeAnswer(self.step))

    def _restart(self) -> None:
        clock, recorder, number = self.world.clock, self.world.recorder, self.world.update_id
        self.runner.run(self.context.__aexit__(None, None, None))
        self._open(recorder, clock)
        self.world.update_id = number

    # What must hold

    @invariant()
    def what_is_kept_is_what_was_said(self) -> None:
        """Before Save only the draft has it; after Save the record has it, and each change at once."""
        if not hasattr(self, "world"):
            return
        stored, draft = self.runner.run(self.world.run(self._kept))
        if self.registered:
            assert draft is None
            if not self.changing:
                assert {name: stored[name] for name in self.said} == self.said
        else:
            assert not any(value is not None for value in stored.values())
            assert draft is not None
            assert {name: draft.answers[name] for name in self.said} == self.said
            assert draft.step == self.step

    @staticmethod
    def _kept(work: Work) -> tuple[dict[str, Any], Draft | None]:
        found = people.speaker(work, YOU)
        return (answers_of(found[0]), Draft.of(found[1].form.get(DRAFT))) if found else ({}, None)

    def teardown(self) -> None:
        """Close the office."""
        if hasattr(self, "world"):
            self.runner.run(self.context.__aexit__(None, None, None))
        self.runner.close()
        self.folder.cleanup()


TestWalks = Walk.TestCase
TestWalks.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate),
)
