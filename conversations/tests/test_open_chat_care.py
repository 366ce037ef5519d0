"""What open chats hear by themselves: minutes and hours pass, the sweep runs every minute."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations import care
from conversations.models import ChatNotice
from support import services
from support.models import OpeningHours, SupportTicket
from support.services import Actor
from whatsapp import sorting
from whatsapp.tests.phone import Phone

Pass = Callable[[float], None]
MONDAY_NOON = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)  # 12:00 in Lagos
PATIENCE = "our team is still on it"
ASLEEP = "💤 Are you still there?"
LAST_HOUR = "⏰ Our team has not answered yet"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def later(clock: time_machine.Traveller, work: Callable[[], None]) -> Pass:
    """Let minutes pass; beat sweeps at their end."""

    def let_pass(minutes: float) -> None:
        clock.shift(timedelta(minutes=minutes))
        care.sweep()
        work()

    return let_pass


@pytest.fixture
def ticket(john: Phone) -> SupportTicket:
    john.say("support")
    john.say("My upload fails")
    return SupportTicket.objects.get()


@pytest.fixture
def answered(ticket: SupportTicket, team: Actor, work: Callable[[], None]) -> SupportTicket:
    services.reply(ticket.pk, team, "Please try again.")
    work()
    return ticket


def heard(phone: Phone, words: str) -> int:
    """How often the phone received a message with these words."""
    return sum(words in bubble.text for bubble in phone.received)


# --- Nobody answers ---------------------------------------------------------------------------


def test_who_waits_is_told_once_that_the_team_is_still_on_it(john, ticket, later):
    later(14)
    assert heard(john, PATIENCE) == 0
    later(1)
    assert PATIENCE in john.last.text
    assert [button.title for button in john.last.buttons] == ["❌ End Chat"]
    later(60)
    assert heard(john, PATIENCE) == 1


def test_a_new_wait_is_told_of_again(john, ticket, later, team):
    later(15)
    services.reply(ticket.pk, team, "Please try again.")
    john.say("It fails again")
    later(15)
    assert heard(john, PATIENCE) == 2


def test_who_was_answered_hears_nothing(john, answered, later):
    later(30)
    assert heard(john, PATIENCE) == 0


@pytest.mark.parametrize("thanks", ["Thank you!", "ok"])
def test_thanks_for_an_answer_wait_for_nothing(john, answered, later, thanks):
    john.say(thanks)
    later(30)
    assert heard(john, PATIENCE) == 0


def test_a_thumbs_up_waits_for_nothing(john, answered, later):
    john.react("👍")
    later(30)
    assert heard(john, PATIENCE) == 0
    assert SupportTicket.objects.get().waiting_since is None


def test_outside_opening_hours_nobody_is_said_to_be_on_it(john, ticket, later):
    OpeningHours.objects.create(weekday=0, opens="08:00", closes="12:05")
    OpeningHours.objects.create(weekday=1, opens="08:00", closes="17:00")
    later(20)
    later(20 * 60 - 20)  # Tuesday 08:00: the team has only just come
    assert heard(john, PATIENCE) == 0
    later(15)
    assert heard(john, PATIENCE) == 1


def test_zero_minutes_switch_it_off(john, ticket, later, settings):
    settings.SUPPORT_STILL_ON_IT_AFTER = timedelta(0)
    later(30)
    assert heard(john, PATIENCE) == 0


def test_who_opted_out_is_left_in_peace(john, ticket, later):
    john.say("STOP")
    later(15)
    later(23 * 60)
    assert john.last.text.startswith("You will get no more messages from us")


# --- Nobody writes ------------------------------------------------------------------------------


def test_an_idle_chat_is_closed_after_a_warning(john, answered, later):
    later(59)
    assert heard(john, ASLEEP) == 0
    later(1)
    assert john.last.text.startswith(ASLEEP)
    assert "in 30 minutes" in john.last.text
    assert [b.title for b in john.last.buttons] == ["💬 Keep chat open", "❌ End Chat"]
    later(29)
    answered.refresh_from_db()
    assert answered.is_open
    later(1)
    answered.refresh_from_db()
    assert answered.status == "CLOSED"
    assert answered.events.get(kind="ended").actor_name == "EduBot"
    assert john.last.text.startswith("✅ The chat has ended.")
    assert "👍 Good" in [button.title for button in john.last.buttons]
    later(60)
    assert heard(john, ASLEEP) == heard(john, "The chat has ended") == 1


def test_after_the_bot_closed_the_chat_the_bot_answers(john, answered, later):
    later(60)
    later(30)
    john.say("status")
    assert "📊" in john.last.text
    assert SupportTicket.objects.count() == 1


def test_keeping_the_chat_open_starts_the_hour_anew(john, answered, later):
    later(60)
    john.tap("💬 Keep chat open")
    assert john.last.text.startswith("Good, your chat stays open.")
    later(59)
    assert heard(john, ASLEEP) == 1
    later(1)
    assert heard(john, ASLEEP) == 2
    answered.refresh_from_db()
    assert answered.is_open
    later(30)
    answered.refresh_from_db()
    assert not answered.is_open


def test_keeping_the_chat_open_is_no_message_for_the_agent(john, answered, later):
    later(60)
    john.tap("💬 Keep chat open")
    answered.refresh_from_db()
    assert answered.waiting_since is None
    assert answered.messages.count() == 2


def test_writing_keeps_the_chat_open(john, answered, later):
    later(60)
    john.say("Wait, I am trying")
    later(30)
    later(60)
    answered.refresh_from_db()
    assert answered.is_open


def test_an_answer_after_the_warning_keeps_the_chat_open(john, answered, later, team):
    later(60)
    services.reply(answered.pk, team, "Did it work?")
    later(30)
    answered.refresh_from_db()
    assert answered.is_open


def test_ending_instead_ends_it_for_the_student(john, answered, later):
    later(60)
    john.tap("❌ End Chat")
    later(30)
    answered.refresh_from_db()
    assert answered.events.get(kind="ended").actor_name == "Student"
    assert heard(john, "The chat has ended") == 1


def test_who_waits_for_an_answer_is_not_idle(john, ticket, later):
    later(120)
    later(60)
    ticket.refresh_from_db()
    assert ticket.is_open
    assert heard(john, ASLEEP) == 0


@pytest.mark.parametrize("setting", ["SUPPORT_IDLE_WARNING", "SUPPORT_IDLE_CLOSE"])
def test_zero_minutes_leave_idle_chats_open(john, answered, later, settings, setting):
    setattr(settings, setting, timedelta(0))
    later(60)
    later(60)
    answered.refresh_from_db()
    assert answered.is_open
    assert heard(john, ASLEEP) == 0


def test_a_chat_that_cannot_be_warned_is_left_to_a_person(john, answered, later):
    later(25 * 60)
    later(60)
    answered.refresh_from_db()
    assert answered.is_open


def test_what_waits_in_the_lane_comes_first(john, answered, later, clock, work):
    later(60)
    clock.shift(timedelta(minutes=30))
    john.works = sorting.sort_all  # no worker looks into the lane
    john.say("I am back", at=MONDAY_NOON - timedelta(minutes=5))  # Meta brings it late
    assert care.sweep() == 0
    john.works = None
    work()
    care.sweep()
    answered.refresh_from_db()
    assert answered.is_open


# --- WhatsApp's 24 hours ------------------------------------------------------------------------


def test_an_hour_before_the_window_shuts_a_tap_keeps_it_open(john, ticket, later):
    later(22 * 60 + 59)
    assert heard(john, LAST_HOUR) == 0
    later(1)
    assert john.last.text.startswith(LAST_HOUR)
    assert [b.title for b in john.last.buttons] == ["💬 Keep my chat open", "❌ End Chat"]
    later(30)
    assert heard(john, LAST_HOUR) == 1
    john.tap("💬 Keep my chat open")
    later(22 * 60)
    ticket.contact.refresh_from_db()
    assert ticket.contact.window_is_open()
    later(60)
    assert heard(john, LAST_HOUR) == 2, "A new window may end like the first."


def test_who_was_answered_needs_no_reminder(john, answered, later, settings):
    settings.SUPPORT_IDLE_WARNING = timedelta(0)
    later(23 * 60)
    assert heard(john, LAST_HOUR) == 0


def test_after_the_window_nothing_is_tried(john, ticket, later):
    later(24 * 60)
    assert heard(john, LAST_HOUR) == 0
    assert not ChatNotice.objects.filter(kind="window").exists()


def test_zero_minutes_switch_the_reminder_off(john, ticket, later, settings):
    settings.SUPPORT_WINDOW_REMINDER = timedelta(0)
    later(23 * 60)
    assert heard(john, LAST_HOUR) == 0


# --- What it costs --------------------------------------------------------------------------------


def test_a_sweep_costs_the_same_however_many_chats_are_open(john, ada, ticket, later):
    later(15)
    with CaptureQueriesContext(connection) as few:
        care.sweep()
    ada.say("support")
    for number in range(8):
        contact = ticket.contact.__class__.objects.create(name=f"Student {number}")
        services.open_ticket(contact, services.STUDENT)
    with CaptureQueriesContext(connection) as many:
        assert care.sweep() == 0
    assert len(few) == len(many) <= 8
