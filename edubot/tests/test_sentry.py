"""What Sentry gets to see."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.transport import Transport

from edubot import sentry
from edubot.sentry import without_numbers

pytestmark = pytest.mark.filterwarnings("ignore:The send_default_pii option")
NUMBER = "+2348031234567"
IN_IT = "803123"


class Kept(Transport):
    """What would have left the house."""

    sent: list[str]

    def __init__(self) -> None:
        super().__init__()
        self.sent = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent += [json.dumps(item.payload.json) for item in envelope.items]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Sentry as it is started, but for the way out."""
    really, transport = sentry_sdk.init, Kept()
    logs = [LoggingIntegration()]

    def init(**options: Any) -> None:
        really(transport=transport, default_integrations=False, integrations=logs, **options)

    monkeypatch.setattr(sentry.sentry_sdk, "init", init)
    with sentry_sdk.isolation_scope():
        sentry.start("https://key@sentry.example.org/1")
        yield transport.sent
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


def test_no_phone_number_leaves_with_an_error():
    event = {
        "request": {"url": "https://x/api/admin/conversations/+2348031234567", "query_string": "q"},
        "exception": {"values": [{"type": "ValueError", "value": "no 2348031234567"}]},
    }

    sent = without_numbers(event, {})

    assert "803123" not in str(sent)
    assert "query_string" not in sent["request"]


def test_what_was_logged_before_the_error_leaves_without_numbers(kept: list[str]) -> None:
    logging.getLogger("django.request").warning("Not Found: /api/contacts/%s", NUMBER)
    structlog.get_logger("edubot").error("mail_not_sent", error=f"to {NUMBER}", more={"a": NUMBER})
    logging.getLogger("library").error("refused %s", NUMBER)

    assert len(kept) == 2
    assert "Not Found: /api/contacts/" in kept[0]
    assert IN_IT not in str(kept)


def test_an_exception_leaves_without_its_message_which_may_quote_a_student(kept: list[str]) -> None:
    words = " ".join(["I", "am", "afraid"])  # else the line of this file would quote it
    try:
        raise ValueError(words)  # noqa: TRY301
    except ValueError:
        logging.getLogger("edubot").exception("work_failed")

    assert "ValueError" in kept[0]
    assert words not in kept[0]


def test_a_question_to_meta_leaves_without_the_token_in_its_address() -> None:
    asked = {"url": "https://graph.facebook.com/debug_token", "http.query": "input_token=EAAG"}
    event = {"breadcrumbs": {"values": [{"type": "http", "data": asked}]}}
    assert "EAAG" not in str(without_numbers(event, {}))


def test_ids_stay_whole() -> None:
    event = {"event_id": "0123456789abcdef0123456789012345", "contexts": {"trace": {}}}
    assert without_numbers(event, {})["event_id"] == "0123456789abcdef0123456789012345"
