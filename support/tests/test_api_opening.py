"""POST /api/support/tickets."""

import json

import pytest
from django.db import IntegrityError

from support import people
from support.desk import act_words
from support.models import EventKind, SupportTicket
from support.tests import api
from support.tests.queries_made import queries_made
from whatsapp.models import Contact, Message

pytestmark = pytest.mark.django_db
ADDRESS = "/api/support/tickets"
NEW = {
    "phone_number": "+2348031234567",
    "sender_name": "John Doe",
    "issue_description": "My payment went through, but homework is still locked.",
}


def test_a_ticket_is_opened_for_somebody_unknown():
    answer = api.client().post(ADDRESS, NEW)
    assert answer.status_code == 201
    body = answer.json()
    ticket = SupportTicket.objects.get()
    assert body == {
        "id": ticket.pk,
        "phone_number": "+2348031234567",
        "sender_name": "John Doe",
        "student_id": None,
        "issue_description": "My payment went through, but homework is still locked.",
        "status": "OPEN",
        "priority": "MEDIUM",
        "assigned_admin_id": None,
        "category": None,
        "created_at": body["created_at"],
        "updated_at": body["updated_at"],
        "resolved_at": None,
    }
    assert body["created_at"].endswith("Z")
    assert Contact.objects.get().phone == "+2348031234567"
    assert not Message.objects.exists()


def test_the_desk_says_why_it_was_opened():
    """The student has written nothing on WhatsApp yet: else the agent finds an empty thread."""
    owner = api.staff("ada")
    api.client(owner).post(ADDRESS, NEW)
    ticket = SupportTicket.objects.get()
    words = NEW["issue_description"]
    assert act_words.in_words(ticket.events.get()) == f"ada opened the ticket: “{words}”"
    assert (ticket.last_words, ticket.unread_count) == (words, 0)


def test_a_long_reason_is_cut_in_the_history_alone():
    answer = api.client().post(ADDRESS, NEW | {"issue_description": "why " * 1000})
    event = SupportTicket.objects.get().events.get()
    assert len(event.after) <= 255
    assert len(answer.json()["issue_description"]) == 3999


def test_the_history_names_who_opened_it():
    owner = api.staff("ada")
    api.client(owner).post(ADDRESS, NEW)
    event = SupportTicket.objects.get().events.get()
    assert (event.kind, event.actor) == (EventKind.OPENED, owner)


def test_the_same_person_is_found_however_the_number_is_written():
    known = api.contact()
    answer = api.client().post(ADDRESS, NEW | {"phone_number": "0803 123 4567"})
    assert answer.status_code == 201
    assert SupportTicket.objects.get().contact == known
    assert Contact.objects.count() == 1


def test_what_the_integrator_calls_a_known_person_changes_only_the_ticket():
    api.contact(name="Johnny on WhatsApp")
    api.client().post(ADDRESS, NEW)
    assert Contact.objects.get().name == "Johnny on WhatsApp"
    assert SupportTicket.objects.get().sender_name == "John Doe"


def test_a_second_open_ticket_of_one_person_is_409():
    client = api.client()
    first = client.post(ADDRESS, NEW).json()
    answer = client.post(ADDRESS, NEW | {"phone_number": "08031234567"})
    assert answer.status_code == 409
    assert str(first["id"]) in answer.json()["message"]
    assert SupportTicket.objects.count() == 1


def test_the_priority_may_be_chosen():
    answer = api.client().post(ADDRESS, NEW | {"priority": "URGENT"})
    assert answer.json()["priority"] == "URGENT"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone_number", "not a number"),
        ("phone_number", None),
        ("phone_number", 12),
        ("phone_number", ["+2348031234567"]),
        ("sender_name", ""),
        ("sender_name", "x" * 256),
        ("sender_name", "a\x00b"),
        ("issue_description", "  "),
        ("issue_description", "x" * 16_001),
        ("issue_description", {"a": 1}),
        ("priority", "HUGE"),
        ("priority", None),
    ],
)
def test_a_wrong_value_is_refused_and_named(field, value):
    answer = api.client().post(ADDRESS, NEW | {field: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not SupportTicket.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("field", sorted(NEW.keys() | {"priority"}))
def test_half_a_character_is_refused(field):
    body = json.dumps(NEW | {field: "\ud800"})
    answer = api.client().post(ADDRESS, body.encode(), content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_fields_that_nobody_may_set_are_not_set():
    answer = api.client().post(
        ADDRESS, NEW | {"id": 99, "status": "CLOSED", "student_id": 7, "rating": "good"}
    )
    ticket = SupportTicket.objects.get()
    assert answer.json()["id"] == ticket.pk != 99
    assert (ticket.status, ticket.student_id, ticket.rating) == ("OPEN", None, "")


def test_texts_come_back_as_they_were():
    words = "😀👨‍👩‍👧🇳🇬 <script>alert(1)</script> \u202e 'quoted' \\ and\nnew lines"
    answer = api.client().post(ADDRESS, NEW | {"issue_description": words, "sender_name": "Ọlá"})
    assert answer.json()["issue_description"] == words
    assert answer.json()["sender_name"] == "Ọlá"


def test_whoever_comes_second_with_a_new_number_gets_the_contact_of_the_first(monkeypatch):
    def of_phone(phone, name):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(people, "of_phone", of_phone)
    with pytest.raises(IntegrityError):
        people.make(api.JOHN, "John")
    first = Contact.objects.create(phone=api.JOHN)
    assert people.make(api.JOHN, "John") == first


def test_opening_takes_few_statements():
    api.contact()
    client = api.client()
    with queries_made() as known:
        assert client.post(ADDRESS, NEW).status_code == 201
    assert len(known) <= 12, known
    with queries_made() as unknown:
        answer = client.post(ADDRESS, NEW | {"phone_number": "+2348039999999"})
        assert answer.status_code == 201
    assert len(unknown) <= 13, unknown
