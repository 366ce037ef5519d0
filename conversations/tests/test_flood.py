"""One person floods us: who writes meanwhile is answered in between, after one turn of that lane.

Measured in turns, not in seconds: a slow machine serves in the same order.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

import pytest
from django.test import TestCase

from conversations.haste import MANY
from whatsapp import delivery, inbox, lanes, nudges, sorting, worker
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Direction, Status
from whatsapp.outgoing import Text
from whatsapp.tests.phone import Phone

FLOOD, OTHERS = 2000, 10
LANES = "whatsapp.tasks.run_lane"
Turn = Callable[[], int]


@pytest.fixture
def by_nudges(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """One worker who follows nudges in the order in which a broker hands them out."""
    asked: deque[int] = deque()

    def remember(task: str, *ids: Any) -> None:
        asked.extend(ids if task == LANES else [])

    monkeypatch.setattr(nudges, "nudge", remember)

    def turn() -> int:
        worker.run(contact := asked.popleft(), if_due=True)
        return contact

    return turn


@pytest.fixture
def by_sweeps() -> Turn:
    """One worker who looks for himself, all nudges being lost."""

    def turn() -> int:
        worker.run(contact := lanes.due(limit=1)[0])
        return contact

    return turn


@pytest.fixture(params=["by_nudges", "by_sweeps"])
def turn(request: pytest.FixtureRequest) -> Turn:
    """Let one worker work in one lane; whose it was."""
    one: Turn = request.getfixturevalue(request.param)

    def committed() -> int:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return one()

    return committed


@pytest.fixture
def flooder(db, turn: Turn) -> Contact:
    """Somebody whose one greeting has been answered."""
    write(Phone(number="2348000000000"), "menu")
    turn()
    return Contact.objects.get()


def write(phone: Phone, words: str) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        phone.say(words)
        sorting.sort_all()


def waiting(contact: Contact, status: Status) -> int:
    return Message.objects.filter(contact=contact, status=status).count()


def flood(contact: Contact, **fields: Any) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        Message.objects.bulk_create(
            Message(contact=contact, kind="text", **fields) for _ in range(FLOOD)
        )
        lanes.wake(contact.pk)


def turns_until_all_are_answered(flooder: Contact, turn: Turn) -> list[int]:
    """Of each who writes: how many turns the flooder has before that person reads an answer."""
    found: list[int] = []
    for number in range(OTHERS):
        other = Phone(number=f"23481{number:08}")
        while turn() != flooder.pk:
            pass
        write(other, "menu")
        turns: list[int] = []
        while not other.received:
            turns.append(turn())
        found.append(turns.count(flooder.pk))
    return found


def test_two_thousand_messages_hold_up_nobody(flooder: Contact, turn: Turn):
    greeting = flooder.messages.get(direction=Direction.INBOUND)
    flood(
        flooder,
        direction=Direction.INBOUND,
        author=Author.CONTACT,
        status=Status.WAITING,
        text="asdf qwer",
        payload=greeting.payload | {"text": {"body": "asdf qwer"}},
    )
    assert max(turns_until_all_are_answered(flooder, turn)) <= 1
    left = waiting(flooder, Status.WAITING)
    assert left >= FLOOD - inbox.BUDGET * 3 * OTHERS, "The flood was far from over."
    answers = flooder.messages.filter(direction=Direction.OUTBOUND, author=Author.BOT)
    assert answers.count() <= MANY + 3


def test_nor_do_two_thousand_answers(flooder: Contact, turn: Turn):
    flood(
        flooder,
        direction=Direction.OUTBOUND,
        author=Author.BOT,
        status=Status.QUEUED,
        text="Hello",
        payload=Text("Hello").wire(),
    )
    other = Phone(number="2348100000000")
    assert turn() == flooder.pk
    write(other, "menu")
    while not other.received:
        turn()
    assert waiting(flooder, Status.QUEUED) >= FLOOD - 2 * delivery.BUDGET
