"""Agents and students at the same moment: the outcome is always one of the serial ones."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User

from support import people, services
from support.models import SupportTicket
from support.services import STUDENT, Actor, AlreadyOpen, ChatClosed, ServiceError
from support.services.undoing import TakenBack
from whatsapp import lanes, sorting, worker
from whatsapp.models import Contact, Message
from whatsapp.simulator import delivery, student
from whatsapp.simulator.models import SimulatedWebhook
from whatsapp.tests.phone import Phone
from whatsapp.tests.threads import outcomes, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

GOODBYE = "⭐ How was this chat?"  # stands at the end of every chat
ROUNDS = 20


def work() -> None:
    while sorting.sort_all() + sum(map(worker.run, lanes.due())):
        pass


@pytest.fixture
def team() -> Actor:
    return Actor.of(User.objects.create_superuser("agent", first_name="Grace"))


@pytest.fixture
def john() -> Phone:
    return Phone(works=work)


def arrives(john: Phone, words: str) -> None:
    """The webhook of what John writes comes in, but no worker has looked at it."""
    student.say(john._fresh(), words)
    delivery.deliver(SimulatedWebhook.objects.exclude(due_at=None), john.post)


def chat(john: Phone) -> SupportTicket:
    Contact.objects.update(spent_until=None)  # a round is one of its own day to Meta's pair rate
    john.say("support")
    return SupportTicket.objects.get(open_for__isnull=False)


def after_the_goodbye(john: Phone, since: int) -> list[str]:
    """What John reads after the words that end the chat."""
    texts = [shown.text for shown in john.received[since:]]
    ends = [number for number, text in enumerate(texts) if GOODBYE in text]
    assert len(ends) == 1, texts
    return texts[ends[0] + 1 :]


def test_ending_while_another_agent_replies(john: Phone, team: Actor):
    for _ in range(ROUNDS):
        ticket, since = chat(john), len(john.received)
        ended, replied = outcomes(
            partial(services.end, ticket.pk, team),
            partial(services.reply, ticket.pk, team, "One moment"),
            refused=ServiceError,
        )
        work()

        assert isinstance(ended, SupportTicket)
        words = [shown.text for shown in john.received[since:]]
        was_sent = any("One moment" in text for text in words)
        assert was_sent is not isinstance(replied, ChatClosed)
        assert after_the_goodbye(john, since) == []


def test_ending_while_the_student_writes(john: Phone, team: Actor):
    for number in range(ROUNDS):
        ticket, since = chat(john), len(john.received)
        arrives(john, f"hello {number}")
        together(partial(services.end, ticket.pk, team), work)
        work()

        ticket.refresh_from_db()
        assert ticket.status == "RESOLVED"
        in_thread = ticket.messages.filter(message=f"hello {number}").exists()
        answers = after_the_goodbye(john, since)
        assert len(answers) == (0 if in_thread else 1), "Heard by the team or by the bot, not both."
        assert Message.objects.get(text=f"hello {number}").status == "handled"


def test_the_student_ends_while_an_agent_replies(john: Phone, team: Actor):
    for _ in range(ROUNDS):
        ticket, since = chat(john), len(john.received)
        arrives(john, "end chat")
        replied, _ = outcomes(
            partial(services.reply, ticket.pk, team, "One moment"), work, refused=ServiceError
        )
        work()

        ticket.refresh_from_db()
        assert ticket.status == "CLOSED"
        words = [shown.text for shown in john.received[since:]]
        was_sent = any("One moment" in text for text in words)
        assert was_sent is not isinstance(replied, ChatClosed)
        assert after_the_goodbye(john, since) == []


def test_both_ending_at_once_say_goodbye_once(john: Phone, team: Actor):
    for _ in range(ROUNDS):
        ticket, since = chat(john), len(john.received)
        arrives(john, "end chat")
        outcomes(partial(services.end, ticket.pk, team), work, refused=ServiceError)
        work()

        ticket.refresh_from_db()
        assert ticket.events.filter(kind="ended").count() == 1
        texts = [shown.text for shown in john.received[since:]]
        assert sum(GOODBYE in text for text in texts) == 1
        failed = Message.objects.filter(direction="in", status="failed")
        assert not failed.exists()


def test_two_agents_replying_at_once_are_both_heard(john: Phone, team: Actor):
    other = Actor.of(User.objects.create_superuser("other", first_name="Ada"))
    ticket, since = chat(john), len(john.received)
    together(
        *(
            partial(services.reply, ticket.pk, who, f"{who.name} {number}")
            for number in range(4)
            for who in (team, other)
        )
    )
    work()

    ticket.refresh_from_db()
    said = [bubble.message for bubble in ticket.messages.order_by("id")]
    assert [shown.text for shown in john.received[since:]] == [
        f"🎧 Support Team: {words}" for words in said
    ]
    assert len(said) == 8
    assert ticket.assigned_admin == ticket.messages.order_by("id").first().author


def test_a_ticket_opened_from_eight_sides_at_once_is_one_ticket(john: Phone):
    for number in range(ROUNDS):
        contact = people.make(f"+23480{number:08}", "New")
        results = outcomes(
            *[partial(services.open_ticket, contact, STUDENT)] * 8, refused=AlreadyOpen
        )
        assert sum(isinstance(result, SupportTicket) for result in results) == 1
        assert SupportTicket.objects.filter(open_for=contact).count() == 1


def test_the_student_asks_for_a_person_while_the_team_opens_a_ticket(john: Phone, team: Actor):
    john.say("menu")
    contact = Contact.objects.get()
    for _ in range(ROUNDS):
        arrives(john, "support")
        outcomes(partial(services.open_ticket, contact, team), work, refused=AlreadyOpen)
        work()

        ticket = SupportTicket.objects.get(open_for=contact)
        assert not Message.objects.filter(status__in=["waiting", "failed"]).exists()
        services.end(ticket.pk, team)
        work()


def test_the_same_new_number_from_eight_sides_at_once_is_one_contact():
    for number in range(10):
        make = partial(people.make, f"+23480{number:08}", "New")
        assert len({contact.pk for contact in together(*[make] * 8)}) == 1

    assert Contact.objects.count() == 10


def test_an_answer_taken_back_while_it_leaves_is_either_read_or_undone(john: Phone, team: Actor):
    ticket = chat(john)
    for number in range(ROUNDS):
        words, at_once = f"Answer {number}", timedelta(microseconds=1)
        said = services.reply(ticket.pk, team, words, after=at_once)
        undone, _ = outcomes(
            partial(services.undo, ticket.pk, team, said), work, refused=ServiceError
        )
        work()

        was_read = any(words in shown.text for shown in john.received)
        assert was_read is (undone != TakenBack(words, ()))
        assert ticket.messages.filter(pk=said.pk).exists() is was_read
