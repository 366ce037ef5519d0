"""docs/logs.md knows every event that is logged, and what must be logged is."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from structlog.testing import capture_logs
from structlog.types import EventDict

from edubot.tests.source import ROOT, modules
from support.models import ApiToken
from support.tests import api, desk
from whatsapp.models import Contact

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \|([^|]*)\| [^|]+ \|$", re.MULTILINE)
ANY = "…"  # fields with names that depend
PASSWORD = "correct-horse-battery"
LOGIN, SECOND_FACTOR = "/admin/login/", "/admin/second-factor/"


def logged(source: str) -> Iterator[tuple[str, str, str]]:
    """Event, level and fields of every line that `source` logs."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _is_logging(node.func):
            event = ast.literal_eval(node.args[0])  # of words put together nobody can keep a list
            fields = ", ".join(keyword.arg or ANY for keyword in node.keywords)
            level = ast.unparse(node.func).partition(".")[2]
            yield event, level.replace("exception", "error"), fields


def _is_logging(function: ast.expr) -> bool:
    is_method = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return is_method and function.value.id in {"log", "logger"} and function.attr in LEVELS


def test_every_event_has_a_row_and_every_row_an_event():
    code = {line for path in modules() for line in logged(path.read_text())}
    page = ROW.findall((ROOT / "docs/logs.md").read_text())
    assert len(page) > 40
    assert sorted((event, level, fields.strip()) for event, level, fields in page) == sorted(code)


def test_nobody_logs_in_another_way():
    """What goes past structlog would be missing above."""
    found = [path for path in modules() if "getLogger" in path.read_text()]
    assert [str(path.relative_to(ROOT)) for path in found] == []


@pytest.fixture
def grace(db) -> User:
    user = desk.staff("Agent", "grace")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    with capture_logs() as lines:
        yield lines


def of(logs: list[EventDict], event: str) -> list[dict[str, Any]]:
    """Of the lines with this event, what they say."""
    known = {"event", "log_level"}
    found = [line for line in logs if line["event"] == event]
    return [{name: value for name, value in line.items() if name not in known} for line in found]


def log_in(client: Client, password: str = PASSWORD) -> None:
    client.post(LOGIN, {"username": "grace", "password": password}, REMOTE_ADDR="192.0.2.7")


def test_logins_right_and_wrong(client: Client, grace: User, logs):
    log_in(client, "wrong")
    log_in(client)
    client.post("/admin/logout/", REMOTE_ADDR="192.0.2.7")
    someone = {"user": grace.pk, "address": "192.0.2.7"}
    assert of(logs, "login_failed") == [{"address": "192.0.2.7"}]
    assert of(logs, "login") == of(logs, "logout") == [someone]
    assert "grace" not in str(logs)


def test_a_login_that_is_closed(client: Client, grace: User, logs):
    for _ in range(5):
        log_in(client, "wrong")
    assert of(logs, "login_locked") == [{"address": "192.0.2.7"}]


def test_the_second_factor(client: Client, grace: User, logs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(TOTPDevice, "verify_token", lambda _device, token: token == "123456")
    log_in(client)
    client.post(SECOND_FACTOR, {"begin": "yes"})
    client.post(SECOND_FACTOR, {"code": "123456"})
    client.post("/admin/logout/")
    log_in(client)
    for code in ("000000", "123456"):
        client.post(f"{SECOND_FACTOR}verify", {"code": code})
    TOTPDevice.objects.all().delete()
    for what in ("set_up", "refused", "passed", "removed"):
        assert of(logs, f"second_factor_{what}") == [{"user": grace.pk}], what


def test_what_is_changed_in_the_admin(agent: User, grace: User, logs):
    browser = desk.browser(agent)
    browser.post("/admin/support/category/add/", {"name": "Exams", "position": "1"})
    browser.post(f"/admin/auth/user/{grace.pk}/delete/", {"post": "yes"})
    acts = [(line["user"], line["act"], line["model"]) for line in of(logs, "row_changed")]
    assert acts == [(agent.pk, "added", "category"), (agent.pk, "deleted", "user")]


def test_tokens(grace: User, logs):
    api.client(grace)
    token = ApiToken.objects.get()
    call_command("api_token", "revoke", token.token_key)
    line = {"token": token.token_key, "user": grace.pk}
    assert of(logs, "token_made") == of(logs, "token_revoked") == [line]


def test_what_leaves_the_house_and_who_is_forgotten(agent: User, logs, tmp_path, capsys):
    contact = Contact.objects.create(name="John", phone="+2348031234567")
    number = f"contact:{contact.pk}"
    call_command("contact_export", number, output=tmp_path / "john")
    call_command("contact_erase", number, yes=True)
    desk.browser(agent).get("/admin/support/reports/tickets.csv")
    assert [line["contact"] for line in of(logs, "contact_exported")] == [contact.pk]
    assert [line["contact"] for line in of(logs, "contact_erased")] == [contact.pk]
    assert of(logs, "tickets_exported") == [{"user": agent.pk}]


def test_who_may_not_is_logged_with_the_page(client: Client, grace: User, caplog, db):
    client.get("/api/support/tickets")
    api.client(grace, ()).get("/api/support/tickets")
    desk.browser(grace).get("/admin/auth/user/")
    refused = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert refused == [
        "Unauthorized: /api/support/tickets",
        "Forbidden: /api/support/tickets",
        "Forbidden (Permission denied): /admin/auth/user/",
    ]
