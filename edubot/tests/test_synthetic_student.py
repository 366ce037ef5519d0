"""`manage.py synthetic_student` walks the main journey against the real processes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from edubot.tests.stack import ROOT, SimulatedStudent, Stack

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]
PHONE = "+2348099999999"  # of nobody in the demo: it has to introduce itself to the simulator


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    with Stack(tmp_path, f"sqlite:///{tmp_path}/db.sqlite3", "filesystem://") as running:
        yield running


def walk(
    stack: Stack, phone: str = PHONE, patience: int = 20, **env: str
) -> subprocess.CompletedProcess[str]:
    token = stack.manage("api_token", "create", "demo")
    command = [sys.executable, "manage.py", "synthetic_student", phone]
    return subprocess.run(
        [*command, "--address", stack.url, "--patience", str(patience)],
        cwd=ROOT,
        env={**stack.env, "EDUBOT_TOKEN": token, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_walks_the_main_journey_again_and_again_and_names_what_fails(stack: Stack):
    for _ in range(2):
        done = walk(stack)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count("✓") == 7
        assert "The main journey works." in done.stdout

    assert "answered 403" in walk(stack, WHATSAPP_APP_SECRET="another").stderr
    assert "answered 401" in walk(stack, EDUBOT_TOKEN="wrong").stderr

    stack.kill("worker")
    stuck = walk(stack, patience=3)
    assert stuck.returncode == 1
    assert "✗ " in stuck.stdout

    stack.start("worker")
    SimulatedStudent(stack).misbehave(token_revoked=True)
    refused = walk(stack, patience=5)
    assert "✗ The bot answers “menu”" in refused.stdout
    assert "not delivered" in refused.stderr
