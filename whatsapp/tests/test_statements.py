"""Plain SQL does what the ORM would: the same rows, the same values."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, connection
from django.db.models import CASCADE, ForeignKey, Model, UUIDField
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext, isolate_apps

from whatsapp import readers, statements
from whatsapp.models import Contact, Identity, Message
from whatsapp.models.message import Author, Direction, Status

pytestmark = pytest.mark.django_db

LAGOS = timezone(timedelta(hours=1))
MOMENT = datetime(2026, 11, 20, 8, 15, 30, 123456, tzinfo=UTC)
BY_NAME = "WHERE name = %(name)s ORDER BY id LIMIT %(limit)s"
WITH_IDENTITIES = """
    FROM whatsapp_contact own LEFT JOIN whatsapp_identity known ON known.contact_id = own.id
    WHERE own.name LIKE %(like)s ORDER BY own.id
"""
NAMES = "SELECT id, name FROM whatsapp_contact WHERE id IN ({keys})"
OF_CONTACT = "WHERE contact_id = %(contact)s"
RENAME = "UPDATE whatsapp_contact SET name = %(name)s, due_at = %(due_at)s WHERE id = %(id)s"


def columns(row: Model) -> dict[str, object]:
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


def test_a_copy_that_is_inserted_is_made_now(ada: Contact):
    """As with the ORM: what is inserted is new, wherever its values come from."""
    Contact.objects.update(created_at=MOMENT)
    copy = Contact.objects.get()
    statements.insert(copy)

    assert Contact.objects.get(pk=copy.pk).created_at > MOMENT


def test_an_updated_row_stays_as_old_as_it_is(ada: Contact):
    """As with the ORM: what is updated is not new, also if nobody loaded it."""
    statements.rewrite(Contact(pk=ada.pk, name="Ada", created_at=MOMENT))

    assert Contact.objects.get().created_at == MOMENT


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


def test_rows_are_joined_with_what_belongs_to_them_or_with_nothing(ada: Contact):
    bob = Contact.objects.create(name="Bob")
    Identity.objects.create(contact=ada, kind="phone", value="2348031234567", last_seen_at=MOMENT)

    found = statements.joined({"own": Contact, "known": Identity}, WITH_IDENTITIES, like="%")

    assert [columns(each["own"]) for each in found] == [columns(ada), columns(bob)]
    assert columns(found[0]["known"]) == columns(Identity.objects.get())
    assert found[1]["known"] is None


def test_rows_that_were_joined_can_be_saved_again(ada: Contact):
    [found] = statements.joined({"own": Contact, "known": Identity}, WITH_IDENTITIES, like="A%")
    found["own"].name = "Ada Obi"
    found["own"].save()

    assert [contact.name for contact in Contact.objects.all()] == ["Ada Obi"]


def test_a_mapping_has_what_was_found_for_its_keys_and_nothing_else(ada: Contact):
    bob = Contact.objects.create(name="Bob")

    assert statements.mapping(NAMES, {ada.pk, bob.pk, 0}) == {ada.pk: "Ada", bob.pk: "Bob"}
    assert statements.mapping(NAMES, {bob.pk}) == {bob.pk: "Bob"}


def test_a_mapping_for_no_keys_is_empty_without_asking(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert statements.mapping(NAMES, []) == {}


@pytest.mark.parametrize("number", [1, 2, statements.AT_ONCE, statements.AT_ONCE + 1])
def test_many_inserted_rows_are_stored_as_they_are_and_in_their_order(ada: Contact, number: int):
    rows = [
        message(ada, text=f"{n} % 😀 \\ '", payload={"n": n, "%s": None}, due_at=MOMENT)
        for n in range(number)
    ]
    statements.insert_all(rows)

    stored = list(Message.objects.order_by("id"))
    assert [columns(one) | {"id": None} for one in stored] == [columns(row) for row in rows]


def test_a_database_gets_no_more_values_at_once_than_it_takes(ada: Contact, monkeypatch):
    monkeypatch.setattr(connection.ops, "bulk_batch_size", lambda _fields, _rows: 2)
    with CaptureQueriesContext(connection) as executed:
        statements.insert_all([message(ada) for _ in range(5)])

    assert len(executed) == 3
    assert Message.objects.count() == 5


@isolate_apps("whatsapp")
def test_the_key_of_another_row_is_read_as_that_row_reads_it():
    class Letter(Model):
        id = UUIDField(primary_key=True)

    class Answer(Model):
        letter = ForeignKey(Letter, CASCADE)

    key = uuid.uuid4()
    parts = readers.taken_apart([1, key.hex], {"answer": Answer})

    assert parts["answer"].letter_id == key


def test_a_change_tells_how_many_rows_it_found_even_if_they_were_like_that(ada: Contact):
    for _ in range(2):
        changed = statements.change(RENAME, id=ada.pk, name="A", due_at=MOMENT.astimezone(LAGOS))
        assert changed == 1
    assert statements.change(RENAME, id=0, name="A", due_at=None) == 0

    ada.refresh_from_db()
    assert (ada.name, ada.due_at) == ("A", MOMENT)
