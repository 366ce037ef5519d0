"""Homework from the first tap to the solution, through the signed webhook."""

import random
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from conversations.models import Conversation, Homework, HomeworkState, PageCheck, Student
from conversations.tests import homework as tests
from conversations.tests.homework import DARK_PHOTO, PHOTO
from conversations.tests.hostile import png_claiming, zip_bomb
from whatsapp import files, lanes, sorting, worker
from whatsapp.models import Contact, Media, Message
from whatsapp.models.message import Direction, Status
from whatsapp.simulator import delivery, media, student
from whatsapp.simulator.models import SimulatedWebhook
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_once(settings) -> None:
    """Receipts of pages do not wait for the next page."""
    settings.BOT_RECEIPT_AFTER = timedelta(0)


@pytest.fixture
def pupil(john: Phone) -> Phone:
    """John, registered, about to send the pages of his Maths homework."""
    for words in ("hi", "John Doe", "john@example.org", "10A", "homework", "Maths", "image"):
        john.say(words)
    return john


def send(phone: Phone, content: bytes = PHOTO) -> None:
    phone.send_image(content)


def waiting_webhooks(phone: Phone, photos: int) -> list[SimulatedWebhook]:
    """The student sends photos, a second apart; none of the webhooks has been delivered."""
    phone.row.refresh_from_db()
    start = timezone.now() - timedelta(seconds=photos + 1)
    for number in range(photos):
        with time_machine.travel(start + timedelta(seconds=number), tick=False):
            named = {"caption": str(number)}
            student.send_media(phone.row, "image", PHOTO, "p.jpg", "image/jpeg", **named)
    return list(SimulatedWebhook.objects.filter(about__startswith="image from"))


def captions(homework: Homework) -> list[str]:
    return [page.message.text for page in homework.pages.select_related("message")]


def receipts() -> list[str]:
    """What the bot has said or will say about pages, without what it took back."""
    said = Message.objects.filter(direction=Direction.OUTBOUND, text__contains="Page")
    return list(said.exclude(status=Status.CANCELLED).values_list("text", flat=True))


def test_it_works(pupil: Phone, at_once, agent: User, work) -> None:
    send(pupil)
    assert pupil.last.text.startswith("✓ Page 1 is here.")
    assert [button.title for button in pupil.last.buttons] == [
        "✅ Done",
        "🗑️ Remove a page",
        "📍 Main Menu",
    ]
    pupil.send_document()
    pupil.say("remove 1")
    send(pupil)
    pupil.say("please explain question 3")
    pupil.tap("✅ Done")

    homework = Homework.objects.get()
    assert homework.reference in pupil.last.text
    assert homework.text == "please explain question 3"
    assert [page.message.kind for page in homework.pages.all()] == ["document", "image"]

    tests.answered(homework, agent, "x = 4, because 2 · 4 = 8")
    work()
    assert pupil.last.text == (
        f"✅ Here is the solution of your Maths homework *{homework.reference}*.\n\n"
        "x = 4, because 2 · 4 = 8"
    )
    homework.refresh_from_db()
    assert homework.state == HomeworkState.SOLVED
    pupil.say("status")
    assert "Solved" in pupil.last.text


@pytest.mark.parametrize("seed", range(3))
def test_twelve_photos_shuffled_and_twice_are_one_homework_in_order(
    pupil: Phone, at_once, work, seed: int
) -> None:
    webhooks = waiting_webhooks(pupil, 12)
    twice = [*webhooks, *webhooks]
    random.Random(seed).shuffle(twice)
    for number, webhook in enumerate(twice):
        webhook.refresh_from_db()
        _post(pupil, webhook)
        if number % 5 == seed:
            work()
    work()
    pupil.tap("✅ Done")

    assert captions(Homework.objects.get()) == [str(number) for number in range(12)]


def _post(phone: Phone, webhook: SimulatedWebhook) -> None:
    """Deliver it, also once more (in other bytes, so that it is no known receipt)."""
    webhook.body, webhook.due_at = bytes(webhook.body) + b" ", timezone.now()
    webhook.save()
    delivery.deliver(SimulatedWebhook.objects.filter(pk=webhook.pk), phone.post)


def test_a_burst_brings_one_receipt(pupil: Phone) -> None:
    for _ in range(5):
        send(pupil)

    (receipt,) = receipts()
    assert receipt.startswith("✓ Page 5 is here.")
    assert "pages so far: 5" in receipt


def test_the_receipt_leaves_when_no_page_has_followed(pupil: Phone, work) -> None:
    send(pupil)
    assert "Page 1" not in pupil.last.text
    pass_time(work)
    assert pupil.last.text.startswith("✓ Page 1 is here.")


def pass_time(work: Any) -> None:
    """The few seconds that a receipt waits."""
    Message.objects.exclude(due_at=None).update(due_at=timezone.now())
    Contact.objects.update(due_at=timezone.now())
    work()


def test_done_takes_the_waiting_receipt_back(pupil: Phone) -> None:
    send(pupil)
    pupil.say("done")
    assert receipts() == []
    assert "is handed in" in pupil.last.text


def test_a_page_that_done_has_overtaken_takes_its_place(pupil: Phone, at_once, work) -> None:
    first, second = waiting_webhooks(pupil, 2)
    _post(pupil, second)
    work()
    pupil.tap("✅ Done")
    _post(pupil, first)
    work()

    homework = Homework.objects.get()
    assert captions(homework) == ["0", "1"]
    assert pupil.last.text == (
        f"📎 One more page of your homework *{homework.reference}* came in. I added it."
    )


# --- The photo check ----------------------------------------------------------------------------
def handle_then_fetch(phone: Phone, content: bytes, django_capture_on_commit_callbacks) -> None:
    """The message is handled before its file is here."""
    phone.works = None
    phone.send_image(content)
    with django_capture_on_commit_callbacks(execute=False):
        sorting.sort_all()
        Media.objects.filter(state="waiting").update(due_at=timezone.now() + timedelta(hours=1))
        for contact_id in lanes.due():
            worker.run(contact_id)
    assert Conversation.objects.get().draft["files"]
    Media.objects.filter(state="waiting").update(due_at=timezone.now())
    files.fetch_due()


def test_a_dark_photo_that_comes_in_at_the_menu_is_told(pupil: Phone, at_once) -> None:
    send(pupil)
    pupil.say("menu")
    send(pupil, DARK_PHOTO)
    assert pupil.last.text.startswith("✓ Page 2 is here.\n\n⚠️ Page 2: very dark.")


def test_a_dark_photo_is_told_when_the_file_was_quicker(pupil: Phone, at_once) -> None:
    send(pupil)
    send(pupil, DARK_PHOTO)
    assert pupil.last.text.startswith("✓ Page 2 is here.\n\n⚠️ Page 2: very dark.")
    pupil.tap("🗑️ Remove it")
    assert pupil.last.text.startswith("🗑️ Removed: page 2.")
    pupil.tap("✅ Done")
    assert Homework.objects.get().pages.count() == 1


def test_a_dark_photo_is_told_when_the_message_was_quicker(
    pupil: Phone, work, django_capture_on_commit_callbacks
) -> None:
    handle_then_fetch(pupil, DARK_PHOTO, django_capture_on_commit_callbacks)
    pass_time(work)

    assert pupil.last.text.startswith("⚠️ Page 1: very dark.")
    assert len(receipts()) == 1, "the receipt was taken back: one message says it all"
    pupil.works = work
    pupil.tap("👍 Send anyway")
    assert "pages so far: 1" in pupil.last.text
    pupil.tap("✅ Done")
    assert Homework.objects.get().pages.get().message.page_check.problem == "dark"


def test_a_file_that_is_fetched_twice_is_spoken_of_once(
    pupil: Phone, work, django_capture_on_commit_callbacks
) -> None:
    handle_then_fetch(pupil, DARK_PHOTO, django_capture_on_commit_callbacks)
    Media.objects.update(state="waiting", due_at=timezone.now())
    files.fetch_due()
    pass_time(work)
    assert len(receipts()) == 1


def test_a_photo_for_a_person_is_not_examined(john: Phone) -> None:
    john.say("support")
    john.send_image(DARK_PHOTO)
    assert not PageCheck.objects.exists()


OTHER = "Sorry, homework can be pictures or PDF documents."
TOO_LARGE = "Sorry, one picture was too large, so I left it out. Please send it again"
HOSTILE = [
    ("image", b"<html><script>alert(1)</script></html>", "photo.jpg", "image/jpeg"),
    ("document", zip_bomb("word/document.xml"), "essay.docx", "application/msword"),
    ("image", b"<svg xmlns='x'><script>alert(1)</script></svg>", "p.svg", "image/svg+xml"),
    ("document", b"PK\x03\x04" + b"\x00" * 60, "homework.zip", "application/zip"),
    ("document", b"MZ" + b"\x00" * 60, "../../../etc/passwd", "application/pdf"),
]


@pytest.mark.parametrize(("kind", "content", "name", "mime_type"), HOSTILE)
def test_what_is_no_page_is_left_out_and_explained(
    pupil: Phone, at_once, kind: str, content: bytes, name: str, mime_type: str
) -> None:
    send(pupil)
    pupil.send_file(kind, content, name, mime_type)
    assert pupil.last.text.startswith(OTHER)
    pupil.tap("✅ Done")
    assert Homework.objects.get().pages.count() == 1


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_picture_of_200_megapixels_is_left_out_unopened_and_explained(
    pupil: Phone, at_once, kind: str
) -> None:
    send(pupil)
    pupil.send_file(kind, png_claiming(20_000, 10_000), "huge.png", "image/png")
    assert pupil.last.text.startswith(TOO_LARGE)
    pupil.tap("✅ Done")
    assert Homework.objects.get().pages.count() == 1


def test_a_name_with_a_path_leads_nowhere(pupil: Phone, settings) -> None:
    row = media.store(b"%PDF-1.4", "application/pdf", "x.pdf")
    about = {"id": row.media_id, "mime_type": "application/pdf", "filename": "../../escaped.pdf"}
    pupil.send_raw({"type": "document", "document": about})

    stored = Media.objects.latest("id")
    assert (stored.name, stored.state) == ("escaped.pdf", "stored")
    assert stored.file.path.startswith(settings.MEDIA_ROOT)
    assert "escaped" not in stored.file.name


def test_what_turns_out_no_page_after_handing_in_is_taken_out_again(
    pupil: Phone, at_once, work, django_capture_on_commit_callbacks
) -> None:
    send(pupil)
    content = b"<html>"
    pupil.works = None
    pupil.send_image(content)
    with django_capture_on_commit_callbacks(execute=False):
        sorting.sort_all()
        Media.objects.filter(state="waiting").update(due_at=timezone.now() + timedelta(hours=1))
        for contact_id in lanes.due():
            worker.run(contact_id)
    pupil.works = work
    pupil.say("done")
    homework = Homework.objects.get()
    assert homework.pages.count() == 2

    Media.objects.filter(state="waiting").update(due_at=timezone.now())
    work()
    assert homework.pages.count() == 1
    assert f"It was part of your homework *{homework.reference}*." in pupil.last.text


# --- The 24-hour window -------------------------------------------------------------------------
def test_an_answer_after_the_window_waits_and_comes_when_the_student_writes(
    pupil: Phone, at_once, agent: User, work
) -> None:
    send(pupil)
    pupil.tap("✅ Done")
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(days=2))
    before = len(pupil.received)

    tests.answered(Homework.objects.get(), agent, "x = 4")
    work()
    assert len(pupil.received) == before
    assert Student.objects.get().answer_waits

    pupil.say("menu")
    said = [shown.text for shown in pupil.received[before:]]
    assert "What would you like to do?" in said[0]
    assert said[1].endswith("x = 4")
    assert len(said) == 2
    assert not Student.objects.get().answer_waits
    pupil.say("menu")
    assert len(pupil.received) == before + 3
