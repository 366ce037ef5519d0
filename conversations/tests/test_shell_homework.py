"""Homework handed in over the webhook: whole, once, and its pages in the student's order."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from conversations.models import Homework
from conversations.tests.homework import PHOTO
from whatsapp.models import Media, Message
from whatsapp.simulator import delivery, student
from whatsapp.simulator.models import SimulatedWebhook
from whatsapp.tests.lane import misbehave
from whatsapp.tests.phone import Phone

SHUFFLED = [3, 0, 4, 1, 2]


@pytest.fixture
def registered(john: Phone) -> Phone:
    for words in ("hi", "John Doe", "john@example.org", "10A"):
        john.say(words)
    return john


@pytest.fixture
def handing_in(registered: Phone) -> Phone:
    for words in ("homework", "Biology", "image"):
        registered.say(words)
    return registered


def photograph(john: Phone, pages: int) -> None:
    """A minute ago John sent pictures, a second apart. Meta has them, we have heard nothing yet."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False) as clock:
        for number in range(pages):
            caption, name = f"page {number}", f"{number}.jpg"
            student.send_media(john._fresh(), "image", PHOTO, name, "image/jpeg", caption=caption)
            clock.shift(timedelta(seconds=1))


def page_captions() -> list[str]:
    return [page.message.text for page in Homework.objects.get().pages.order_by("number")]


def test_a_text_is_one_homework(registered: Phone):
    for words in ("homework", "Biology", "text", "Cells have walls."):
        registered.say(words)

    homework = Homework.objects.get()
    assert (homework.subject, homework.text, homework.state) == (
        "Biology",
        "Cells have walls.",
        "PENDING",
    )
    assert homework.student.name == "John Doe"
    assert homework.reference in registered.last.text


def test_pictures_that_arrive_shuffled_and_twice_are_one_homework_in_order(handing_in, work):
    misbehave(duplicate_webhooks_percent=100)
    photograph(handing_in, pages=5)
    waiting = SimulatedWebhook.objects.filter(wamid__in=_new_wamids(handing_in))
    webhooks = [list(waiting.filter(wamid=wamid)) for wamid in _new_wamids(handing_in)]
    for number in SHUFFLED + SHUFFLED:
        row = webhooks[number].pop()
        delivery.deliver(SimulatedWebhook.objects.filter(pk=row.pk), handing_in.post)
    work()
    handing_in.say("done")

    assert page_captions() == [f"page {number}" for number in range(5)]
    assert Media.objects.filter(state="stored").count() == 5


def _new_wamids(phone: Phone) -> list[str]:
    sent = phone.row.messages.filter(direction="from_student", type="image")
    return list(sent.order_by("created_at").values_list("wamid", flat=True))


def test_pictures_handled_one_by_one_as_they_overtake_each_other_are_still_in_order(
    handing_in, work
):
    photograph(handing_in, pages=5)
    wamids = _new_wamids(handing_in)
    for number in SHUFFLED:
        one = SimulatedWebhook.objects.filter(wamid=wamids[number])
        delivery.deliver(one, handing_in.post)
        work()
    handing_in.say("done")

    assert page_captions() == [f"page {number}" for number in range(5)]


def test_an_album_that_arrives_at_once_is_acknowledged_once(handing_in: Phone, work, settings):
    settings.BOT_RECEIPT_AFTER = timedelta(0)
    before = len(handing_in.received)
    photograph(handing_in, pages=5)
    delivery.deliver(SimulatedWebhook.objects.exclude(due_at=None), handing_in.post)
    work()

    assert len(handing_in.received) == before + 1


def test_saying_done_twice_hands_in_once(handing_in: Phone):
    handing_in.send_image(PHOTO)
    handing_in.say("done")
    handing_in.say("done")

    assert Homework.objects.count() == 1


def test_the_pages_of_somebody_else_cannot_be_handed_in(handing_in: Phone, ada: Phone):
    """The draft names messages by number; only one's own count."""
    ada.say("hi")
    foreign = Message.objects.get(contact__phone=f"+{ada.row.number}", direction="in")
    handing_in.send_image(PHOTO, caption="mine")
    talk = Message.objects.get(text="mine").contact.conversation
    talk.draft = {**talk.draft, "files": f"{talk.draft['files']},{foreign.pk}"}
    talk.save()
    handing_in.say("done")

    assert page_captions() == ["mine"]
