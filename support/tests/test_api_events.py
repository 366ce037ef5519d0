"""GET /api/events: all that happened, in order, without gaps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from support.events import publishing, retention
from support.models import Event, EventCounter
from support.tests import api
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db
ADDRESS = "/api/events"


@pytest.fixture
def reader():
    return api.client(api.staff(is_superuser=True), ("read",))


def happen(count: int, event_type: str = "message.received") -> None:
    person = api.contact()
    for number in range(count):
        Event.objects.create(type=event_type, contact=person, data={"number": number})


def test_pages_follow_each_other_without_gap_or_repeat(reader):
    happen(7)
    publishing.publish()
    seen, after = [], 0
    for _ in range(3):
        page = reader.get(ADDRESS, {"after": after, "limit": 3}).json()
        seen += [event["id"] for event in page["events"]]
        after = page["next"]
    assert seen == list(range(1, 8))
    assert not page["has_more"]
    assert reader.get(ADDRESS, {"after": after}).json() == {
        "events": [],
        "next": 7,
        "has_more": False,
    }


def test_an_event_that_is_not_in_order_yet_is_not_shown(reader):
    happen(1)
    assert reader.get(ADDRESS).json()["events"] == []
    publishing.publish()
    assert len(reader.get(ADDRESS).json()["events"]) == 1


def test_one_type_can_be_asked_for(reader):
    happen(2)
    happen(1, "chat.ended")
    publishing.publish()
    page = reader.get(ADDRESS, {"type": "chat.ended"}).json()
    assert [event["id"] for event in page["events"]] == [3]
    assert reader.get(ADDRESS, {"type": "nonsense"}).status_code == 400


@pytest.mark.parametrize("query", [{"after": -1}, {"after": "x"}, {"limit": 0}, {"limit": 101}])
def test_odd_questions_are_refused(reader, query):
    assert reader.get(ADDRESS, query).status_code == 400


def test_it_needs_the_scope_and_the_permission():
    assert api.client(api.staff(is_superuser=True), ("reply",)).get(ADDRESS).status_code == 403
    assert api.client(api.staff(), ("read",)).get(ADDRESS).status_code == 403


def test_a_page_costs_the_same_at_any_size(reader):
    counts = []
    for size in (1, 90):
        happen(size)
        publishing.publish()
        reader.get(ADDRESS)
        with queries_made() as found:
            reader.get(ADDRESS, {"limit": 100})
        counts.append(len(found))
    assert counts[0] == counts[1] <= 4


def test_old_events_go_and_who_missed_them_is_told(reader, settings):
    happen(3)
    publishing.publish()
    old = timezone.now() - settings.EVENTS_KEPT - timedelta(hours=1)
    Event.objects.filter(position__lte=2).update(created_at=old)

    assert retention.prune() == 2
    assert EventCounter.objects.get().pruned == 2
    assert reader.get(ADDRESS, {"after": 1}).status_code == 410
    assert [e["id"] for e in reader.get(ADDRESS, {"after": 2}).json()["events"]] == [3]
    assert [e["id"] for e in reader.get(ADDRESS).json()["events"]] == [3]


def test_numbers_are_never_given_again(reader, settings):
    happen(2)
    publishing.publish()
    Event.objects.update(created_at=timezone.now() - settings.EVENTS_KEPT - timedelta(hours=1))
    retention.prune()
    happen(1)
    publishing.publish()
    assert [event["id"] for event in reader.get(ADDRESS).json()["events"]] == [3]
