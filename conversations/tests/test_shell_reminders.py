"""Who stops half-way is reminded, once, and only as long as that makes sense."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from conversations import reminders
from conversations.models import BotText, Conversation
from conversations.tests.homework import PHOTO
from support import services
from whatsapp.models import Contact
from whatsapp.tests.clock import MORNING
from whatsapp.tests.phone import Phone

PAUSE = django_settings.BOT_REMINDS_AFTER


@pytest.fixture
def half_way(clock, john: Phone) -> Phone:
    john.say("hi")
    john.say("John Doe")
    return john


def reminded(phone: Phone, work) -> int:
    """How many messages a round of reminders brings to `phone`."""
    before = len(phone.received)
    reminders.remind_idle()
    work()
    return len(phone.received) - before


def test_after_a_while_the_student_is_asked_whether_to_go_on(half_way: Phone, clock, work):
    clock.shift(PAUSE - timedelta(seconds=1))
    assert reminded(half_way, work) == 0

    clock.shift(timedelta(seconds=1))
    assert reminded(half_way, work) == 1
    assert "You were registering" in half_way.last.text


def test_it_is_said_once(half_way: Phone, clock, work):
    clock.shift(PAUSE)
    assert reminded(half_way, work) == 1

    clock.shift(PAUSE)
    assert reminded(half_way, work) == 0


def test_going_on_takes_up_the_question_where_it_was(half_way: Phone, clock, work):
    clock.shift(PAUSE)
    reminded(half_way, work)
    half_way.tap("continue")

    assert "e-mail" in half_way.last.text
    assert Conversation.objects.get().state == "registering_email"


def test_who_stops_again_is_reminded_again(half_way: Phone, clock, work):
    clock.shift(PAUSE)
    reminded(half_way, work)
    half_way.say("john@example.org")
    clock.shift(PAUSE)

    assert reminded(half_way, work) == 1


def test_nobody_at_rest_is_reminded(clock, john: Phone, work):
    john.say("hi")
    john.say("menu")
    clock.shift(PAUSE)

    assert reminded(john, work) == 0


def test_nobody_in_a_chat_is_reminded(half_way: Phone, clock, work):
    services.open_ticket(Contact.objects.get(), services.STUDENT)
    clock.shift(PAUSE)

    assert reminded(half_way, work) == 0


def test_nobody_is_reminded_after_opting_out(half_way: Phone, clock, work):
    Contact.objects.update(opted_out_at=MORNING)
    clock.shift(PAUSE)

    assert reminded(half_way, work) == 0


def test_nobody_is_reminded_once_the_window_has_closed(half_way: Phone, clock, work):
    clock.shift(timedelta(hours=25))

    assert reminded(half_way, work) == 0


def test_one_who_cannot_be_reminded_does_not_keep_the_others_from_it(
    half_way: Phone, ada: Phone, clock, work
):
    BotText.objects.create(key="reminder_homework", text=" ")  # written past the admin's checks
    for words in ("skip", "10A", "homework"):
        half_way.say(words)
    ada.say("hi")
    clock.shift(PAUSE)

    assert reminded(ada, work) == 1
    assert "Which subject" in half_way.last.text


@pytest.fixture
def two_pages(clock, john: Phone, work) -> Phone:
    for words in ("hi", "John Doe", "john@example.org", "10A", "homework", "Biology", "image"):
        john.say(words)
    for _ in range(2):
        john.send_image(PHOTO)
        clock.shift(timedelta(minutes=1))
    work()
    return john


def test_a_homework_that_waits_at_the_menu_is_brought_to_mind_once(two_pages: Phone, clock, work):
    two_pages.say("menu")
    clock.shift(PAUSE)
    assert reminded(two_pages, work) == 1
    assert two_pages.last.text.startswith("📎 Your Biology homework is not handed in yet.")

    clock.shift(PAUSE)
    assert reminded(two_pages, work) == 0
    two_pages.tap("▶️ Continue")
    assert "pages so far: 2" in two_pages.last.text


def test_not_after_it_was_handed_in_or_dropped(two_pages: Phone, clock, work):
    two_pages.say("menu")
    two_pages.say("cancel")
    clock.shift(PAUSE)
    assert reminded(two_pages, work) == 0


def test_not_at_every_visit_of_the_days_that_follow(two_pages: Phone, clock, work):
    two_pages.say("menu")
    clock.shift(timedelta(days=1))
    two_pages.say("faq")
    clock.shift(PAUSE)
    assert reminded(two_pages, work) == 0


def test_not_after_opting_out(two_pages: Phone, clock, work):
    two_pages.say("stop")
    clock.shift(PAUSE)
    assert reminded(two_pages, work) == 0
