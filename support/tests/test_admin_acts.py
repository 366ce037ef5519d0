"""Taking, changing, ending and reopening from a ticket's page."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from support import services
from support.models import Category, EventKind, Priority, SupportTicket, TicketStatus
from support.services import Actor
from support.tests import desk
from whatsapp.models import Message
from whatsapp.models.message import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


def act(client: Client, ticket: SupportTicket, name: str, **data: Any) -> str:
    """Click; what the page says afterwards."""
    response = client.post(desk.url(ticket, "act", name), data, follow=True)
    ticket.refresh_from_db()
    return response.content.decode()


def change(client: Client, ticket: SupportTicket, **data: Any) -> str:
    """Save the properties, of a page that showed the ticket as it is in `ticket`."""
    shown = {
        "status": ticket.status,
        "priority": ticket.priority,
        "category": ticket.category_id or "",
        "assigned_admin": ticket.assigned_admin_id or "",
    }
    initial = {f"initial-{name}": value for name, value in shown.items()}
    response = client.post(desk.url(ticket, "properties"), shown | initial | data, follow=True)
    return response.content.decode()


def end(client: Client, ticket: SupportTicket, **data: str) -> str:
    data = {"status": "RESOLVED", "words": "", **data}
    html = client.post(desk.url(ticket, "end"), data, follow=True).content.decode()
    ticket.refresh_from_db()
    return html


def test_a_ticket_is_taken_and_released(root: Client, ticket: SupportTicket, agent: User) -> None:
    assert "You have this ticket now." in act(root, ticket, "take")
    assert ticket.assigned_admin == agent
    act(root, ticket, "release")
    assert ticket.assigned_admin is None


def test_what_a_colleague_has_is_not_taken(root: Client, ticket: SupportTicket) -> None:
    chidi = desk.staff(username="chidi")
    services.take(ticket.pk, Actor.of(chidi))
    assert "chidi has this ticket" in act(root, ticket, "take")
    act(root, ticket, "release")
    assert ticket.assigned_admin == chidi


def test_properties_are_changed_and_kept_in_the_history(
    root: Client, ticket: SupportTicket
) -> None:
    payment, chidi = Category.objects.create(name="Payment"), desk.staff(username="chidi")
    change(root, ticket, priority="URGENT", category=payment.pk, assigned_admin=chidi.pk)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.category) == (Priority.URGENT, payment)
    assert ticket.assigned_admin == chidi
    kinds = set(ticket.events.values_list("kind", flat=True))
    assert {EventKind.PRIORITY, EventKind.CATEGORY, EventKind.ASSIGNED} <= kinds


def test_a_page_left_open_undoes_nothing(root: Client, ticket: SupportTicket, agent: User) -> None:
    old = SupportTicket.objects.get(pk=ticket.pk)
    services.reply(ticket.pk, Actor.of(agent), "Hello")
    change(root, old, priority="HIGH")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.priority) == (TicketStatus.IN_PROGRESS, Priority.HIGH)
    assert ticket.assigned_admin == agent


@pytest.mark.parametrize("data", [{"priority": "HUGE"}, {"status": ""}, {"category": "999"}])
def test_odd_values_are_refused_in_words(root: Client, ticket: SupportTicket, data) -> None:
    assert "Please choose from the lists." in change(root, ticket, **data)


def test_only_who_answers_can_be_given_a_ticket(root: Client, ticket: SupportTicket) -> None:
    student = User.objects.create_user("outsider")
    assert "Please choose" in change(root, ticket, assigned_admin=student.pk)


def test_an_agent_cannot_give_tickets_to_others(ticket: SupportTicket) -> None:
    amaka = desk.staff()
    change(desk.browser(amaka), ticket, assigned_admin=amaka.pk)
    ticket.refresh_from_db()
    assert ticket.assigned_admin is None


def test_ending_a_chat_sends_the_closing_words(root: Client, ticket: SupportTicket) -> None:
    html = end(root, ticket, words="Good luck with {your} exam!")
    assert "The chat has ended" in html
    assert ticket.status == TicketStatus.RESOLVED
    assert "Good luck with {your} exam!" in desk.outgoing(ticket)[0]
    assert ticket.last_words == "Good luck with {your} exam!"
    assert not ticket.is_open


def test_a_chat_can_be_closed_without_words(root: Client, ticket: SupportTicket) -> None:
    end(root, ticket, status="CLOSED")
    assert ticket.status == TicketStatus.CLOSED


def test_a_chat_ends_once(root: Client, ticket: SupportTicket) -> None:
    end(root, ticket)
    html = end(root, ticket, words="Bye again")
    assert "already ended" in html
    assert "Bye again</textarea>" in html
    assert len(desk.outgoing(ticket)) == 1


def test_closing_words_that_are_too_long_stay_in_the_box(
    root: Client, ticket: SupportTicket
) -> None:
    html = end(root, ticket, words="x" * 701)
    assert "x" * 701 in html
    assert "data-again" in html
    assert ticket.is_open


def test_an_ended_ticket_is_reopened(root: Client, ticket: SupportTicket, agent: User) -> None:
    services.end(ticket.pk, Actor.of(agent))
    act(root, ticket, "reopen")
    assert ticket.is_open


def test_a_second_open_ticket_is_refused_in_words(
    root: Client, ticket: SupportTicket, agent: User
) -> None:
    services.end(ticket.pk, Actor.of(agent))
    services.open_ticket(ticket.contact, services.STUDENT)
    assert "already has an open ticket" in act(root, ticket, "reopen")


def uncertain(ticket: SupportTicket, agent: User, **wire: object) -> int:
    bubble = services.reply(ticket.pk, Actor.of(agent), "Hello")
    wire = {"status": Status.UNCERTAIN, "due_at": None, "error": "Odd", **wire}
    Message.objects.filter(pk=bubble.wire_id).update(**wire)
    return bubble.pk


def test_an_unconfirmed_message_is_sent_again_once(
    root: Client, ticket: SupportTicket, agent: User
) -> None:
    message = uncertain(ticket, agent)
    assert "is sent again" in act(root, ticket, "send-again", message=message)
    assert "on its way already" in act(root, ticket, "send-again", message=message)
    assert Message.objects.get(direction="out").resends == 1
    assert ticket.events.filter(kind=EventKind.RESENT).count() == 1


def test_an_unconfirmed_message_that_arrived_is_not_sent_again(
    root: Client, ticket: SupportTicket, agent: User
) -> None:
    message = uncertain(ticket, agent)
    act(root, ticket, "arrived", message=message)
    assert Message.objects.get(direction="out").status == Status.SENT
    assert "settled already" in act(root, ticket, "arrived", message=message)


@pytest.mark.parametrize("message", ["", "abc", "0", "9" * 5000])
def test_a_message_that_does_not_exist_is_not_found(
    root: Client, ticket: SupportTicket, message: str
) -> None:
    address = desk.url(ticket, "act", "send-again")
    assert root.post(address, {"message": message}).status_code == 404


def test_there_are_no_other_acts(root: Client, ticket: SupportTicket) -> None:
    assert root.post(desk.url(ticket, "act", "delete")).status_code == 404
    assert root.get(desk.url(ticket, "act", "take")).status_code == 405
