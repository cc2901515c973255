"""What is wrong with an installation, and how to mend it: settings, database, key, content, messenger, staff groups, data.

Looks, and changes nothing. One part that is broken hides only what cannot be looked at without it.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import LargeBinary, func, select, type_coerce

from bot import catalogues, wiring
from bot.settings import Refused, Settings
from channels.outcomes import Unauthorized
from channels.telegram.answers import Hook, Myself, Standing
from channels.telegram.sender import Sender
from services.packs import lint_pack
from services.words import SOURCE_LANGUAGE
from storage.clock import Clock
from storage.engine import Database
from storage.migrations.runner import SchemaNewer, is_current
from storage.queries import invariants
from storage.sealed import NAMED, Sealed, Unreadable, read_keys, ring
from storage.tables.all import METADATA
from storage.work import Work
from web.app import WEBHOOK

LARGEST_SKEW = timedelta(seconds=5)
"""More than this between the database's clock and ours moves leases and due times noticeably."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where, what, and how to mend it. A warning does not keep the service from working."""

    where: str
    what: str
    mend: str
    severity: Literal["error", "warning"] = "error"


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything. Gives what is wrong in the order in which it should be mended."""
    return [
        *_settings(settings),
        *await _database(settings),
        *_content(settings),
        *await _messenger(settings),
    ]


def _settings(settings: Settings) -> Iterator[Finding]:
    """Look at what a service cannot do without, and at what it should not be without."""
    try:
        settings.for_service()
    except Refused as wrong:
        yield Finding("settings", str(wrong).rstrip("."), "set it in the environment or in .env")
    if not settings.admins:
        yield _warning("settings", "JOBLINE_ADMINS is empty, so nobody hears of trouble", "name the admins' user ids")
    if not settings.staff_groups:
        what = "JOBLINE_STAFF_GROUPS is empty, so nobody can talk with a counsellor"
        yield _warning("settings", what, "make a forum group, let the bot in, and name its chat id")


def _warning(where: str, what: str, mend: str) -> Finding:
    return Finding(where, what, mend, "warning")


# ------------------------------------------------------------------------------------------------------------ database


async def _database(settings: Settings) -> list[Finding]:
    """Look at the schema first; only a current one can be asked about its data."""
    wrong = await asyncio.to_thread(_schema, settings.database_url)
    if wrong is not None:
        return [wrong]
    database = wiring.open_database(settings)
    await database.start()
    try:
        return [
            *(await _sealed(database) if read_keys(settings.key.get_secret_value()) else ()),
            *await database.run(skew),
            *await database.run(_data),
        ]
    finally:
        await database.stop()


def _schema(url: str) -> Finding | None:
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not file.exists():
        return Finding("database", "there is none yet", "run ./jobline migrate")
    try:
        if is_current(url):
            return None
    except SchemaNewer as newer:
        return Finding("database", str(newer).rstrip("."), "install the release that wrote it, or a later one")
    except Exception as failure:  # noqa: BLE001  # each driver has its own ways of not reaching a server
        what = f"it cannot be reached ({type(failure).__name__})"
        return Finding("database", what, "start it, and check JOBLINE_DATABASE_URL")
    return Finding("database", "its schema is older than this release", "run ./jobline migrate")


async def _sealed(database: Database) -> list[Finding]:
    """Try the keys on every column that is sealed."""
    return [found for table, column in _sealed_columns() for found in await database.run(_opening(table, column))]


def _sealed_columns() -> Iterator[tuple[Any, Any]]:
    for table in METADATA.sorted_tables:
        yield from ((table, column) for column in table.columns if isinstance(column.type, Sealed))


def _opening(table: Any, column: Any) -> Callable[[Work], list[Finding]]:
    """Ask whether the keys of a column's values are here, and whether the newest value opens."""
    raw = type_coerce(column, LargeBinary)
    names = select(func.substr(raw, 1, NAMED)).where(column.is_not(None)).distinct()
    newest = select(raw).where(column.is_not(None)).order_by(*(key.desc() for key in table.primary_key)).limit(1)

    def unit(work: Work) -> list[Finding]:
        unknown = sum(not ring().knows(bytes(name)) for name in work.session.execute(names).scalars())
        if unknown:
            what = f"{column} holds values of {unknown} keys that JOBLINE_KEY does not name"
            return [Finding("key", what, "add the older keys behind the newest, separated by commas")]
        value = work.session.execute(newest).scalar()
        try:
            if value is not None:
                ring().open(value)
        except Unreadable as failure:
            return [Finding("key", f"{column}: {failure}", "restore the database from a backup")]
        return []

    return unit


def skew(work: Work) -> list[Finding]:
    """Compare the database's clock with ours, where it is not ours."""
    if work.dialect == "sqlite":
        return []
    theirs: datetime = work.session.execute(select(func.clock_timestamp())).scalar_one()
    apart = theirs - work.real_now
    if abs(apart) <= LARGEST_SKEW:
        return []
    what = f"the database's clock and ours are {abs(apart).total_seconds():.0f} seconds apart"
    return [_warning("clock", what, "let both machines keep time with the same servers")]


def _data(work: Work) -> list[Finding]:
    """Ask whether everything that must be true of the rows is true."""
    return [
        Finding(f"data/{each.name}", f"{count} rows break: {each.holds}", each.mend)
        for each, count in invariants.broken(work)
    ]


# ------------------------------------------------------------------------------------------------------------- content


def _content(settings: Settings) -> Iterator[Finding]:
    """Look at the words of every offered language, and at the country's pack."""
    for language in settings.languages:
        if language in catalogues.LANGUAGES:
            yield from _catalogue(language)
        elif language != SOURCE_LANGUAGE:
            what = f"JOBLINE_LANGUAGES offers {language}, which has no catalogue"
            yield Finding("catalogues", what, f"offer {SOURCE_LANGUAGE} and {', '.join(catalogues.LANGUAGES)} only")
    today = Clock(settings.clock).now().date()
    for fault in lint_pack(wiring.LOCALES / "packs" / settings.country, today):
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        yield Finding(f"pack/{place}", fault.what, fault.mend.rstrip("."), fault.severity)


def _catalogue(language: str) -> Iterator[Finding]:
    faults = catalogues.faults(language)
    if faults:
        what = f"{len(faults)} sentences need work, first: {faults[0]}"
        yield Finding(f"catalogues/{language}", what, "run python -m bot.catalogues and translate what is empty")


# ----------------------------------------------------------------------------------------------------------- messenger


async def _messenger(settings: Settings) -> list[Finding]:
    """Ask the messenger who we are; only a known bot can be asked about the rest."""
    if not settings.bot_id:
        return []
    async with Sender(settings.token.get_secret_value(), settings.api_url) as sender:
        me = await sender.me()
        if isinstance(me, Unauthorized):
            return [Finding("messenger", "it does not know JOBLINE_TOKEN", "set the token of a bot that exists")]
        if not isinstance(me, Myself):
            what = f"it did not say who the bot is ({type(me).__name__.lower()})"
            return [Finding("messenger", what, "check JOBLINE_API_URL and the way there")]
        groups = [found for chat in settings.staff_groups for found in await _group(sender, chat, me)]
        return [*await _hook(sender, settings), *groups]


async def _hook(sender: Sender, settings: Settings) -> list[Finding]:
    hook = await sender.webhook_info()
    wanted = settings.webhook_url + WEBHOOK if settings.webhook_url else ""
    if not isinstance(hook, Hook):
        return [Finding("webhook", "the messenger did not say where updates go", "run this again")]
    if hook.url != wanted:
        what = "updates go to another address than the settings say"
        return [Finding("webhook", what, "start the service: it tells the messenger how it listens")]
    if hook.failing:
        what = f"the messenger could not deliver lately; {hook.pending} updates wait there"
        return [_warning("webhook", what, "check that JOBLINE_WEBHOOK_URL leads to JOBLINE_WEB of a running service")]
    return []


async def _group(sender: Sender, chat_id: int, me: Myself) -> list[Finding]:
    """Look at what a staff group needs before cases can have topics and be heard."""
    where = f"staff group {chat_id}"
    standing = await sender.standing(chat_id)
    if not isinstance(standing, Standing):
        return [Finding(where, "the bot is not in it", "add the bot to the group, or correct JOBLINE_STAFF_GROUPS")]
    found = []
    if not standing.forum:
        found.append(Finding(where, "it has no topics", "turn on Topics in the group's settings"))
    if not standing.administrator:
        deaf = "" if me.hears_all else ", and privacy mode hides what counsellors write from it"
        found.append(Finding(where, f"the bot is no administrator{deaf}", "make the bot an administrator"))
    if standing.administrator and not standing.manages_topics:
        found.append(Finding(where, "the bot may not manage topics", "give the administrator that right"))
    if standing.administrator and not standing.deletes_messages:
        what = "the bot may not delete messages, so topics of people whose data are deleted stay"
        found.append(_warning(where, what, "give the administrator that right"))
    return found
