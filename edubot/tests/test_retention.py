"""What is older than it is kept goes at night; what is young, open or waiting stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from conversations import retention
from support import services
from support.models import SupportMessage, SupportTicket
from support.services import Actor
from whatsapp import receipts
from whatsapp.models import Contact, Media, Message, Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ages(settings) -> None:
    settings.RECEIPT_BODIES_KEPT = timedelta(days=14)
    settings.RECEIPTS_KEPT = timedelta(days=90)
    settings.MESSAGES_KEPT = timedelta(days=700)
    settings.FILES_KEPT = timedelta(days=300)


def age(days: float) -> None:
    """Everything so far happened `days` ago."""
    then = timezone.now() - timedelta(days=days)
    Receipt.objects.update(received_at=then)
    Message.objects.update(created_at=then)
    SupportTicket.objects.update(created_at=then, updated_at=then)
    SupportTicket.objects.exclude(closed_at=None).update(closed_at=then)
    SupportTicket.objects.exclude(resolved_at=None).update(resolved_at=then)


def files() -> list[Path]:
    root = Path(Media._meta.get_field("file").storage.location) / "whatsapp"
    return [path for path in root.rglob("*.pdf") if path.is_file()]


def end(ticket: SupportTicket, agent, work) -> None:
    services.end(ticket.pk, Actor.of(agent))
    work()


def test_bodies_are_emptied_and_a_repeat_stays_harmless(john):
    john.say("menu")
    age(15)
    body = bytes(Receipt.objects.order_by("id")[0].body)
    assert body
    assert retention.sweep()["bodies"] == Receipt.objects.count()
    assert set(map(bytes, Receipt.objects.values_list("body", flat=True))) == {b""}
    assert retention.sweep()["bodies"] == 0, "once is enough"
    assert not receipts.store(body)


def test_young_bodies_stay(john):
    john.say("menu")
    age(13)
    assert not any(retention.sweep().values())


def test_receipts_go_whole_in_the_end_but_never_one_that_waits(john):
    john.say("menu")
    waiting = Receipt.objects.create(body=b"{}", digest="d")
    age(91)
    retention.sweep()
    assert list(Receipt.objects.all()) == [waiting]


def test_an_ended_request_goes_with_its_thread_and_messages(john, agent, work):
    john.say("support")
    john.say("my pen is broken")
    end(SupportTicket.objects.get(), agent, work)
    age(701)
    retention.sweep()
    assert not SupportTicket.objects.exists()
    assert not SupportMessage.objects.exists()
    assert not Message.objects.exists()
    assert Contact.objects.exists(), "the student is still known"


def test_an_open_request_stays_however_old(john):
    john.say("support")
    john.say("my pen is broken")
    age(9999)
    retention.sweep()
    ticket = SupportTicket.objects.get()
    assert ticket.messages.filter(wire__text="my pen is broken").exists()


def test_an_old_file_goes_and_its_message_says_so(john):
    john.say("support")
    john.send_document(b"%PDF-1.4 old")
    assert len(files()) == 1
    age(301)
    assert retention.sweep()["files"] == 1
    media = Media.objects.get()
    assert not files()
    assert (media.state, media.error) == ("failed", "This file was deleted for its age.")


def test_zero_keeps_for_ever(john, settings):
    john.say("support")
    john.send_document(b"%PDF-1.4 old")
    names = ["RECEIPT_BODIES_KEPT", "RECEIPTS_KEPT", "MESSAGES_KEPT", "FILES_KEPT"]
    for name in [*names, "HOMEWORK_FILES_KEPT"]:
        setattr(settings, name, timedelta(0))
    age(9999)
    assert not any(retention.sweep().values())


def test_many_go_in_small_batches(db, monkeypatch):
    monkeypatch.setattr("whatsapp.retention.BATCH", 3)
    for number in range(10):
        Receipt.objects.create(body=b"x", digest=str(number), state=Receipt.State.SORTED)
    age(20)
    assert retention.sweep()["bodies"] == 10
