"""One number's line to Meta: held for all while something is wrong with it, and never too fast."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from whatsapp import lanes, line
from whatsapp.line import Busy
from whatsapp.models import Contact, Line, Message
from whatsapp.models.message import Author
from whatsapp.simulator.transport import SimulatorAdapter
from whatsapp.tests.clock import MORNING
from whatsapp.tests.lane import Lane, Refusing, calls, misbehave, mount, status

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def pace(settings) -> None:
    settings.WHATSAPP_MESSAGES_PER_SECOND = 80


@pytest.fixture
def people(clock, db) -> list[Lane]:
    return [Lane(f"23480{number:08}") for number in range(10)]


def work(people: list[Lane]) -> None:
    """Every lane that is due, as the sweep would."""
    for person in people:
        person.work()


def texts(people: list[Lane]) -> list[list[str]]:
    return [person.read for person in people]


def test_a_revoked_token_is_tried_once_a_minute_by_one_lane_for_all(people: list[Lane], clock):
    for person in people:
        person.queue("one", "two")
    misbehave(token_revoked=True)
    for _ in range(10 * 60):
        work(people)
        clock.shift(1)

    assert calls() <= 10, "Ten minutes, ten lanes: not one call for each."
    assert Message.objects.filter(direction="out", status="queued").count() == 20
    assert sum(Message.objects.values_list("refusals", flat=True)) == 0

    misbehave()
    for _ in range(90):
        work(people)
        clock.shift(1)
    assert texts(people) == [["one", "two"]] * 10


def test_once_a_trial_is_taken_the_others_follow_at_once(people: list[Lane], clock):
    misbehave(token_revoked=True)
    for person in people:
        person.queue("Good morning")
    work(people)
    misbehave()
    clock.shift(2 * MINUTE)
    work(people)
    work(people)
    assert texts(people) == [["Good morning"]] * 10
    assert Line.objects.get().held_until is None


def test_a_trial_that_fails_for_reasons_of_its_own_opens_the_line_too(people: list[Lane], clock):
    first, second = people[:2]
    first.queue("Good morning")
    misbehave(token_revoked=True)
    work(people)
    misbehave()
    first.phone.row.delete()  # Meta does not know this person: an answer, and not about us
    clock.shift(2 * MINUTE)
    work(people)
    assert line.trouble() is None

    second.queue("Good morning")
    work(people)
    assert second.read == ["Good morning"]


def test_a_trial_whose_worker_died_is_followed_by_another(people: list[Lane], clock):
    person = people[0]
    person.queue("Good morning")
    misbehave(token_revoked=True)
    work(people)
    misbehave()
    clock.shift(2 * MINUTE)
    assert line.take(is_urgent=True), "This is the trial of which nothing is heard again."
    with pytest.raises(Busy):
        line.take(is_urgent=True)

    clock.shift(2 * MINUTE)
    work(people)
    assert person.read == ["Good morning"]


def test_too_many_a_second_hold_the_number_a_little_and_then_longer(people: list[Lane], clock):
    people[0].queue("Good morning")
    mount(Refusing(130429, status=429))
    holds = []
    for _ in range(5):
        work(people)
        holds.append(Line.objects.get().held_until - timezone.now())
        clock.shift(holds[-1])
    assert holds == sorted(holds)
    assert holds[0] < timedelta(seconds=1.3)
    assert holds[4] > timedelta(seconds=15)

    mount(SimulatorAdapter())
    work(people)
    assert people[0].read == ["Good morning"]
    assert Line.objects.get().trials == 0


def test_too_many_to_one_person_hold_nobody_else(people: list[Lane], clock):
    busy, other = people[:2]
    busy.queue("one")
    mount(Refusing(131056, status=429))
    work(people)
    mount(SimulatorAdapter())
    other.queue("Good morning")
    work(people)
    assert other.read == ["Good morning"]
    assert busy.read == []


def test_no_read_marks_while_the_line_is_held(people: list[Lane], clock):
    person = people[0]
    person.queue("Good morning")
    misbehave(token_revoked=True)
    work(people)
    before = calls()
    person.phone.say("hello?")
    person.hear_statuses()
    work(people)
    assert calls() == before


def test_staff_read_why_nothing_goes_out_and_since_when(people: list[Lane], clock):
    assert line.trouble() is None
    people[0].queue("Good morning")
    misbehave(token_revoked=True)
    work(people)
    clock.shift(5 * MINUTE)
    work(people)

    trouble = line.trouble()
    assert trouble is not None
    assert "login has expired" in trouble.sentence
    assert trouble.since == MORNING


def test_a_number_that_is_merely_fast_is_no_trouble_for_staff(people: list[Lane], clock):
    people[0].queue("Good morning")
    mount(Refusing(130429, status=429))
    work(people)
    assert line.trouble() is None


def test_the_number_keeps_its_pace(clock, db, settings):
    settings.WHATSAPP_MESSAGES_PER_SECOND = 20
    taken = 0
    for _ in range(1000):
        with suppress(Busy):
            line.take(is_urgent=True)
            taken += 1
        clock.shift(0.01)
    assert 200 <= taken <= 210, "Ten seconds at twenty, and a few at once."


def test_who_comes_too_soon_is_told_when_to_come_again(clock, db):
    for _ in range(21):
        line.take(is_urgent=True)
    with pytest.raises(Busy) as refused:
        line.take(is_urgent=True)
    clock.move_to(refused.value.until)
    assert line.take(is_urgent=True) is False


def test_what_a_person_waits_for_goes_before_reminders_and_broadcasts(clock, db, settings):
    settings.WHATSAPP_MESSAGES_PER_SECOND = 80
    while True:
        try:
            line.take(is_urgent=False)
        except Busy:
            break
    assert line.take(is_urgent=True) is False, "There is still room for an answer."


@pytest.mark.parametrize(
    ("author", "wrote", "goes_out"),
    [
        (Author.AGENT, timedelta(hours=3), True),
        (Author.BOT, timedelta(seconds=10), True),
        (Author.BOT, timedelta(hours=3), False),
    ],
)
def test_while_it_is_busy_only_the_awaited_goes_out(
    clock, db, author: Author, wrote: timedelta, goes_out: bool
):
    person = Lane()
    wrote_at = timezone.now() - wrote
    Contact.objects.filter(pk=person.contact.pk).update(last_inbound_at=wrote_at)
    (message,) = person.queue("Good morning", author=author)
    ahead = int(timezone.now().timestamp() * line.SECOND) + line.SECOND // 5
    Line.objects.create(number_id=line.settings.WHATSAPP_PHONE_NUMBER_ID, spent_until=ahead)
    person.work()
    assert (status(message) == "accepted") is goes_out

    clock.shift(1)
    person.work()
    assert status(message) == "accepted"


def test_keeping_pace_costs_one_statement_a_message(lane: Lane):
    line.take(is_urgent=True)
    with CaptureQueriesContext(connection) as captured:
        line.take(is_urgent=True)
    assert len(captured) == 1


def test_one_person_gets_forty_at_once_and_then_one_every_six_seconds(clock, db, settings):
    settings.WHATSAPP_MESSAGES_PER_SECOND = 1000
    person = Lane()
    words = [str(number) for number in range(50)]
    person.queue(*words)
    person.work()
    person.work()
    assert person.read == words[:40]

    clock.shift(6)
    person.work()
    assert person.read == words[:41]
    for _ in range(10):
        clock.shift(6)
        person.work()
    assert person.read == words


def test_waiting_for_the_line_does_not_use_up_a_persons_share(people: list[Lane], clock):
    person = people[0]
    person.queue("one")
    misbehave(token_revoked=True)
    for _ in range(60):
        person.work()
        clock.shift(MINUTE)
        lanes.wake(person.contact.pk)
    person.contact.refresh_from_db()
    assert person.contact.spent_until < timezone.now()
