"""Another system opens a ticket: from then on all that the student writes goes to the team.

Who is not told would wonder why the menu no longer answers.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from conversations.step import AddToChat
from conversations.tests.talk import in_chat
from conversations.turn import Chat
from support.models import SupportTicket
from support.tests import api
from whatsapp.models import Contact
from whatsapp.tests.phone import Phone

ADDRESS = "/api/support/tickets"
OPENED = "💬 Our team has opened a chat with you about:\n“I paid twice.”"


@pytest.fixture
def opened(john: Phone, agent: User, work) -> Any:
    def post(words: str = "I paid twice.") -> SupportTicket:
        body = {"phone_number": "+2348031234567", "sender_name": "J", "issue_description": words}
        assert api.client(agent).post(ADDRESS, body).status_code == 201
        work()
        return SupportTicket.objects.latest("id")

    return post


def test_the_student_learns_it_with_the_first_receipt(john: Phone, opened) -> None:
    john.say("hi")
    ticket = opened()
    john.say("homework")
    assert john.last.text == (
        f"{OPENED}\n\nYour message has been sent to them, like all that you write here now. "
        "Select 'End Chat' to return to the main menu."
    )
    assert [button.title for button in john.last.buttons] == ["❌ End Chat"]
    assert ticket.messages.get(sender_type="user").message == "homework"
    john.tap("❌ End Chat")
    assert john.last.text.startswith("✅ The chat has ended.")


def test_it_is_said_once(john: Phone, opened) -> None:
    john.say("hi")
    opened()
    john.say("homework")
    SupportTicket.objects.update(receipt_sent_at=timezone.now() - timedelta(hours=1))
    john.say("homework")
    assert john.last.text.startswith("✓ Your message has been sent to support.")


def test_it_is_told_in_the_student_s_language(john: Phone, opened) -> None:
    john.say("Bonjour")
    opened()
    john.say("devoirs")
    assert john.last.text.startswith("💬 Notre équipe a ouvert une discussion avec toi")


def test_also_when_the_window_was_shut_as_it_was_opened(john: Phone, opened) -> None:
    john.say("hi")
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(days=2))
    before = len(john.received)
    opened()
    assert len(john.received) == before
    john.say("menu please")
    assert john.last.text.startswith(OPENED)


def test_a_long_description_is_shortened(john: Phone, opened) -> None:
    john.say("hi")
    opened("word " * 2000)
    john.say("hello?")
    assert len(john.last.text) < 500
    assert "…" in john.last.text


@pytest.mark.parametrize("first", ["support", "STOP"])
def test_a_chat_that_the_student_opened_is_the_student_s(john: Phone, first: str) -> None:
    john.say("support")
    john.say(first)
    john.say("My upload fails")
    assert "has opened a chat" not in " ".join(one.text for one in john.received)


def test_a_reaction_tells_nothing() -> None:
    john = in_chat()
    john.chat = Chat(12, described=True, receipt_due=True, about="I paid twice.")
    assert john.sends("reaction", "👍") == ""
    assert john.effects == (AddToChat(),)
    assert john.writes("hello").startswith(OPENED)
