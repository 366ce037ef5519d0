"""What was typed and not sent is still there, on whatever machine."""

import pytest

from support import drafts
from support.models import Draft
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
    ticket, grace = desk.chat(), desk.staff()
    drafts.save(ticket.pk, grace, "Dear")
    drafts.clear(ticket.pk, grace)
    assert drafts.load(ticket.pk, grace) is None
