"""GET /api/admin/conversations."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations.models import Conversation, Student
from conversations.states import State
from support import services
from support.services import Actor
from support.tests import api
from support.tests.queries_made import queries_made
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Direction, Status

pytestmark = pytest.mark.django_db
ADDRESS = "/api/admin/conversations"


def wrote(contact: Contact, text: str, minutes_ago: float = 0, **fields) -> Message:
    given = {
        "direction": Direction.INBOUND,
        "author": Author.CONTACT,
        "kind": "text",
        "status": Status.HANDLED,
        "occurred_at": timezone.now() - timedelta(minutes=minutes_ago),
    }
    return Message.objects.create(contact=contact, text=text, **given | fields)


def answered(contact: Contact, text: str, minutes_ago: float = 0, **fields) -> Message:
    given = {"direction": Direction.OUTBOUND, "author": Author.BOT, "status": Status.SENT}
    return wrote(contact, text, minutes_ago, **given | fields)


def talk(number: int, state: State | None = None, *, registered: str = "") -> Contact:
    """A contact who wrote `number` hours ago, with one message."""
    contact = api.contact(api.phone(number), f"Contact {number}", hours_ago=number)
    wrote(contact, f"Hello {number}", minutes_ago=60 * number)
    if registered:
        Student.objects.create(contact=contact, name=registered, class_name="10A")
    if state:
        Conversation.objects.create(contact=contact, state=state.value)
    return contact


def ids(**query) -> list[int]:
    answer = api.client().get(ADDRESS, query)
    assert answer.status_code == 200, answer.json()
    return [one["contact"]["id"] for one in answer.json()["conversations"]]


def test_a_conversation_shows_who_where_and_the_last_words():
    contact = talk(1, State.HOMEWORK_TYPE, registered="John Adeyemi")
    last = answered(contact, "Text or image?", status=Status.DELIVERED)
    body = api.client().get(ADDRESS).json()
    assert body["total"] == 1
    at = last.occurred_at.isoformat().replace("+00:00", "Z")
    assert body["conversations"] == [
        {
            "contact": {
                "id": contact.pk,
                "name": "John Adeyemi",
                "phone_number": "+2348031234501",
                "registered": True,
                "student_id": contact.student.pk,
            },
            "state": "homework_type",
            "open_ticket_id": None,
            "last_message": {
                "id": last.pk,
                "direction": "outbound",
                "kind": "text",
                "text": "Text or image?",
                "created_at": at,
                "status": "delivered",
            },
            "last_activity_at": at,
        }
    ]


def test_who_wrote_last_comes_first():
    late, early = talk(5), talk(1)
    assert ids() == [early.pk, late.pk]


def test_somebody_who_never_wrote_is_there_too():
    silent = Contact.objects.create(name="Silent")
    conversation = api.client().get(ADDRESS).json()["conversations"][0]
    assert conversation["contact"] == {
        "id": silent.pk,
        "name": "Silent",
        "phone_number": None,
        "registered": False,
        "student_id": None,
    }
    assert (conversation["state"], conversation["last_message"]) == ("initial", None)
    assert conversation["last_activity_at"].endswith("Z")


def test_a_students_message_has_no_delivery_status():
    talk(1)
    last = api.client().get(ADDRESS).json()["conversations"][0]["last_message"]
    assert (last["direction"], last["status"]) == ("inbound", None)


def test_an_open_ticket_makes_it_a_chat_whatever_the_bot_remembers():
    contact = talk(1, State.REGISTERED)
    ticket = services.open_ticket(contact, Actor("Test"))
    client = api.client()
    shown = client.get(ADDRESS).json()["conversations"][0]
    assert (shown["state"], shown["open_ticket_id"]) == ("chat_support_active", ticket.pk)
    services.end(ticket.pk, Actor("Test"))
    shown = client.get(ADDRESS).json()["conversations"][0]
    assert (shown["state"], shown["open_ticket_id"]) == ("idle", None)


def test_filters_by_state():
    fresh, idle = talk(1), talk(2, State.IDLE)
    initial, chatting = talk(3, State.INITIAL), talk(4, State.IDLE)
    services.open_ticket(chatting, Actor("Test"))
    assert ids(state="chat_support_active") == [chatting.pk]
    assert ids(state="idle") == [idle.pk]
    assert ids(state="initial") == [fresh.pk, initial.pk]
    assert ids(state="payment_pending") == []


@pytest.mark.parametrize(
    "search", ["ADEYEMI", "john adeyemi", "08031234501", "+2348031234501", "1234501"]
)
def test_searches_names_and_numbers(search):
    contact = talk(1, registered="John Adeyemi")
    talk(2, registered="Ngozi Obi")
    assert ids(search=search) == [contact.pk]


def test_pages():
    made = [talk(n) for n in range(1, 24)]
    assert ids() == [contact.pk for contact in made[:20]]
    assert ids(skip=20) == [contact.pk for contact in made[20:]]
    assert ids(skip=1, limit=2) == [contact.pk for contact in made[1:3]]
    assert api.client().get(ADDRESS, {"limit": 1, "state": "initial"}).json()["total"] == 23


@pytest.mark.parametrize(
    ("name", "value"),
    [("state", "CHATTING"), ("limit", "0"), ("limit", "101"), ("skip", "-1"), ("order", "name")],
)
def test_a_wrong_parameter_is_refused_and_named(name, value):
    answer = api.client().get(ADDRESS, {name: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


def test_the_list_costs_the_same_for_3_and_for_30():
    client = api.client()
    for n in range(3):
        talk(n, State.REGISTERED, registered=f"Student {n}")
    client.get(ADDRESS)
    with queries_made() as few:
        assert client.get(ADDRESS, {"limit": 50}).json()["total"] == 3
    for n in range(3, 30):
        services.open_ticket(talk(n, State.IDLE), Actor("Test"))
    with queries_made() as many:
        assert client.get(ADDRESS, {"limit": 50}).json()["total"] == 30
    assert len(many) == len(few) <= 6
