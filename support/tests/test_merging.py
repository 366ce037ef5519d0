"""Tickets follow the person, through changed numbers and contacts that turn out to be one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from support import services
from support.models import SupportMessage, SupportTicket
from support.services import STUDENT, Actor
from whatsapp import sorting
from whatsapp.models import Contact, Message
from whatsapp.tests import webhooks
from whatsapp.tests.lane import receive
from whatsapp.tests.webhooks import Item, body, envelope, text

pytestmark = pytest.mark.django_db

PHONE, USER_ID = "2348031234567", "NG.111"


@pytest.fixture(autouse=True)
def our_number(settings) -> None:
    settings.WHATSAPP_PHONE_NUMBER_ID = webhooks.PHONE_NUMBER_ID


def hear(*items: Item) -> Contact:
    """Sort one webhook; who wrote the last of `items`."""
    receive(body(envelope(*items)))
    sorting.sort_all()
    return Message.objects.latest("id").contact


def wrote(phone: str | None = None, user_id: str | None = None, words: str = "hi") -> Contact:
    return hear(text(words, sender=phone, user_id=user_id))


def opened_with(contact: Contact) -> tuple[SupportTicket, SupportMessage]:
    """An open ticket of `contact` with the last message in its thread."""
    ticket = services.open_ticket(contact, STUDENT)
    return ticket, services.add_from_student(ticket, contact.messages.latest("id"))


def test_two_open_tickets_of_merged_contacts_become_one_thread():
    ours, first = opened_with(wrote(PHONE, words="first"))
    theirs, second = opened_with(wrote(None, USER_ID, words="second"))
    merged = wrote(PHONE, USER_ID)

    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.status, theirs.status) == ("OPEN", "CLOSED")
    assert merged.open_ticket == ours
    assert set(merged.tickets.all()) == {ours, theirs}
    assert list(ours.messages.order_by("id")) == [first, second]


def test_an_answer_planned_in_the_thread_that_moves_is_still_sent(agent):
    ours, _ = opened_with(wrote(PHONE))
    theirs, _ = opened_with(wrote(None, USER_ID))
    tomorrow = timezone.now() + timedelta(days=1)
    planned = services.send_later(theirs.pk, Actor.of(agent), "Good morning", tomorrow)
    wrote(PHONE, USER_ID)

    planned.refresh_from_db()
    assert planned.ticket == ours


def test_what_is_unread_in_the_thread_that_moves_stays_unread():
    ours, _ = opened_with(wrote(PHONE))
    opened_with(wrote(None, USER_ID))
    wrote(PHONE, USER_ID)

    ours.refresh_from_db()
    assert ours.unread_count == 2
    assert ours.waiting_since is not None


def test_a_ticket_of_the_younger_contact_stays_open_after_merging():
    wrote(PHONE)
    ticket, _ = opened_with(wrote(None, USER_ID))
    merged = wrote(PHONE, USER_ID)

    ticket.refresh_from_db()
    assert ticket.contact == ticket.open_for == merged


def test_a_changed_number_keeps_the_open_ticket():
    ticket, _ = opened_with(wrote(PHONE, USER_ID))
    hear(webhooks.number_changed(old=PHONE, new="2348059999999"))

    assert wrote("2348059999999").open_ticket == ticket


def test_whoever_gets_the_number_next_does_not_get_the_ticket():
    ticket, _ = opened_with(wrote(PHONE, USER_ID))
    heir = wrote(PHONE, "NG.333")

    assert not SupportTicket.objects.filter(contact=heir).exists()
    ticket.refresh_from_db()
    assert ticket.is_open
