"""`make bench` in small: what it says means nothing, but that it runs and loses nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.big_tables import CALLS, PAGES
from bench.servers import MariaDB
from edubot.tests.stack import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]

SIZE = ["--seconds", "2", "--rounds", "1", "--requests", "40", "--messages", "60", "--no-tables"]
LONGEST = 600  # seconds; about one minute is usual


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    database = MariaDB(tmp_path / "mariadb")
    yield database.url.rpartition("/")[0] + "/"
    database.end()


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, timeout=LONGEST, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def test_speed_is_measured_and_no_reply_is_missing(tmp_path: Path):
    report = tmp_path / "bench.json"
    run("bench.speed", *SIZE, "--report", str(report))

    figures = json.loads(report.read_text())
    assert figures["webhook"]["not 200"] == figures["mixed load"]["not 200"] == 0
    assert figures["full path"]["missing"] == figures["mixed load"]["missing replies"] == 0
    assert figures["statuses"]["not recorded"] == 0


def test_every_page_and_call_answers_at_both_sizes(server: str):
    table = run("bench.big_tables", server, "--small", "50", "--large", "70", "--rounds", "1")

    measured = {line[:34].strip() for line in table.splitlines() if " ms " in line}
    assert measured == {*PAGES, *CALLS, "banner"}
