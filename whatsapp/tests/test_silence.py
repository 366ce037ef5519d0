"""Meta falls silent: that is noticed without anybody asking."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from whatsapp import silence, sorting, tasks
from whatsapp.tests.lane import Lane, receive

HOUR = timedelta(hours=1)


@pytest.fixture
def lane(clock, db, settings) -> Lane:
    """Everything has worked until now."""
    settings.WHATSAPP_SILENCE = 24 * HOUR
    lane = Lane()
    hear(b"{}")
    return lane


def hear(body: bytes) -> None:
    receive(body)
    sorting.sort_all()


def said() -> list[str]:
    with capture_logs() as logs:
        tasks.notice_silence()
    return [line["why"] for line in logs if line["log_level"] == "error"]


def test_messages_without_any_tick_are_told_after_a_quarter_of_an_hour(lane: Lane, clock):
    clock.shift(HOUR)
    lane.queue("Good morning")
    lane.work()
    clock.shift(timedelta(minutes=14))
    assert said() == []
    clock.shift(timedelta(minutes=2))
    [sentence] = said()
    assert "took messages" in sentence


def test_whatever_comes_ends_it(lane: Lane, clock):
    clock.shift(HOUR)
    lane.queue("Good morning")
    lane.work()
    clock.shift(HOUR)
    hear(b"[]")
    assert silence.problem() == ""


def test_a_quiet_night_is_no_silence_but_a_quiet_day_is(lane: Lane, clock):
    clock.shift(23 * HOUR)
    assert said() == []
    clock.shift(2 * HOUR)
    [sentence] = said()
    assert "for 25 hours" in sentence


def test_it_is_told_once_a_day(lane: Lane, clock):
    clock.shift(30 * HOUR)
    assert [bool(said()), bool(said())] == [True, False]
    clock.shift(25 * HOUR)
    assert said()


def test_it_can_be_switched_off(lane: Lane, clock, settings):
    settings.WHATSAPP_SILENCE = timedelta(0)
    lane.queue("Good morning")
    lane.work()
    clock.shift(20 * HOUR)
    assert said() == []


def test_where_nothing_ever_came_nothing_is_missed(clock, db, settings):
    settings.WHATSAPP_SILENCE = 24 * HOUR
    assert said() == []


def test_the_first_page_shows_it(lane: Lane, clock, agent, client):
    clock.shift(25 * HOUR)
    client.force_login(agent)
    assert "No webhook came for 25 hours" in client.get("/admin/").content.decode()
    assert client.get("/readyz").status_code == 200, "Whoever restarts it does not make Meta talk."
