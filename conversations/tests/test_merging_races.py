"""Staff merge two contacts while others act on them: nothing is lost, nothing done twice."""

from functools import partial

import pytest

from support.models import SupportTicket
from support.tests import desk
from whatsapp import candidates, merging
from whatsapp.models import Contact, MergeCandidate
from whatsapp.tests.threads import outcomes, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 10


def test_two_colleagues_merge_the_same_two():
    for number in range(ROUNDS):
        pair = [desk.chat(2 * number + place) for place in (1, 2)]
        merge = partial(merging.merge_known, *(ticket.contact_id for ticket in pair))
        done = outcomes(merge, merge, refused=Contact.DoesNotExist)
        assert sorted(type(outcome).__name__ for outcome in done) == ["Contact", "DoesNotExist"]
        assert set(SupportTicket.objects.filter(contact=pair[0].contact)) == set(pair)


def test_a_case_is_noted_while_both_are_merged():
    for number in range(ROUNDS):
        older, younger = (desk.student(2 * number + place) for place in (1, 2))
        together(
            partial(merging.merge_known, older.pk, younger.pk),
            partial(_record, younger.pk, older.pk),
        )
        assert not MergeCandidate.objects.exists()
        assert not Contact.objects.filter(pk=younger.pk).exists()


def _record(one: int, other: int) -> None:
    candidates.record(one, other, MergeCandidate.Reason.NUMBER_TAKEN)
