"""Minutes without Meta while thousands of messages wait: nothing lost, no storm, the same order."""

import json
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import requests
from django.db import connection
from django.db.models import Min
from django.utils import timezone
from requests.adapters import BaseAdapter

from whatsapp import lanes, worker
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Direction, Status
from whatsapp.outgoing import Text
from whatsapp.payload import Kind
from whatsapp.tests.lane import Failing, Refusing, mount

PEOPLE, EACH = 50, 40  # two thousand messages
WORDS = [f"line {number}" for number in range(EACH)]
OUTAGE = timedelta(minutes=5)
SECOND, TENTH = timedelta(seconds=1), timedelta(seconds=0.1)
PACE = 500  # messages a second
A_RUN, A_LOOK = 30, 2  # statements at most: to work in a lane without success, to look for lanes

NOBODY_THERE = Failing(requests.ConnectTimeout("Nobody there."))
NO_ANSWER = Failing(requests.ReadTimeout("No answer."))
UNAVAILABLE = Refusing(131016, status=503)
TOO_FAST, LOGIN_EXPIRED = Refusing(130429, status=429), Refusing(190, status=401)


class Meta(BaseAdapter):
    """Takes every message, or answers as `trouble` does; remembers whom it was called for when."""

    def __init__(self, trouble: BaseAdapter) -> None:
        super().__init__()
        self.trouble: BaseAdapter | None = trouble
        self.called: list[tuple[datetime, str]] = []
        self.taken: dict[str, list[str]] = defaultdict(list)

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        body = json.loads(request.body or "{}")
        self.called.append((timezone.now(), body["to"]))
        if self.trouble:
            return self.trouble.send(request)
        self.taken[body["to"]].append(body["text"]["body"])
        response = requests.Response()
        response.status_code = 200
        response._content = b'{"messages": [{"id": "wamid.%d"}]}' % len(self.called)
        response.request, response.url = request, request.url or ""
        return response

    def close(self) -> None:
        """Nothing is held open."""

    def calls_to_each(self) -> dict[str, list[datetime]]:
        calls = defaultdict(list)
        for at, to in self.called:
            calls[to].append(at)
        return calls


class Workers:
    """All lanes as they become due, and what that costs."""

    def __init__(self, clock: Any) -> None:
        self.clock = clock
        self.looks = self.runs = self.statements = 0

    def work(self, time: timedelta, step: timedelta = SECOND) -> None:
        """For so long, looking for lanes after `step` or when the next one is due."""
        until = timezone.now() + time
        while timezone.now() < until:
            with connection.execute_wrapper(self._count):
                self.looks += 1
                self.runs += sum(map(worker.run, lanes.due()))
            self.clock.move_to(min(until, max(timezone.now() + step, self._next_due() or until)))

    def _next_due(self) -> datetime | None:
        return Contact.objects.aggregate(at=Min("due_at"))["at"]

    def _count(self, execute: Any, *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)


@pytest.fixture
def workers(clock, db, settings) -> Workers:
    """EACH messages wait for each of so many PEOPLE."""
    settings.WHATSAPP_MESSAGES_PER_SECOND = PACE
    now = timezone.now()
    Contact.objects.bulk_create(
        Contact(phone=f"+23480{number:08}", last_inbound_at=now, due_at=now)
        for number in range(PEOPLE)
    )
    Message.objects.bulk_create(
        Message(
            contact=contact,
            direction=Direction.OUTBOUND,
            author=Author.BOT,
            kind=Kind.TEXT,
            status=Status.QUEUED,
            text=words,
            payload=Text(words).wire(),
        )
        for words in WORDS
        for contact in Contact.objects.all()
    )
    return Workers(clock)


def away(trouble: BaseAdapter) -> Meta:
    meta = Meta(trouble)
    mount(meta)
    return meta


def statuses() -> dict[str, int]:
    return Counter(Message.objects.values_list("status", flat=True))


def assert_cheap(workers: Workers) -> None:
    """What waits behind the first of a lane costs nothing."""
    assert workers.statements <= A_RUN * workers.runs + A_LOOK * workers.looks


@pytest.mark.parametrize("trouble", [NOBODY_THERE, UNAVAILABLE], ids=["away", "unavailable"])
def test_each_lane_asks_again_after_growing_pauses(workers: Workers, trouble: BaseAdapter):
    meta = away(trouble)
    workers.work(OUTAGE)
    assert statuses() == {"queued": PEOPLE * EACH}
    for calls in meta.calls_to_each().values():
        pauses = [later - earlier for earlier, later in pairwise(calls)]
        assert 3 <= len(pauses) <= 5
        assert all(2 * earlier < later for earlier, later in pairwise(pauses))
    assert_cheap(workers)

    meta.trouble = None
    some = list(Contact.objects.order_by("-id").values_list("pk", flat=True)[:2])
    Contact.objects.exclude(pk__in=some).update(due_at=None)  # two are as good as all
    workers.work(timedelta(minutes=12))
    assert list(meta.taken.values()) == [WORDS] * 2


@pytest.mark.parametrize(
    ("trouble", "most"), [(LOGIN_EXPIRED, 5), (TOO_FAST, 11)], ids=["login", "too fast"]
)
def test_of_a_held_line_one_asks_for_all(workers: Workers, trouble: BaseAdapter, most: int):
    meta = away(trouble)
    workers.work(OUTAGE)
    assert len(meta.called) <= most
    assert statuses() == {"queued": PEOPLE * EACH}
    assert_cheap(workers)


def test_once_it_is_open_it_goes_out_in_order_and_at_its_pace(workers: Workers):
    meta = away(LOGIN_EXPIRED)
    workers.work(OUTAGE)
    meta.trouble = None
    while not meta.taken:
        workers.work(SECOND)
    workers.work(SECOND, step=TENTH)
    assert all(taken == WORDS[: len(taken)] for taken in meta.taken.values())
    count = sum(map(len, meta.taken.values()))
    assert PACE <= count <= 1.25 * PACE
    assert statuses() == {"accepted": count, "queued": PEOPLE * EACH - count}


def test_where_nobody_knows_what_arrived_nothing_is_asked_a_third_time(workers: Workers):
    """Meta takes the words and gives no answer: the rule of design, whatever it costs."""
    meta = away(NO_ANSWER)
    workers.work(OUTAGE)
    assert {len(calls) for calls in meta.calls_to_each().values()} == {3}
    assert statuses() == {"uncertain": 2 * PEOPLE, "queued": (EACH - 2) * PEOPLE}
    assert_cheap(workers)
