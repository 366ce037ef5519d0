"""Events that commit late, publishers and readers at the same moment: no reader misses one."""

import random
import threading
import time
from functools import partial

import pytest
from django.db import transaction

from support.events import messages, publishing
from support.models import Event, EventCounter, WebhookDelivery, WebhookEndpoint
from support.tests import api, receiver
from support.tests.receiver import deliver
from support.webhooks import leases
from whatsapp import lanes
from whatsapp.models import Message
from whatsapp.news import News
from whatsapp.tests.lane import Lane
from whatsapp.tests.threads import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WRITERS, EACH = 6, 40


def read(seen: list[int]) -> None:
    """What an integrator does: ask for what comes after the last that was seen."""
    last, until = 0, time.monotonic() + 60
    while len(seen) < WRITERS * EACH and time.monotonic() < until:
        for event in Event.objects.filter(position__gt=last).order_by("position")[:50]:
            seen.append(event.pk)
            last = event.position


def test_a_reader_that_only_looks_ahead_misses_nothing_that_commits_late():
    person = api.contact()
    done = threading.Event()
    finished: list[int] = []
    seen: list[int] = []

    def write(side: int) -> None:
        dice = random.Random(side)
        for number in range(EACH):
            with transaction.atomic():
                Event.objects.create(type="message.received", contact=person, data=[side, number])
                time.sleep(dice.choice([0, 0, 0.02, 0.05]))  # the id is taken, the commit waits
        finished.append(side)
        if len(finished) == WRITERS:
            done.set()

    def publish() -> None:
        while not done.is_set():
            publishing.publish()
        publishing.publish()

    together(
        *(partial(write, side) for side in range(WRITERS)),
        publish,
        publish,
        publish,
        partial(read, seen),
    )

    assert sorted(seen) == sorted(Event.objects.values_list("pk", flat=True))
    assert len(set(seen)) == WRITERS * EACH
    positions = list(Event.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, WRITERS * EACH + 1))
    assert EventCounter.objects.get().last == WRITERS * EACH
    assert seen != sorted(seen), "Nothing committed late: this run proves nothing."


def test_first_publishers_at_the_same_moment_make_one_counter():
    Event.objects.create(type="message.received", contact=api.contact(), data={})
    together(*[publishing.publish] * 8)
    assert EventCounter.objects.count() == 1
    assert Event.objects.get().position == 1


def test_news_of_messages_waits_for_no_lane():
    """The sorter holds locks of messages; if it asked for a lane here, it could deadlock."""
    lane = Lane()
    [message] = lane.queue("hello")
    took: list[float] = []

    def hold() -> None:
        with transaction.atomic():
            lanes.lock(lane.contact.pk)
            time.sleep(1.5)

    def tell() -> None:
        time.sleep(0.3)
        started = time.monotonic()
        with transaction.atomic():
            Message.objects.select_for_update().get(pk=message.pk)
            messages.hear([(News.STATUS, message)])
        took.append(time.monotonic() - started)

    together(hold, tell)
    assert took[0] < 1
    assert Event.objects.filter(contact=lane.contact).exists()


def test_four_workers_at_one_endpoint_post_everything_once_and_in_order(settings):
    settings.DEBUG, settings.WEBHOOK_PRIVATE_ADDRESSES = True, True
    people = [api.contact(api.phone(number)) for number in range(5)]
    with receiver.listening() as crm:
        endpoint = receiver.endpoint(crm)
        for _ in range(10):
            for person in people:
                Event.objects.create(type="message.received", contact=person, data={})
        publishing.publish()

        def work() -> None:
            quiet_since = time.monotonic()
            while time.monotonic() < quiet_since + 0.5:
                if deliver():
                    quiet_since = time.monotonic()

        together(*[work] * 4)

        assert sorted(crm.ids) == list(range(1, 51))
        for person in people:
            theirs = [event["id"] for event in crm.taken if event["contact_id"] == person.pk]
            assert theirs == sorted(theirs)
    assert not WebhookDelivery.objects.exclude(state="delivered").exists()
    assert WebhookEndpoint.objects.get(pk=endpoint.pk).lease_until is None
    assert leases.with_work() == []
