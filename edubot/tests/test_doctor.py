"""`manage.py doctor` names what is wrong and how to mend it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from time import time

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from requests.adapters import HTTPAdapter

from edubot.doctor import machine, meta, money, traffic
from edubot.doctor.finding import Finding, Level
from edubot.management.commands.doctor import LOOKS
from whatsapp import client, templates
from whatsapp.models import Message
from whatsapp.simulator.models import Misbehaviour

pytestmark = pytest.mark.django_db


def switch(**switches: object) -> None:
    Misbehaviour.objects.update_or_create(pk=1, defaults=switches)


@contextmanager
def a_server(answer: str = "", **headers: str) -> Iterator[str]:
    """A server that gives every question this answer; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.encode())

        do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def assert_names(finding: Finding, level: Level, sentence: str, fix: str) -> None:
    assert finding.level is level
    assert sentence in finding.sentence
    assert fix in finding.fix


@pytest.mark.parametrize(
    ("switches", "look", "level", "sentence", "fix"),
    [
        ({"token_revoked": True}, meta.token, "fault", "refuses our token", "WHATSAPP_ACCESS_"),
        ({"token_revoked": True}, meta.number, "fault", "refuses our token", "WHATSAPP_ACCESS_"),
        ({"token_ends_soon": True}, meta.token, "warning", "ends in 6 day", "WHATSAPP_ACCESS_"),
        ({"token_lacks_permission": True}, meta.token, "fault", "may not", "WHATSAPP_ACCESS_"),
        ({"app_not_subscribed": True}, meta.subscription, "fault", "no app", "/subscribed_apps"),
        ({"number_flagged": True}, meta.number, "warning", "report it", "Send less"),
        ({"number_banned": True}, meta.number, "fault", "BANNED", "WhatsApp Manager"),
        ({"error_500_percent": 100}, meta.token, "fault", "no usable answer", "metastatus"),
        ({"refuse_connection_percent": 100}, meta.token, "fault", "no usable", "WHATSAPP_GRAPH"),
        ({"slow_seconds": 60}, meta.token, "fault", "no usable answer", "metastatus"),
        ({"paystack_down": True}, money.key, "fault", "HTTP 503", "PAYSTACK_SECRET_KEY"),
    ],
)
def test_it_names_each_way_in_which_meta_and_paystack_misbehave(
    switches, look, level, sentence, fix
):
    switch(**switches)
    assert_names(look(), Level(level), sentence, fix)


@pytest.mark.parametrize(
    ("switches", "words"),
    [
        ({"slow_seconds": 6}, "Answers after (seconds): 6"),
        ({"error_429_percent": 100}, "Too many requests, 429 (%): 100"),
        ({"accept_then_hang_percent": 50}, "Accepts, then hangs (%): 50"),
        ({"duplicate_webhooks_percent": 100}, "Webhooks come twice (%): 100"),
        ({"shuffle_webhooks": True}, "Webhooks out of order: yes"),
        ({"status_delay": 1000}, "Ticks come later (times): 1000"),
        ({"checks_window": False}, "The 24-hour window counts: no"),
        ({"paystack_repeats": True}, "Paystack tells everything three times: yes"),
    ],
)
def test_what_the_simulator_is_told_is_named_as_its_panel_names_it(settings, switches, words):
    settings.DEBUG = True
    assert traffic.simulator().level is Level.WELL
    switch(**switches)
    assert_names(traffic.simulator(), Level.WARNING, words, "/simulator/")


def test_a_simulator_in_production_is_a_warning(settings):
    settings.DEBUG = False
    assert_names(traffic.simulator(), Level.WARNING, "no student is reached", "WHATSAPP_SIMULATOR")
    settings.WHATSAPP_SIMULATOR = False
    assert traffic.simulator().level is Level.WELL


def test_messages_that_meta_refuses_for_now_are_found(john):
    switch(error_429_percent=100)
    john.say("hello")
    assert_names(traffic.sending(), Level.WARNING, "wait because Meta refused", "by themselves")


def test_a_held_line_is_a_fault(john):
    switch(token_revoked=True)
    john.say("hello")
    assert_names(traffic.sending(), Level.FAULT, "Nothing goes out", "nothing is lost")


def test_sends_without_an_answer_are_found(john):
    switch(accept_then_hang_percent=100)
    john.say("hello")
    assert_names(traffic.confirmations(), Level.WARNING, "no answer came", "metastatus")


def test_ticks_that_do_not_come_are_found(john):
    john.say("hello")
    Message.objects.filter(direction="out").update(
        status="accepted", accepted_at=timezone.now() - timedelta(minutes=3)
    )
    assert_names(traffic.confirmations(), Level.WARNING, "no tick", "Webhooks come late")


def test_failed_messages_are_found_with_their_reason(john):
    john.say("hello")
    Message.objects.filter(direction="out").update(status="failed", error="The number is gone.")
    assert_names(traffic.failures(), Level.WARNING, "The number is gone.", "send it again")


def test_traffic_without_trouble_is_well(john):
    john.say("hello")
    found = [traffic.sending(), traffic.confirmations(), traffic.failures()]
    assert {one.level for one in found} == {Level.WELL}


def test_a_well_behaved_account_is_well(settings):
    settings.DEBUG = True
    templates.sync()
    looks = (meta.token, meta.number, meta.subscription, meta.templates, money.key)
    assert [look() for look in looks if look().level is not Level.WELL] == []


def test_a_wrong_app_secret_is_found_out(settings, monkeypatch):
    monkeypatch.setattr("whatsapp.simulator.account.check_proof", _refuse_proof)
    assert_names(meta.token(), Level.FAULT, "appsecret_proof", "WHATSAPP_APP_SECRET")


def _refuse_proof(_proof: str) -> None:
    from whatsapp.simulator.answers import RefusedError

    raise RefusedError(100, "Invalid appsecret_proof provided in the API argument")


def test_no_approved_template_is_a_warning():
    assert_names(meta.templates(), Level.WARNING, "None is approved", "WhatsApp Manager")


def test_a_wrong_clock_is_found_out(settings):
    with a_server(Date=formatdate(int(time()) + 601, usegmt=True)) as settings.WHATSAPP_GRAPH_URL:
        assert_names(meta.clock(), Level.FAULT, "60", "NTP")
    with a_server(Date=formatdate(time(), usegmt=True)) as settings.WHATSAPP_GRAPH_URL:
        assert meta.clock().level is Level.WELL


def test_the_webhook_address_is_asked_as_meta_asks_it(settings, live_server):
    settings.PUBLIC_URL = live_server.url
    assert meta.address().level is Level.WELL
    settings.PUBLIC_URL = "http://127.0.0.1:9"
    assert_names(meta.address(), Level.FAULT, "cannot be reached", "certificate")
    with a_server("Hello") as settings.PUBLIC_URL:
        assert_names(meta.address(), Level.FAULT, "does not answer as Meta", "PUBLIC_URL")
    settings.PUBLIC_URL = ""
    assert_names(meta.address(), Level.WARNING, "not set", "PUBLIC_URL=https")


def test_a_clock_apart_from_the_databases_is_found_out():
    assert machine.clock().level is Level.WELL
    with time_machine.travel(timedelta(minutes=5)):
        assert_names(machine.clock(), Level.FAULT, "s apart", "NTP")


def test_a_missing_worker_is_found_out():
    assert_names(machine.workers(), Level.FAULT, "None answers", "worker")


def test_a_folder_that_cannot_be_written_is_found_out(settings, tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    settings.MEDIA_ROOT = str(tmp_path / "file")
    assert_names(machine.files(), Level.FAULT, "cannot be written", "MEDIA_ROOT")


def test_files_beside_the_program_are_not_in_it(settings, tmp_path):
    settings.DEBUG = False
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path / "var", str(tmp_path / "various")
    assert machine.files().level is Level.WELL


def test_what_production_should_not_have_is_a_warning(settings):
    settings.DEBUG = False
    settings.MEDIA_ROOT = str(settings.VAR_DIR / "media")
    assert_names(machine.cache_is_shared(), Level.WARNING, "of its own", "CACHE_URL=redis")
    assert_names(machine.files(), Level.WARNING, "deploy", "MEDIA_ROOT")
    settings.PAYSTACK_SECRET_KEY = "sk_test_key"
    assert_names(money.key(), Level.WARNING, "test key", "sk_live")
    settings.PAYSTACK_SECRET_KEY = ""
    assert_names(money.key(), Level.WARNING, "no key", "PAYSTACK_SECRET_KEY")


def test_the_mail_server_is_asked(settings):
    assert_names(machine.mail(), Level.WARNING, "No mail server", "EMAIL_URL")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert_names(machine.mail(), Level.FAULT, "refuses", "EMAIL_URL")


def test_the_command_ends_with_a_fault_and_prints_each_fix():
    out = StringIO()
    with pytest.raises(CommandError, match="fault"):
        call_command("doctor", stdout=out)  # no worker runs in a test
    assert "✗ Workers: None answers." in out.getvalue()
    assert "    → Start the Procfile's worker process." in out.getvalue()


def test_programs_read_it_as_json():
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", "--json", stdout=out)
    findings = json.loads(out.getvalue())
    assert len(findings) == len(LOOKS)
    assert all(found["fix"] for found in findings if found["level"] != "well")


def test_a_meta_that_is_away_does_not_bring_our_secrets_to_the_screen(settings):
    """People paste what the doctor says into e-mails and issues."""
    client.session().mount("http://127.0.0.1:9", HTTPAdapter())
    settings.WHATSAPP_GRAPH_URL = settings.PUBLIC_URL = "http://127.0.0.1:9"
    settings.WHATSAPP_ACCESS_TOKEN, settings.WHATSAPP_VERIFY_TOKEN = "EAAGsecret", "verify-secret"
    found = [meta.token(), meta.number(), meta.address()]
    assert {one.level for one in found} == {Level.FAULT}
    assert "secret" not in str(found)
    assert "proof=" not in str(found)
