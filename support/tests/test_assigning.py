"""Tickets given out in turn to who is there, and taken back from who does not touch them."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from support import presence, services
from support.models import DeskPreferences, DeskRules, OpeningHours, SupportTicket
from support.rules import assigning, sweeping
from support.services import Actor
from support.tests import desk
from whatsapp.tests.threads import together

pytestmark = pytest.mark.django_db


def rules(**fields: object) -> DeskRules:
    return DeskRules.objects.create(**{"assign": True, **fields})


def there(name: str) -> User:
    """An agent with the desk open."""
    user = desk.staff(username=name)
    presence.touch(presence.QUEUE, user)
    return user


def who_has(*tickets: SupportTicket) -> list[str | None]:
    for ticket in tickets:
        ticket.refresh_from_db()
    return [ticket.assigned_admin and ticket.assigned_admin.username for ticket in tickets]


def chats(count: int) -> list[SupportTicket]:
    return [desk.chat(number) for number in range(1, count + 1)]


def minutes_pass(number: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=number))


def test_they_are_given_out_in_turn() -> None:
    rules()
    there("ada"), there("grace")
    tickets = chats(4)
    sweeping.often()
    assert who_has(*tickets) == ["ada", "grace", "ada", "grace"]
    event = tickets[0].events.last()
    assert (event.kind, event.actor_name, event.after) == ("assigned", "Desk rules", "ada")


def test_the_longest_waiting_comes_first() -> None:
    rules(assign_at_most=1)
    there("ada")
    young, old = chats(2)
    hour_ago = timezone.now() - timedelta(hours=1)
    SupportTicket.objects.filter(pk=old.pk).update(waiting_since=hour_ago)
    sweeping.often()
    assert who_has(young, old) == [None, "ada"]


def test_nobody_gets_more_than_the_most() -> None:
    rules(assign_at_most=2)
    ada = there("ada")
    tickets = chats(3)
    sweeping.often()
    assert who_has(*tickets) == ["ada", "ada", None]

    services.end(tickets[0].pk, Actor.of(ada))
    sweeping.often()
    assert who_has(tickets[2]) == ["ada"]


def test_who_is_away_unwilling_or_may_not_answer_gets_none() -> None:
    rules()
    desk.staff(username="away")
    DeskPreferences.objects.create(user=there("unwilling"), takes_tickets=False)
    presence.touch(presence.QUEUE, desk.looker())
    (ticket,) = chats(1)
    sweeping.often()
    assert who_has(ticket) == [None]


def test_by_hand_nothing_is_given_out() -> None:
    there("ada")
    (ticket,) = chats(1)
    sweeping.often()
    assert who_has(ticket) == [None]


def test_a_snoozed_ticket_is_not_given_out(agent: User) -> None:
    rules()
    there("ada")
    (ticket,) = chats(1)
    services.snooze(ticket.pk, Actor.of(agent), timezone.now() + timedelta(hours=1))
    sweeping.often()
    assert who_has(ticket) == [None]


def test_what_is_not_touched_goes_to_the_next() -> None:
    rules(release_after=10)
    there("ada")
    (ticket,) = chats(1)
    sweeping.often()
    with minutes_pass(5):
        there("grace"), presence.touch(presence.QUEUE, User.objects.get(username="ada"))
        sweeping.often()
        assert who_has(ticket) == ["ada"]
    with minutes_pass(11):
        presence.touch(presence.QUEUE, User.objects.get(username="grace"))
        sweeping.often()
        assert who_has(ticket) == ["grace"]
        sweeping.often()
        assert who_has(ticket) == ["grace"], "whoever gets it has the whole time again"


def test_who_is_alone_keeps_it() -> None:
    rules(release_after=10)
    ada = there("ada")
    (ticket,) = chats(1)
    sweeping.often()
    with minutes_pass(11):
        presence.touch(presence.QUEUE, ada)
        sweeping.often()
        assert who_has(ticket) == ["ada"]
        assert ticket.events.count() == 2


def test_by_hand_it_is_free_again(agent: User) -> None:
    rules(assign=False, release_after=10)
    (ticket,) = chats(1)
    services.assign(ticket.pk, Actor.of(agent), desk.staff())
    with minutes_pass(11):
        sweeping.often()
        assert who_has(ticket) == [None]


def test_what_was_answered_is_not_taken_back(agent: User) -> None:
    rules(assign=False, release_after=10)
    (ticket,) = chats(1)
    services.reply(ticket.pk, Actor.of(agent), "One moment")
    with minutes_pass(60):
        sweeping.often()
        assert who_has(ticket) == ["agent"]


def test_at_night_nothing_is_taken_back(agent: User) -> None:
    rules(assign=False, release_after=10)
    today = timezone.localtime().weekday()
    OpeningHours.objects.create(weekday=(today + 3) % 7, opens="08:00", closes="17:00")
    (ticket,) = chats(1)
    services.assign(ticket.pk, Actor.of(agent), agent)
    with minutes_pass(11):
        sweeping.often()
        assert who_has(ticket) == ["agent"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_rounds_at_once_keep_to_the_most() -> None:
    from django.contrib.auth.models import Permission

    row = rules(assign_at_most=3)
    for name in ("ada", "grace"):
        user = User.objects.create_user(name, is_staff=True)
        user.user_permissions.add(Permission.objects.get(codename="reply_supportticket"))
        presence.touch(presence.QUEUE, user)
    tickets = chats(8)
    together(*(partial(assigning.give, row, ticket.pk) for ticket in tickets))
    given = Counter(who_has(*tickets))
    assert given["ada"] <= 3
    assert given["grace"] <= 3

    sweeping.often()
    assert Counter(who_has(*tickets)) == {"ada": 3, "grace": 3, None: 2}
