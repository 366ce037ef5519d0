"""A short chaos run: real processes killed, the database and the broker restarted, nothing lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.servers import program
from edubot.tests.stack import ROOT, Leash

pytestmark = [pytest.mark.chaos, pytest.mark.processes, pytest.mark.xdist_group("processes")]

SERVERS = ("mariadbd", "mariadb-install-db", "redis-server")
SIZE = ["--messages", "90", "--students", "15", "--rate", "6", "--faults", "9"]
LONGEST = 1200  # seconds, with all starting and stopping
PATIENCE = ["--seconds", "900"]  # about one minute is usual; a slow machine is no fault
KINDS = {"sqlite": {"kill_workers", "kill_beat", "kill_web", "kill_one_web_process"}}
KINDS["mariadb"] = KINDS["sqlite"] | {
    *("kill_database", "restart_database", "empty_broker", "restart_broker", "kill_one_worker"),
}


@pytest.mark.parametrize("profile", ["mariadb", "sqlite"])
def test_nothing_is_lost_doubled_or_out_of_order(tmp_path: Path, profile: str):
    missing = [name for name in SERVERS if profile == "mariadb" and not program(name)]
    assert missing == [], f"The chaos run starts servers of its own; install {missing}."
    report = chaos(tmp_path, profile)

    assert report["open"] == []
    assert {promise: count for promise, count in report["broken"].items() if count} == {}
    assert report["traffic"]["processed"] == report["traffic"]["said"] == 90
    assert set(report["faults"]) == KINDS[profile]
    assert sum(report["intruder refused"].values()) > 10
    shutil.rmtree(tmp_path / "run")  # kept for who looks into a failure only


def chaos(folder: Path, profile: str) -> dict[str, Any]:
    report, log = folder / "report.json", folder / "chaos.log"
    command = [sys.executable, "-m", "bench.chaos", "--profile", profile, *SIZE, *PATIENCE]
    with log.open("wb") as output:
        run = subprocess.Popen(
            [*command, "--report", str(report), "--keep", str(folder / "run")],
            cwd=ROOT,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    leash = Leash(run)
    try:
        run.wait(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        raise
    finally:
        leash.release()
    assert report.exists(), log.read_text()
    found: dict[str, Any] = json.loads(report.read_text())
    return found
