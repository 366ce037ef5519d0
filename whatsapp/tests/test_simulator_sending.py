"""The simulated Graph API takes a message, knows the window, and sends the ticks back."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from whatsapp.simulator import phones, student
from whatsapp.simulator.models import (
    Misbehaviour,
    SimulatedMessage,
    SimulatedPhone,
    SimulatedWebhook,
)
from whatsapp.tests import graph
from whatsapp.tests.graph import TEXT, code, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def john() -> SimulatedPhone:
    row = phones.create("John Doe", "2348031234567", user_id="NG.1")
    student.say(row, "Hello")
    SimulatedWebhook.objects.all().delete()
    return row


def statuses() -> list[dict[str, Any]]:
    rows = SimulatedWebhook.objects.order_by("due_at")
    values = [json.loads(bytes(row.body))["entry"][0]["changes"][0]["value"] for row in rows]
    return [status for value in values for status in value.get("statuses", [])]


def test_a_message_is_accepted_with_its_wamid(john: SimulatedPhone) -> None:
    answer = send(TEXT).json()

    stored = SimulatedMessage.objects.get(direction="from_business")
    assert answer == {
        "messaging_product": "whatsapp",
        "contacts": [{"input": "+2348031234567", "wa_id": "2348031234567"}],
        "messages": [{"id": stored.wamid}],
    }


def test_a_hidden_student_is_reached_by_user_id() -> None:
    student.say(phones.create("Ada", None, user_id="NG.2"), "Hello")

    answer = send(TEXT | {"recipient": "NG.2"}, to="").json()

    assert answer["contacts"] == [{"input": "NG.2", "user_id": "NG.2"}]
    delivered = statuses()[-1]
    assert "recipient_id" not in delivered
    assert delivered["recipient_user_id"] == "NG.2"


def test_the_number_wins_over_the_user_id(john: SimulatedPhone) -> None:
    student.say(phones.create("Ada", None, user_id="NG.2"), "Hello")

    send(TEXT | {"recipient": "NG.2"})

    assert john.messages.filter(direction="from_business").count() == 1


def test_sent_delivered_and_read_follow_in_that_order(john: SimulatedPhone) -> None:
    wamid = send(TEXT | {"biz_opaque_callback_data": "msg:7"}).json()["messages"][0]["id"]

    reported = statuses()
    assert [status["status"] for status in reported] == ["sent", "delivered", "read"]
    assert {status["id"] for status in reported} == {wamid}
    assert {status["biz_opaque_callback_data"] for status in reported} == {"msg:7"}
    assert {status["recipient_id"] for status in reported} == {"2348031234567"}
    assert ["pricing" in status for status in reported] == [True, True, False]


def test_a_student_without_read_receipts_never_reports_read(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, reads_messages=False).save()

    send(TEXT)

    assert [status["status"] for status in statuses()] == ["sent", "delivered"]


def test_an_unknown_number_is_undeliverable(john: SimulatedPhone) -> None:
    assert code(send(TEXT, to="+2348000000000")) == 131026


def test_our_own_number_is_refused(john: SimulatedPhone) -> None:
    assert code(send(TEXT, to="+2347001234567")) == 131021


def silent_for(phone: SimulatedPhone, silence: timedelta) -> None:
    phone.last_wrote_at = timezone.now() - silence
    phone.save()


def test_free_text_reaches_a_student_who_wrote_within_a_day(john: SimulatedPhone) -> None:
    silent_for(john, timedelta(hours=23, minutes=59))

    assert send(TEXT).status_code == 200


def test_free_text_is_refused_when_the_window_is_shut(john: SimulatedPhone) -> None:
    silent_for(john, timedelta(hours=24, seconds=1))

    response = send(TEXT)

    assert (response.status_code, code(response)) == (400, 131047)
    assert not statuses()


def test_a_student_who_never_wrote_has_no_window() -> None:
    phones.create("John Doe", "2348031234567")

    assert code(send(TEXT)) == 131047


def test_the_window_can_be_left_unchecked(john: SimulatedPhone) -> None:
    silent_for(john, timedelta(days=3))
    Misbehaviour(pk=1, checks_window=False).save()

    assert send(TEXT).status_code == 200


def test_a_template_goes_through_a_shut_window(john: SimulatedPhone) -> None:
    silent_for(john, timedelta(days=3))
    template = {"name": "keep_chat_open", "language": {"code": "en"}}

    answer = send({"type": "template", "template": template}).json()

    assert answer["messages"][0]["message_status"] == "accepted"
    assert statuses()[0]["pricing"]["category"] == "utility"


def test_an_old_message_that_arrives_late_does_not_open_the_window(john: SimulatedPhone) -> None:
    silent_for(john, timedelta(days=3))

    student.say(john, "Sent two days ago", at=timezone.now() - timedelta(days=2))

    assert code(send(TEXT)) == 131047


def mark_read(wamid: str, **more: object) -> Any:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid, **more}
    return graph.session().post(graph.messages_url(), json=body, timeout=5)


def test_marking_read_turns_the_ticks_of_earlier_messages_too(john: SimulatedPhone) -> None:
    second = student.say(john, "Second")
    third = student.say(john, "Third")

    assert mark_read(second.wamid).json() == {"success": True}

    ticks = dict(SimulatedMessage.objects.values_list("wamid", "status"))
    assert ticks.pop(third.wamid) == "accepted"
    assert set(ticks.values()) == {"read"}


def test_typing_shows_until_the_message_comes(john: SimulatedPhone) -> None:
    mark_read(student.say(john, "Hello").wamid, typing_indicator={"type": "text"})
    john.refresh_from_db()
    assert john.business_types_until is not None

    send(TEXT)

    john.refresh_from_db()
    assert john.business_types_until is None


def test_an_unknown_message_cannot_be_marked_read(john: SimulatedPhone) -> None:
    assert code(mark_read("wamid.UNKNOWN")) == 131009


def test_our_own_message_cannot_be_marked_read(john: SimulatedPhone) -> None:
    wamid = send(TEXT).json()["messages"][0]["id"]

    assert code(mark_read(wamid)) == 131009


def test_a_reaction_lands_on_its_message_and_reports_sent_only(john: SimulatedPhone) -> None:
    message = student.say(john, "Thank you")

    send({"type": "reaction", "reaction": {"message_id": message.wamid, "emoji": "👍"}})

    message.refresh_from_db()
    assert message.business_reaction == "👍"
    assert [status["status"] for status in statuses()] == ["sent"]


def test_a_reaction_to_an_unknown_message_is_refused(john: SimulatedPhone) -> None:
    reaction = {"message_id": "wamid.UNKNOWN", "emoji": "👍"}

    assert code(send({"type": "reaction", "reaction": reaction})) == 131009


@pytest.mark.parametrize("content", ["not json", "[]", '"text"'])
def test_a_body_that_is_no_object_is_refused(john: SimulatedPhone, content: str) -> None:
    response = graph.session().post(graph.messages_url(), data=content, timeout=5)

    assert code(response) == 100
