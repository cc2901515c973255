"""The verbs: `python -m bot VERB`, or `./jobline VERB`."""

import asyncio
import gc
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import logs
from bot.settings import Refused, Settings, read_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

Port = Annotated[int, typer.Option(help="Port of the page and the Bot API; 0 takes a free one.")]


def say(line: str) -> None:
    """Tell the operator something."""
    typer.echo(line)


def refuse(line: str, code: int = 2) -> typer.Exit:
    """Say what is wrong and how to mend it, and end."""
    typer.echo(line, err=True)
    return typer.Exit(code)


def settings_or_exit(*, service: bool) -> Settings:
    """Read the settings, or end with one line that says which one is wrong."""
    try:
        settings = read_settings()
        logs.configure(settings.log_level)
        return settings.for_service() if service else settings
    except Refused as wrong:
        raise refuse(str(wrong)) from None


def run_loop(main: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop, which also avoids a defect in the standard loop's writes."""
    import uvloop

    uvloop.run(main)


@app.command()
def demo(
    port: Port = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="Forget the demonstration's people and chats.")] = False,
) -> None:
    """Chat at once: embedded messenger, bot, courier, scheduler and page in one process, without any account."""
    logs.configure("WARNING")
    run_loop(_demo(port, reset=reset))


async def _demo(port: int, *, reset: bool) -> None:
    from bot.demo import FOLDER, PortTaken, demonstration, line_for_other_verbs, settings_for
    from bot.lifecycle import AlreadyRunning, until_told_to_stop

    try:
        async with demonstration(port, reset=reset) as messenger:
            say(f"Jobline is ready. Open {messenger.url} and chat; Ctrl+C stops it.")
            say("To point other verbs at it:")
            say(f"  {line_for_other_verbs(FOLDER, settings_for(FOLDER, messenger.port))}")
            sys.stdout.flush()
            gc.freeze()
            await until_told_to_stop()
    except AlreadyRunning as other:
        raise refuse(str(other)) from None
    except PortTaken:
        raise refuse(f"Port {port} is in use; choose another with --port.") from None


@app.command()
def messenger(
    port: Port = 8001,
    file: Annotated[Path, typer.Option(help="Where its chats are kept.")] = Path("var/messenger.db"),
    token: Annotated[list[str] | None, typer.Option(help="A bot that shall exist; may be repeated.")] = None,
) -> None:
    """Run the embedded messenger and its page alone."""
    from channels.messenger.__main__ import arguments, run

    file.parent.mkdir(parents=True, exist_ok=True)
    tokens = [part for one in token or [] for part in ("--token", one)]
    run(arguments().parse_args(["--port", str(port), "--file", str(file), *tokens]))


@app.command()
def run() -> None:
    """Run everything in one process against the configured messenger."""
    run_loop(_serve(settings_or_exit(service=True)))


@app.command()
def serve() -> None:
    """Run dialogue and web alone (PostgreSQL); start as many as needed."""
    run_loop(_serve(settings_or_exit(service=True), delivery=False, scheduler=False))


@app.command()
def deliver() -> None:
    """Run the courier alone (PostgreSQL); start one or more."""
    run_loop(_serve(settings_or_exit(service=True), dialogue=False, scheduler=False))


async def _serve(settings: Settings, **parts: bool) -> None:
    from bot.lifecycle import AlreadyRunning, until_told_to_stop
    from bot.service import running
    from storage.migrations.runner import SchemaNewer, is_current

    try:
        if not await asyncio.to_thread(is_current, settings.database_url):
            raise refuse("The database's schema is not up to date; run `./jobline migrate` first.")
        async with running(settings, **parts):
            say("Jobline is ready.")
            sys.stdout.flush()
            gc.freeze()
            await until_told_to_stop()
    except (AlreadyRunning, SchemaNewer) as other:
        raise refuse(str(other)) from None


@app.command()
def tick(
    at: Annotated[
        str, typer.Option(help="An instant such as 2026-11-22T09:00+05:00: do what is due then, and end.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do.")] = False,
) -> None:
    """Run the scheduler; with --at do once what is due at an instant, and end."""
    from storage.clock import Clock

    settings = settings_or_exit(service=True)
    if not at and not dry_run:
        run_loop(_serve(settings, dialogue=False, delivery=False))
        return
    try:
        instant = datetime.fromisoformat(at) if at else Clock(settings.clock).now()
    except ValueError:
        raise refuse("--at: write an instant such as 2026-11-22T09:00+05:00.") from None
    if instant.tzinfo is None:
        raise refuse("--at: say the zone too, such as 2026-11-22T09:00+05:00.")
    run_loop(_tick_once(settings, instant.astimezone(UTC), dry_run=dry_run))


async def _tick_once(settings: Settings, instant: datetime, *, dry_run: bool) -> None:
    from bot import wiring
    from storage.clock import Clock
    from storage.queries.people import count_due_digests

    service = wiring.build(settings, clock=Clock(at=instant))
    await service.database.start()
    try:
        if dry_run:
            due = await service.database.run(count_due_digests)
            say(f"digest: {due} due at {instant.isoformat()}; nothing was written.")
            return
        for name, tally in (await service.schedule.tick()).items():
            skipped = "".join(f", {count} {reason}" for reason, count in sorted(tally.skipped.items()))
            say(f"{name}: {tally.seen} due, {tally.sent} written{skipped}.")
    finally:
        await service.database.stop()


@app.command()
def gather(
    source: Annotated[str, typer.Argument(help="A feed's name; `sample` publishes the pack's samples.")],
) -> None:
    """Import vacancies once: prints new, changed, closed, unchanged, refused."""
    settings = settings_or_exit(service=False)
    if source != "sample":
        raise refuse(f"There is no feed named {source!r} yet; known: sample.")
    run_loop(_gather_samples(settings))


async def _gather_samples(settings: Settings) -> None:
    from bot import wiring
    from bot.gathering import publish_samples

    database = wiring.open_database(settings)
    await database.start()
    try:
        done = await publish_samples(database, wiring.load_content(settings).pack)
    finally:
        await database.stop()
    if done.held:
        raise refuse("Held: more than half of the source's vacancies would close. Nothing was changed.", 1)
    say(
        f"new {done.new}, changed {done.changed}, closed {done.closed}, "
        f"unchanged {done.unchanged}, refused {len(done.refused)}"
    )


@app.command()
def migrate(
    check: Annotated[bool, typer.Option("--check", help="Only say whether tables and migrations agree.")] = False,
    to: Annotated[str, typer.Option(help="A revision, such as 0001; default the newest.")] = "head",
) -> None:
    """Bring the database's schema to what this release needs."""
    from bot.lifecycle import AlreadyRunning, ServiceLock
    from storage.migrations import runner

    if check:
        missing = runner.missing_migrations()
        for difference in missing:
            say(f"not in the migrations: {difference}")
        raise typer.Exit(1 if missing else 0)
    settings = settings_or_exit(service=False)
    lock = ServiceLock(settings.database_url)
    try:
        lock.take()
        before = runner.migrate(settings.database_url, to)
    except (AlreadyRunning, runner.SchemaNewer) as wrong:
        raise refuse(str(wrong)) from None
    finally:
        lock.release()
    say(f"schema: {before or 'empty'} -> {runner.revision_of(settings.database_url) or 'empty'}")


@app.command()
def doctor() -> None:
    """Say what is wrong with settings, content, messenger and data, and how to mend it."""
    from bot.doctor import examine

    settings = settings_or_exit(service=False)
    findings = asyncio.run(examine(settings))
    for finding in findings:
        mark = "warning: " if finding.severity == "warning" else ""
        say(f"{mark}{finding.where}: {finding.what}. To mend: {finding.mend}")
    errors = sum(finding.severity == "error" for finding in findings)
    say("Nothing wrong was found." if not findings else f"{errors} to mend, {len(findings) - errors} to look at.")
    raise typer.Exit(1 if errors else 0)


if __name__ == "__main__":
    app()
