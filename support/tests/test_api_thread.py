"""GET /api/support/tickets/{id} and POST /api/support/tickets/{id}/messages."""

from datetime import UTC, datetime

import pytest

from support import services
from support.models import SupportMessage, SupportTicket
from support.services import Actor
from support.tests import api
from support.tests.queries_made import queries_made
from whatsapp.models import Message
from whatsapp.models.message import Author, Direction, Status

pytestmark = pytest.mark.django_db
NOWHERE = {
    "status": None,
    "error": None,
    "sent_at": None,
    "delivered_at": None,
    "read_at": None,
}


def address(ticket: SupportTicket, rest: str = "") -> str:
    return f"/api/support/tickets/{ticket.pk}{rest}"


def test_an_answer_is_queued_for_whatsapp_under_the_teams_name():
    ada = api.staff("ada", first_name="Ada", last_name="Obi")
    ticket = api.ticket()
    answer = api.client(ada).post(address(ticket, "/messages"), {"message": " Hello *John* "})
    assert answer.status_code == 201
    body, wire = answer.json(), Message.objects.get()
    assert body == {
        "id": ticket.messages.get().pk,
        "ticket_id": ticket.pk,
        "sender_type": "admin",
        "sender_name": "Ada Obi",
        "message": "Hello *John*",
        "created_at": body["created_at"],
        "delivery": NOWHERE | {"status": "queued"},
    }
    assert (wire.text, wire.status) == ("🎧 Support Team: Hello *John*", Status.QUEUED)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assigned_admin) == ("IN_PROGRESS", ada)


def test_a_long_answer_goes_out_whole_in_several_messages():
    ticket = api.ticket()
    words = " ".join(f"word{n}" for n in range(1200))
    answer = api.client().post(address(ticket, "/messages"), {"message": words})
    assert answer.status_code == 201
    sent = " ".join(bubble.message for bubble in ticket.messages.order_by("id"))
    assert sent.split() == words.split()
    assert Message.objects.count() == ticket.messages.count() > 1


def test_words_from_elsewhere_join_the_thread_and_do_not_go_to_whatsapp():
    ticket = api.ticket(sender_name="John Doe")
    answer = api.client().post(
        address(ticket, "/messages?sender_type=user"), {"message": "It still fails"}
    )
    assert answer.status_code == 201
    body = answer.json()
    assert (body["sender_type"], body["sender_name"]) == ("user", "John Doe")
    assert body["delivery"] == NOWHERE
    assert not Message.objects.exists()
    ticket.refresh_from_db()
    assert (ticket.issue_description, ticket.last_words) == ("It still fails", "It still fails")
    assert ticket.unread_count == 1
    assert ticket.waiting_since is not None


def test_words_from_elsewhere_name_who_brought_them():
    ada = api.staff("ada")
    ticket = api.ticket()
    api.client(ada).post(address(ticket, "/messages?sender_type=user"), {"message": "Hi"})
    assert SupportMessage.objects.get().author == ada


@pytest.mark.parametrize("sender_type", ["admin", "user"])
def test_nobody_writes_into_a_chat_that_has_ended(sender_type):
    ticket = api.ticket()
    services.end(ticket.pk, Actor("Ada"))
    before = Message.objects.count()
    answer = api.client().post(
        address(ticket, f"/messages?sender_type={sender_type}"), {"message": "Hello?"}
    )
    assert answer.status_code == 409
    assert "has ended" in answer.json()["message"]
    assert Message.objects.count() == before
    assert not ticket.messages.exists()


def test_when_the_24_hours_are_over_an_answer_is_409_and_says_so():
    ticket = api.ticket(api.contact(hours_ago=24))
    client = api.client()
    answer = client.post(address(ticket, "/messages"), {"message": "Hello?"})
    assert answer.status_code == 409
    assert "24 hours" in answer.json()["message"]
    assert not Message.objects.exists()
    user = client.post(address(ticket, "/messages?sender_type=user"), {"message": "Hello?"})
    assert user.status_code == 201


@pytest.mark.parametrize("body", [{}, {"message": ""}, {"message": " \n"}, {"message": None}])
def test_nothing_is_not_sent(body):
    ticket = api.ticket()
    answer = api.client().post(address(ticket, "/messages"), body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["message"]
    assert not ticket.messages.exists()


@pytest.mark.parametrize("sender_type", ["note", "system", "ADMIN", "bot"])
def test_nobody_writes_as_somebody_else(sender_type):
    answer = api.client().post(
        address(api.ticket(), f"/messages?sender_type={sender_type}"), {"message": "Hello"}
    )
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["sender_type"]


def test_the_ticket_shows_its_thread_in_order_without_notes():
    ticket = api.ticket()
    ada = Actor.of(api.staff("ada"))
    services.add_external(ticket.pk, ada, "It fails")
    services.note(ticket.pk, ada, "Again him")
    services.reply(ticket.pk, ada, "Since when?")
    body = api.client(api.staff("bob")).get(address(ticket)).json()
    assert [(m["sender_type"], m["message"]) for m in body["messages"]] == [
        ("user", "It fails"),
        ("admin", "Since when?"),
    ]
    assert body["id"] == ticket.pk
    assert body["status"] == "IN_PROGRESS"


def test_the_ticks_of_an_answer_are_shown():
    ticket = api.ticket()
    bubble = services.reply(ticket.pk, Actor.of(api.staff("ada")), "Hello")
    at = datetime(2026, 11, 2, 12, tzinfo=UTC)
    Message.objects.filter(pk=bubble.wire_id).update(
        status=Status.READ, sent_at=at, delivered_at=at, read_at=at
    )
    client = api.client(api.staff("bob"))
    noon = "2026-11-02T12:00:00Z"
    assert client.get(address(ticket)).json()["messages"][0]["delivery"] == {
        "status": "read",
        "error": None,
        "sent_at": noon,
        "delivered_at": noon,
        "read_at": noon,
    }
    Message.objects.filter(pk=bubble.wire_id).update(status=Status.FAILED, error="No WhatsApp.")
    failed = client.get(address(ticket)).json()["messages"][0]["delivery"]
    assert (failed["status"], failed["error"]) == ("failed", "No WhatsApp.")


def test_what_came_from_the_student_has_no_delivery():
    ticket = api.ticket()
    wire = Message.objects.create(
        contact=ticket.contact,
        direction=Direction.INBOUND,
        author=Author.CONTACT,
        kind="text",
        text="Hi",
        status=Status.HANDLED,
    )
    services.add_from_student(ticket, wire)
    assert api.client().get(address(ticket)).json()["messages"][0]["delivery"] == NOWHERE


def test_a_thread_costs_the_same_for_3_and_for_30():
    client = api.client()
    ticket = api.ticket()
    ada = Actor.of(api.staff("bob"))
    client.get(address(ticket))
    counts = []
    for more in (3, 27):
        for n in range(more):
            services.reply(ticket.pk, ada, f"Answer {n}")
        with queries_made() as sql:
            client.get(address(ticket))
        counts.append(len(sql))
    assert counts[0] == counts[1] <= 5


def test_an_answer_takes_few_statements():
    ticket = api.ticket()
    client = api.client()
    client.get(address(ticket))  # that a token is in use is noted once a minute
    with queries_made() as first:
        assert client.post(address(ticket, "/messages"), {"message": "Hi"}).status_code == 201
    assert len(first) <= 13, first
    with queries_made() as second:
        client.post(address(ticket, "/messages"), {"message": "Hi"})
    assert len(second) <= 13, second
