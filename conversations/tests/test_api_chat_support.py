"""POST /api/admin/conversations/{phone_number}/chat-support/send and …/end."""

from datetime import datetime

import pytest

from conversations.models import Conversation
from support.models import SupportTicket
from support.tests import api
from support.tests.queries_made import queries_made
from whatsapp.models import Message

pytestmark = pytest.mark.django_db


def address(act: str, phone: str = api.JOHN) -> str:
    return f"/api/admin/conversations/{phone}/chat-support/{act}"


def test_send_answers_the_student_on_whatsapp():
    ticket = api.ticket()
    answer = api.client().post(address("send"), {"message": "Which class are you in?"})
    assert answer.status_code == 200
    wire, body = Message.objects.get(), answer.json()
    assert wire.text == "🎧 Support Team: Which class are you in?"
    assert body == {
        "status": "success",
        "message": "Message sent to user",
        "data": {
            "phone_number": "+2348031234567",
            "message_sent": "Which class are you in?",
            "timestamp": body["data"]["timestamp"],
            "message_id": wire.pk,
        },
    }
    assert datetime.fromisoformat(body["data"]["timestamp"]) == ticket.messages.get().created_at


def test_end_says_goodbye_and_takes_the_student_out_of_the_chat():
    ticket = api.ticket()
    answer = api.client().post(address("end"), {"message": "Glad to help!"})
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "success",
        "message": "Chat support session ended",
        "data": {"phone_number": "+2348031234567", "session_ended": True},
    }
    ticket.refresh_from_db()
    assert ticket.status == "RESOLVED"
    assert "Glad to help!" in Message.objects.get().text
    assert Conversation.objects.get().state == "idle"


@pytest.mark.parametrize("body", [None, {}, {"message": ""}])
def test_end_needs_no_words(body):
    api.ticket()
    assert api.client().post(address("end"), body).status_code == 200
    assert Message.objects.count() == 1
    assert not SupportTicket.objects.filter(open_for__isnull=False).exists()


@pytest.mark.parametrize("act", ["send", "end"])
def test_without_an_active_chat_it_is_409(act):
    api.contact()
    client = api.client()
    answer = client.post(address(act), {"message": "Hello"})
    assert answer.status_code == 409
    assert answer.json()["message"] == "No chat is active with this student."
    assert not Message.objects.exists()


def test_a_chat_ends_once():
    api.ticket()
    client = api.client()
    assert client.post(address("end")).status_code == 200
    assert client.post(address("end")).status_code == 409
    assert client.post(address("send"), {"message": "One more thing"}).status_code == 409


@pytest.mark.parametrize("act", ["send", "end"])
def test_an_unknown_number_is_404(act):
    answer = api.client().post(address(act, "2348039999999"), {"message": "Hello"})
    assert answer.status_code == 404


@pytest.mark.parametrize("phone", ["08031234567", "2348031234567", "%2B2348031234567"])
def test_the_number_may_be_written_in_every_way(phone):
    api.ticket()
    answer = api.client().post(address("send", phone), {"message": "Hello"})
    assert answer.json()["data"]["phone_number"] == "+2348031234567"


def test_when_the_24_hours_are_over_send_is_409_and_says_so():
    api.ticket(api.contact(hours_ago=25))
    answer = api.client().post(address("send"), {"message": "Hello"})
    assert answer.status_code == 409
    assert "24 hours" in answer.json()["message"]


@pytest.mark.parametrize("body", [{}, {"message": " "}, {"message": "x" * 16_001}])
def test_a_wrong_message_is_refused_and_named(body):
    api.ticket()
    answer = api.client().post(address("send"), body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["message"]


def test_closing_words_that_whatsapp_would_refuse_end_nothing():
    ticket = api.ticket()
    answer = api.client().post(address("end"), {"message": "x" * 16_001})
    assert answer.status_code == 400
    ticket.refresh_from_db()
    assert ticket.is_open


def test_sending_takes_few_statements():
    api.ticket()
    client = api.client()
    client.get("/api/support/notifications")  # notes the token's use, once a minute
    with queries_made() as sql:
        client.post(address("send"), {"message": "Hello"})
    assert len(sql) <= 12, sql
