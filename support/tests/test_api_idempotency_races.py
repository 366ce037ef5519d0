"""The same POST many times at the same moment."""

import time
from functools import partial

import pytest

from support.api.once import HEADER
from support.models import IdempotencyKey, SupportTicket
from support.tests import api
from whatsapp.models import Message
from whatsapp.tests.threads import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT_ONCE = 20


def until_answered(client, address, body, key):
    """As a careful caller: asks again for as long as the first is in flight."""
    refusals = 0
    while True:
        answer = client.post(address, body, headers={HEADER: key})
        if answer.status_code != 409:
            return answer, refusals
        assert answer["Retry-After"] == "1"
        refusals += 1
        time.sleep(0.05)


def test_twenty_at_once_with_one_key_send_one_message():
    ticket, client = api.ticket(), api.client()
    address = f"/api/support/tickets/{ticket.pk}/messages"
    for number in range(5):
        call = partial(until_answered, client, address, {"message": "Hello"}, f"key-{number}")
        answers = [answer for answer, _ in together(*[call] * AT_ONCE)]
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert Message.objects.count() == number + 1
        assert sum(answer.has_header("Idempotent-Replayed") for answer in answers) == AT_ONCE - 1


def test_twenty_at_once_open_one_ticket_for_somebody_unknown():
    client = api.client()
    new = {"phone_number": api.JOHN, "sender_name": "John", "issue_description": "Help"}
    call = partial(until_answered, client, "/api/support/tickets", new, "key")
    assert {answer.status_code for answer, _ in together(*[call] * AT_ONCE)} == {201}
    assert SupportTicket.objects.count() == IdempotencyKey.objects.count() == 1


def test_an_abandoned_key_is_taken_over_by_one():
    ticket, client = api.ticket(), api.client()
    address = f"/api/support/tickets/{ticket.pk}/messages"
    until_answered(client, address, {"message": "Hello"}, "key")
    Message.objects.all().delete()
    row = IdempotencyKey.objects.get()
    IdempotencyKey.objects.update(status_code=None, answer=None, claimed_until=row.created_at)
    call = partial(until_answered, client, address, {"message": "Hello"}, "key")
    assert {answer.status_code for answer, _ in together(*[call] * AT_ONCE)} == {201}
    assert Message.objects.count() == 1
