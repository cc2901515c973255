"""Where a person stands in a conversation, as aiogram sees it, kept in the turn's own transaction."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from services.people.drafts import DRAFT
from storage.tables.people import Conversation
from storage.work import Work

VERSION = 1
"""Raise when the steps or forms change their meaning: an unfinished older form is then restarted politely."""


class TurnStorage(BaseStorage):
    """aiogram's storage over the one conversation row this turn holds. Nothing is kept after the turn."""

    def __init__(self, row: Conversation, work: Work) -> None:
        self._row = row
        self._work = work

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Move to a step; None leaves the form."""
        self._row.step = state.state if isinstance(state, State) else state
        self._row.version = VERSION
        self._row.updated_at = self._work.now

    async def get_state(self, key: StorageKey) -> str | None:
        """Give the step, or None when there is none or it belongs to an older release."""
        return self._row.step if self._row.version == VERSION else None

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the unfinished form, and note when the unfinished registration in it changed."""
        before, after = self._row.form.get(DRAFT), data.get(DRAFT)
        self._row.form = {name: value for name, value in data.items() if value is not None}
        self._row.version = VERSION
        self._row.updated_at = self._work.now
        if after is None:
            self._row.draft_at = self._row.reminded_at = None
        elif after != before:
            self._row.draft_at = self._work.now

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Give the unfinished form."""
        return dict(self._row.form) if self._row.version == VERSION else {}

    async def close(self) -> None:
        """Nothing is open."""


def context_of(row: Conversation, work: Work, bot_id: int, user_id: int) -> FSMContext:
    """Make the context handlers use."""
    key = StorageKey(bot_id=bot_id, chat_id=user_id, user_id=user_id)
    return FSMContext(storage=TurnStorage(row, work), key=key)
