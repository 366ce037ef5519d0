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
from support.tests import desk
from whatsapp.outgoing import MessageInvalid
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


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


def test_the_history_tells_new_words_from_a_new_time(ticket, team: Actor) -> None:
    planned = services.send_later(ticket.pk, team, "Good morning", at(2))
    services.change_planned(planned, team, "Good evening", planned.send_at)
    services.change_planned(planned, team, "Good evening", at(8))
    first, reworded, moved = list(ticket.events.order_by("id"))[-3:]
    assert (first.kind, first.before) == ("scheduled", "")
    assert (reworded.kind, reworded.before, reworded.after) == ("reworded", "", first.after)
    assert (moved.kind, moved.before) == ("scheduled", first.after)


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


def test_it_can_be_sent_now_by_whoever_says_so(john: Phone, ticket, team: Actor, work) -> None:
    colleague = Actor.of(User.objects.create_user("grace", is_staff=True))
    planned = services.send_later(ticket.pk, team, "Good morning", at(2))
    said = services.send_planned_now(planned, colleague, "Good morning, John")
    work()
    with time_machine.travel(at(3)):
        sweeping.often()
        work()
    assert answers(john) == ["🎧 Support Team: Good morning, John"]
    assert said.author == colleague.user
    planned.refresh_from_db()
    assert (planned.state, planned.message, planned.author) == ("sent", said, colleague.user)
    with pytest.raises(ServiceError, match="sent or cancelled already"):
        services.send_planned_now(planned, team, "Again")


def test_what_cannot_be_sent_now_stays_planned(ticket, team: Actor) -> None:
    planned = services.send_later(ticket.pk, team, "Good morning", at(2))
    services.end(ticket.pk, team)
    with pytest.raises(ChatClosed):
        services.send_planned_now(planned, team, "Good morning")
    planned.refresh_from_db()
    assert planned.state == "waiting"


def leaves_school(actor: Actor, by: str = "is_active") -> None:
    User.objects.filter(pk=actor.user.pk).update(**{by: False})


@pytest.mark.parametrize("by", ["is_active", "is_staff"])
def test_nothing_goes_out_in_the_name_of_somebody_who_has_left(john, ticket, work, by) -> None:
    chidi = User.objects.create_superuser("chidi", "chidi@example.org")
    services.take(ticket.pk, Actor.of(chidi))
    services.reply(ticket.pk, Actor.of(chidi), "I will look at it")
    services.send_later(ticket.pk, Actor.of(chidi), "Good morning", at(2))
    services.snooze(ticket.pk, Actor.of(chidi), at(5))
    leaves_school(Actor.of(chidi), by)
    work()
    with time_machine.travel(at(3)):
        sweeping.often()
        sweeping.often()
        work()
    assert answers(john) == ["🎧 Support Team: I will look at it"]
    planned = ScheduledReply.objects.get()
    assert planned.state == "refused"
    ticket.refresh_from_db()
    assert (ticket.assigned_admin, ticket.snoozed_until) == (None, None)
    assert ticket.waiting_since is not None, "the student was to get an answer"
    note = ticket.messages.get(sender_type="note")
    assert "no longer answers here" in note.message
    assert "chidi wanted to say:\nGood morning" in note.message
    assert not StaffMail.objects.exists()


def test_a_colleague_who_has_the_ticket_keeps_it_and_is_told(ticket, team: Actor) -> None:
    chidi = User.objects.create_superuser("chidi")
    services.send_later(ticket.pk, Actor.of(chidi), "Good morning", at(2))
    services.take(ticket.pk, team)
    leaves_school(Actor.of(chidi))
    with time_machine.travel(at(3)):
        sweeping.often()
    ticket.refresh_from_db()
    assert ticket.assigned_admin == team.user
    assert StaffMail.objects.get().user == team.user


def test_who_may_no_longer_answer_does_not_answer_by_plan(john: Phone, ticket, work) -> None:
    ada = desk.staff(username="ada")
    services.send_later(ticket.pk, Actor.of(ada), "Good morning", at(2))
    ada.groups.clear()
    with time_machine.travel(at(3)):
        sweeping.often()
        work()
    assert answers(john) == []


def test_who_lost_the_ticket_with_it_gets_no_mail_of_it(ticket) -> None:
    ada = desk.staff(username="ada")
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    services.take(ticket.pk, Actor.of(ada))
    services.send_later(ticket.pk, Actor.of(ada), "Good morning", at(2))
    ada.groups.clear()
    with time_machine.travel(at(3)):
        sweeping.often()
    ticket.refresh_from_db()
    assert ticket.assigned_admin is None
    assert ticket.messages.filter(sender_type="note").exists()
    assert not StaffMail.objects.exists()


def test_a_colleague_takes_the_answer_over_by_saving_it(john, ticket, team: Actor, work) -> None:
    chidi = User.objects.create_superuser("chidi")
    planned = services.send_later(ticket.pk, Actor.of(chidi), "Good morning", at(2))
    leaves_school(Actor.of(chidi))
    services.change_planned(planned, team, "Good morning", at(2.5))
    with time_machine.travel(at(3)):
        sweeping.often()
        work()
    assert answers(john) == ["🎧 Support Team: Good morning"]
    planned.refresh_from_db()
    assert planned.author == team.user


def test_an_ended_ticket_stays_with_who_had_it(ticket) -> None:
    chidi = User.objects.create_superuser("chidi")
    services.take(ticket.pk, Actor.of(chidi))
    services.send_later(ticket.pk, Actor.of(chidi), "Good morning", at(2))
    services.end(ticket.pk, Actor.of(chidi))
    leaves_school(Actor.of(chidi))
    with time_machine.travel(at(3)):
        sweeping.often()
    ticket.refresh_from_db()
    assert (ticket.assigned_admin, ticket.waiting_since) == (chidi, None)


def test_what_cannot_be_planned_is_refused(ticket, team: Actor) -> None:
    with pytest.raises(ServiceError, match="lies ahead"):
        services.send_later(ticket.pk, team, "Hello", at(-1))
    with pytest.raises(MessageInvalid):
        services.send_later(ticket.pk, team, "  ", at())
    services.end(ticket.pk, team)
    with pytest.raises(ChatClosed):
        services.send_later(ticket.pk, team, "Hello", at())
    assert not ScheduledReply.objects.exists()
