"""A sentence that asks for a person and says why is the first message of the chat it opens."""

import pytest

from conversations.intents import Intent
from conversations.step import AddToChat, NoteWords, OpenChat
from conversations.tests.talk import registered
from conversations.tests.test_chat_support_flow import OPENED
from conversations.turn import Learnt
from support.models import SupportTicket
from whatsapp.tests.phone import Phone

TAKEN = "✓ Our team has what you have just written."


@pytest.mark.parametrize(
    "text",
    [
        "I need a human, I paid yesterday and still have no subscription",
        "support my upload fails",
        "help me i paid and nothing",
        "SUPPORT!!! my payment failed",
        "support: since Monday none of my pictures has been taken by this bot",
        "je veux parler à quelqu'un, j'ai payé hier et je n'ai toujours pas d'abonnement",
        "assistance mon paiement a échoué",
    ],
)
def test_it_is_the_first_message(text: str) -> None:
    john = registered()
    assert john.writes(text) == f"{OPENED}\n\n{TAKEN}"
    assert john.effects == (OpenChat(), AddToChat())


@pytest.mark.parametrize(
    "text",
    [
        *("support", "Chat Support!", "agent pls", "I need a human please", "help me"),
        *("please connect me to an agent", "hello, I want to talk to a human"),
        *("can I chat with someone sir", "je veux parler à un conseiller svp", "talk to someone"),
    ],
)
def test_who_says_no_more_than_that_is_asked(text: str) -> None:
    john = registered()
    assert john.writes(text) == OPENED
    assert john.effects == (OpenChat(),)


def test_a_yes_and_a_tap_are_no_message() -> None:
    john = registered()
    john.writes("suport")
    john.writes("go ahead")
    assert john.effects == (OpenChat(),)
    tapped = registered()
    tapped.taps("support", "my upload fails, support")
    assert tapped.effects == (OpenChat(),)


def test_what_staff_taught_is_a_command_and_no_message() -> None:
    john = registered(settings={"learnt": Learnt(Intent.SUPPORT)})
    john.writes("abeg I wan yarn")
    assert john.effects == (OpenChat(),)


@pytest.mark.parametrize(
    "text",
    [
        "What do you know about human rights and about a chat between two agents in Lagos",
    ],
)
def test_a_longer_sentence_that_asks_for_nobody_opens_nothing(text: str) -> None:
    john = registered()
    john.writes(text)
    assert john.effects == (NoteWords(),)


def test_the_agent_reads_it_and_the_ticket_is_about_it(john: Phone) -> None:
    words = "I need a human, I paid yesterday and still have no subscription"
    john.say(words)
    john.say("Hello??")
    ticket = SupportTicket.objects.get()
    assert ticket.issue_description == words
    assert [row.message for row in ticket.messages.order_by("id")] == [words, "Hello??"]
