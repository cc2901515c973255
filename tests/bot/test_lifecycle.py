"""The one door for background work, and the lock that keeps a second service off a file."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.lifecycle import AlreadyRunning, Nursery, ServiceLock, until_told_to_stop
from tests.databases import until

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from bot.lifecycle import ServiceLock
lock = ServiceLock(sys.argv[1])
lock.take()
print("held", flush=True)
time.sleep(60)
"""


async def test_what_runs_is_finished_at_the_end() -> None:
    done: list[int] = []
    let_go = asyncio.Event()

    async def work() -> None:
        await let_go.wait()
        done.append(1)

    nursery = Nursery()
    for _ in range(3):
        nursery.start(work(), "work")
    let_go.set()
    await nursery.stop()

    assert done == [1, 1, 1]


async def test_what_does_not_finish_in_time_is_cancelled() -> None:
    cancelled: list[int] = []

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(1)
            raise

    nursery = Nursery()
    job = nursery.start(stubborn(), "stubborn")
    with capture_logs() as lines:
        await nursery.stop(within=0.01)

    assert cancelled == [1]
    assert job.task.cancelled()
    assert lines == []


async def test_a_failure_is_logged_and_harms_nobody_else() -> None:
    done: list[int] = []

    async def fails() -> None:
        raise ValueError

    async def works() -> None:
        done.append(1)

    nursery = Nursery()
    with capture_logs() as lines:
        nursery.start(fails(), "careless")
        nursery.start(works(), "careful")
        await nursery.stop()

    assert done == [1]
    assert [(line["event"], line["task"]) for line in lines] == [("task_failed", "careless")]
    assert isinstance(lines[0]["failure"], ValueError)


async def test_stopping_twice_and_stopping_nothing_is_harmless() -> None:
    nursery = Nursery()
    await nursery.stop()
    await nursery.stop()
    assert not nursery._tasks


def test_a_second_service_is_refused_with_one_line(tmp_path: Path) -> None:
    """DB-06's second half."""
    url = f"sqlite:///{tmp_path / 'new' / 'jobline.db'}"
    first, second = ServiceLock(url), ServiceLock(url)
    first.take()
    with pytest.raises(AlreadyRunning, match=r"already running on .*jobline\.db; stop it first\.$") as refused:
        second.take()
    assert len(str(refused.value).splitlines()) == 1
    first.release()
    second.take()
    second.release()
    second.release()


def test_another_file_is_another_service(tmp_path: Path) -> None:
    locks = [ServiceLock(f"sqlite:///{tmp_path / name}") for name in ("a.db", "b.db")]
    for lock in locks:
        lock.take()
    for lock in locks:
        lock.release()


def test_a_server_needs_no_lock() -> None:
    locks = [ServiceLock("postgresql://somebody@127.0.0.1/jobline") for _ in range(2)]
    for lock in locks:
        lock.take()
        lock.release()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'jobline.db'}"
    other = subprocess.Popen([sys.executable, "-c", HOLD, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning):
            ServiceLock(url).take()
    finally:
        other.kill()
        other.communicate(timeout=20)
    lock = ServiceLock(url)
    lock.take()
    lock.release()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_waits_until_it_is_told_to_stop(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    waiting = asyncio.create_task(until_told_to_stop())
    await asyncio.sleep(0)
    assert not waiting.done()
    os.kill(os.getpid(), number)
    await until(waiting.done)

    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().remove_signal_handler(each)
    signal.signal(number, before)
