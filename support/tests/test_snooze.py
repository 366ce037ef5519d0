"""A ticket put aside comes back when its time is over, or when the student writes."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from support import queries, services
from support.models import SupportTicket
from support.rules import sweeping
from support.services import Actor, ChatClosed, ServiceError
from support.tests import desk
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


def at(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def is_away(ticket: SupportTicket) -> bool:
    return not queries.awake(SupportTicket.objects.filter(pk=ticket.pk)).exists()


def kinds(ticket: SupportTicket) -> list[str]:
    return [event.kind for event in ticket.events.all()]


def test_it_leaves_the_queue_and_comes_back(ticket, team: Actor) -> None:
    assert services.how_many_wait() == 1
    services.snooze(ticket.pk, team, at(2))
    sweeping.often()
    assert is_away(ticket)
    assert services.how_many_wait() == 0

    with time_machine.travel(at(2.1)):
        sweeping.often()
        sweeping.often()
    assert not is_away(ticket)
    assert services.next_in_queue() == ticket
    assert kinds(ticket) == ["opened", "snoozed", "woken"]


def test_the_list_shows_it_only_to_who_asks(ticket, agent: User, team: Actor) -> None:
    services.snooze(ticket.pk, team, at(2))
    client = desk.browser(agent)
    assert "John Doe" not in client.get(desk.LIST).content.decode()
    assert "John Doe" in client.get(desk.LIST, {"status": "snoozed"}).content.decode()


def test_the_student_brings_it_back(john: Phone, team: Actor) -> None:
    john.say("support")
    john.say("My upload fails")
    ticket = SupportTicket.objects.get()
    services.snooze(ticket.pk, team, at(2))
    john.say("hello?")
    assert not is_away(ticket)
    assert ticket.events.last().actor_name == "Student"
    john.say("hello??")
    assert kinds(ticket).count("woken") == 1


def test_a_colleague_brings_it_back(ticket, team: Actor) -> None:
    services.snooze(ticket.pk, team, at(2))
    assert services.wake(ticket.pk, team)
    assert not services.wake(ticket.pk, team)
    assert kinds(ticket).count("woken") == 1


def test_a_longer_snooze_counts(ticket, team: Actor) -> None:
    services.snooze(ticket.pk, team, at(1))
    services.snooze(ticket.pk, team, at(5))
    with time_machine.travel(at(2)):
        sweeping.often()
    assert is_away(ticket)


def test_the_end_of_the_chat_ends_it(ticket, team: Actor) -> None:
    services.snooze(ticket.pk, team, at(1))
    services.end(ticket.pk, team)
    assert not is_away(ticket)
    with pytest.raises(ChatClosed):
        services.snooze(ticket.pk, team, at(1))


def test_a_time_that_has_passed_is_refused(ticket, team: Actor) -> None:
    with pytest.raises(ServiceError, match="lies ahead"):
        services.snooze(ticket.pk, team, at(-1))
