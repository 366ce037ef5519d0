"""The arithmetic of a bucket that is one moment."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from whatsapp.pacing import Pace

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PACE = Pace(6 * SECOND, burst=3)


def test_a_new_bucket_lets_the_first_go_at_once():
    assert PACE.free_at(None, NOON) == NOON


def test_a_burst_goes_at_once_and_the_next_waits_one_interval():
    spent = None
    for _ in range(3):
        assert PACE.free_at(spent, NOON) == NOON
        spent = PACE.spent(spent, NOON)
    assert PACE.free_at(spent, NOON) == NOON + 6 * SECOND


def test_a_rest_gives_back_the_whole_burst_and_no_more():
    spent = PACE.spent(PACE.spent(None, NOON), NOON)
    later = NOON + timedelta(hours=5)
    went = 0
    while PACE.free_at(spent, later) == later:
        spent = PACE.spent(spent, later)
        went += 1
    assert went == 3


def test_what_is_lent_is_paid_back_with_time():
    assert PACE.lent(None, NOON) == 0
    spent = PACE.spent(PACE.spent(None, NOON), NOON)
    assert PACE.lent(spent, NOON) == 2
    assert PACE.lent(spent, NOON + SECOND) == 2
    assert PACE.lent(spent, NOON + 6 * SECOND) == 1
    assert PACE.lent(spent, NOON + 60 * SECOND) == 0


def test_what_a_wrong_clock_spent_holds_up_nobody_for_longer_than_an_interval():
    spent = NOON + timedelta(minutes=10)
    assert PACE.free_at(spent, NOON) == NOON + 6 * SECOND
    assert PACE.spent(spent, NOON) == NOON + 4 * 6 * SECOND


@given(st.lists(st.integers(0, 20), min_size=1, max_size=200))
def test_never_more_than_the_pace_allows(pauses: list[int]):
    now, spent, went = NOON, None, 0
    for pause in pauses:
        now += pause * SECOND
        if PACE.free_at(spent, now) == now:
            spent = PACE.spent(spent, now)
            went += 1
    assert went <= 3 + (now - NOON) // (6 * SECOND)
