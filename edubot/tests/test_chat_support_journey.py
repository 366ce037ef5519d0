"""A student asks for a person, the team answers, the chat ends: product.md, "Chat support"."""

import pytest

from conversations.tests.talk import OPENED, RECEIPT
from support import services
from support.models import SupportTicket
from whatsapp.models import Message


@pytest.fixture
def registered(john):
    john.say("hi")
    john.say("John Doe")
    john.say("john@example.org")
    john.say("10A")
    return john


@pytest.fixture
def ticket(john) -> SupportTicket:
    john.say("support")
    return SupportTicket.objects.get()


def test_a_stranger_reaches_a_person_without_registering(john):
    john.say("support")

    assert john.last.text == OPENED
    assert [button.title for button in john.last.buttons] == ["❌ End Chat"]
    assert SupportTicket.objects.get().status == "OPEN"


def test_the_first_words_describe_the_issue_and_are_acknowledged_once(john, ticket):
    for words in ("My upload fails", "It says error 3", "Since yesterday"):
        john.say(words)

    ticket.refresh_from_db()
    assert ticket.issue_description == "My upload fails"
    assert [message.message for message in ticket.messages.all()] == [
        "My upload fails",
        "It says error 3",
        "Since yesterday",
    ]
    assert [shown.text for shown in john.received].count(RECEIPT) == 1


def test_what_the_agent_writes_arrives_with_the_prefix_and_its_ticks_move_on(
    john, ticket, team, work
):
    john.say("Hello?")
    answer = services.reply(ticket.pk, team, "Hi, how can I help?")
    work()

    assert john.last.text == "🎧 Support Team: Hi, how can I help?"
    john.deliver_statuses()
    answer.wire.refresh_from_db()
    assert answer.wire.status == "read"
    ticket.refresh_from_db()
    assert ticket.status == "IN_PROGRESS"
    assert ticket.assigned_admin == team.user


def test_a_registered_student_ends_the_chat_and_sees_the_menu(registered):
    registered.say("support")
    registered.say("It works now")
    registered.tap("❌ End Chat")

    assert SupportTicket.objects.get().status == "CLOSED"
    assert "Hey John! What would you like to do?" in registered.last.text
    assert "📍 Main Menu" in [button.title for button in registered.last.buttons]
    registered.tap("📍 Main Menu")
    assert registered.last.text == "Hey John! What would you like to do?"


def test_a_stranger_whose_chat_ends_is_offered_to_register(john, ticket):
    john.say("end chat")

    assert "register" in john.last.text
    assert SupportTicket.objects.get().status == "CLOSED"


def test_the_agent_ends_the_chat_with_closing_words(john, ticket, team, work):
    services.end(ticket.pk, team, words="Glad it works. Bye!")
    work()

    assert "🎧 Support Team: Glad it works. Bye!" in john.last.text
    ticket.refresh_from_db()
    assert ticket.status == "RESOLVED"
    john.say("thanks")
    assert ticket.messages.filter(sender_type="user").count() == 0


def test_a_rating_is_kept(john, ticket):
    john.say("end chat")
    john.tap("👍 Good")

    ticket.refresh_from_db()
    assert ticket.rating == "good"


def test_every_message_of_the_chat_reaches_the_thread(john, ticket):
    john.send_image(caption="Look")
    john.send_voice()
    john.send_document()
    john.send_location(6.5244, 3.3792, "Lagos")
    john.react("👍", on=john.received[0])

    kinds = [m.wire.kind for m in ticket.messages.select_related("wire")]
    assert kinds == ["image", "audio", "document", "location", "reaction"]
    image = Message.objects.get(kind="image")
    assert image.media.state == "stored"
    assert image.media.mime_type == "image/png"


def test_nothing_a_student_says_in_a_chat_ends_it_by_accident(john, ticket):
    john.say("I'm done with the upload but it fails")

    assert SupportTicket.objects.get().status == "OPEN"
