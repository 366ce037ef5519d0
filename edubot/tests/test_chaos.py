"""A short chaos run: real processes killed, the database and the broker restarted, nothing lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.servers import program
from edubot.tests.stack import ROOT

pytestmark = [pytest.mark.chaos, pytest.mark.processes]

SERVERS = ("mariadbd", "mariadb-install-db", "redis-server")


def chaos(folder: Path, profile: str, messages: int, students: int) -> dict[str, Any]:
    report = folder / "report.json"
    size = ["--messages", str(messages), "--students", str(students), "--rate", "10"]
    command = [sys.executable, "-m", "bench.chaos", "--profile", profile, *size]
    done = subprocess.run(
        [*command, "--seconds", "300", "--report", str(report)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert report.exists(), done.stderr.decode()
    found: dict[str, Any] = json.loads(report.read_text())
    return found


@pytest.mark.parametrize(("profile", "messages"), [("mariadb", 150), ("sqlite", 60)])
def test_nothing_is_lost_doubled_or_out_of_order(tmp_path: Path, profile: str, messages: int):
    missing = [name for name in SERVERS if profile == "mariadb" and not program(name)]
    assert missing == [], f"The chaos run starts servers of its own; install {missing}."
    report = chaos(tmp_path, profile, messages, students=30)

    assert report["traffic"]["processed"] == messages
    assert sum(report["faults"].values()) > 0
    assert set(report["broken"].values()) == {0}, report
