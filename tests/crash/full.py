"""The whole run of the crash tests: `python -m tests.crash.full [polling|webhook] [--kills 100] [--seed N]`.

Prints one row for the table in `docs/reliability.md` for each intake, and everything that was found wrong. Ends with 1
when anything was. Takes about ten minutes an intake on an idle machine.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from storage.migrations.runner import migrate
from tests.crash.counting import Counts
from tests.crash.kills import Size, killed_at_random
from tests.crash.office import opened_office

SEED = 20261122
HEAD = (
    "| Intake | Kills | of them with work open | Updates | Lost | Effects twice | Out of order | Unanswered in silence "
    "| Unanswered, recorded as unknown | Messages that stand twice | of them not recorded | Recorded as possibly twice "
    "| Recorded as unknown | Ready after a kill: median, slowest (on the processor) |"
)


def arguments() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash.full", description=__doc__)
    parser.add_argument("intake", nargs="*", default=[], metavar="polling|webhook")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--talkers", type=int, default=120)
    parser.add_argument("--askers", type=int, default=80)
    parser.add_argument("--lines", type=int, default=30)
    parser.add_argument("--seed", type=int, default=SEED)
    return parser


async def run(intake: str, size: Size, seed: int) -> Counts:
    """Run one intake on a fresh SQLite file; everything is left in its folder when something is wrong."""
    folder = Path(tempfile.mkdtemp(prefix=f"jobline-crash-{intake}-"))
    url = f"sqlite:///{folder}/jobline.db"
    await asyncio.to_thread(migrate, url)
    async with opened_office(folder, url, webhook=intake == "webhook") as office:
        counts = await killed_at_random(office, size, seed, rest=900.0)
    print(f"kept in {folder}", file=sys.stderr)
    return counts


def row(intake: str, counts: Counts) -> str:
    """Write the counts as a row of the table."""
    cells: list[object] = [intake, counts.kills, counts.at_work, counts.updates]
    cells += [counts.lost, counts.twice, counts.out_of_order, counts.unanswered, counts.unheard]
    cells += [counts.repeats, counts.unrecorded, counts.possibly_twice, counts.unknown]
    cells += [f"{counts.middle_start:.1f} s, {counts.slowest_start:.1f} s ({counts.start_effort:.1f} s)"]
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Run what was asked for, and print the table."""
    asked = arguments().parse_args()
    size = Size(asked.kills, asked.talkers, asked.askers, asked.lines)
    wrong = 0
    print(HEAD, "|---" * HEAD.count("| ") + "|", sep="\n")
    for intake in asked.intake or ["polling", "webhook"]:
        began = time.monotonic()
        counts = asyncio.run(run(intake, size, asked.seed))
        print(row(intake, counts), flush=True)
        print(f"{intake}: {time.monotonic() - began:.0f} s, seed {asked.seed}, {counts}", file=sys.stderr)
        wrong += not counts.spotless
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
