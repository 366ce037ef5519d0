"""What was typed and not sent is still there, on whatever machine."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from support import drafts
from support.models import Draft, SupportTicket
from support.tests import desk

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_for_each_person_and_ticket() -> None:
    ticket, other = desk.chat(1), desk.chat(2)
    grace, ada = desk.staff(username="grace"), desk.staff(username="ada")
    drafts.save(ticket.pk, grace, "Dear John")
    drafts.save(ticket.pk, grace, "Dear John, please", mode="note")
    drafts.save(ticket.pk, ada, "Hello")

    kept = drafts.load(ticket.pk, grace)
    assert (kept.text, kept.mode) == ("Dear John, please", "note")
    assert drafts.load(ticket.pk, ada).text == "Hello"
    assert drafts.load(other.pk, grace) is None


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_draft_is_none(text: str) -> None:
    ticket, grace = desk.chat(), desk.staff()
    drafts.save(ticket.pk, grace, "Dear")
    drafts.save(ticket.pk, grace, text)
    assert not Draft.objects.exists()


def test_what_was_sent_is_no_draft_any_more() -> None:
    ticket, grace, box = desk.chat(), desk.staff(), uuid4()
    drafts.save(ticket.pk, grace, "Dear", box=box)
    drafts.sent(ticket.pk, grace, box)
    assert drafts.load(ticket.pk, grace) is None


@pytest.mark.parametrize("had_arrived", [True, False])
def test_a_draft_that_arrives_after_its_box_was_sent_is_refused(had_arrived: bool) -> None:
    ticket, grace, box = desk.chat(), desk.staff(), uuid4()
    if had_arrived:
        drafts.save(ticket.pk, grace, "Dea", box=box)
    drafts.sent(ticket.pk, grace, box)
    assert not drafts.save(ticket.pk, grace, "Dear", box=box)
    assert drafts.save(ticket.pk, grace, " ", box=box), "an empty one has nothing to bring back"
    assert not drafts.save(ticket.pk, grace, "Dear", box=box)
    assert drafts.load(ticket.pk, grace) is None


@pytest.fixture
def quicker(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Another request that inserts its row just before the next one does."""
    insert = drafts._insert

    def comes(ticket: SupportTicket, user: User, **words: object) -> None:
        def second(*args: object) -> None:
            Draft.objects.create(ticket=ticket, user=user, **words)
            insert(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(drafts, "_insert", second)

    return comes


def test_a_draft_that_is_quicker_than_its_own_sending_is_gone_all_the_same(quicker) -> None:
    ticket, grace, box = desk.chat(), desk.staff(), uuid4()
    quicker(ticket, grace, text="Dear", box=box)
    drafts.sent(ticket.pk, grace, box)
    assert drafts.load(ticket.pk, grace) is None


def test_of_two_tabs_that_begin_at_once_the_last_one_wins(quicker) -> None:
    ticket, grace = desk.chat(), desk.staff()
    quicker(ticket, grace, text="Dear", box=uuid4())
    assert drafts.save(ticket.pk, grace, "Hello", box=uuid4())
    kept = drafts.load(ticket.pk, grace)
    assert kept is not None
    assert kept.text == "Hello"


def test_a_box_that_was_sent_a_moment_before_takes_no_draft(quicker) -> None:
    ticket, grace, box = desk.chat(), desk.staff(), uuid4()
    quicker(ticket, grace, text="", box=box)
    assert not drafts.save(ticket.pk, grace, "Dear", box=box)


def test_the_next_box_may_begin_with_the_same_words() -> None:
    ticket, grace, box = desk.chat(), desk.staff(), uuid4()
    drafts.sent(ticket.pk, grace, box)
    assert drafts.save(ticket.pk, grace, "Dear", box=uuid4())
    assert drafts.load(ticket.pk, grace).text == "Dear"


def test_what_is_taken_back_is_a_draft_again() -> None:
    ticket, grace = desk.chat(), desk.staff()
    drafts.sent(ticket.pk, grace, uuid4())
    assert drafts.save(ticket.pk, grace, "Dear")
    assert drafts.load(ticket.pk, grace).text == "Dear"


def test_boxes_that_were_sent_are_forgotten_and_drafts_are_not() -> None:
    ticket, grace, ada = desk.chat(), desk.staff(), desk.staff(username="ada")
    drafts.sent(ticket.pk, grace, uuid4())
    drafts.save(ticket.pk, ada, "Dear", box=uuid4())
    drafts.sweep()
    assert Draft.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        drafts.sweep()
    assert Draft.objects.get().user == ada
