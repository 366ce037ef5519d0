"""Sending a message once more, on a person's word."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from whatsapp import outbox
from whatsapp.contacts import of_phone
from whatsapp.kinds import Kind
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Status
from whatsapp.outgoing import Text
from whatsapp.tests.phone import PNG

pytestmark = pytest.mark.django_db
NEVER_AGAIN = set(Status) - {
    Status.FAILED,
    Status.EXPIRED,
    Status.UNCERTAIN,
    Status.WAITING,
    Status.HANDLED,
}


@pytest.fixture
def contact() -> Contact:
    person = of_phone("+2348031234567", "John")
    person.last_inbound_at = timezone.now()
    person.save()
    return person


def message(contact: Contact, status: Status, **fields: object) -> Message:
    [queued] = outbox.queue(contact, Text("Hello"), author=Author.AGENT)
    fields = {"status": status, "error": "Odd", "error_code": 1, "refusals": 6, **fields}
    Message.objects.filter(pk=queued.pk).update(**fields)
    queued.refresh_from_db()
    return queued


@pytest.mark.parametrize("status", [Status.FAILED, Status.EXPIRED, Status.UNCERTAIN])
def test_it_is_queued_again_once_as_the_same_row(contact: Contact, status: Status) -> None:
    sent = message(contact, status)
    assert outbox.send_again(sent)
    assert not outbox.send_again(sent)
    again = Message.objects.get()
    assert (again.pk, again.status, again.resends) == (sent.pk, Status.QUEUED, 1)
    assert (again.error, again.error_code, again.refusals) == ("", None, 0)
    contact.refresh_from_db()
    assert contact.due_at


@pytest.mark.parametrize("status", sorted(NEVER_AGAIN))
def test_what_is_on_its_way_or_has_arrived_is_not_sent_again(
    contact: Contact, status: Status
) -> None:
    assert not outbox.send_again(message(contact, status))
    assert Message.objects.get().status == status


def test_while_a_confirmation_may_still_come_it_is_not_sent_again(contact: Contact) -> None:
    in_doubt = message(contact, Status.UNCERTAIN, due_at=timezone.now())
    assert not outbox.send_again(in_doubt)
    assert not outbox.settle(in_doubt)


def test_nothing_is_sent_again_while_the_window_is_shut(contact: Contact) -> None:
    failed = message(contact, Status.FAILED)
    contact.last_inbound_at = timezone.now() - timedelta(hours=25)
    contact.save()
    assert not outbox.send_again(failed)


def test_late_news_of_a_failed_try_cannot_touch_the_next(contact: Contact) -> None:
    failed = message(contact, Status.FAILED, wamid="first", wamid_digest="first")
    outbox.send_again(failed)
    again = Message.objects.get()
    assert (again.wamid, again.wamid_digest) == ("", None)
    assert again.callback_id != failed.callback_id


def test_proof_that_an_unconfirmed_message_arrived_still_counts(contact: Contact) -> None:
    unconfirmed = message(contact, Status.UNCERTAIN)
    outbox.send_again(unconfirmed)
    assert Message.objects.get().callback_id == unconfirmed.callback_id


def test_a_file_is_uploaded_afresh(contact: Contact) -> None:
    file = ContentFile(PNG, "graph.png")
    sent = outbox.queue_file(
        contact, Kind.IMAGE, file, mime_type="image/png", caption="", author=Author.AGENT
    )
    Message.objects.update(status=Status.FAILED)
    sent.media.remote_id = "expired"
    sent.media.save()
    outbox.send_again(sent)
    sent.media.refresh_from_db()
    assert sent.media.remote_id == ""


def test_a_message_that_arrived_is_settled_once(contact: Contact) -> None:
    unconfirmed = message(contact, Status.UNCERTAIN)
    assert outbox.settle(unconfirmed)
    assert not outbox.settle(unconfirmed)
    assert not outbox.send_again(unconfirmed)
    assert Message.objects.get().status == Status.SENT


def test_it_reaches_the_student(john, work) -> None:
    john.say("hello")
    contact = Contact.objects.get()
    before = len(john.received)
    outbox.send_again(message(contact, Status.FAILED))
    work()
    assert [bubble.text for bubble in john.received[before:]] == ["Hello"]
