"""The demonstration: an embedded messenger with people in it, a staff group, sample vacancies, and the whole service.

Everything lies under `var/demo/`. No account and no network are needed.
"""

import base64
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.gathering import publish_samples
from bot.service import running
from bot.settings import ROOT, Settings, read_settings
from channels.messenger.seed import staff_group
from channels.messenger.server import Messenger
from storage.migrations.runner import migrate
from storage.queries import cases
from storage.tables.counselling import Staff
from storage.work import Work

FOLDER = ROOT / "var" / "demo"
TOKEN = "7000001:demo-token-of-the-embedded-messenger"  # opens nothing outside this machine
BOT_NAME = "jobline_demo_bot"
JOBSEEKER, COUNSELLOR, ADMIN = 1001, 2001, 3001
STAFF_GROUP = -1001000000001


class PortTaken(Exception):
    """Something else listens on the wanted port."""


def settings_for(folder: Path, port: int) -> Settings:
    """Give the demonstration's settings; the key is made once and kept beside the data."""
    folder.mkdir(parents=True, exist_ok=True)
    key_file = folder / "key"
    if not key_file.exists():
        key_file.touch(mode=0o600)
        key_file.write_text(base64.urlsafe_b64encode(os.urandom(32)).decode())
    return read_settings(
        token=TOKEN,
        api_url=f"http://127.0.0.1:{port}",
        database_url=f"sqlite:///{folder}/jobline.db",
        key=key_file.read_text(),
        admins=(ADMIN,),
        staff_groups=(STAFF_GROUP,),
        web="",
        webhook_url="",
        webhook_secret="",
    )


def people() -> dict[str, object]:
    """Say who is there at the start."""
    members = [COUNSELLOR, ADMIN]
    return {
        "bots": [{"token": TOKEN, "username": BOT_NAME, "first_name": "Jobline"}],
        "people": [
            {"id": JOBSEEKER, "first_name": "Aigul", "language_code": "ru"},
            {"id": COUNSELLOR, "first_name": "Anna", "language_code": "en"},
            {"id": ADMIN, "first_name": "Boris", "language_code": "en"},
        ],
        "groups": [staff_group(STAFF_GROUP, "Jobline counsellors", members)],
    }


@asynccontextmanager
async def demonstration(port: int, *, reset: bool = False, folder: Path = FOLDER) -> AsyncIterator[Messenger]:
    """Run the demonstration for the length of a block; gives the messenger, whose `url` is the page."""
    _prepare(folder, reset=reset)
    try:
        messenger = Messenger(folder / "messenger.db", port=port)
    except OSError as taken:
        raise PortTaken(port) from taken
    messenger.seed(people())
    settings = settings_for(folder, messenger.port)
    migrate(settings.database_url)
    await messenger.start()
    try:
        async with running(settings) as service:
            await publish_samples(service.database, service.content.pack)
            await service.database.run(_employ)
            yield messenger
    finally:
        await messenger.stop()


def _prepare(folder: Path, *, reset: bool) -> None:
    if reset:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def _employ(work: Work) -> None:
    """Make the demonstration's counsellor and admin known."""
    for user_id, role, name in ((COUNSELLOR, "counsellor", "Anna"), (ADMIN, "admin", "Boris")):
        known = cases.staff_by_account(work, user_id)
        if known is None:
            work.add(Staff(user_id=user_id, role=role, name=name, joined_at=work.now))
        else:
            known.name = name


def line_for_other_verbs(folder: Path, settings: Settings) -> str:
    """Give the line that points other verbs at the demonstration."""
    return (
        f"export JOBLINE_DATABASE_URL={settings.database_url} JOBLINE_API_URL={settings.api_url} "
        f"JOBLINE_TOKEN={TOKEN} JOBLINE_KEY=$(cat {folder}/key) "
        f"JOBLINE_STAFF_GROUPS={STAFF_GROUP} JOBLINE_ADMINS={ADMIN}"
    )
