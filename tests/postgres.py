"""A real PostgreSQL for the tests: Debian's server on a private folder and a free port, shared by all workers, gone at the end.

A guard, not a counter, decides how long the server lives. Every worker holds the writing end of one named pipe; the guard reads from it
and so wakes when the last worker is gone, however it went (even by kill -9), stops the server and removes the folder.
"""

import contextlib
import fcntl
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

DEADLINE_S = 60
DATABASES = itertools.count(1)

# Nothing of a test database must survive a power cut, and many workers share a small machine.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}

# Arguments: folder, the server's command line. A closed pipe means that nobody is left.
GUARD = """
folder=$1; shift
(
    "$@" </dev/null >"$folder/log" 2>&1 &
    server=$!
    read -r nothing <"$folder/holders"
    kill -INT $server
    wait $server
    rm -rf "$folder"
) </dev/null >/dev/null 2>&1 &
"""


class Server(NamedTuple):
    """A running server, and the way to its databases."""

    binaries: Path
    port: int

    def url(self, database: str) -> str:
        """Address one database the way a person writes it in the settings."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template1") -> str:
        """Make a fresh database, a copy of `template` (which nobody may be connected to), and return its address."""
        name = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}_{next(DATABASES)}"
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database even when a test left connections open."""
        self._say(f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)')

    def _say(self, statement: str) -> None:
        command = [
            str(self.binaries / "psql"),
            "-qXw",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            self.url("postgres"),
            "-c",
            statement,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=DEADLINE_S)
        if done.returncode:
            raise RuntimeError(f"{statement}: {done.stderr.strip()}")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give the server all workers share; the first that asks starts it."""
    binaries = server_binaries()
    if binaries is None:
        missing("There is no PostgreSQL server on this machine (Debian: apt-get install postgresql).")
    workers = os.environ.get("PYTEST_XDIST_WORKER")
    shared = tmp_path_factory.getbasetemp().parent if workers else tmp_path_factory.getbasetemp()
    with one_at_a_time(shared / "postgres.lock"):
        server, pipe = join(shared / "postgres.folder") or start(binaries, shared / "postgres.folder")
    yield server
    os.close(pipe)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """Give this worker a database of its own for the whole session."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def fresh_postgres_url(postgres_server: Server) -> Iterator[str]:
    """Give one test an empty PostgreSQL database."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty database of each kind in turn, so that one test proves both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'jobline.db'}"
    url: str = request.getfixturevalue("fresh_postgres_url")
    return url


def missing(reason: str) -> NoReturn:
    """Skip with the reason on somebody's own machine; on the build server nothing is skipped."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        pytest.fail(reason)
    pytest.skip(reason)


def server_binaries() -> Path | None:
    """Find the newest server that is installed: Debian keeps it off the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: float(found.parts[-3]))
    if debian:
        return debian[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let one worker start the server while the others wait."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def join(note: Path) -> tuple[Server, int] | None:
    """Take hold of the server another worker started, unless it is gone."""
    with contextlib.suppress(OSError):  # no note yet, or nobody reads the pipe any more
        binaries, port, folder = note.read_text().splitlines()
        return Server(Path(binaries), int(port)), hold(Path(folder))
    return None


def hold(folder: Path) -> int:
    """Open the pipe whose closing tells the guard that this worker is gone."""
    return os.open(folder / "holders", os.O_WRONLY | os.O_NONBLOCK)


def start(binaries: Path, note: Path) -> tuple[Server, int]:
    """Make a cluster, start it under its guard, and leave a note for the other workers."""
    folder = Path(tempfile.mkdtemp(prefix="jobline-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Server(binaries, free_port())
    cluster = ["-D", str(folder / "cluster")]
    settings = [f"--{name}={value}" for name, value in {**SETTINGS, "port": str(server.port)}.items()]
    make = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
    as_owner([str(binaries / "initdb"), *make, *cluster])
    as_owner(["mkfifo", str(folder / "holders")])
    as_owner(["sh", "-c", GUARD, "guard", str(folder), str(binaries / "postgres"), *cluster, *settings])
    pipe = wait_until_ready(server, folder)
    note.write_text(f"{binaries}\n{server.port}\n{folder}\n")
    return server, pipe


def as_owner(command: list[str]) -> None:
    """Run a program as the user who owns the cluster: the server refuses to run as root."""
    root = os.geteuid() == 0
    subprocess.run(
        command,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=DEADLINE_S,
        start_new_session=True,  # Ctrl-C in the terminal is for pytest; the guard ends the server
        user="postgres" if root else None,
        group="postgres" if root else None,
        extra_groups=[] if root else None,
    )


def free_port() -> int:
    """Ask the system for a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_ready(server: Server, folder: Path) -> int:
    """Wait until the guard watches the pipe and the server answers."""
    pipe = None
    ready = [str(server.binaries / "pg_isready"), "-q", "-d", server.url("postgres")]
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        if pipe is None:
            with contextlib.suppress(OSError):
                pipe = hold(folder)
        elif subprocess.run(ready, check=False, timeout=DEADLINE_S).returncode == 0:
            return pipe
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")
