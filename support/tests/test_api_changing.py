"""PATCH /api/support/tickets/{id}."""

import pytest

from support import services
from support.models import Category, SupportTicket
from support.services import Actor
from support.tests import api
from whatsapp.models import Message

pytestmark = pytest.mark.django_db


def patch(ticket: SupportTicket, **changes):
    user = api.staff(f"caller{SupportTicket.objects.count()}")
    return api.client(user).patch(f"/api/support/tickets/{ticket.pk}", changes)


def test_everything_can_be_changed_at_once():
    ada = api.staff("ada")
    Category.objects.create(name="Billing")
    answer = patch(
        api.ticket(),
        status="IN_PROGRESS",
        priority="URGENT",
        assigned_admin_id=ada.pk,
        category="Billing",
    )
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["priority"]) == ("IN_PROGRESS", "URGENT")
    assert (body["assigned_admin_id"], body["category"]) == (ada.pk, "Billing")


def test_what_is_not_named_stays():
    ticket = api.ticket(priority="HIGH")
    before = ticket.issue_description, ticket.priority, ticket.status
    assert patch(ticket).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.issue_description, ticket.priority, ticket.status) == before


def test_a_field_that_cannot_be_changed_is_refused_by_name():
    ticket = api.ticket(priority="HIGH")
    answer = api.client().patch(
        f"/api/support/tickets/{ticket.pk}", {"priority": "LOW", "prioritty": "LOW", "id": 1}
    )
    assert answer.status_code == 400
    sentence = (
        "There is no such field. Possible are: status, priority, assigned_admin_id, category."
    )
    assert answer.json()["errors"] == {"id": [sentence], "prioritty": [sentence]}
    ticket.refresh_from_db()
    assert ticket.priority == "HIGH"


def test_null_releases_the_ticket_and_takes_the_category_away():
    ticket = api.ticket()
    services.assign(ticket.pk, Actor("Lead"), api.staff("ada"))
    services.set_category(ticket.pk, Actor("Lead"), Category.objects.create(name="Billing"))
    body = patch(ticket, assigned_admin_id=None, category=None).json()
    assert (body["assigned_admin_id"], body["category"]) == (None, None)


@pytest.mark.parametrize("status", ["RESOLVED", "CLOSED"])
def test_ending_says_goodbye_on_whatsapp(status):
    ticket = api.ticket()
    body = patch(ticket, status=status).json()
    assert body["status"] == status
    assert (body["resolved_at"] is not None) == (status == "RESOLVED")
    assert Message.objects.count() == 1


def test_an_ended_ticket_can_be_opened_again():
    ticket = api.ticket()
    services.end(ticket.pk, Actor("Ada"))
    assert patch(ticket, status="OPEN").json()["status"] == "OPEN"


def test_reopening_beside_another_open_ticket_is_409_and_changes_nothing():
    person = api.contact()
    ended = api.ticket(person)
    services.end(ended.pk, Actor("Ada"))
    api.ticket(person)
    answer = patch(ended, status="OPEN", priority="URGENT")
    assert answer.status_code == 409
    ended.refresh_from_db()
    assert (ended.status, ended.priority) == ("RESOLVED", "MEDIUM")


def test_only_somebody_who_can_answer_can_be_given_a_ticket():
    reader = api.staff("reader", permissions=("view",))
    gone = api.staff("gone", is_active=False)
    for user_id in (reader.pk, gone.pk, 10**6):
        answer = patch(api.ticket(api.contact(api.phone(user_id % 90))), assigned_admin_id=user_id)
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["assigned_admin_id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "DONE"),
        ("status", None),
        ("priority", ""),
        ("assigned_admin_id", "ada"),
        ("assigned_admin_id", True),
        ("assigned_admin_id", 1.5),
        ("assigned_admin_id", 10**30),
        ("category", "No such"),
        ("category", ["Billing"]),
    ],
)
def test_a_wrong_value_is_refused_and_named(field, value):
    answer = patch(api.ticket(), **{field: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_the_history_names_who_changed_what():
    ticket = api.ticket()
    patch(ticket, priority="LOW")
    event = ticket.events.last()
    assert (event.kind, event.before, event.after) == ("priority", "MEDIUM", "LOW")
    assert event.actor.username.startswith("caller")


def test_a_change_that_changes_nothing_leaves_no_trace():
    ticket = api.ticket()
    patch(ticket, priority="MEDIUM", status="OPEN")
    assert ticket.events.count() == 1
