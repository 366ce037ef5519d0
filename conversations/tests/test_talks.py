"""A talk is loaded with one statement, and its rows know each other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conversations.models import Conversation, Student, Subscription
from conversations.states import State
from conversations.talks import Talk
from support.models import SupportTicket, TicketStatus
from support.services import STUDENT, open_ticket
from whatsapp.models import Contact

pytestmark = pytest.mark.django_db

RESOLVED, CLOSED = TicketStatus.RESOLVED, TicketStatus.CLOSED


@pytest.fixture
def ada() -> Contact:
    return Contact.objects.create(name="Ada", phone="+2348059876543")


def ended(contact: Contact, status: TicketStatus, *, minutes_ago: int) -> SupportTicket:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return SupportTicket.objects.create(contact=contact, status=status, closed_at=at)


def test_a_stranger_has_a_talk_that_is_not_stored_yet(ada: Contact):
    talk = Talk.of(ada.pk)

    assert (talk.contact, talk.student, talk.ticket) == (ada, None, None)
    assert talk.conversation.contact is talk.contact
    assert talk.state is State.INITIAL
    assert not Conversation.objects.exists()


def test_a_contact_who_is_gone_has_no_talk(ada: Contact):
    gone = ada.pk
    ada.delete()

    with pytest.raises(Contact.DoesNotExist):
        Talk.of(gone)


@pytest.mark.parametrize("minutes", [0, 60])
def test_all_of_a_talk_comes_with_one_statement_and_is_asked_for_once(
    ada: Contact, settings, minutes: int
):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(minutes=minutes)
    Conversation.objects.create(contact=ada, state=State.REGISTERED.value, draft={"a": "é"})
    student = Student.objects.create(contact=ada, name="Ada Obi", class_name="10A")
    paid = Subscription.objects.create(student=student, ends_at=timezone.now())
    ticket = open_ticket(ada, STUDENT)

    with CaptureQueriesContext(connection) as asked:
        talk = Talk.of(ada.pk)
        assert talk.student is not None
        assert talk.ticket is not None
        known = [
            *(talk.contact.conversation, talk.contact.student, talk.contact.open_ticket),
            *(talk.conversation.contact, talk.student.contact, talk.student.subscription),
            *(talk.student.subscription.student, talk.ticket.contact, talk.ticket.open_for),
        ]

    assert len(asked) == 1
    assert known == [talk.conversation, student, ticket, ada, ada, paid, student, ada, ada]
    assert talk.conversation.draft == {"a": "é"}


def test_that_a_student_has_not_paid_is_not_asked_again(ada: Contact, django_assert_num_queries):
    Student.objects.create(contact=ada, name="Ada Obi", class_name="10A")
    talk = Talk.of(ada.pk)

    with django_assert_num_queries(0):
        assert getattr(talk.student, "subscription", None) is None


def test_it_knows_the_ticket_that_the_team_resolved_last(ada: Contact, settings):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    ended(ada, RESOLVED, minutes_ago=3)
    last = ended(ada, RESOLVED, minutes_ago=1)
    ended(ada, CLOSED, minutes_ago=2)
    ended(Contact.objects.create(name="Bob"), RESOLVED, minutes_ago=0)

    assert Talk.of(ada.pk).resolved_ticket_id == last.pk


@pytest.mark.parametrize(("allowed", "minutes_ago"), [(60, 61), (0, 0)])
def test_it_knows_none_that_was_resolved_too_long_ago(
    ada: Contact, settings, allowed: int, minutes_ago: int
):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(minutes=allowed)
    ended(ada, RESOLVED, minutes_ago=minutes_ago)

    assert Talk.of(ada.pk).resolved_ticket_id is None


def test_it_knows_none_that_was_resolved_before_one_that_the_student_ended(ada: Contact, settings):
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    ended(ada, RESOLVED, minutes_ago=2)
    ended(ada, CLOSED, minutes_ago=1)

    assert Talk.of(ada.pk).resolved_ticket_id is None
