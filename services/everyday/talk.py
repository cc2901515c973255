"""Where somebody is in the everyday-skills talk and what they have said: kept in their form, so it survives restarts."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from services.everyday.work import EverydayWork, Told

EVERYDAY = "everyday"
"""Where the talk lies in the form. It ends with the registration's question that it helps to answer."""

PLACES, ACTIVITIES, WISHES, SUGGESTIONS = "places", "activities", "wishes", "suggestions"
_STEPS = frozenset({PLACES, ACTIVITIES, WISHES, SUGGESTIONS})

MOST_PLACES = 3
"""Places asked about one by one: more would tire."""

NEEDS_NO_WISH = 3
"""So few activities need no question which of them somebody would like to do as work."""

PAGE = 10
"""Wishes shown at once."""


@dataclass(slots=True)
class Talk:
    """What was said in the talk so far.

    Attributes:
        step: the list that is open.
        places: where the person was busy, in the order they were chosen.
        chosen: what they did.
        liked: what of it they would like to do as work.
        at: which place is asked about, or which page of wishes is shown.
        misses: how often in a row an answer was not understood.
    """

    step: str = PLACES
    places: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    liked: list[str] = field(default_factory=list)
    at: int = 0
    misses: int = 0

    @classmethod
    def of(cls, kept: Any, everyday: EverydayWork) -> "Talk | None":
        """Read a talk from a form; what the office has taken out of its lists since is left out. None for anything else."""
        if not isinstance(kept, dict) or kept.get("step") not in _STEPS:
            return None
        known = {one.name for one in fields(cls)}
        talk = cls(**{name: value for name, value in kept.items() if name in known})
        talk.places = [one for one in talk.places if one in everyday.places]
        talk.chosen = [one for one in talk.chosen if everyday.place_of(one)]
        talk.liked = [one for one in talk.liked if one in talk.chosen]
        if talk.step == ACTIVITIES and talk.at >= len(talk.places):
            talk.step, talk.at = PLACES, 0
        return talk

    @property
    def shown(self) -> str:
        """Name the list that is open: the place, where it is one place's activities."""
        return self.places[self.at] if self.step == ACTIVITIES else self.step

    def place_has_room(self, place: str) -> bool:
        """Tell whether this place may be pressed: it is chosen, or not enough are."""
        return place in self.places or len(self.places) < MOST_PLACES

    def toggle_place(self, place: str, everyday: EverydayWork) -> None:
        """Add a place, or take it out with everything done there."""
        self.misses = 0
        if place not in self.places:
            self.places.append(place)
            return
        self.places.remove(place)
        self.chosen = [one for one in self.chosen if everyday.place_of(one) != place]
        self.liked = [one for one in self.liked if one in self.chosen]

    def toggle_activity(self, activity: str) -> None:
        """Add an activity, or take it out."""
        self.misses = 0
        if activity in self.chosen:
            self.chosen.remove(activity)
            self.liked = [one for one in self.liked if one != activity]
        else:
            self.chosen.append(activity)

    def toggle_wish(self, activity: str) -> None:
        """Add a wish, or take it out; the page it stands on is shown."""
        self.misses = 0
        self.liked = (
            [one for one in self.liked if one != activity] if activity in self.liked else [*self.liked, activity]
        )
        self.at = self.chosen.index(activity) // PAGE

    def tell(self, told: Told, everyday: EverydayWork) -> None:
        """Add what was typed; nothing is taken out by typing. A place is asked about if there is room for it."""
        self.misses = 0
        if self.step == WISHES:
            self.liked = list(dict.fromkeys([*self.liked, *told.activities]))
            return
        self._add_places(told.places)
        if self.step == PLACES:
            self._add_places(filter(None, map(everyday.place_of, told.activities)))
        self.chosen = list(dict.fromkeys([*self.chosen, *told.activities]))

    def _add_places(self, places: Iterable[str]) -> None:
        self.places = list(dict.fromkeys([*self.places, *places]))[:MOST_PLACES]

    def go_on(self) -> None:
        """Move to the next list."""
        self.misses = 0
        if self.step == PLACES and self.places:
            self.step, self.at = ACTIVITIES, 0
        elif self.step == ACTIVITIES and self.at + 1 < len(self.places):
            self.at += 1
        elif self.step != WISHES and len(self.chosen) > NEEDS_NO_WISH:
            self.step, self.at = WISHES, 0
        else:
            self.step, self.at = SUGGESTIONS, 0

    def go_back(self) -> bool:
        """Move to the list before; False at the first one, before which the talk had not begun."""
        self.misses = 0
        if self.step == PLACES:
            return False
        if self.step == SUGGESTIONS and len(self.chosen) > NEEDS_NO_WISH:
            self.step, self.at = WISHES, 0
        elif self.step == ACTIVITIES and self.at:
            self.at -= 1
        elif self.step != ACTIVITIES and self.places:
            self.step, self.at = ACTIVITIES, len(self.places) - 1
        else:
            self.step, self.at = PLACES, 0
        return True
