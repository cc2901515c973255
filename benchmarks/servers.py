"""A PostgreSQL of our own for a measure, as durable as in service: Debian's server on a private folder and a free port."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60


def binaries() -> Path | None:
    """Find the newest installed server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def postgres() -> Iterator[str | None]:
    """Run a server for the length of a block and give a database's address; None where no server is installed."""
    programs = binaries()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="jobline-measure-"))
    owner = "postgres" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner, owner)
    server: subprocess.Popen[bytes] | None = None
    try:
        make = [
            "-D",
            str(folder / "cluster"),
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run([programs / "initdb", *make], check=True, user=owner, cwd="/", stdout=subprocess.DEVNULL)
        port = _free_port()
        given = [
            f"--port={port}",
            "--listen_addresses=127.0.0.1",
            "--unix_socket_directories=",
            "--log_min_messages=fatal",
        ]
        command = [str(programs / "postgres"), "-D", str(folder / "cluster"), *given]
        server = subprocess.Popen(command, user=owner, cwd="/", stderr=subprocess.DEVNULL)
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        _wait(programs, url)
        yield url
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def emptied(url: str, name: str) -> str:
    """Make an empty database beside the first one and give its address."""
    programs = binaries()
    assert programs is not None
    subprocess.run([programs / "psql", "-qXw", "-d", url, "-c", f'CREATE DATABASE "{name}"'], check=True)
    return f"{url.rpartition('/')[0]}/{name}"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(programs: Path, url: str) -> None:
    until = time.monotonic() + PATIENCE
    while subprocess.run([programs / "pg_isready", "-q", "-d", url], check=False).returncode != 0:
        if time.monotonic() > until:
            message = "PostgreSQL did not start."
            raise RuntimeError(message)
        time.sleep(0.1)
