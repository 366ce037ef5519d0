"""Every list page by page: by skip and limit, and by cursor without counting."""

import pytest

from edubot.tests import api_world
from edubot.tests.test_api_budget import more
from support.tests import api
from support.tests.queries_made import queries_made
from whatsapp import counting

pytestmark = pytest.mark.django_db
LISTS = [
    name
    for name, (method, path) in api_world.operations().items()
    if "cursor"
    in [
        parameter["name"]
        for parameter in api_world.document()["paths"][path][method.lower()].get("parameters", [])
    ]
]


def rows_of(body):
    [rows] = [value for value in body.values() if isinstance(value, list)]
    return rows


@pytest.mark.parametrize("operation", LISTS)
def test_pages_by_cursor_show_what_pages_by_skip_show(operation):
    world, client = api_world.make(), api.client(api.staff("lister", is_superuser=True))
    more(world)
    address = world.address(api_world.operations()[operation][1])
    whole = client.get(address, {"limit": 100}).json()
    assert whole["total"] == len(rows_of(whole))
    assert "next" not in whole
    found, cursor = [], ""
    while cursor is not None:
        with queries_made() as asked:
            page = client.get(address, {"limit": 7, "cursor": cursor}).json()
        assert not any("COUNT(" in sql for sql in asked)
        assert "total" not in page
        found += rows_of(page)
        cursor = page["next"]
    assert found == rows_of(whole)


def test_what_is_added_meanwhile_moves_no_page():
    client = api.client()
    for number in range(4):
        api.ticket(api.contact(api.phone(number)))
    first = client.get("/api/support/tickets", {"limit": 2, "cursor": ""}).json()
    api.ticket(api.contact(api.phone(9)))
    second = client.get("/api/support/tickets", {"limit": 2, "cursor": first["next"]}).json()
    ids = [ticket["id"] for ticket in first["tickets"] + second["tickets"]]
    assert len(set(ids)) == 4
    assert second["next"] is None


@pytest.mark.parametrize("cursor", ["1", "x" * 200, "WzEsMl0:1abc:def", "é"])
def test_a_cursor_that_is_not_ours_is_refused(cursor):
    answer = api.client().get("/api/support/tickets", {"cursor": cursor})
    assert answer.status_code == 400
    assert "cursor" in answer.json()["errors"]


def test_a_cursor_of_another_order_is_refused():
    for number in range(2):
        api.ticket(api.contact(api.phone(number)))
    client = api.client()
    given = client.get("/api/admin/conversations", {"limit": 1, "cursor": ""}).json()["next"]
    assert client.get("/api/support/tickets", {"cursor": given}).status_code == 400


def test_skip_and_cursor_together_are_refused():
    answer = api.client().get("/api/support/tickets", {"cursor": "", "skip": 1})
    assert answer.json()["errors"] == {"cursor": ["Give either skip or cursor."]}


def test_the_total_is_counted_so_far_and_no_further(monkeypatch):
    monkeypatch.setattr(counting, "MOST", 3)
    for number in range(5):
        api.ticket(api.contact(api.phone(number)))
    client = api.client()
    with queries_made() as asked:
        page = client.get("/api/support/tickets", {"limit": 5}).json()
    assert (page["total"], len(page["tickets"])) == (3, 5)
    counts = [sql for sql in asked if "COUNT(" in sql]
    assert ["LIMIT 3" in sql for sql in counts] == [True]


def test_those_who_never_wrote_come_last_in_conversations():
    for number, hours in ((1, 3), (2, 1), (3, None), (4, None)):
        person = api.contact(api.phone(number), hours_ago=hours or 0)
        if hours is None:
            person.last_inbound_at = None
            person.save()
    client, found, cursor = api.client(), [], ""
    while cursor is not None:
        query = {"limit": 1, "cursor": cursor}
        page = client.get("/api/admin/conversations", query).json()
        found += [row["contact"]["phone_number"] for row in page["conversations"]]
        cursor = page["next"]
    assert found == [api.phone(number) for number in (2, 1, 4, 3)]
