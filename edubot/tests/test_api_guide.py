"""docs/api.md: what it tells people to type does what it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from support.models import ApiToken, SupportTicket
from support.tests import api

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()


def code(language: str) -> str:
    [block] = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return block


@pytest.fixture
def env(live_server) -> dict[str, str]:
    _, token = ApiToken.objects.create(
        user=api.staff("grace", first_name="Grace"), scopes=["read", "reply"]
    )
    return {"PATH": os.environ["PATH"], "EDUBOT": live_server.url, "TOKEN": token}


def run(command: list[str], env: dict[str, str]) -> str:
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_python_opens_takes_and_ends_a_chat(env):
    said = run([sys.executable, "-c", code("python")], env).splitlines()
    ticket = SupportTicket.objects.get()
    assert said[0] == f"opened {ticket.pk} OPEN"
    assert said[1] == f"taken by {ticket.assigned_admin_id}"
    assert [line.split()[1:] for line in said[2:4]] == [["Grace", "assigned"], ["Grace", "opened"]]
    assert said[4] == "Chat support session ended"
    assert ticket.status == "RESOLVED"


def test_the_curl_lines_open_note_and_end_a_chat(env):
    assert shutil.which("curl"), "The guide's lines are run with curl; install it."
    lines = code("bash")
    api.contact()
    another = api.ticket(api.contact("+2348031230000", "Somebody else"))
    opening, *others = lines.split("\n\n")
    run(["bash", "-c", f"set -e\n{opening}"], env)
    ticket = SupportTicket.objects.exclude(pk=another.pk).get()
    rest = "\n\n".join(others)
    said = run(["bash", "-c", f"set -e\n{rest}"], env | {"TICKET": str(ticket.pk)})
    ticket.refresh_from_db()
    assert ticket.status == "RESOLVED"
    assert ticket.messages.filter(message="Accounting looks into it.").exists()
    assert '"session_ended":true' in said


@pytest.mark.parametrize("wrong", ["TOKEN", "scope"])
def test_the_python_says_what_was_refused(env, wrong):
    if wrong == "TOKEN":
        env["TOKEN"] = "wrong"
    else:
        ApiToken.objects.update(scopes=["reply"])  # and the history needs another
    ran = subprocess.run(
        [sys.executable, "-c", code("python")], env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    said = "401: Invalid token." if wrong == "TOKEN" else "403: The token lacks the scope read."
    assert said in ran.stderr.splitlines()[-1]


def test_the_python_asks_again_with_the_same_key_when_an_answer_was_lost(monkeypatch):
    """Whether the line broke or no answer came in time."""
    monkeypatch.setenv("TOKEN", "any")
    monkeypatch.setenv("EDUBOT", "http://edubot.example")
    written: dict[str, Any] = {}
    exec(code("python").split("ticket = post(")[0], written)
    keys, ends = [], [requests.ConnectionError(), requests.ReadTimeout(), answered(201)]

    def asked(_address, *, headers, **_options):
        keys.append(headers["Idempotency-Key"])
        end = ends[len(keys) - 1]
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(written["session"], "post", asked)
    monkeypatch.setattr(written["time"], "sleep", lambda _seconds: None)
    assert written["post"]("/api/support/tickets", {}) == {}
    assert len(keys) == 3
    assert len(set(keys)) == 1


def answered(status: int) -> requests.Response:
    answer = requests.Response()
    answer.status_code, answer._content = status, b"{}"
    return answer


def test_every_address_that_it_names_exists():
    from edubot.tests import api_world

    paths = {re.sub(r"\{\w+\}", "{}", path) for _, path in api_world.operations().values()} | {
        "/api/docs",
        "/api/schema",
    }
    named = re.findall(r"`(?:GET |POST |PATCH )?(/api/[\w/{}-]+)`", GUIDE)
    assert len(named) > 6
    assert [path for path in named if re.sub(r"\{\w+\}", "{}", path) not in paths] == []
