"""The history of a ticket is told in plain sentences."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from support import services
from support.desk.act_words import SENTENCES, in_words
from support.models import EventKind, SupportTicket, TicketEvent
from support.rules import sweeping
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db


def told(ticket: SupportTicket) -> list[str]:
    return [in_words(act) for act in ticket.events.order_by("id")]


def test_every_act_has_a_sentence() -> None:
    assert {*SENTENCES, EventKind.ASSIGNED} == set(EventKind)


def test_a_ticket_from_its_opening_to_its_end(agent: User, ticket: SupportTicket) -> None:
    team = Actor.of(agent)
    services.set_priority(ticket.pk, team, "HIGH")
    services.reply(ticket.pk, team, "Hello")
    services.end(ticket.pk, team)
    services.rate(ticket.pk, "good")
    services.comment(ticket.pk, "Quick!")
    services.reopen(ticket.pk, team)
    assert told(ticket) == [
        "The student opened the ticket",
        "Grace changed the priority from Medium to High",
        "Grace answered; the ticket is in progress",
        "Grace ended the chat: Resolved",
        "The student rated the chat: 👍 Good",
        "The student said of the chat: “Quick!”",
        "Grace reopened the ticket",
    ]


def test_who_gets_a_ticket_from_whom(agent: User, ticket: SupportTicket) -> None:
    team, ada = Actor.of(agent), desk.staff(username="ada")
    services.take(ticket.pk, team)
    services.release(ticket.pk, team)
    services.assign(ticket.pk, team, ada)
    services.assign(ticket.pk, team, agent)
    services.assign(ticket.pk, team, ada)
    services.assign(ticket.pk, team, None)
    assert told(ticket)[1:] == [
        "Grace took the ticket",
        "Grace released the ticket",
        "Grace gave the ticket to ada",
        "Grace took the ticket over from ada",
        "Grace gave the ticket to ada, who has it instead of Grace",
        "Grace took the ticket back from ada",
    ]


def test_colleagues_of_one_name_are_told_apart(ticket: SupportTicket) -> None:
    grace, other = desk.staff(username="grace.o"), desk.staff(username="grace.a")
    User.objects.update(first_name="Grace")
    for person in (grace, other):
        person.refresh_from_db()
    services.assign(ticket.pk, Actor.of(grace), other)
    services.assign(ticket.pk, Actor.of(grace), None)
    services.assign(ticket.pk, Actor.of(other), other)
    services.assign(ticket.pk, Actor.of(grace), grace)
    services.assign(ticket.pk, Actor.of(grace), None)
    assert told(ticket)[1:] == [
        "Grace gave the ticket to Grace",
        "Grace took the ticket back from Grace",
        "Grace took the ticket",
        "Grace took the ticket over from Grace",
        "Grace released the ticket",
    ]


def test_an_act_that_was_kept_without_ids_goes_by_names(agent: User, ticket: SupportTicket) -> None:
    services.take(ticket.pk, Actor.of(agent))
    services.release(ticket.pk, Actor.of(agent))
    TicketEvent.objects.update(before_user_id=None, after_user_id=None)
    assert told(ticket)[1:] == ["Grace took the ticket", "Grace released the ticket"]


def test_words_are_quoted(agent: User, ticket: SupportTicket) -> None:
    team = Actor.of(agent)
    said = services.reply(ticket.pk, team, "Your too late", after=timedelta(minutes=1))
    services.undo(ticket.pk, team, said)
    assert told(ticket)[-1] == "Grace took back an answer: “Your too late”"


def test_words_that_are_also_a_rating_or_a_status_are_quoted_as_they_were_said(
    ticket: SupportTicket,
) -> None:
    services.comment(ticket.pk, "bad")
    services.comment(ticket.pk, "OPEN")
    assert told(ticket)[1:] == [
        "The student said of the chat: “bad”",
        "The student said of the chat: “OPEN”",
    ]


def test_a_planned_answer_is_followed(agent: User, ticket: SupportTicket) -> None:
    team = Actor.of(agent)
    at = timezone.localtime().replace(hour=8, minute=0, second=30) + timedelta(days=2)
    planned = services.send_later(ticket.pk, team, "Hello", at)
    services.change_planned(planned, team, "Good morning", at.replace(second=0))
    services.change_planned(planned, team, "Good morning", at.replace(hour=9))
    services.cancel_planned(planned, team)
    day = f"{at.day} {at:%B %Y}"
    assert told(ticket)[1:] == [
        f"Grace planned an answer for {day}, 08:00",
        f"Grace changed the answer planned for {day}, 08:00",
        f"Grace moved a planned answer from {day}, 08:00 to {day}, 09:00",
        "Grace cancelled a planned answer: “Good morning”",
    ]


def test_what_happens_by_itself_says_so(agent: User, ticket: SupportTicket) -> None:
    services.snooze(ticket.pk, Actor.of(agent), timezone.now() + timedelta(hours=1))
    SupportTicket.objects.update(snoozed_until=timezone.now())
    sweeping.often()
    assert told(ticket)[-1] == "The desk's rules brought the ticket back into the queue"


def test_names_are_no_patterns() -> None:
    act = TicketEvent(kind="opened", actor_name="{after} {0}")
    assert in_words(act) == "{after} {0} opened the ticket"


def test_the_thread_and_the_history_beside_it_tell_them(agent: User, ticket: SupportTicket) -> None:
    services.take(ticket.pk, Actor.of(agent))
    html = desk.browser(agent).get(desk.page(ticket)).content.decode()
    assert html.count("<bdi>Grace took the ticket</bdi>") == 2
