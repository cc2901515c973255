"""Every measure, one after the other, each in a process of its own.

    python -m benchmarks [--quick] [NAME ...]

Names are the modules of this folder: routing, lanes, start, memory, webhook, inbound (what comes in); outbound, courier (what goes out); occupations (finding one).
"""

import subprocess
import sys

MEASURES = ("routing", "lanes", "start", "memory", "webhook", "inbound", "outbound", "courier", "occupations")


def main() -> int:
    """Run the wanted measures; exit 1 when one of them could not be taken. A goal that is missed is a finding, not a failure."""
    options = [given for given in sys.argv[1:] if given.startswith("--")]
    wanted = [given for given in sys.argv[1:] if not given.startswith("--")] or MEASURES
    if unknown := set(wanted) - set(MEASURES):
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(MEASURES)}")
        return 2
    failed = [
        name
        for name in wanted
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=False).returncode
    ]
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
