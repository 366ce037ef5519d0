"""Entering a chat while others wait, or while the desk is shut."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from conversations import care
from conversations.tests.talk import OPENED
from support import services
from support.models import Holiday, OpeningHours, SupportTicket
from support.tests import desk
from whatsapp.tests.phone import Phone

MONDAY_NOON = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)  # 12:00 in Lagos
NEXT = "🎯 You are next!"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def sweep(work: Callable[[], None]) -> Callable[[], None]:
    def swept() -> None:
        care.sweep()
        work()

    return swept


def waiting(number: int) -> SupportTicket:
    """Somebody else's ticket that waits."""
    return services.open_ticket(desk.student(number), services.STUDENT, sender_name="Other")


def added(phone: Phone) -> str:
    """What was said below the promised words."""
    promised, _, rest = phone.last.text.partition(OPENED)
    assert promised == ""
    return rest.strip()


def test_alone_one_reads_the_promised_words_and_no_more(john):
    john.say("support")
    assert john.last.text == OPENED
    assert SupportTicket.objects.get().queue_place_told is None


def test_the_place_without_a_guess_when_nobody_was_answered_today(john):
    waiting(1)
    waiting(2)
    john.say("support")
    assert added(john) == "⏳ You are number 3 in the queue."


def test_the_wait_is_todays_median_in_steps_of_five_minutes(john, clock, team):
    for number, minutes in enumerate((2, 7, 50), start=1):
        ticket = waiting(number)
        with time_machine.travel(MONDAY_NOON + timedelta(minutes=minutes), tick=False):
            services.reply(ticket.pk, team, "Hello")
    waiting(4)
    clock.shift(timedelta(hours=1))
    john.say("support")
    assert added(john) == "⏳ You are number 2 in the queue; about 10 minutes."


def test_yesterdays_waits_say_nothing_about_today(john, clock, team):
    ticket = waiting(1)
    services.reply(ticket.pk, team, "Hello")
    clock.shift(timedelta(days=1))
    waiting(2)
    john.say("support")
    assert added(john) == "⏳ You are number 2 in the queue."


def test_tickets_that_are_answered_or_ended_are_not_in_the_queue(john, team):
    services.reply(waiting(1).pk, team, "Hello")
    services.end(waiting(2).pk, team)
    john.say("support")
    assert added(john) == ""


def test_who_becomes_first_is_told_once(john, clock, team, sweep):
    first, second = waiting(1), waiting(2)
    clock.shift(timedelta(minutes=1))
    john.say("support")
    services.reply(first.pk, team, "Hello")
    sweep()
    assert NEXT not in john.last.text
    services.end(second.pk, team)
    sweep()
    assert john.last.text.startswith(NEXT)
    sweep()
    assert sum(NEXT in bubble.text for bubble in john.received) == 1


def test_who_was_first_from_the_beginning_is_not_told(john, sweep):
    john.say("support")
    sweep()
    assert john.last.text == OPENED


def test_who_opted_out_is_not_told(john, clock, team, sweep):
    other = waiting(1)
    clock.shift(timedelta(minutes=1))
    john.say("support")
    john.say("STOP")
    services.end(other.pk, team)
    sweep()
    assert NEXT not in john.last.text


@pytest.fixture
def office_hours(db) -> None:
    """Monday to Friday, 8 to 17; on Tuesday a holiday."""
    for weekday in range(5):
        OpeningHours.objects.create(weekday=weekday, opens="08:00", closes="17:00")
    Holiday.objects.create(date="2020-01-06", name="A holiday", every_year=True)


@pytest.mark.parametrize(
    ("hours_later", "back"),
    [
        (-5, "today at 08:00"),  # Monday 07:00
        (6, "on Wednesday, 7 January at 08:00"),  # Monday 18:00, Tuesday is a holiday
        (24, "tomorrow at 08:00"),  # Tuesday 12:00
    ],
)
def test_outside_hours_one_reads_when_the_desk_opens(
    john, office_hours, clock, hours_later: int, back: str
):
    clock.shift(timedelta(hours=hours_later))
    waiting(1)
    john.say("support")
    assert added(john) == f"🌙 Our team is away at the moment. We are back {back}."
    assert john.last.buttons[0].title == "❌ End Chat"
    john.say("My upload fails")
    ticket = SupportTicket.objects.get(issue_description="My upload fails")
    assert ticket.status == "OPEN"
    assert ticket.queue_place_told is None


def test_inside_hours_nothing_is_said_of_them(john, office_hours):
    john.say("support")
    assert added(john) == ""


def test_at_night_nobody_is_told_to_be_next(john, office_hours, clock, team, sweep):
    other = waiting(1)
    clock.shift(timedelta(minutes=1))
    john.say("support")
    services.end(other.pk, team)
    clock.shift(timedelta(hours=6))
    sweep()
    assert NEXT not in john.last.text
