"""Answers planned for a time."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from support import services
from support.models import ScheduledReply, StaffMail, SupportTicket
from support.rules import sweeping
from support.services import Actor, ChatClosed, ServiceError
from whatsapp.outgoing import MessageInvalid
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(agent: User) -> Actor:
    return Actor.of(agent)


@pytest.fixture
def ticket(john: Phone) -> SupportTicket:
    john.say("support")
    john.say("My upload fails")
    return SupportTicket.objects.get()


def at(hours: float = 2) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def answers(john: Phone) -> list[str]:
    return [shown.text for shown in john.received if "🎧" in shown.text]


def test_it_leaves_when_its_time_has_come(john: Phone, ticket, team: Actor, work) -> None:
    services.send_later(ticket.pk, team, "Good morning", at(2))
    sweeping.often()
    work()
    assert answers(john) == []

    with time_machine.travel(at(2.01)):
        sweeping.often()
        sweeping.often()
        work()
    assert answers(john) == ["🎧 Support Team: Good morning"]
    planned = ScheduledReply.objects.get()
    assert (planned.state, planned.message.message) == ("sent", "Good morning")
    assert planned.message.author == team.user


def test_who_changes_its_words_answers_for_them(ticket, team: Actor) -> None:
    colleague = Actor.of(User.objects.create_user("grace", is_staff=True))
    planned = services.send_later(ticket.pk, team, "Good morning", at(2))
    services.change_planned(planned, colleague, "Good morning", at(3))
    planned.refresh_from_db()
    assert planned.author == team.user
    services.change_planned(planned, colleague, "Go away", at(3))
    planned.refresh_from_db()
    assert (planned.author, planned.author_name) == (colleague.user, colleague.name)


def test_it_holds_up_nothing(john: Phone, ticket, team: Actor, work) -> None:
    services.send_later(ticket.pk, team, "Good morning", at(2))
    services.reply(ticket.pk, team, "One moment")
    john.say("thanks")
    work()
    assert answers(john) == ["🎧 Support Team: One moment"]


def test_its_words_and_time_can_be_changed(john: Phone, ticket, team: Actor, work) -> None:
    planned = services.send_later(ticket.pk, team, "Good morning", at(2))
    services.change_planned(planned, team, "Good evening", at(8))
    with time_machine.travel(at(3)):
        sweeping.often()
        work()
    assert answers(john) == []
    with time_machine.travel(at(9)):
        sweeping.often()
        work()
    assert answers(john) == ["🎧 Support Team: Good evening"]


def test_it_can_be_cancelled_once(john: Phone, ticket, team: Actor, work) -> None:
    planned = services.send_later(ticket.pk, team, "Good morning", at(2))
    assert services.cancel_planned(planned, team) == "Good morning"
    with pytest.raises(ServiceError, match="sent or cancelled already"):
        services.cancel_planned(planned, team)
    with pytest.raises(ServiceError, match="sent or cancelled already"):
        services.change_planned(planned, team, "No", at(3))
    with time_machine.travel(at(3)):
        sweeping.often()
        work()
    assert answers(john) == []
    assert [event.kind for event in ticket.events.all()][-2:] == ["scheduled", "unplanned"]


def test_when_the_window_is_shut_then_its_author_is_told(john, ticket, team, work) -> None:
    services.send_later(ticket.pk, team, "Good morning", at(30))
    with time_machine.travel(at(31)):
        sweeping.often()
        sweeping.often()
        work()
    assert answers(john) == []
    planned = ScheduledReply.objects.get()
    assert planned.state == "refused"
    assert "24 hours" in planned.error
    note = ticket.messages.get(sender_type="note")
    assert "was not sent" in note.message
    assert "Good morning" in note.message
    mail = StaffMail.objects.get()
    assert mail.user == team.user
    assert f"/admin/support/desk/{ticket.pk}/" in mail.body


def test_an_ended_chat_is_told_of_likewise(john: Phone, ticket, team: Actor, work) -> None:
    services.send_later(ticket.pk, team, "Good morning", at(2))
    services.end(ticket.pk, team)
    with time_machine.travel(at(3)):
        sweeping.often()
    assert ScheduledReply.objects.get().state == "refused"


def test_what_cannot_be_planned_is_refused(ticket, team: Actor) -> None:
    with pytest.raises(ServiceError, match="lies ahead"):
        services.send_later(ticket.pk, team, "Hello", at(-1))
    with pytest.raises(MessageInvalid):
        services.send_later(ticket.pk, team, "  ", at())
    services.end(ticket.pk, team)
    with pytest.raises(ChatClosed):
        services.send_later(ticket.pk, team, "Hello", at())
    assert not ScheduledReply.objects.exists()
