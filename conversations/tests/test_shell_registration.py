"""What students tell the bot over the webhook is saved, and survives whatever happens between."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from conversations.models import BotText, Conversation, Student
from support import services
from support.models import SupportTicket
from whatsapp import client
from whatsapp.models import Contact, Message
from whatsapp.simulator.transport import SimulatorAdapter
from whatsapp.tests.lane import mount
from whatsapp.tests.phone import Phone


@pytest.fixture
def registered(john: Phone) -> Phone:
    for words in ("hi", "John Doe", "john@example.org", "10A"):
        john.say(words)
    return john


def details(phone: Phone) -> tuple[str, str, str]:
    student = Student.objects.get(contact__phone=f"+{phone.row.number}")
    return (student.name, student.email, student.class_name)


def state() -> str:
    return Conversation.objects.get().state


def test_a_registration_is_saved(registered: Phone):
    assert details(registered) == ("John Doe", "john@example.org", "10A")
    assert state() == "registered"


def test_a_stranger_is_a_lead_until_the_last_question_is_answered(john: Phone):
    for words in ("hi", "John Doe", "skip"):
        john.say(words)
    assert not Student.objects.exists()

    john.say("10A")
    assert details(john) == ("John Doe", "", "10A")


def test_two_students_registering_at_once_keep_their_own_answers(john: Phone, ada: Phone):
    for johns, adas in (("hi", "hi"), ("John Doe", "Ada Obi"), ("skip", "ada@example.org")):
        john.say(johns)
        ada.say(adas)
    john.say("10A")
    ada.say("SS2")

    assert details(john) == ("John Doe", "", "10A")
    assert details(ada) == ("Ada Obi", "ada@example.org", "SS2")


def test_an_update_is_saved_and_makes_no_second_student(registered: Phone):
    registered.say("update")
    registered.say("Johnny Doe")
    registered.say("keep")
    registered.say("11B")

    assert details(registered) == ("Johnny Doe", "john@example.org", "11B")
    assert Student.objects.count() == 1


def test_an_update_that_is_cancelled_changes_nothing(registered: Phone):
    registered.say("update")
    registered.say("Johnny Doe")
    registered.say("cancel")

    assert details(registered) == ("John Doe", "john@example.org", "10A")


def test_half_a_registration_survives_a_restart(john: Phone, work):
    """Nothing but the database remembers: another process goes on where this one stopped."""
    john.say("hi")
    john.say("John Doe")
    cache.clear()
    client.session.cache_clear()
    elsewhere = Phone(number=john.row.number, works=work)
    mount(SimulatorAdapter())
    elsewhere.say("john@example.org")
    elsewhere.say("10A")

    assert details(elsewhere) == ("John Doe", "john@example.org", "10A")


def test_opting_out_and_in_is_remembered(registered: Phone):
    registered.say("STOP")
    assert Contact.objects.get().opted_out_at is not None

    registered.say("START")
    assert Contact.objects.get().opted_out_at is None
    assert "Welcome back" in registered.last.text


def test_staffs_words_are_said_instead_of_the_default(registered: Phone):
    BotText.objects.create(key="home", text="Good day, *{name}*.")
    registered.say("menu")

    assert registered.last.text == "Good day, *John*."


def test_staffs_title_of_a_row_is_shown_and_its_id_still_works(registered: Phone):
    BotText.objects.create(key="row_homework", text="✍️ Hand in")
    registered.say("menu")
    registered.tap("✍️ Hand in")

    assert state() == "homework_subject"


def test_why_the_bot_said_something_is_kept_with_it(registered: Phone):
    registered.say("menu")

    asked, said = Message.objects.order_by("-id")[:2][::-1]
    assert said.reason["message"] == asked.pk
    assert (said.reason["before"], said.reason["after"]) == ("registered", "registered")
    assert said.reason["texts"] == ["home"]
    assert said.reason["rule"]


def three_days_ago() -> datetime:
    return timezone.now() - timedelta(days=3)


def test_a_greeting_of_three_days_ago_is_kept_but_not_answered(registered: Phone):
    before = len(registered.received)
    registered.say("hello", at=three_days_ago())

    assert len(registered.received) == before
    assert Message.objects.get(text="hello").status == "handled"


def test_an_answer_of_three_days_ago_does_not_move_the_talk(john: Phone):
    john.say("hi")
    john.say("John Doe", at=three_days_ago())

    assert state() == "registering_name"


def test_a_late_stop_still_counts(registered: Phone):
    registered.say("STOP", at=three_days_ago())

    assert Contact.objects.get().opted_out_at is not None


def test_a_late_message_still_reaches_the_agent_of_an_open_ticket(registered: Phone):
    registered.say("support")
    registered.say("I wrote this long ago", at=three_days_ago())

    bubble = SupportTicket.objects.get().messages.get()
    assert bubble.message == "I wrote this long ago"
    assert bubble.created_at < timezone.now() - timedelta(days=2)


def test_the_desk_ends_the_chat_and_the_bot_knows_without_being_told(registered: Phone, agent):
    registered.say("support")
    services.end(SupportTicket.objects.get().pk, services.Actor.of(agent))
    registered.say("menu")

    assert registered.last.text == "Hey John! What would you like to do?"
