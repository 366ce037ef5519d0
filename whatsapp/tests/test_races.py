"""Webhooks, sorters and workers at the same moment, on a database that locks rows."""

import threading
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from whatsapp import contacts, lanes, sorting, worker
from whatsapp.models import Contact, Identity, Message, Receipt
from whatsapp.signature import sign
from whatsapp.simulator import student
from whatsapp.simulator.models import SimulatedWebhook
from whatsapp.tests import webhooks
from whatsapp.tests.lane import Lane, receive
from whatsapp.tests.phone import Phone
from whatsapp.tests.threads import together
from whatsapp.tests.webhooks import body, envelope, text
from whatsapp.transactions import unit_of_work

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def work_until_quiet() -> None:
    """A worker process: sorts and runs lanes as long as there is anything to do."""
    quiet_since = time.monotonic()
    while time.monotonic() < quiet_since + 0.5:
        if sorting.sort_all() + sum(map(worker.run, lanes.due())):
            quiet_since = time.monotonic()


def queued_bodies() -> list[bytes]:
    """What the simulated Meta would post now, taken off its list."""
    waiting = list(SimulatedWebhook.objects.exclude(due_at=None).order_by("id"))
    SimulatedWebhook.objects.filter(pk__in=[row.pk for row in waiting]).update(due_at=None)
    return [bytes(row.body) for row in waiting]


def post(one: bytes, secret: str) -> int:
    response = Client().post(
        "/webhooks/whatsapp",
        data=one,
        content_type="application/json",
        headers={"X-Hub-Signature-256": sign(one, secret)},
    )
    return int(response.status_code)


def test_the_same_body_eight_times_at_once_is_handled_once(settings):
    john = Phone()
    student.say(john.row, "support")
    (one,) = queued_bodies()

    assert together(*[partial(post, one, settings.WHATSAPP_APP_SECRET)] * 8) == [200] * 8
    together(*[work_until_quiet] * 4)

    assert Receipt.objects.count() == 1
    assert Message.objects.filter(direction="in").count() == 1
    assert len(john.received) == 1


handled: list[str] = []


def remember(message: Message) -> bool:
    """A handler that takes its time."""
    handled.append(message.text)
    time.sleep(0.01)
    return False


def test_eight_messages_of_one_student_at_once_are_handled_in_the_order_of_their_times(settings):
    settings.WHATSAPP_MESSAGE_HANDLER = f"{__name__}.remember"
    handled.clear()
    john, now = Phone(), timezone.now()
    for number in range(8):
        student.say(john.row, str(number), at=now - timedelta(seconds=60 - number))
    bodies = queued_bodies()

    posts = [partial(post, one, settings.WHATSAPP_APP_SECRET) for one in reversed(bodies)]
    assert together(*posts) == [200] * 8
    together(*[work_until_quiet] * 4)

    assert handled == [str(number) for number in range(8)]


def test_four_workers_at_one_lane_make_one_claim():
    lane = Lane()

    for _ in range(10):
        claims = together(*[partial(lanes.claim, lane.contact.pk)] * 4)
        held = [claim for claim in claims if claim]
        assert len(held) == 1
        lanes.release(held[0], None)


def test_a_lane_woken_while_it_is_given_back_stays_due():
    """Whoever wakes it has not committed yet when it is given back."""
    contact_id = Lane().contact.pk
    held, woken = lanes.claim(contact_id), threading.Event()
    assert held is not None

    def wake() -> None:
        with transaction.atomic():
            lanes.wake(contact_id)
            woken.set()
            time.sleep(0.2)  # so that the release comes to the locked row

    def give_back() -> bool:
        woken.wait(timeout=10)
        return lanes.release(held, None)

    assert together(wake, give_back) == [None, False]
    assert lanes.due() == [contact_id]


def test_four_workers_at_one_lane_send_each_message_once_and_in_order():
    lane = Lane()
    lane.queue(*(str(number) for number in range(20)))
    together(*[work_until_quiet] * 4)

    assert lane.read == [str(number) for number in range(20)]


def test_four_sorters_sort_everything_once(settings):
    settings.WHATSAPP_PHONE_NUMBER_ID = webhooks.PHONE_NUMBER_ID
    for number in range(60):
        phone = f"23480{number % 7:08}"
        receive(body(envelope(text(f"a{number}", sender=phone), text(f"b{number}", sender=phone))))
    together(*[sorting.sort_all] * 4)
    sorting.sort_all()

    assert Message.objects.count() == 120
    assert Contact.objects.count() == 7
    assert set(Receipt.objects.values_list("state", "attempts")) == {("sorted", 0)}


def test_sorters_and_workers_do_not_stand_in_each_others_way(settings):
    """Messages, statuses and deliveries of the same few people, all at once."""
    people = [Phone(number=f"23480{number:08}") for number in range(4)]

    def write(phone: Phone) -> None:
        for number in range(10):
            student.say(phone.row, f"what is {number}")
            for one in queued_bodies():
                post(one, settings.WHATSAPP_APP_SECRET)

    together(*(partial(write, phone) for phone in people), *[work_until_quiet] * 4)
    for _ in range(3):
        for one in queued_bodies():
            post(one, settings.WHATSAPP_APP_SECRET)
        work_until_quiet()

    assert not Message.objects.filter(status__in=["waiting", "failed", "queued"]).exists()
    assert Message.objects.filter(direction="in", status="handled").count() == 40
    assert [len(phone.received) for phone in people] == [10] * 4
    assert set(Receipt.objects.values_list("state", "attempts")) == {("sorted", 0)}


def test_new_contacts_from_eight_sides_at_once_raise_nothing():
    def meet(side: int) -> None:
        for number in range(25):
            unit_of_work(contacts.of_phone)(f"+23480{side}{number:06}", "New")

    together(*(partial(meet, side) for side in range(8)))

    assert Contact.objects.count() == Identity.objects.count() == 200


def test_units_of_work_that_deadlock_are_both_done():
    first, second = Contact.objects.create(), Contact.objects.create()

    @unit_of_work
    def rename(one: Contact, other: Contact) -> None:
        for contact in (one, other):
            row = Contact.objects.select_for_update().get(pk=contact.pk)
            row.name += "x"
            row.save(update_fields=["name"])
            time.sleep(0.02)

    for _ in range(10):
        together(partial(rename, first, second), partial(rename, second, first))

    assert set(Contact.objects.values_list("name", flat=True)) == {"x" * 20}


def test_a_locked_lane_makes_no_webhook_wait(settings):
    lane = Lane()
    student.say(lane.phone.row, "hello")
    (one,) = queued_bodies()
    answered: list[float] = []

    def hold() -> None:
        with transaction.atomic():
            lanes.lock(lane.contact.pk)
            time.sleep(1.5)

    def knock() -> None:
        time.sleep(0.3)
        started = time.monotonic()
        assert post(one, settings.WHATSAPP_APP_SECRET) == 200
        answered.append(time.monotonic() - started)

    together(hold, knock)
    assert answered[0] < 1
