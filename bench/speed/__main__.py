"""`make bench`: prints a table and writes JSON."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300, help="of the mixed load")
    parser.add_argument("--rounds", type=int, default=5, help="of webhooks, bare and EduBot's")
    parser.add_argument("--requests", type=int, default=3000, help="webhooks a round")
    parser.add_argument("--messages", type=int, default=2000, help="of the full path")
    parser.add_argument("--tables", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--report", type=Path, default=Path("var/bench.json"))
    return parser.parse_args()


def main() -> None:
    options = arguments()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "edubot.settings", "ENV_FILE": os.devnull}
    import django

    django.setup()
    from bench.speed import measures
    from bench.speed.stage import stage

    report: dict[str, Any] = {"cores": os.cpu_count()}

    def note(name: str, figures: dict[str, Any]) -> None:
        report[name] = figures
        print(f"\n{name}")
        for what, value in figures.items():
            print(f"  {what:24} {value}")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="bench-") as folder, stage(Path(folder)) as stand:
        measures.warm_up(stand, options.messages, options.seconds)
        note("webhook", measures.webhooks(stand, options.rounds, options.requests))
        bare = report["webhook"]["bare requests/s"]
        path, accepts = measures.full_path(stand, options.messages, bare)
        note("full path", path)
        note("distant Graph", measures.distant_graph(stand))
        note("statuses", measures.statuses(stand, accepts, bare))
        note("mixed load", measures.mixed(stand, options.seconds))
        if options.tables:  # the desk at ten thousand and a million tickets
            server = stand.database.url.rpartition("/")[0] + "/"
            tables = subprocess.run([sys.executable, "-m", "bench.big_tables", server], check=False)
            report["many tickets"] = {"all is well": tables.returncode == 0}
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(json.dumps(report, indent=2))


main()
