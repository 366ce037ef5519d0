"""An answer that waits some seconds can be taken back, and the ticket is as it was."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from support import services
from support.models import BeforeReply, Macro, SupportTicket
from support.rules import sweeping
from support.services import Actor, ServiceError
from support.tests import desk
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=5)
STANDING = (
    "status",
    "assigned_admin_id",
    "first_response_at",
    "waiting_since",
    "last_words",
    "last_message_at",
)


@pytest.fixture
def ticket(john: Phone) -> SupportTicket:
    john.say("support")
    john.say("My upload fails")
    return SupportTicket.objects.get()


def standing(ticket: SupportTicket) -> list[object]:
    ticket.refresh_from_db()
    return [getattr(ticket, name) for name in STANDING]


def answers(john: Phone) -> list[str]:
    return [shown.text for shown in john.received if "🎧" in shown.text]


def later(seconds: int = 6) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds))


def test_what_is_taken_back_never_leaves(john: Phone, ticket, team: Actor, work) -> None:
    before = standing(ticket)
    said = services.reply(ticket.pk, team, "Your too late", after=SOON)
    work()
    assert services.undo(ticket.pk, team, said).text == "Your too late"

    with later():
        work()
    assert answers(john) == []
    assert standing(ticket) == before
    assert [bubble.message for bubble in ticket.messages.all()] == ["My upload fails"]
    assert ticket.events.last().kind == "undone"


def test_what_it_quoted_comes_back_with_it(ticket: SupportTicket, team: Actor) -> None:
    asked = ticket.messages.get()
    words = "Ä" * 5000  # two messages
    said = services.reply(ticket.pk, team, words, quoting=asked, after=SOON)
    assert services.undo(ticket.pk, team, said).quoting == asked
    said = services.reply(ticket.pk, team, "Without one", after=SOON)
    assert services.undo(ticket.pk, team, said).quoting is None


def test_what_is_not_taken_back_leaves_by_itself(john: Phone, ticket, team, work) -> None:
    services.reply(ticket.pk, team, "One moment", after=SOON)
    work()
    assert answers(john) == []
    with later():
        work()
    assert answers(john) == ["🎧 Support Team: One moment"]


def test_what_has_left_is_not_taken_back(john: Phone, ticket, team: Actor, work) -> None:
    said = services.reply(ticket.pk, team, "One moment", after=SOON)
    with later():
        work()
    with pytest.raises(ServiceError, match="too late"):
        services.undo(ticket.pk, team, said)
    assert answers(john) == ["🎧 Support Team: One moment"]
    assert standing(ticket)[0] == "IN_PROGRESS"


def test_what_was_sent_at_once_is_not_taken_back(ticket, team: Actor) -> None:
    said = services.reply(ticket.pk, team, "One moment")
    with pytest.raises(ServiceError, match="too late"):
        services.undo(ticket.pk, team, said)


def test_a_colleagues_answer_is_not_taken_back(ticket, team: Actor) -> None:
    said = services.reply(ticket.pk, team, "One moment", after=SOON)
    with pytest.raises(ServiceError):
        services.undo(ticket.pk, Actor.of(desk.staff()), said)
    assert ticket.messages.filter(pk=said.pk).exists()


def test_a_long_answer_is_taken_back_whole(john: Phone, ticket, team: Actor, work) -> None:
    text = "\n\n".join(f"{number} " + "word " * 300 for number in range(6))
    said = services.reply(ticket.pk, team, text, after=SOON)
    assert ticket.messages.count() > 2

    assert services.undo(ticket.pk, team, said).text == text
    assert ticket.messages.count() == 1
    with later():
        work()
    assert answers(john) == []


def test_a_long_answer_of_which_a_part_has_left_stays_whole(ticket, team: Actor) -> None:
    said = services.reply(ticket.pk, team, "word " * 2000, after=SOON)
    count = ticket.messages.count()
    Message.objects.filter(pk=said.wire_id).update(status="sending", attempts=1, due_at=None)
    with pytest.raises(ServiceError, match="too late"):
        services.undo(ticket.pk, team, said)
    assert ticket.messages.count() == count
    assert not Message.objects.filter(status="cancelled").exists()


def test_the_other_answer_counts_if_the_first_is_taken_back(ticket, team: Actor) -> None:
    before = standing(ticket)
    first = services.reply(ticket.pk, team, "First", after=SOON)
    second = services.reply(ticket.pk, team, "Second", after=SOON)
    services.undo(ticket.pk, team, first)
    assert standing(ticket)[0] == "IN_PROGRESS"
    assert ticket.last_words == "Second"

    services.undo(ticket.pk, team, second)
    assert standing(ticket) == before


def test_what_the_student_writes_meanwhile_stays_the_last_word(john, ticket, team) -> None:
    said = services.reply(ticket.pk, team, "One moment", after=SOON)
    john.say("hello?")
    services.undo(ticket.pk, team, said)
    assert standing(ticket)[0] == "OPEN"
    assert ticket.last_words == "hello?"
    assert ticket.waiting_since is not None


def test_a_ticket_that_was_put_aside_with_the_answer_comes_back_with_it(ticket, team) -> None:
    before = standing(ticket)
    macro = Macro.objects.create(name="Ask", reply="A photo, please", snooze_minutes=60)
    services.run_macro(ticket.pk, team, macro, after=SOON)
    services.undo(ticket.pk, team, ticket.messages.latest("pk"))
    assert standing(ticket) == before
    assert ticket.snoozed_until is None
    assert [act.kind for act in ticket.events.order_by("-pk")[:2]] == ["undone", "woken"]


def test_a_ticket_that_was_put_aside_before_stays_so(ticket: SupportTicket, team: Actor) -> None:
    until = timezone.now() + timedelta(hours=1)
    services.snooze(ticket.pk, team, until)
    said = services.reply(ticket.pk, team, "One moment", after=SOON)
    services.undo(ticket.pk, team, said)
    ticket.refresh_from_db()
    assert ticket.snoozed_until == until


def test_a_ticket_with_another_answer_stays_put_aside(ticket: SupportTicket, team: Actor) -> None:
    first = services.reply(ticket.pk, team, "First", after=SOON)
    services.reply(ticket.pk, team, "Second", after=SOON)
    services.snooze(ticket.pk, team, timezone.now() + timedelta(hours=1))
    services.undo(ticket.pk, team, first)
    ticket.refresh_from_db()
    assert ticket.snoozed_until is not None


def test_nobody_waits_in_a_chat_that_has_ended_meanwhile(ticket, team: Actor) -> None:
    said = services.reply(ticket.pk, team, "Done", after=SOON)
    services.end(ticket.pk, team)
    services.undo(ticket.pk, team, said)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_since) == ("RESOLVED", None)


def test_a_file_is_taken_back_too(john: Phone, ticket, team: Actor, work) -> None:
    said = services.reply_with_file(
        ticket.pk,
        team,
        ContentFile(b"%PDF-1.4", "plan.pdf"),
        kind=Kind.DOCUMENT,
        mime_type="application/pdf",
        caption="The plan",
        after=SOON,
    )
    taken = services.undo(ticket.pk, team, said)
    assert taken.text == "The plan"
    assert [file.name for file in taken.files] == ["plan.pdf"]
    with taken.files[0].file.open() as kept:
        assert kept.read() == b"%PDF-1.4", "it can be attached again"
    with later():
        work()
    assert not [shown for shown in john.received if "The plan" in shown.text]


def test_the_bots_own_taking_back_leaves_answers_alone(john: Phone, ticket, team, work) -> None:
    from whatsapp import outbox

    services.reply(ticket.pk, team, "One moment", after=SOON)
    assert not outbox.withdraw(ticket.contact)
    with later():
        work()
    assert answers(john) == ["🎧 Support Team: One moment"]


def test_what_can_no_longer_be_taken_back_is_forgotten(ticket, team: Actor) -> None:
    services.reply(ticket.pk, team, "One moment", after=SOON)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        sweeping.by_the_minute()
    assert not BeforeReply.objects.exists()
