"""A typed "yes" or "no" to what the bot has just asked in a chat; all others are for the agent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from conversations import care
from conversations.states import State
from conversations.step import AddToChat, EndChat
from conversations.tests.talk import Student, in_chat
from support import services
from support.models import SupportTicket
from support.services import Actor
from whatsapp.tests.phone import Phone

NOON = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
LEAVE = "You are in a chat with our support team. Would you like to end it?"


@pytest.fixture
def asked_to_leave() -> Student:
    john = in_chat()
    john.writes("menu")
    return john


@pytest.mark.parametrize("yes", ["yes", "Yes please", "ok", "Oui", "yeah", "sure"])
def test_yes_ends_the_chat(asked_to_leave: Student, yes: str) -> None:
    assert asked_to_leave.writes(yes).startswith("✅ The chat has ended.")
    assert asked_to_leave.effects == (EndChat(),)


@pytest.mark.parametrize("no", ["no", "No!", "nope", "non merci", "not yet"])
def test_no_stays_without_troubling_the_agent(asked_to_leave: Student, no: str) -> None:
    assert asked_to_leave.writes(no) == "Good, the chat goes on. Just write your message."
    assert asked_to_leave.effects == ()
    assert asked_to_leave.state is State.CHAT_SUPPORT_ACTIVE
    asked_to_leave.writes("no")
    assert asked_to_leave.effects == (AddToChat(),)


@pytest.mark.parametrize("text", ["yes", "no", "ok", "oui"])
def test_yes_and_no_are_for_the_agent_when_nothing_was_asked(text: str) -> None:
    john = in_chat()
    john.writes(text)
    assert john.effects == (AddToChat(),)


def test_a_sentence_that_begins_with_yes_is_for_the_agent(asked_to_leave: Student) -> None:
    asked_to_leave.writes("yes but my upload still fails")
    assert asked_to_leave.effects == (AddToChat(),)
    asked_to_leave.writes("yes")
    assert asked_to_leave.effects == (AddToChat(),), "the question is over"


def test_a_yes_of_three_days_ago_ends_nothing(asked_to_leave: Student) -> None:
    asked_to_leave.writes("yes", late=True)
    assert asked_to_leave.effects == (AddToChat(),)


# --- Through the webhook ------------------------------------------------------------------------
@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def later(clock, work: Callable[[], None]) -> Callable[[float], None]:
    def let_pass(minutes: float) -> None:
        clock.shift(timedelta(minutes=minutes))
        care.sweep()
        work()

    return let_pass


@pytest.fixture
def ticket(clock, john: Phone, agent, work) -> SupportTicket:
    john.say("support")
    john.say("My upload fails")
    ticket = SupportTicket.objects.get()
    services.reply(ticket.pk, Actor.of(agent), "Does it work now?")
    work()
    return ticket


def words_of(ticket: SupportTicket) -> list[str]:
    return [row.message for row in ticket.messages.filter(sender_type="user").order_by("id")]


def test_yes_after_the_question_ends_it_for_good(john: Phone, ticket) -> None:
    john.say("menu")
    assert john.last.text == LEAVE
    john.say("yes")
    ticket.refresh_from_db()
    assert (ticket.status, words_of(ticket)) == ("CLOSED", ["My upload fails"])
    john.say("5/5")
    ticket.refresh_from_db()
    assert ticket.rating == "good"


def test_a_yes_to_what_the_agent_asked_meanwhile_is_for_the_agent(
    john: Phone, ticket, later, agent, work
) -> None:
    john.say("menu")
    later(1)
    services.reply(ticket.pk, Actor.of(agent), "Is it a picture?")
    work()
    john.say("yes")
    ticket.refresh_from_db()
    assert ticket.is_open
    assert words_of(ticket)[-1] == "yes"


def test_a_question_of_an_hour_ago_is_forgotten(john: Phone, ticket, later) -> None:
    john.say("menu")
    later(31)
    john.say("yes")
    ticket.refresh_from_db()
    assert ticket.is_open
    assert words_of(ticket)[-1] == "yes"


@pytest.mark.parametrize("yes", ["yes", "I am here", "je suis là", "Still here!"])
def test_who_is_still_there_keeps_the_chat_and_the_agent_reads_it(
    john: Phone, ticket, later, yes: str
) -> None:
    """It may as well be the answer to what the agent had asked."""
    later(60)
    assert john.last.text.startswith("💤 Are you still there?")
    john.say(yes)
    assert john.last.text == "Good, your chat stays open. Our team will answer here."
    assert words_of(ticket)[-1] == yes
    later(30)
    ticket.refresh_from_db()
    assert ticket.is_open


def test_who_says_no_is_asked_whether_to_end_it_and_the_agent_reads_it(
    john: Phone, ticket, later
) -> None:
    later(60)
    john.say("no")
    assert john.last.text == LEAVE
    assert words_of(ticket)[-1] == "no"
    john.say("yes")
    ticket.refresh_from_db()
    assert (ticket.status, words_of(ticket)[-1]) == ("CLOSED", "no")


def test_each_warning_may_be_answered(john: Phone, ticket, later, agent, work) -> None:
    later(60)
    services.reply(ticket.pk, Actor.of(agent), "And now?")
    work()
    later(60)
    john.say("yes")
    assert john.last.text.startswith("Good, your chat stays open.")


def test_what_was_asked_in_a_chat_that_is_over_means_nothing(
    john: Phone, ticket, agent, work
) -> None:
    john.say("menu")
    services.end(ticket.pk, Actor.of(agent))
    work()
    john.say("no")
    assert john.last.text.startswith("👋 Welcome")
