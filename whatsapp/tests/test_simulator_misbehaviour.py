"""The simulated Meta misbehaves when told to, as the real one does unasked."""

import pytest
import requests

from whatsapp.simulator import phones, student
from whatsapp.simulator.models import (
    Misbehaviour,
    SimulatedCall,
    SimulatedPhone,
    SimulatedWebhook,
)
from whatsapp.tests import graph
from whatsapp.tests.graph import TEXT, code, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def john() -> SimulatedPhone:
    row = phones.create("John Doe", "2348031234567")
    student.say(row, "Hello")
    SimulatedWebhook.objects.all().delete()
    return row


def accepted(phone: SimulatedPhone) -> int:
    return phone.messages.filter(direction="from_business").count()


def test_a_dropped_connection_means_nothing_was_sent(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, refuse_connection_percent=100).save()

    with pytest.raises(requests.ConnectTimeout):
        send(TEXT)

    assert accepted(john) == 0


def test_a_hang_after_accepting_sends_the_message_and_its_ticks(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, accept_then_hang_percent=100).save()

    with pytest.raises(requests.ReadTimeout):
        send(TEXT | {"biz_opaque_callback_data": "msg:7"})

    assert accepted(john) == 1
    assert [b"msg:7" in bytes(row.body) for row in SimulatedWebhook.objects.all()] == [True] * 3


def test_a_hang_does_not_concern_refused_messages(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, accept_then_hang_percent=100).save()

    assert code(send({"type": "text", "text": {"body": ""}})) == 100


def test_a_slow_answer_beyond_the_timeout_is_a_timeout(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, slow_seconds=21).save()

    with pytest.raises(requests.ReadTimeout):
        send(TEXT)

    assert accepted(john) == 1


def test_a_slow_answer_within_the_timeout_is_an_answer(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, slow_seconds=19).save()

    assert send(TEXT).status_code == 200


def test_an_error_500_is_no_json_and_nothing_was_sent(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, error_500_percent=100).save()

    response = send(TEXT)

    assert response.status_code == 500
    with pytest.raises(requests.JSONDecodeError):
        response.json()
    assert accepted(john) == 0


def test_too_many_requests_bears_metas_codes(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, error_429_percent=100).save()

    response = send(TEXT)

    assert response.status_code == 429
    assert code(response) in {130429, 131056}
    assert accepted(john) == 0


def test_a_revoked_token_opens_nothing() -> None:
    Misbehaviour(pk=1, token_revoked=True).save()

    assert (send(TEXT).status_code, code(send(TEXT))) == (401, 190)


def test_a_wrong_token_opens_nothing() -> None:
    response = graph.session("other").post(graph.messages_url(), json=TEXT, timeout=5)

    assert (response.status_code, code(response)) == (401, 190)


def test_webhooks_may_come_twice(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, duplicate_webhooks_percent=100).save()

    student.say(john, "Hello")

    first, second = SimulatedWebhook.objects.all()
    assert bytes(first.body) == bytes(second.body)


def test_webhooks_may_come_out_of_order(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, shuffle_webhooks=True).save()

    for number in range(40):
        student.say(john, f"Message {number}")

    by_time = SimulatedWebhook.objects.order_by("due_at").values_list("id", flat=True)
    assert list(by_time) != sorted(by_time)


def test_ticks_may_take_their_time(john: SimulatedPhone) -> None:
    Misbehaviour(pk=1, status_delay=100).save()

    send(TEXT)

    first = SimulatedWebhook.objects.order_by("due_at")[0]
    assert first.due_at is not None
    assert 28 < (first.due_at - first.created_at).total_seconds() < 31


def test_the_log_tells_what_the_client_saw(john: SimulatedPhone) -> None:
    send(TEXT)
    Misbehaviour(pk=1, accept_then_hang_percent=100).save()
    with pytest.raises(requests.ReadTimeout):
        send(TEXT)
    Misbehaviour(pk=1, token_revoked=True).save()
    send(TEXT)

    calls = SimulatedCall.objects.order_by("id").values_list("status", flat=True)
    assert list(calls) == [200, 0, 401]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "v25.0/100000000000001", 200),
        ("GET", "v25.0/200000000000002/message_templates", 200),
        ("GET", "v25.0/200000000000002/subscribed_apps", 200),
        ("POST", "v25.0/200000000000002/subscribed_apps", 200),
        ("PUT", "v25.0/100000000000001/messages", 400),
        ("GET", "v25.0/nothing/here", 400),
        ("GET", "100000000000001", 400),
        ("GET", "v25.0/999", 400),
        ("POST", "v25.0/999/messages", 400),
    ],
)
def test_other_addresses_answer_as_the_graph_does(method: str, path: str, expected: int) -> None:
    address = f"{graph.url('')}".replace("v25.0/", path)

    assert graph.session().request(method, address, timeout=5).status_code == expected


def test_the_number_tells_its_name_and_quality() -> None:
    told = graph.session().get(graph.url("100000000000001"), timeout=5).json()

    assert told["display_phone_number"] == "+2347001234567"
    assert told["quality_rating"] == "GREEN"


def test_templates_are_listed_with_their_buttons() -> None:
    listed = graph.session().get(graph.url("200000000000002/message_templates"), timeout=5).json()

    template = next(entry for entry in listed["data"] if entry["name"] == "keep_chat_open")
    assert template["status"] == "APPROVED"
    assert template["components"][1]["buttons"][0]["text"] == "Keep my chat open"
