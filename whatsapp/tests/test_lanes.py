"""A lane is held by one worker, for the time of a lease, and never loses work."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone

from whatsapp import lanes, worker
from whatsapp.lanes import LaneLost
from whatsapp.models import Contact
from whatsapp.tests.clock import MORNING

pytestmark = pytest.mark.django_db

LEASE = django_settings.WHATSAPP_LEASE


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


@pytest.fixture
def contact() -> Contact:
    return Contact.objects.create(phone="+2348031234567", due_at=MORNING)


def due_at(contact: Contact) -> datetime | None:
    contact.refresh_from_db()
    return contact.due_at


def test_a_lane_that_is_held_cannot_be_claimed(contact: Contact):
    assert lanes.claim(contact.pk) is not None
    assert lanes.claim(contact.pk) is None
    assert lanes.due() == []


def test_a_lane_whose_holder_died_is_due_when_the_lease_ends(contact: Contact, clock):
    lanes.claim(contact.pk)
    clock.shift(LEASE)

    assert lanes.due() == [contact.pk]
    assert lanes.claim(contact.pk) is not None


def test_each_claim_raises_the_epoch_and_fences_off_the_last_holder(contact: Contact, clock):
    sleeper = lanes.claim(contact.pk)
    clock.shift(LEASE)
    holder = lanes.claim(contact.pk)

    lanes.fence(holder)
    with pytest.raises(LaneLost):
        lanes.fence(sleeper)
    assert not lanes.release(sleeper, None)
    lanes.fence(holder)


def test_working_in_a_lane_prolongs_the_lease(contact: Contact, clock):
    lane = lanes.claim(contact.pk)
    clock.shift(LEASE - timedelta(seconds=1))
    lanes.fence(lane)
    clock.shift(LEASE - timedelta(seconds=1))

    assert lanes.claim(contact.pk) is None
    assert lanes.due() == []


def test_a_released_lane_is_due_when_it_said(contact: Contact, clock):
    later = timezone.now() + timedelta(minutes=5)
    assert lanes.release(lanes.claim(contact.pk), later)

    assert lanes.due() == []
    clock.shift(timedelta(minutes=5))
    assert lanes.due() == [contact.pk]


def test_a_lane_released_without_work_is_not_due(contact: Contact):
    assert lanes.release(lanes.claim(contact.pk), None)

    assert due_at(contact) is None
    assert lanes.due() == []


def test_work_that_came_while_the_lane_was_held_is_not_forgotten(contact: Contact, clock):
    lane = lanes.claim(contact.pk)
    clock.shift(1)
    lanes.wake(contact.pk)

    assert not lanes.release(lane, None)
    assert lanes.due() == [contact.pk]
    assert lanes.claim(contact.pk) is not None


def test_work_that_came_after_the_lease_was_prolonged_is_not_forgotten(contact: Contact, clock):
    lane = lanes.claim(contact.pk)
    clock.shift(5)
    lanes.fence(lane)
    lanes.wake(contact.pk)

    assert not lanes.release(lane, None)
    assert lanes.due() == [contact.pk]


def test_the_longest_waiting_lane_comes_first():
    moments = [MORNING - timedelta(minutes=minutes) for minutes in (1, 3, 2)]
    a, b, c = (Contact.objects.create(due_at=moment) for moment in moments)
    Contact.objects.create(due_at=None)
    Contact.objects.create(due_at=MORNING + timedelta(seconds=1))

    assert lanes.due() == [b.pk, c.pk, a.pk]
    assert lanes.due(limit=1) == [b.pk]


def test_a_lane_of_nobody_cannot_be_claimed():
    assert lanes.claim(404) is None
    assert not worker.run(404)


def test_a_worker_leaves_an_empty_lane_not_due(contact: Contact):
    assert worker.run(contact.pk)

    assert due_at(contact) is None
