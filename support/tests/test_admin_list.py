"""The ticket list: what it shows, what it finds, what it does to many."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from support import services
from support.admin.tickets import SupportTicketAdmin
from support.models import Priority, SupportTicket, TicketStatus
from support.services import Actor
from support.tests import desk
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


def listed(client: Client, **query: str) -> set[str]:
    changelist = client.get(desk.LIST, query).context["cl"]
    return {ticket.sender_name for ticket in changelist.result_list}


def do(client: Client, action: str, *tickets: SupportTicket) -> str:
    data = {"action": action, "_selected_action": [ticket.pk for ticket in tickets]}
    return client.post(desk.LIST, data, follow=True).content.decode()


def test_open_tickets_are_shown_first_and_all_are_one_click_away(root: Client, agent: User) -> None:
    desk.chat(1, "Ada")
    services.end(desk.chat(2, "Ben").pk, Actor.of(agent))
    assert listed(root) == {"Ada"}
    assert listed(root, status="all") == {"Ada", "Ben"}
    assert listed(root, status="RESOLVED") == {"Ben"}
    assert "?status=all" in root.get(desk.LIST).content.decode()


def test_tickets_are_filtered_by_who_has_them(root: Client, agent: User) -> None:
    services.assign(desk.chat(1, "Mine").pk, Actor.of(agent), agent)
    services.assign(desk.chat(2, "Hers").pk, Actor.of(agent), desk.staff())
    desk.chat(3, "Free")
    assert listed(root, assigned="me") == {"Mine"}
    assert listed(root, assigned="others") == {"Hers"}
    assert listed(root, assigned="nobody") == {"Free"}


@pytest.mark.parametrize(
    "words",
    ["+2348030000001", "2348030000001", "0803 000 0001", "00234 803-000-0001", "8030000001"],
)
def test_a_student_is_found_by_phone_in_any_form(root: Client, words: str) -> None:
    desk.chat(1, "Ada")
    desk.chat(2, "Ben")
    assert listed(root, q=words) == {"Ada"}


def test_a_ticket_is_found_by_name_number_and_words(root: Client) -> None:
    ada, _ben = desk.chat(1, "Ada Obi"), desk.chat(2, "Ben")
    desk.says(ada, "The triangle has no angle")
    for words in ("obi", f"#{ada.pk}", "triangle", "ada angle"):
        assert listed(root, q=words) == {"Ada Obi"}, words
    assert listed(root, q="triangle ben") == set()
    assert listed(root, q="9" * 60) == set()
    assert listed(root, q="%' OR 1=1 --") == set()


def test_a_search_finds_ended_tickets_unless_asked_for_open_ones(root: Client, agent: User) -> None:
    services.end(desk.chat(1, "Ada").pk, Actor.of(agent))
    assert listed(root, q="ada") == {"Ada"}
    assert listed(root, q="ada", status="not-ended") == set()


def test_who_waits_longest_is_one_click_away(root: Client, agent: User) -> None:
    for number, name in enumerate(["Answered", "First", "Second"], start=1):
        desk.chat(number, name)
    services.reply(SupportTicket.objects.get(sender_name="Answered").pk, Actor.of(agent), "Hi")
    column = 1 + SupportTicketAdmin.list_display.index("waiting")
    tickets = root.get(desk.LIST, {"o": column}).context["cl"].result_list
    assert [ticket.sender_name for ticket in tickets] == ["First", "Second", "Answered"]


def test_a_row_shows_what_an_agent_needs(root: Client) -> None:
    ticket = desk.chat(1, "Ada")
    desk.says(ticket, "Hello?")
    html = root.get(desk.LIST).content.decode()
    assert '<span class="desk-status open">Open</span>' in html
    assert 'class="desk-unread">2<' in html
    assert "Hello?" in html
    assert "Nobody" in html


def test_the_list_costs_the_same_for_thirty_tickets_as_for_three(root: Client, agent: User) -> None:
    def fill(numbers: range) -> int:
        for number in numbers:
            services.reply(desk.chat(number, f"Student {number}").pk, Actor.of(agent), "Hi")
        with queries_made() as found:
            root.get(desk.LIST)
        return len(found)

    assert fill(range(1, 4)) == fill(range(4, 31))


def test_many_tickets_are_taken_released_and_prioritised(root: Client, agent: User) -> None:
    tickets = [desk.chat(1), desk.chat(2)]
    assert "2 ticket(s) taken." in do(root, "take", *tickets)
    assert set(SupportTicket.objects.values_list("assigned_admin", flat=True)) == {agent.pk}
    do(root, "release", *tickets)
    assert set(SupportTicket.objects.values_list("assigned_admin", flat=True)) == {None}
    do(root, "set_priority_urgent", *tickets)
    assert set(SupportTicket.objects.values_list("priority", flat=True)) == {Priority.URGENT}


def test_resolving_many_says_goodbye_to_each_once(root: Client) -> None:
    tickets = [desk.chat(1), desk.chat(2)]
    do(root, "resolve", *tickets)
    do(root, "resolve", *tickets)
    assert set(SupportTicket.objects.values_list("status", flat=True)) == {TicketStatus.RESOLVED}
    assert [len(desk.outgoing(ticket)) for ticket in tickets] == [1, 1]


def test_one_refused_ticket_stops_no_other(root: Client) -> None:
    hers, free = desk.chat(1, "Hers"), desk.chat(2, "Free")
    services.take(hers.pk, Actor.of(desk.staff(username="chidi")))
    html = do(root, "take", hers, free)
    assert "1 ticket(s) taken." in html
    assert "chidi has this ticket" in html


def test_what_was_so_already_is_not_counted_as_done(root: Client) -> None:
    first, second = desk.chat(1), desk.chat(2)
    do(root, "take", first)
    html = do(root, "take", first, second)
    assert "1 ticket(s) taken." in html
    assert "1 ticket(s) needed no change." in html
    do(root, "release", first)
    assert "1 ticket(s) released." in do(root, "release", first, second)
    do(root, "set_priority_high", first)
    html = do(root, "set_priority_high", first)
    assert "set to high priority" not in html
    assert "1 ticket(s) needed no change." in html


def test_who_may_only_look_has_no_actions() -> None:
    ticket = desk.chat()
    client = desk.browser(desk.looker())
    assert "taken" not in do(client, "take", ticket)
    ticket.refresh_from_db()
    assert ticket.assigned_admin is None


def test_a_pasted_paragraph_is_found_too(agent: User) -> None:
    words = "My payment went through and I cannot log in "
    ticket = desk.chat()
    desk.says(ticket, words * 3)
    html = desk.browser(agent).get(desk.LIST, {"q": words * 200}).content.decode()
    assert f"#{ticket.pk}" in html
