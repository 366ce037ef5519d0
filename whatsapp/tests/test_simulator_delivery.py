"""The simulated Meta posts its webhooks signed and does not give up soon."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils import timezone

from whatsapp.management.commands.simulator import Command, post
from whatsapp.signature import verify
from whatsapp.simulator import delivery, phones, student
from whatsapp.simulator.models import SimulatedPhone, SimulatedWebhook
from whatsapp.tests.graph import TEXT, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def john() -> SimulatedPhone:
    return phones.create("John Doe", "2348031234567")


class Bot:
    """Takes posts and answers them with `status`."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.calls: list[tuple[bytes, str]] = []

    def __call__(self, body: bytes, signature: str) -> int:
        self.calls.append((body, signature))
        return self.status


def test_a_webhook_is_posted_signed(john: SimulatedPhone) -> None:
    student.say(john, "Hello")
    bot = Bot()

    assert delivery.deliver_due(timezone.now(), bot) == 1

    body, signature = bot.calls[0]
    assert verify(body, signature, [django_settings.WHATSAPP_APP_SECRET])


def test_a_webhook_that_was_taken_is_not_posted_again(john: SimulatedPhone) -> None:
    student.say(john, "Hello")
    delivery.deliver_due(timezone.now(), Bot())

    assert delivery.deliver_due(timezone.now() + timedelta(days=1), Bot()) == 0


def test_a_delivered_message_shows_two_ticks(john: SimulatedPhone) -> None:
    message = student.say(john, "Hello")

    delivery.deliver_due(timezone.now(), Bot())

    message.refresh_from_db()
    assert message.status == "delivered"


def test_webhooks_come_in_order_of_their_time(john: SimulatedPhone) -> None:
    for number in range(3):
        student.say(john, f"Message {number}")
    bot = Bot()

    delivery.deliver_due(timezone.now(), bot)

    assert [f"Message {number}".encode() in bot.calls[number][0] for number in range(3)] == [
        True
    ] * 3


def test_what_is_not_due_yet_waits(john: SimulatedPhone) -> None:
    student.say(john, "Hello")
    delivery.deliver_due(timezone.now(), Bot())
    send(TEXT)

    assert delivery.deliver_due(timezone.now(), Bot()) == 0
    assert delivery.deliver_due(timezone.now() + timedelta(seconds=2), Bot()) == 3
    assert john.messages.get(direction="from_business").status == "read"


@pytest.mark.parametrize("status", [0, 201, 204, 302, 403, 500, 503])
def test_anything_but_200_is_tried_again(john: SimulatedPhone, status: int) -> None:
    student.say(john, "Hello")

    assert delivery.deliver_due(timezone.now(), Bot(status)) == 0

    webhook = SimulatedWebhook.objects.get()
    assert (webhook.attempts, webhook.last_status) == (1, status)
    assert delivery.deliver_due(timezone.now() + timedelta(seconds=2), Bot()) == 1


def test_the_pauses_grow(john: SimulatedPhone) -> None:
    student.say(john, "Hello")
    pauses = []
    for _ in range(7):
        delivery.deliver(SimulatedWebhook.objects.all(), Bot(500))
        due_at = SimulatedWebhook.objects.get().due_at
        assert due_at is not None
        pauses.append(round((due_at - timezone.now()).total_seconds()))

    assert pauses == [1, 5, 30, 120, 600, 3600, 3600]


def test_after_seven_days_the_webhook_is_lost(john: SimulatedPhone) -> None:
    student.say(john, "Hello")
    long_ago = timezone.now() - timedelta(days=7)
    SimulatedWebhook.objects.update(created_at=long_ago)

    delivery.deliver_due(timezone.now(), Bot(500))

    assert SimulatedWebhook.objects.get().due_at is None


def test_old_webhooks_are_forgotten_and_waiting_ones_kept(john: SimulatedPhone) -> None:
    student.say(john, "Taken")
    delivery.deliver_due(timezone.now(), Bot())
    student.say(john, "Waiting")
    SimulatedWebhook.objects.update(created_at=timezone.now() - timedelta(days=2))

    delivery.forget_old(timezone.now())

    assert SimulatedWebhook.objects.get().due_at is not None


def test_a_bot_that_is_not_up_yet_counts_as_no_answer(settings: Any) -> None:
    settings.WHATSAPP_SIMULATOR_WEBHOOK_URL = "http://127.0.0.1:9/webhooks/whatsapp"

    with requests.Session() as session:
        assert post(session, b"{}", "sha256=0") == 0


def test_the_command_stops_when_told(capsys: pytest.CaptureFixture[str]) -> None:
    stopped = threading.Event()
    stopped.set()

    with requests.Session() as session:
        Command().run(session, stopped)

    assert capsys.readouterr().err == ""


def test_the_command_says_so_when_the_simulator_is_off(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.WHATSAPP_SIMULATOR = False

    call_command("simulator")

    assert "The simulator is off" in capsys.readouterr().out
