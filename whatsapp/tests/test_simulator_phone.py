"""The driver that lets tests read like conversations."""

import pytest
from django.test import Client

from whatsapp.simulator.models import Misbehaviour
from whatsapp.tests.graph import TEXT, send
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


def echo_menu() -> None:
    reply = {"type": "reply", "reply": {"id": "end_chat", "title": "❌ End Chat"}}
    menu = {"type": "button", "body": {"text": "You wrote"}, "action": {"buttons": [reply]}}
    send({"type": "interactive", "interactive": menu})


def test_a_phone_posts_at_once_and_lets_the_worker_work(client: Client) -> None:
    john = Phone(client, works=echo_menu)

    said = john.say("Hello")

    assert john.shows(said).status == "delivered"
    assert john.last.text == "You wrote"
    assert [button.title for button in john.last.buttons] == ["❌ End Chat"]


def test_a_tap_finds_its_button_by_title_or_id(client: Client) -> None:
    john = Phone(client, works=echo_menu)
    john.say("Hello")

    assert john.shows(john.tap("❌ End Chat")).text == "❌ End Chat"
    assert john.shows(john.tap("end_chat")).quoted_wamid == john.received[-2].wamid


def test_a_tap_on_nothing_fails_the_test(client: Client) -> None:
    with pytest.raises(AssertionError, match="End Chat"):
        Phone(client).tap("End Chat")


def test_statuses_are_delivered_when_told(client: Client) -> None:
    john = Phone(client)
    john.say("Hello")
    send(TEXT)
    assert john.last.status == "accepted"

    assert john.deliver_statuses() == 3

    assert john.last.status == "read"


def test_two_phones_of_one_number_are_one_student(client: Client) -> None:
    assert Phone(client).row == Phone(client).row


def test_a_phone_without_number_hides_it(client: Client) -> None:
    ada = Phone(client, number=None, name="Ada", user_id="NG.7")

    assert ada.row.hides_phone


@pytest.mark.django_db(transaction=True)  # the door's IntegrityError ends a test's transaction
def test_a_doubled_webhook_is_posted_twice(client: Client) -> None:
    Misbehaviour(pk=1, duplicate_webhooks_percent=100).save()
    posted: list[bytes] = []

    class Counting(Phone):
        def post(self, body: bytes, signature: str) -> int:
            posted.append(body)
            return super().post(body, signature)

    Counting(client).say("Hello")

    assert len(posted) == 2
