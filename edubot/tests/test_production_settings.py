"""What production's settings make of cookies, headers, passwords and sessions."""

import json
import os
import subprocess
import sys
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.module_loading import import_string
from kombu.exceptions import ContentDisallowed
from kombu.serialization import dumps, loads

from edubot.celery import app
from edubot.tests.test_start import PRODUCTION
from support.tests import api

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"
PREFIXES = ("SECURE_", "SESSION_", "CSRF_", "PASSWORD_", "AUTH_PASSWORD_", "WHATSAPP_SIM")
PRINT = f"""
import json
from django.conf import settings
names = [name for name in dir(settings) if name.startswith({PREFIXES})]
print(json.dumps({{name: getattr(settings, name) for name in names}}))
"""


@cache
def of_production() -> dict[str, Any]:
    """The values that a process of production has, asked of one."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", PRINT],
        env={"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(autouse=True)
def production(settings) -> None:
    import_module(settings.ROOT_URLCONF)  # now: its addresses are for the settings of all tests
    for name, value in of_production().items():
        setattr(settings, name, value)


@pytest.fixture
def browser() -> Client:
    """Over TLS, as through the proxy; Grace is logged in."""
    User.objects.create_superuser("grace", password=PASSWORD)
    client = Client(headers={"X-Forwarded-Proto": "https"})
    client.get("/admin/login/")
    body = {"username": "grace", "password": PASSWORD}
    assert client.post("/admin/login/", body).status_code == 302
    return client


@pytest.mark.parametrize("name", ["__Host-sessionid", "__Host-csrftoken"])
def test_cookies_belong_to_this_host_and_tls_alone(browser: Client, name: str):
    cookie = browser.cookies[name]
    assert cookie["secure"]
    assert (cookie["path"], cookie["domain"]) == ("/", "")  # what browsers ask of `__Host-`
    assert cookie["samesite"] == "Lax"


def test_no_script_can_read_the_session(browser: Client):
    assert browser.cookies["__Host-sessionid"]["httponly"]


def test_browsers_come_back_over_tls_only(browser: Client):
    header = browser.get("/admin/")["Strict-Transport-Security"]
    assert header == "max-age=31536000; includeSubDomains; preload"
    plain = Client().get("/admin/login/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/admin/login/")


def test_no_other_site_learns_which_page_was_read(browser: Client):
    assert browser.get("/admin/")["Referrer-Policy"] == "same-origin"


def test_a_session_ends_after_twelve_hours():
    with time_machine.travel("2026-11-02 09:00:00+01:00", tick=False) as clock:
        User.objects.create_superuser("grace", password=PASSWORD)
        client = Client(headers={"X-Forwarded-Proto": "https"})
        client.post("/admin/login/", {"username": "grace", "password": PASSWORD})
        clock.shift(12 * 60 * 60 - 1)
        assert client.get("/admin/").status_code == 200
        clock.shift(2)
        assert client.get("/admin/")["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("weak", ["elevenchars", "password12345", "grace-obi-lagos"])
def test_a_weak_password_is_refused(weak: str):
    with pytest.raises(ValidationError):
        validate_password(weak, User(username="grace-obi-lagos"))


def test_twelve_characters_that_nobody_guesses_will_do():
    validate_password("tin-lamp-rice", User(username="grace"))


def test_passwords_are_kept_as_argon2():
    assert make_password(PASSWORD).startswith("argon2$argon2id$")


def test_nobody_can_log_in_before_somebody_was_made():
    assert not User.objects.exists()
    with pytest.raises(CommandError):
        call_command("demo")
    assert not User.objects.exists()


def test_tasks_and_sessions_are_json_and_nothing_that_runs(settings):
    task, kind, encoding = dumps({}, serializer="pickle")
    with pytest.raises(ContentDisallowed):
        loads(task, kind, encoding, accept=app.conf.accept_content)
    assert app.conf.task_serializer == "json"
    serializer = import_string(settings.SESSION_SERIALIZER)
    assert json.loads(serializer().dumps({"second_factor": "passed"}))


@pytest.mark.parametrize("kind", ["application/x-python-serialize", "text/xml", "text/plain"])
def test_the_api_reads_nothing_but_json(kind: str):
    body, over_tls = b"gASVBAAAAAAAAABLKi4=", {"X-Forwarded-Proto": "https"}
    answer = api.client().post("/api/support/tickets", body, content_type=kind, headers=over_tls)
    assert answer.status_code == 415
