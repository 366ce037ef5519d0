"""The wire in the admin: looking, and trying again what failed."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from whatsapp.contacts import of_phone
from whatsapp.models import Contact, Message, Receipt
from whatsapp.models.message import Author, Direction, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(agent: User) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def contact() -> Contact:
    return of_phone("+2348031234567", "<b>John</b>")


def row(contact: Contact, direction: Direction, status: Status, **fields: object) -> Message:
    return Message.objects.create(
        **{"contact": contact, "kind": "text", "author": Author.BOT, **fields},
        direction=direction,
        status=status,
    )


def do(client: Client, model: str, action: str, *rows: Message | Receipt) -> str:
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(f"/admin/whatsapp/{model}/", data, follow=True).content.decode()


def test_failed_messages_of_students_are_processed_again(root: Client, contact: Contact) -> None:
    failed = row(contact, Direction.INBOUND, Status.FAILED, error="Odd", attempts=6)
    done = row(contact, Direction.INBOUND, Status.HANDLED)
    assert "1 message(s) will be processed again" in do(
        root, "message", "process_again", failed, done
    )
    failed.refresh_from_db()
    assert (failed.status, failed.attempts) == (Status.WAITING, 0)
    done.refresh_from_db()
    assert done.status == Status.HANDLED


def test_failed_messages_to_students_are_sent_again(john, work, root: Client) -> None:
    john.say("hello")
    failed = row(Contact.objects.get(), Direction.OUTBOUND, Status.FAILED)
    assert "1 message(s) will be sent again" in do(root, "message", "send_again", failed)
    failed.refresh_from_db()
    assert failed.status == Status.QUEUED


def test_a_message_says_why_the_bot_said_it_and_why_it_failed(
    root: Client, contact: Contact
) -> None:
    reason = {
        "message": 7,
        "before": "idle",
        "after": "initial",
        "rule": "menu.home",
        "texts": ["a"],
    }
    sent = row(
        contact,
        Direction.OUTBOUND,
        Status.FAILED,
        reason=reason,
        text="<script>x</script>",
        traceback="ValueError: <odd>",
    )
    html = root.get(f"/admin/whatsapp/message/{sent.pk}/change/").content.decode()
    assert "Why did the bot say that?" in html
    assert "<strong>Rule:</strong> menu.home" in html
    assert "ValueError: &lt;odd&gt;" in html
    assert "<script>x" not in html


def test_a_receipt_shows_its_body_as_text_and_is_sorted_again(root: Client) -> None:
    receipt = Receipt.objects.create(
        body='{"name": "Ада"}'.encode(),
        digest="a",
        state=Receipt.State.FAILED,
        error="Traceback\nKeyError: 'x'",
        attempts=6,
    )
    html = root.get(f"/admin/whatsapp/receipt/{receipt.pk}/change/").content.decode()
    assert "Ада" in html
    assert "KeyError" in root.get("/admin/whatsapp/receipt/").content.decode()
    assert "1 receipt(s) will be sorted again" in do(root, "receipt", "sort_again", receipt)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.attempts) == (Receipt.State.UNSORTED, 0)


@pytest.mark.parametrize("body", [b"\xff\xfe<script>", b"[" * 100_000, b""])
def test_odd_bodies_are_shown_all_the_same(root: Client, body: bytes) -> None:
    receipt = Receipt.objects.create(body=body, digest="a", state=Receipt.State.FAILED)
    html = root.get(f"/admin/whatsapp/receipt/{receipt.pk}/change/").content.decode()
    assert "<script>\n" not in html
    assert "&lt;script&gt;" in html or b"script" not in body


def test_a_contact_shows_its_identities_and_cannot_be_changed(
    root: Client, contact: Contact
) -> None:
    address = f"/admin/whatsapp/contact/{contact.pk}/change/"
    html = root.get(address).content.decode()
    assert "2348031234567" in html
    assert "<b>John" not in html
    assert root.post(address, {"name": "Other"}).status_code == 403


def test_who_may_only_look_starts_nothing_again(contact: Contact) -> None:
    lead = User.objects.create_user("lead", is_staff=True)
    lead.groups.add(Group.objects.get(name="Lead"))
    client = Client()
    client.force_login(lead)
    failed = row(contact, Direction.INBOUND, Status.FAILED)
    do(client, "message", "process_again", failed)
    failed.refresh_from_db()
    assert failed.status == Status.FAILED
