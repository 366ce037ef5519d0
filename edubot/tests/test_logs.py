"""What is logged of a whole journey, as production would write it: nobody's words or numbers."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import path
from structlog.stdlib import ProcessorFormatter

from edubot.logs import logging_config, redacted
from support.models import SupportTicket
from support.tests import api, desk
from whatsapp.models import Message

pytestmark = pytest.mark.django_db
NUMBER = "2348031234567"
NATIONAL = "0803 123 4567"
WORDS = "canary-words"
NAME = "Canaria Name"


def broken(_request: object) -> None:
    try:
        {}[f"{WORDS} of +{NUMBER}"]
    except KeyError as error:
        raise ValueError(f"{NAME} wrote {WORDS}") from error


urlpatterns = [path(f"api/admin/conversations/{NUMBER}/messages", broken)]
handler500 = "support.api.errors.server_error"


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """Everything that is logged, down to DEBUG, as production's formatter writes it."""
    lines = io.StringIO()
    usual_processors = structlog.get_config()
    spec = dict(logging_config(readable=False)["formatters"]["line"])
    structlog.configure(**usual_processors)  # which loggers that were used before remember
    spec.pop("()")
    handler = logging.StreamHandler(lines)
    handler.setFormatter(ProcessorFormatter(**spec))
    root, usual = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(usual)


def assert_discreet(lines: str) -> None:
    secrets = [settings.WHATSAPP_ACCESS_TOKEN, settings.WHATSAPP_APP_SECRET, settings.SECRET_KEY]
    for canary in (NUMBER, NUMBER[3:], NATIONAL, WORDS, NAME, settings.WHATSAPP_VERIFY_TOKEN):
        assert canary not in lines
    for secret in secrets:
        assert secret not in lines


def test_a_whole_journey_leaves_nobodys_words_in_the_logs(john, agent: User, logs) -> None:
    john.say("register")
    john.say(NAME)
    john.say(f"{WORDS}@example.org")
    john.say("SS2")
    john.say("support")
    john.say(WORDS)
    john.send_image(caption=WORDS)
    ticket = SupportTicket.objects.get()
    client = desk.browser(agent)
    desk.compose(client, ticket, WORDS)
    client.get(desk.LIST, {"q": NUMBER})
    john.tap("❌ End Chat")
    john.deliver_statuses()
    logging.getLogger("edubot.tests").info("The journey is over.")
    assert "The journey is over." in logs.getvalue()
    assert_discreet(logs.getvalue())


@pytest.mark.parametrize("written", [NUMBER, f"+{NUMBER}", f"%2B{NUMBER}", NATIONAL])
def test_an_address_with_a_phone_number_is_logged_without_it(logs, written: str) -> None:
    client = api.client()
    assert client.get(f"/api/admin/conversations/{written}/messages").status_code == 404
    assert client.get(f"/api/admin/conversations/{written}").status_code == 404
    assert "Not Found" in logs.getvalue()
    assert_discreet(logs.getvalue())


def test_work_that_fails_is_logged_without_the_words_that_made_it_fail(
    john, settings, logs
) -> None:
    settings.WHATSAPP_MESSAGE_HANDLER = f"{__name__}.broken"
    john.say(WORDS)
    assert "work_failed" in logs.getvalue()
    assert "ValueError" in logs.getvalue()
    assert_discreet(logs.getvalue())
    assert WORDS in Message.objects.latest("id").traceback, "for whoever may read it in the admin"


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_in_a_page_is_logged_with_its_place_and_no_words(logs) -> None:
    address = f"/api/admin/conversations/{NUMBER}/messages"
    assert Client(raise_request_exception=False).get(address).status_code == 500
    (line,) = [json.loads(line) for line in logs.getvalue().splitlines() if "exception" in line]
    assert "in broken" in line["exception"]
    assert line["exception"].endswith("ValueError")
    assert "KeyError" in line["exception"]
    assert_discreet(logs.getvalue())


def test_a_forged_webhook_and_a_wrong_token_are_not_quoted(logs) -> None:
    client = Client(headers={"Authorization": f"Bearer {WORDS}", "X-Hub-Signature-256": WORDS})
    assert client.post("/webhooks/whatsapp", WORDS, "application/json").status_code == 403
    assert client.get("/webhooks/whatsapp", {"hub.verify_token": WORDS}).status_code == 403
    assert client.get("/api/support/tickets", {"search": NUMBER}).status_code == 401
    assert_discreet(logs.getvalue())


def test_what_staff_may_not_is_logged_with_the_account_and_the_request(logs) -> None:
    grace = desk.staff("Agent", "grace")
    answer = desk.browser(grace).get("/admin/auth/user/")
    (line,) = [json.loads(line) for line in logs.getvalue().splitlines() if "Forbidden" in line]
    assert (line["staff"], line["request_id"]) == (grace.pk, answer["X-Request-ID"])


@pytest.mark.parametrize("odd", ["\r\nfake", "\x1b[31mred", "\u2028line"])
def test_one_event_is_one_line_whatever_it_quotes(logs, odd: str) -> None:
    Client().get(f"/nothing/{odd}")
    lines = logs.getvalue().splitlines() if odd != "\u2028line" else logs.getvalue().split("\n")
    for line in filter(None, lines):
        json.loads(line)
    assert "\x1b" not in logs.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to +2348031234567.", "to …4567."),
        ("08031234567", "…4567"),
        ("%2B2348031234567", "%2B…4567"),
        ("receipt 1234567 of 127.0.0.1:8000", "receipt 1234567 of 127.0.0.1:8000"),
        ("/api/admin/conversations/0803 123 4567/messages", "/api/admin/conversations/…/messages"),
    ],
)
def test_of_a_phone_number_only_the_end_is_shown(text: str, shown: str) -> None:
    assert redacted(text) == shown
