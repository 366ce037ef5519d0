"""`make chaos`: one run. Prints a table, writes JSON, and exits 1 if a promise was broken."""

import argparse
import json
import signal
import sys
import tempfile
from pathlib import Path

from bench import environment

PROFILES = ("mariadb", "snapshot", "sqlite")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--profile", choices=PROFILES, default="mariadb")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--rate", type=float, default=30, help="messages a second")
    parser.add_argument("--faults", type=int, default=50, help="spread over the messages")
    parser.add_argument("--seconds", type=float, default=560, help="what is open then is broken")
    parser.add_argument("--report", type=Path, default=Path("var/chaos.json"))
    parser.add_argument("--keep", type=Path, help="keep logs and data in this new folder")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Told to stop."))
    with tempfile.TemporaryDirectory(prefix="chaos-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        environment.take_over(
            **environment.PRODUCTION,
            WHATSAPP_SIMULATOR="on",
            DJANGO_SETTINGS_MODULE="bench.settings",
            DATABASE_URL=f"sqlite:///{folder}/meta.sqlite3",
        )
        from bench.chaos.run import run  # settings are read with the first import

        report = run(options, folder)
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(json.dumps(report, indent=2))
    for name, value in report.items():
        print(f"{name:32} {value}")
    return 1 if report["open"] or any(report["broken"].values()) else 0


sys.exit(main())
