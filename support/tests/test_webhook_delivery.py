"""Events reach other systems: signed, in order for each contact, once the receiver is back."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from support import services
from support.models import Event, WebhookDelivery, WebhookEndpoint
from support.tests import api, receiver
from support.tests.receiver import Receiver, deliver
from support.webhooks import client, delivering, endpoints, leases, notices
from whatsapp.models import Contact

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.fixture
def crm(settings) -> Iterator[Receiver]:
    settings.DEBUG, settings.WEBHOOK_PRIVATE_ADDRESSES = True, True
    with receiver.listening() as listener:
        yield listener


def happen(person: Contact, count: int = 1) -> None:
    for _ in range(count):
        Event.objects.create(type="message.received", contact=person, data={"text": "é 😀"})


def people(count: int) -> list[Contact]:
    return [api.contact(api.phone(number), f"Student {number}") for number in range(count)]


def test_an_event_is_posted_as_the_feed_shows_it(crm: Receiver):
    endpoint = receiver.endpoint(crm)
    ticket = api.ticket()
    assert deliver() == 1

    [(headers, body)] = crm.calls
    event = json.loads(body)
    assert (event["type"], event["ticket_id"]) == ("ticket.opened", ticket.pk)
    assert event["data"]["ticket"]["phone_number"] == api.JOHN
    assert headers["webhook-id"] == str(event["id"])
    assert headers["path"] == "/hooks?from=edubot"
    assert headers["content-type"] == "application/json"
    crm.verify(endpoint.secret)
    user = api.staff(is_superuser=True)
    assert api.client(user).get("/api/events").json()["events"] == [event]


def test_a_forged_body_does_not_pass_the_public_library(crm: Receiver):
    endpoint = receiver.endpoint(crm)
    happen(api.contact())
    deliver()
    [(headers, body)] = crm.calls
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(body.decode() + " ", headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(WebhookEndpoint(url="x").secret).verify(body.decode(), headers)


def test_only_chosen_events_are_posted(crm: Receiver):
    receiver.endpoint(crm, "chat.ended")
    ticket = api.ticket()
    services.end(ticket.pk, services.BOT)
    assert deliver() == 1
    assert [event["type"] for event in crm.taken] == ["chat.ended"]
    assert crm.taken[0]["data"]["ticket"]["status"] == "RESOLVED"


def test_nothing_is_posted_twice(crm: Receiver):
    receiver.endpoint(crm)
    happen(api.contact(), 3)
    assert deliver() == 3
    assert deliver() == 0
    assert len(crm.calls) == 3


def test_a_receiver_that_is_down_for_an_hour_gets_everything_once_and_in_order(crm: Receiver):
    endpoint = receiver.endpoint(crm)
    students = people(5)
    crm.status = 503
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(60):
            for student in students:
                happen(student)
            deliver()
            clock.shift(timedelta(minutes=1))
        tried = len(crm.calls)
        assert tried < 60, "A receiver that is down is left in peace."
        crm.status = 200
        clock.shift(timedelta(minutes=5))
        while deliver():
            pass

    assert sorted(crm.ids) == list(range(1, 301))
    for student in students:
        theirs = [event["id"] for event in crm.taken if event["contact_id"] == student.pk]
        assert theirs == sorted(theirs)
        assert len(theirs) == 60
    with time_machine.travel(NOON + timedelta(minutes=65), tick=False):
        for headers, body in crm.calls[tried:]:
            Webhook(endpoint.secret).verify(body.decode(), headers)


def test_the_only_event_of_a_receiver_that_is_back_waits_five_minutes_at_most(crm: Receiver):
    receiver.endpoint(crm)
    happen(api.contact())
    crm.status = 503
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(180):
            deliver()
            clock.shift(timedelta(minutes=1))
        crm.status = 200
        clock.shift(timedelta(minutes=5))
        assert deliver() == 1


def test_one_event_that_is_refused_holds_up_its_own_contact_only(crm: Receiver):
    receiver.endpoint(crm)
    john, ada = people(2)
    happen(john, 2)
    happen(ada, 2)
    crm.refuse = lambda event: event["contact_id"] == john.pk
    deliver()
    assert [event["contact_id"] for event in crm.taken] == [ada.pk, ada.pk]

    crm.refuse = lambda _event: False
    WebhookDelivery.objects.update(due_at=timezone.now())
    WebhookEndpoint.objects.update(due_at=None)
    while deliver():
        pass
    assert [e["id"] for e in crm.taken if e["contact_id"] == john.pk] == [1, 2]


def test_an_event_that_is_refused_for_a_day_is_given_up_and_the_next_follow(crm: Receiver):
    receiver.endpoint(crm)
    john, ada = people(2)
    happen(john, 2)
    crm.refuse = lambda event: event["id"] == 1
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(50):
            happen(ada)
            deliver()
            clock.shift(timedelta(minutes=30))
        assert WebhookDelivery.objects.get(event__position=1).state == "failed"
        assert [e["id"] for e in crm.taken if e["contact_id"] == john.pk] == [2]


def test_a_receiver_that_took_nothing_for_a_day_is_paused_and_staff_are_told(crm: Receiver):
    api.staff(is_superuser=True, email="root@example.org")
    endpoint = receiver.endpoint(crm)
    happen(api.contact(), 3)
    crm.status = 500
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(26 * 6):
            deliver()
            clock.shift(timedelta(minutes=10))
        endpoint.refresh_from_db()
        assert endpoint.paused_at
        calls = len(crm.calls)
        happen(api.contact())
        deliver()
        assert len(crm.calls) == calls, "Nobody knocks at a paused endpoint."
        assert notices.tell_of_pauses(30) == 1
        assert notices.tell_of_pauses(30) == 0
        assert mail.outbox[0].to == ["root@example.org"]
        assert endpoint.url in mail.outbox[0].body

        crm.status = 200
        endpoints.resume(endpoint.pk)
        while deliver():
            pass
    assert crm.ids == [1, 2, 3, 4]


def test_a_receiver_that_says_gone_is_paused_at_once(crm: Receiver):
    endpoint = receiver.endpoint(crm)
    happen(api.contact())
    crm.status = 410
    deliver()
    endpoint.refresh_from_db()
    assert endpoint.paused_at
    assert WebhookDelivery.objects.get().state == "waiting"


def test_redirects_are_not_followed(crm: Receiver):
    receiver.endpoint(crm)
    happen(api.contact())
    crm.status, crm.headers = 302, {"Location": crm.url}
    deliver()
    assert len(crm.calls) == 1
    assert "redirects" in WebhookDelivery.objects.get().error


def test_the_log_keeps_request_and_the_beginning_of_the_answer(crm: Receiver):
    receiver.endpoint(crm)
    happen(api.contact())
    crm.answer = b"\xff\x00" + b"x" * 1_000_000
    deliver()
    delivery = WebhookDelivery.objects.get()
    assert delivery.state == "delivered"
    assert delivery.status_code == 200
    assert delivery.request["webhook-id"] == "1"
    assert len(delivery.response) == client.KEPT


def test_a_receiver_that_never_ends_its_answer_is_given_up(crm: Receiver, monkeypatch):
    monkeypatch.setattr(client, "PATIENCE", 0.2)
    endpoint = receiver.endpoint(crm)
    happen(api.contact())
    monkeypatch.setattr(crm, "hear", lambda *_: __import__("time").sleep(1) or 200)
    deliver()
    delivery = WebhookDelivery.objects.get()
    assert delivery.state == "waiting"
    assert "No answer" in delivery.error
    endpoint.refresh_from_db()
    assert endpoint.failures == 1


def test_both_secrets_sign_for_a_day_after_a_change(crm: Receiver):
    endpoint = receiver.endpoint(crm)
    old, new = endpoint.secret, endpoints.rotate(endpoint.pk).secret
    assert old != new
    happen(api.contact())
    deliver()
    crm.verify(old)
    crm.verify(new)

    WebhookEndpoint.objects.update(old_secret_until=timezone.now())
    crm.calls.clear()
    happen(api.contact())
    deliver()
    crm.verify(new)
    with pytest.raises(WebhookVerificationError):
        crm.verify(old)


def test_sending_again_keeps_the_id(crm: Receiver):
    receiver.endpoint(crm)
    happen(api.contact())
    deliver()
    assert endpoints.send_again(WebhookDelivery.objects.get())
    assert not endpoints.send_again(WebhookDelivery.objects.get()), "It waits already."
    deliver()
    assert crm.ids == [1, 1]


def test_a_worker_that_died_is_followed_by_another_under_the_same_id(crm: Receiver, monkeypatch):
    endpoint = receiver.endpoint(crm)
    happen(api.contact())
    monkeypatch.setattr(delivering, "_record", lambda *_: 1 / 0)  # posted, and killed
    with pytest.raises(ZeroDivisionError):
        deliver()
    monkeypatch.undo()
    assert deliver() == 0, "The dead worker's lease still lasts."
    WebhookEndpoint.objects.update(lease_until=timezone.now())
    assert deliver() == 1
    assert [headers["webhook-id"] for headers, _ in crm.calls] == ["1", "1"]
    assert leases.claim(endpoint.pk), "Released."


def test_a_worker_that_slept_past_its_lease_writes_nothing(crm: Receiver):
    endpoint = receiver.endpoint(crm)
    mine = leases.claim(endpoint.pk)
    WebhookEndpoint.objects.update(lease_until=timezone.now())
    assert leases.claim(endpoint.pk)
    assert mine
    with pytest.raises(leases.EndpointLost):
        leases.fence(mine, failures=3)


def test_an_endpoint_that_is_off_gets_nothing_later_either(crm: Receiver):
    endpoint = receiver.endpoint(crm)
    WebhookEndpoint.objects.update(active=False)
    happen(api.contact())
    deliver()
    WebhookEndpoint.objects.update(active=True)
    deliver()
    assert crm.calls == []
    assert endpoint.types
