"""GET /api/support/tickets, /api/support/open-tickets, /api/support/notifications."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from support import services
from support.models import Category, SenderType, SupportMessage, SupportTicket
from support.services import Actor
from support.tests import api
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db
ADDRESS = "/api/support/tickets"
OPEN = "/api/support/open-tickets"


def tickets(count: int, **fields) -> list[SupportTicket]:
    return [api.ticket(api.contact(api.phone(n), f"Student {n}"), **fields) for n in range(count)]


def found(query: dict | str, address: str = ADDRESS) -> list[int]:
    query = query if isinstance(query, str) else urlencode(query)
    answer = api.client().get(f"{address}?{query}")
    assert answer.status_code == 200, answer.json()
    body = answer.json()
    assert set(body) == {"tickets", "total"}
    assert body["total"] >= len(body["tickets"])
    return [ticket["id"] for ticket in body["tickets"]]


def test_the_newest_comes_first():
    first, second = tickets(2)
    assert found({}) == [second.pk, first.pk]


def test_pages_do_not_overlap_and_know_the_total():
    made = tickets(5)
    client = api.client()
    pages = [client.get(ADDRESS, {"skip": skip, "limit": 2}).json() for skip in (0, 2, 4, 6)]
    assert [page["total"] for page in pages] == [5, 5, 5, 5]
    assert [ticket["id"] for page in pages for ticket in page["tickets"]] == [
        ticket.pk for ticket in reversed(made)
    ]


def test_fifty_are_shown_unless_told():
    tickets(51)
    assert len(found({})) == 50
    assert len(found({}, OPEN)) == 50


@pytest.mark.parametrize("field", ["status", "priority"])
def test_filters_by_choice(field):
    one, two = tickets(2, priority="LOW")
    agent = Actor("Ada", None)
    services.set_priority(one.pk, agent, "URGENT")
    services.set_status(one.pk, agent, "CLOSED")
    assert found({field: {"status": "CLOSED", "priority": "URGENT"}[field]}) == [one.pk]
    assert found({field: {"status": "OPEN", "priority": "LOW"}[field]}) == [two.pk]


def test_filters_by_who_has_it():
    one, _ = tickets(2)
    ada = api.staff("ada")
    services.assign(one.pk, Actor("Lead"), ada)
    assert found({"assigned_admin_id": ada.pk}) == [one.pk]
    assert found({"assigned_admin_id": ada.pk + 1}) == []


@pytest.mark.parametrize(
    "written", ["%2B2348031234500", "+2348031234500", "2348031234500", "08031234500"]
)
def test_filters_by_phone_number_however_it_is_written(written):
    one, _ = tickets(2)
    assert found(f"phone_number={written}") == [one.pk]
    assert found(f"search={written}") == [one.pk]


def test_filters_by_when_it_was_opened():
    days = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (1, 2, 3)]
    made = tickets(3)
    for ticket, day in zip(made, days, strict=True):
        SupportTicket.objects.filter(pk=ticket.pk).update(created_at=day)
    assert found({"created_after": "2026-11-02T12:00:00Z"}) == [made[2].pk, made[1].pk]
    assert found({"created_before": "2026-11-02T13:00:00+01:00"}) == [made[1].pk, made[0].pk]
    between = {"created_after": "2026-11-02T00:00:00", "created_before": "2026-11-03"}
    assert found(between) == [made[1].pk]


@pytest.mark.parametrize("sign", ["+", "%2B", "%20"])
def test_a_zone_east_of_greenwich_may_be_written_as_it_is(sign):
    """A plus in an address is a space, and Python's `isoformat` makes one."""
    (one,) = tickets(1)
    moment = datetime(2026, 11, 2, 12, tzinfo=UTC)
    SupportTicket.objects.update(created_at=moment)
    assert found(f"created_after=2026-11-02T13:00:00{sign}01:00") == [one.pk]
    assert found(f"created_after=2026-11-02T12:00:00.5{sign}00:00") == []
    assert found(f"created_after=2026-11-02%2011:59{sign}0000") == [one.pk]
    assert found("created_after=2026-11-02%2012:00") == [one.pk], "a space before the time"


def test_searches_names_numbers_and_words():
    (one,) = tickets(1)
    services.add_external(one.pk, Actor("Ada"), "My Payment is stuck")
    ngozi = api.contact(api.phone(2), "Ngozi Adeyemi")
    two = api.ticket(ngozi, issue_description="100% sure: it's a_b")
    for words, expected in [
        ("payment", one),
        ("stuck payment", one),
        ("ngozi", two),
        ("adeyemi NGOZI", two),
        ("1234502", two),
        ("100%", two),
        ("a_b", two),
        ("it's", two),
        ("pay", one),
    ]:
        assert found({"search": words}) == [expected.pk], words
    for words in ("payment ngozi", "%", "nobody", "ayment"):
        assert found({"search": words}) == [], words


def test_internal_notes_are_not_searched():
    (one,) = tickets(1)
    services.note(one.pk, Actor("Ada"), "suspicious")
    assert found({"search": "suspicious"}) == []


def test_open_tickets_are_those_open_or_in_progress():
    one, two, three = tickets(3)
    SupportTicket.objects.filter(pk=two.pk).update(status="IN_PROGRESS")
    services.end(three.pk, Actor("Ada"))
    assert found({}, OPEN) == [two.pk, one.pk]
    assert found({"skip": 1, "limit": 1}, OPEN) == [one.pk]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "open"),
        ("status", "DONE"),
        ("priority", "1"),
        ("assigned_admin_id", "me"),
        ("assigned_admin_id", "0"),
        ("assigned_admin_id", "9" * 30),
        ("phone_number", "abc"),
        ("search", "x" * 101),
        ("search", "a\x00b"),
        ("created_after", "yesterday"),
        ("created_before", "2026-13-01T00:00:00Z"),
        ("created_before", "0001-01-01T00:00:00+14:00"),
        ("skip", "-1"),
        ("skip", "1.5"),
        ("skip", "9" * 5000),
        ("limit", "0"),
        ("limit", "101"),
        ("sort", "password"),
        ("assigned_admin__password", "x"),
    ],
)
def test_a_wrong_parameter_is_refused_and_named(name, value):
    answer = api.client().get(ADDRESS, {name: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


def test_a_parameter_given_twice_is_refused():
    answer = api.client().get(f"{ADDRESS}?status=OPEN&status=CLOSED")
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"status": ["Give this once."]}


@pytest.mark.parametrize("address", [ADDRESS, OPEN, f"{ADDRESS}?search=student"])
def test_a_list_costs_the_same_for_3_and_for_30(address):
    client = api.client()
    for ticket in tickets(3):
        services.set_category(ticket.pk, Actor("A"), Category.objects.get_or_create(name="Bill")[0])
    client.get(address)
    with queries_made() as few:
        assert client.get(address).json()["total"] == 3
    SupportTicket.objects.all().delete()
    tickets(30)
    with queries_made() as many:
        assert client.get(address).json()["total"] == 30
    assert len(many) == len(few) <= (7 if "search" in address else 5)


def test_notifications_count_what_waits():
    client = api.client()
    calm = {
        "open_tickets": 0,
        "in_progress_tickets": 0,
        "unassigned_tickets": 0,
        "has_alerts": False,
    }
    assert client.get("/api/support/notifications").json() == calm
    one, two, three = tickets(3)
    services.reply(one.pk, Actor.of(api.staff("bob")), "Hello")
    services.end(three.pk, Actor("Ada"))
    assert client.get("/api/support/notifications").json() == {
        "open_tickets": 1,
        "in_progress_tickets": 1,
        "unassigned_tickets": 1,
        "has_alerts": True,
    }
    services.reply(two.pk, Actor.of(api.staff("eve")), "Hello")
    assert client.get("/api/support/notifications").json() == calm | {"in_progress_tickets": 2}


def test_get_writes_nothing_but_the_tokens_last_use():
    ticket = api.ticket()
    SupportMessage.objects.create(ticket=ticket, sender_type=SenderType.USER, message="Hi")
    client = api.client()
    client.get(ADDRESS)
    with queries_made() as sql:
        for address in (ADDRESS, OPEN, f"{ADDRESS}/{ticket.pk}", "/api/support/notifications"):
            assert client.get(address).status_code == 200
    assert all(one.startswith("SELECT") for one in sql)


def test_somebody_with_a_hidden_number_has_phone_number_null():
    person = api.contact()
    person.phone = ""
    person.save()
    api.ticket(person)
    assert api.client().get(ADDRESS).json()["tickets"][0]["phone_number"] is None


def test_times_are_utc_whatever_the_clock_on_the_wall_says(settings):
    settings.TIME_ZONE = "Africa/Lagos"
    ticket = api.ticket()
    shown = api.client().get(ADDRESS).json()["tickets"][0]["created_at"]
    assert shown.endswith("Z")
    moment = datetime.fromisoformat(shown)
    assert abs(moment - ticket.created_at) < timedelta(seconds=1)
