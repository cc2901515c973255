"""`python -m channels.messenger`: the messenger as a process of its own."""

import argparse
import asyncio
import signal
import sys

from channels.messenger.flood import FloodRules
from channels.messenger.server import Messenger


def arguments() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m channels.messenger", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--file", default=None, help="SQLite file to keep everything in; a temporary one if left out")
    parser.add_argument("--token", action="append", default=[], help="a bot that shall exist; may be repeated")
    parser.add_argument("--flood", choices=("telegram", "exact", "off"), default="telegram")
    return parser


async def serve(options: argparse.Namespace) -> None:
    """Serve until told to stop; one line says where."""
    flood = FloodRules(mode=options.flood)
    messenger = Messenger(options.file, host=options.host, port=options.port, bots=options.token, flood=flood)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await messenger.start()
    sys.stdout.write(f"messenger ready at {messenger.url}\n")
    sys.stdout.flush()
    await stopped.wait()
    await messenger.stop()


def run(options: argparse.Namespace) -> None:
    """On uvloop where it is installed, as it is twice as fast."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(serve(options))
    else:
        uvloop.run(serve(options))


if __name__ == "__main__":
    run(arguments().parse_args(sys.argv[1:]))
