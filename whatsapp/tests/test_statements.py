"""Plain SQL does what the ORM would: the same rows, the same values."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError
from django.forms.models import model_to_dict

from whatsapp import statements
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Direction, Status

pytestmark = pytest.mark.django_db

LAGOS = timezone(timedelta(hours=1))
MOMENT = datetime(2026, 11, 20, 8, 15, 30, 123456, tzinfo=UTC)
BY_NAME = "WHERE name = %(name)s ORDER BY id LIMIT %(limit)s"
OF_CONTACT = "WHERE contact_id = %(contact)s"
RENAME = "UPDATE whatsapp_contact SET name = %(name)s, due_at = %(due_at)s WHERE id = %(id)s"


def columns(row: Message | Contact) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def message(contact: Contact, **values: object) -> Message:
    kept = {"direction": Direction.OUTBOUND, "author": Author.BOT, "status": Status.QUEUED}
    return Message(contact=contact, kind="text", **(kept | values))


@pytest.fixture
def ada(db) -> Contact:
    return Contact.objects.create(name="Ada", phone="+2348031234567")


def test_an_inserted_row_is_stored_as_it_is(ada: Contact):
    first = message(ada)
    first.save()
    row = message(
        ada,
        text="100 % “quoted” 😀 \\ '",
        payload={"a": [1, None, "\ud800"], "%s": "%(id)s"},
        wamid="wamid.X",
        reply_to=first,
        occurred_at=MOMENT,
        due_at=MOMENT.astimezone(LAGOS),
        error_code=131047,
    )
    statements.insert(row)

    stored = Message.objects.get(wamid="wamid.X")
    assert columns(stored) == columns(row)
    assert not row._state.adding, "Saved again, it must be the same row."


def test_an_inserted_row_can_be_saved_again(ada: Contact):
    row = message(ada)
    statements.insert(row)
    row.text = "changed"
    row.save()

    assert [one.text for one in Message.objects.all()] == ["changed"]


def test_an_updated_row_is_stored_as_it_is_and_no_other(ada: Contact):
    other = Contact.objects.create(name="Ada", phone="+2348031234568")
    ada.name, ada.due_at, ada.language = "Ada %s", MOMENT, "fr"
    statements.rewrite(ada)

    assert columns(Contact.objects.get(pk=ada.pk)) == columns(ada)
    assert model_to_dict(Contact.objects.get(pk=other.pk)) == model_to_dict(other)


def test_an_update_that_changes_nothing_is_none_of_a_row_that_is_gone(ada: Contact):
    statements.rewrite(ada)
    Contact.objects.all().delete()

    with pytest.raises(DatabaseError):
        statements.rewrite(ada)


def test_what_is_selected_is_what_the_orm_would_find(ada: Contact):
    Contact.objects.create(name="Ada", last_inbound_at=MOMENT)
    Contact.objects.create(name="Bob")

    found = statements.rows(Contact, BY_NAME, name="Ada", limit=5)

    assert [columns(row) for row in found] == [
        columns(row) for row in Contact.objects.filter(name="Ada").order_by("id")
    ]
    assert [row.pk for row in statements.rows(Contact, BY_NAME, name="Ada", limit=1)] == [ada.pk]


def test_a_selected_message_is_what_the_orm_would_find_value_for_value(ada: Contact):
    """Ids of ours, JSON and moments have converters, which differ from database to database."""
    payload = {"a": [1, None, "\ud800"]}
    message(ada, payload=payload, wamid_digest="ab", due_at=MOMENT, reason={"b": True}).save()

    [found] = statements.rows(Message, OF_CONTACT, contact=ada.pk)

    assert columns(found) == columns(Message.objects.get())
    assert found.payload == payload
    assert not found.get_deferred_fields()


def test_a_change_tells_how_many_rows_it_found_even_if_they_were_like_that(ada: Contact):
    for _ in range(2):
        changed = statements.change(RENAME, id=ada.pk, name="A", due_at=MOMENT.astimezone(LAGOS))
        assert changed == 1
    assert statements.change(RENAME, id=0, name="A", due_at=None) == 0

    ada.refresh_from_db()
    assert (ada.name, ada.due_at) == ("A", MOMENT)
