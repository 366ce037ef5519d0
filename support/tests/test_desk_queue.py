"""The queue: which tickets stand in it, in which order, and what it costs."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from support import services
from support.models import Category, Priority, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db
DESK = "/admin/support/desk/"
ROW = re.compile(r'data-ticket="(\d+)"')
MORE = re.compile(r'hx-get="(/admin/support/desk/more[^"]+)"')


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


def rows(client: Client, address: str = "queue", **query: Any) -> list[int]:
    html = client.get(DESK + address, {"tab": "all", **query}).content.decode()
    return [int(number) for number in ROW.findall(html) if f'id="row-{number}"' in html]


def waiting(number: int, minutes: int | None, priority: str = "MEDIUM", **fields: Any) -> int:
    """A ticket whose student has waited for so long."""
    ticket = desk.chat(number, f"Student {number}")
    since = timezone.now() - timedelta(minutes=minutes) if minutes is not None else None
    SupportTicket.objects.filter(pk=ticket.pk).update(
        waiting_since=since, priority=priority, **fields
    )
    return ticket.pk


def test_urgent_ones_come_first_then_those_who_wait_longest(root: Client) -> None:
    short, long = waiting(1, 5), waiting(2, 50)
    urgent, low = waiting(3, 1, "URGENT"), waiting(4, 500, "LOW")
    answered = waiting(5, None, "URGENT")
    assert rows(root) == [urgent, long, short, low, answered]


def test_the_window_that_closes_first_comes_first(root: Client) -> None:
    for number, hours in enumerate((1, 23, 30, 12), 1):
        desk.chat(number, f"Student {number}", hours_ago=hours)
    names = {ticket.pk: ticket.sender_name for ticket in SupportTicket.objects.all()}
    found = [names[pk][-1] for pk in rows(root, sort="window")]
    assert found == ["2", "4", "1", "3"]


def test_the_link_that_clears_the_filters_keeps_all_else(root: Client) -> None:
    html = root.get(DESK, {"tab": "mine", "sort": "window", "priority": "LOW"}).content.decode()
    assert 'href="/admin/support/desk/?tab=mine&amp;sort=window"' in html
    assert "Filter (1)" in html


def test_each_tab_says_what_its_number_counts(root: Client, agent: User) -> None:
    services.end(desk.chat().pk, Actor.of(agent))
    html = root.get(DESK).content.decode()
    assert 'data-tab="all" title="Everybody&#x27;s open tickets, without the snoozed"' in html
    assert '1<span class="visually-hidden"> today</span>' in html


def test_each_tab_has_its_tickets_and_their_count(root: Client, agent: User) -> None:
    mine, free, others, ended = (desk.chat(n, f"Student {n}") for n in range(1, 5))
    services.take(mine.pk, Actor.of(agent))
    services.take(others.pk, Actor.of(desk.staff(username="chidi")))
    services.end(ended.pk, Actor.of(agent))
    assert rows(root, tab="mine") == [mine.pk]
    assert rows(root, tab="unassigned") == [free.pk]
    assert set(rows(root, tab="all")) == {mine.pk, free.pk, others.pk}
    assert rows(root, tab="resolved") == [ended.pk]
    html = root.get(DESK).content.decode()
    counts = re.findall(r'id="count-(\w+)"[^>]*>(\d+)<', html)
    assert dict(counts) == {
        "mine": "1",
        "unassigned": "1",
        "all": "3",
        "resolved": "1",
    }


def test_the_desk_opens_where_there_is_something_to_do(root: Client, agent: User) -> None:
    def tab() -> str:
        found = re.search(r'value="(\w+)" checked', root.get(DESK).content.decode())
        assert found
        return found[1]

    assert tab() == "all"
    ticket = desk.chat()
    assert tab() == "unassigned"
    services.take(ticket.pk, Actor.of(agent))
    assert tab() == "mine"


def test_a_search_looks_at_the_ended_ones_too(root: Client, agent: User) -> None:
    services.end(desk.chat(1, "Ada Obi").pk, Actor.of(agent))
    desk.chat(2, "John Doe")
    assert len(rows(root, q="ada")) == 1
    assert len(rows(root, q="log in")) == 2
    assert rows(root, q="zebra") == []


@pytest.mark.parametrize("query", [{"q": "triangle"}, {"priority": "URGENT"}])
def test_a_search_that_finds_nothing_does_not_say_that_nobody_waits(root: Client, query) -> None:
    waiting(1, 5)
    html = root.get(DESK, {"tab": "all", **query}).content.decode()
    assert "<h2>Nothing fits</h2>" in html
    assert "Nobody waits" not in html


def test_filters_narrow_the_queue(root: Client, agent: User) -> None:
    payment = Category.objects.create(name="Payment")
    urgent = waiting(1, 5, Priority.URGENT, unread_count=0)
    paying = waiting(2, 4, category=payment, unread_count=0)
    taken = waiting(3, 3, assigned_admin=agent, unread_count=0)
    unread = waiting(4, 2)
    assert rows(root, priority="URGENT") == [urgent]
    assert rows(root, category=payment.pk) == [paying]
    assert rows(root, person=agent.pk) == [taken]
    assert rows(root, unread="on") == [unread]


def test_ended_ones_are_found_by_their_rating(root: Client, agent: User) -> None:
    good, bad = desk.chat(1), desk.chat(2)
    for ticket, rating in ((good, "good"), (bad, "bad")):
        services.end(ticket.pk, Actor.of(agent))
        services.rate(ticket.pk, rating)
    assert rows(root, tab="resolved", rating="bad") == [bad.pk]


@pytest.mark.parametrize(
    "odd",
    [
        {"tab": "odd"},
        {"priority": "HUGE"},
        {"category": "999"},
        {"person": "x"},
        {"rows": "9" * 40},
        {"sort": "; DROP"},
        {"ticket": "-1"},
    ],
)
def test_what_makes_no_sense_is_as_if_it_had_not_been_asked(root: Client, odd) -> None:
    ticket = desk.chat()
    assert rows(root, **odd) == [ticket.pk]


@pytest.mark.parametrize("query", [{}, {"sort": "window"}, {"tab": "resolved"}, {"q": "Student"}])
def test_more_rows_follow_without_gap_or_repetition(root: Client, agent: User, query) -> None:
    ended = query.get("tab") == "resolved"
    for number in range(120):
        pk = waiting(number, number % 7 or None, ["URGENT", "LOW", "HIGH"][number % 3])
        if ended:
            services.end(pk, Actor.of(agent))
    found: list[int] = []
    address: str | None = f"{DESK}queue"
    data = {"tab": "all", **query}
    while address:
        html = root.get(address, data if "?" not in address else None).content.decode()
        found += [int(number) for number in ROW.findall(html)]
        more = MORE.search(html)
        query_string = "&".join(f"{name}={value}" for name, value in data.items())
        address = f"{more[1].replace('&amp;', '&')}&{query_string}" if more else None
    assert len(found) == len(set(found)) == 120
    assert found == rows(root, rows="500", **query)


def test_a_place_that_is_not_ours_leads_nowhere(root: Client) -> None:
    desk.chat()
    html = root.get(f"{DESK}more?tab=all&after=made-up").content.decode()
    assert ROW.findall(html) == []


@pytest.mark.parametrize("query", [{}, {"sort": "window"}, {"tab": "resolved"}])
def test_fifty_rows_cost_what_two_cost(root: Client, agent: User, query: dict[str, str]) -> None:
    def cost() -> int:
        with queries_made() as found:
            assert rows(root, **query)
        return len(found)

    def make(numbers: range) -> None:
        for number in numbers:
            ticket = desk.chat(number, f"Student {number}")
            services.take(ticket.pk, Actor.of(agent))
            if "tab" in query:
                services.end(ticket.pk, Actor.of(agent))

    make(range(2))
    few = cost()
    make(range(2, 52))
    assert cost() == few
    assert few - 2 <= 6, "besides session and user"


def test_the_pages_let_browsers_run_nothing_but_our_files(root: Client) -> None:
    ticket = desk.chat()
    for address in (DESK, desk.page(ticket), f"{DESK}queue", f"{DESK}pulse"):
        policy = root.get(address)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_a_ticket_s_old_address_leads_to_the_desk(root: Client) -> None:
    ticket = desk.chat()
    for old in ("change", "history"):
        response = root.get(f"/admin/support/supportticket/{ticket.pk}/{old}/")
        assert response.url == f"{DESK}{ticket.pk}/"


@pytest.mark.parametrize(
    ("role", "goal"), [("Agent", DESK), ("Lead", DESK), ("Administrator", "/admin/")]
)
def test_who_answers_students_lands_at_the_desk(role: str, goal: str) -> None:
    user = desk.staff(role)
    user.set_password("a long password")
    user.save()
    login = {"username": user.username, "password": "a long password", "next": "/admin/"}
    assert Client().post("/admin/login/", login).url == goal


def test_a_login_for_another_page_leads_there() -> None:
    user = desk.staff()
    user.set_password("a long password")
    user.save()
    login = {"username": user.username, "password": "a long password", "next": desk.LIST}
    assert Client().post("/admin/login/", login).url == desk.LIST
