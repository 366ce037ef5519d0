"""The bot looks after a chat while its student or its agent acts: one of the serial outcomes."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User

from conversations import care
from conversations.models import ChatNotice
from support import services
from support.models import SupportTicket
from support.services import Actor, ChatClosed, ServiceError
from whatsapp import lanes, sorting, worker
from whatsapp.models import Contact, Message
from whatsapp.simulator import delivery, student
from whatsapp.simulator.models import SimulatedWebhook
from whatsapp.tests.phone import Phone
from whatsapp.tests.threads import outcomes, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

CLOSED, ASLEEP = "✅ The chat has ended.", "💤 Are you still there?"
ROUNDS = 15


def work() -> None:
    while sorting.sort_all() + sum(map(worker.run, lanes.due())):
        pass


@pytest.fixture(autouse=True)
def impatient(settings) -> None:
    settings.SUPPORT_IDLE_WARNING = settings.SUPPORT_IDLE_CLOSE = timedelta(microseconds=1)
    settings.SUPPORT_STILL_ON_IT_AFTER = timedelta(0)


@pytest.fixture
def team() -> Actor:
    return Actor.of(User.objects.create_superuser("agent", first_name="Grace"))


@pytest.fixture
def john() -> Phone:
    return Phone(works=work)


def answered_chat(john: Phone, team: Actor) -> SupportTicket:
    Contact.objects.update(spent_until=None)  # a round is one of its own day to Meta's pair rate
    john.say("support")
    ticket = SupportTicket.objects.get(open_for__isnull=False)
    services.reply(ticket.pk, team, "Please try again.")
    work()
    return ticket


def warned_chat(john: Phone, team: Actor) -> SupportTicket:
    ticket = answered_chat(john, team)
    care.sweep()
    work()
    assert john.last.text.startswith(ASLEEP)
    return ticket


def arrives(john: Phone, words: str) -> None:
    """The webhook of what John writes comes in, but no worker has looked at it."""
    student.say(john._fresh(), words)
    delivery.deliver(SimulatedWebhook.objects.exclude(due_at=None), john.post)


def heard(john: Phone, words: str, since: int) -> int:
    return sum(words in bubble.text for bubble in john.received[since:])


def test_closing_while_the_student_writes(john: Phone, team: Actor):
    for number in range(ROUNDS):
        ticket, since = warned_chat(john, team), len(john.received)
        arrives(john, f"hello {number}")
        together(care.sweep, work)
        work()

        ticket.refresh_from_db()
        in_thread = ticket.messages.filter(message=f"hello {number}").exists()
        assert in_thread is ticket.is_open, "Heard by the team or by the bot, not both."
        assert heard(john, CLOSED, since) == (0 if in_thread else 1)
        assert Message.objects.get(text=f"hello {number}").status == "handled"
        if ticket.is_open:
            assert care.sweep() == 0
            services.end(ticket.pk, team)
            work()


def test_closing_while_an_agent_replies(john: Phone, team: Actor):
    for _ in range(ROUNDS):
        ticket, since = warned_chat(john, team), len(john.received)
        _, replied = outcomes(
            care.sweep,
            partial(services.reply, ticket.pk, team, "One moment"),
            refused=ServiceError,
        )
        work()

        ticket.refresh_from_db()
        was_closed = isinstance(replied, ChatClosed)
        assert was_closed is not ticket.is_open
        assert heard(john, "One moment", since) == (0 if was_closed else 1)
        assert heard(john, CLOSED, since) == (1 if was_closed else 0)
        if ticket.is_open:
            services.end(ticket.pk, team)
            work()


def test_four_sweeps_at_once_warn_once_and_close_once(john: Phone, team: Actor):
    for _ in range(ROUNDS):
        ticket, since = answered_chat(john, team), len(john.received)
        assert sum(together(*[care.sweep] * 4)) >= 1
        while care.sweep():
            pass
        work()

        assert ChatNotice.objects.filter(ticket=ticket).count() == 1
        assert ticket.events.filter(kind="ended").count() == 1
        assert heard(john, ASLEEP, since) == heard(john, CLOSED, since) == 1


def test_the_student_ends_the_chat_while_the_bot_does(john: Phone, team: Actor):
    for _ in range(ROUNDS):
        ticket, since = warned_chat(john, team), len(john.received)
        arrives(john, "end chat")
        together(care.sweep, work)
        work()

        assert ticket.events.filter(kind="ended").count() == 1
        assert heard(john, CLOSED, since) == 1
        assert not Message.objects.filter(status__in=["waiting", "failed"]).exists()
