"""The answer goes first, the blue ticks follow; "typing…" only shows while an answer is to come."""

from datetime import timedelta

import pytest

from whatsapp import delivery, outbox, sorting, worker
from whatsapp.lanes import LaneLost
from whatsapp.models import Message
from whatsapp.models.message import Author
from whatsapp.outgoing import Text
from whatsapp.tests.lane import Lane, Recording, mount

pytestmark = pytest.mark.django_db

LATER = timedelta(seconds=4)


def answer_at_once(message: Message) -> bool:
    outbox.queue(message.contact, Text("42"), author=Author.BOT)
    return True


def answer_later(message: Message) -> bool:
    outbox.queue(message.contact, Text("42"), author=Author.BOT, after=LATER)
    return True


def leave_to_a_person(message: Message) -> bool:
    return False


@pytest.fixture
def asks(lane: Lane, settings):
    """The student asks, and a handler deals with it; what Graph was told, in its order."""

    def ask(handler: str) -> list[str]:
        settings.WHATSAPP_MESSAGE_HANDLER = f"{__name__}.{handler}"
        graph = Recording()
        mount(graph)
        lane.phone.say("What is the answer?")
        sorting.sort_all()
        worker.run(lane.contact.pk)
        return [body.get("status") or body["type"] for body in graph.bodies]

    return ask


def test_the_answer_does_not_wait_for_the_ticks(lane: Lane, asks):
    assert asks("answer_at_once") == ["text", "read"]
    assert lane.read == ["42"]
    assert not lane.phone.sees_typing


def test_while_the_answer_is_to_come_the_student_sees_typing(lane: Lane, asks):
    assert asks("answer_later") == ["read"]
    assert lane.phone.sees_typing


def answer_much_later(message: Message) -> bool:
    outbox.queue(message.contact, Text("42"), author=Author.BOT, after=timedelta(minutes=2))
    return True


def test_nobody_types_for_minutes(lane: Lane, asks):
    assert asks("answer_much_later") == ["read"]
    assert not lane.phone.sees_typing


def test_a_lane_that_is_lost_while_sending_gets_its_ticks(asks, monkeypatch):
    def lost(_: Lane) -> None:
        raise LaneLost

    monkeypatch.setattr(delivery, "deliver_queued", lost)
    assert asks("answer_at_once") == ["read"]


def test_what_a_person_has_to_read_gets_no_ticks(asks):
    assert asks("leave_to_a_person") == []


def test_ticks_can_be_switched_off(asks, settings):
    settings.WHATSAPP_MARK_READ = False
    assert asks("answer_at_once") == ["text"]
