"""The first page tells who waits."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils import timezone
from django.utils.html import strip_tags

from support import services
from support.models import SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.queries_made import queries_made
from whatsapp import line
from whatsapp.errors import classify
from whatsapp.models import Message, Receipt
from whatsapp.models.message import Direction, Status

pytestmark = pytest.mark.django_db


def test_the_banner_counts_open_requests(agent: User) -> None:
    desk.chat(1), desk.chat(2)
    taken = desk.chat(3)
    services.reply(taken.pk, Actor.of(agent), "Hello")
    html = desk.browser(agent).get("/admin/").content.decode()
    text = " ".join(html.replace("<strong>", "").replace("</strong>", "").split())
    assert "3 Support Request(s): 2 unassigned • 1 in progress" in text
    assert "View Support" in text
    assert 'href="/admin/support/desk/"' in text


def words(html: str) -> str:
    """The page as it is read."""
    return " ".join(strip_tags(html.replace("<", " <")).split())


def test_the_numbers_of_the_banner_make_up_its_sum(agent: User) -> None:
    team = Actor.of(agent)
    taken, answered, released = desk.chat(1), desk.chat(2), desk.chat(3)
    desk.chat(4)
    services.take(taken.pk, team)
    services.reply(answered.pk, team, "Hello")
    services.reply(released.pk, team, "Hello")
    services.release(released.pk, team)
    page = words(desk.browser(agent).get("/admin/").content.decode())
    assert (
        "4 Support Request(s): 2 unassigned • 1 in progress • 1 assigned, not answered yet" in page
    )


def test_open_chats_are_those_of_the_desk_and_the_snoozed_ones(agent: User) -> None:
    desk.chat(1), desk.chat(2)
    snoozed = desk.chat(3)
    services.snooze(snoozed.pk, Actor.of(agent), timezone.now() + timedelta(days=1))
    SupportTicket.objects.filter(pk=snoozed.pk).update(waiting_since="2026-01-01T00:00Z")
    response = desk.browser(agent).get("/admin/")
    assert "Open chats 3 2 wait for an answer, 1 snoozed" in words(response.content.decode())
    assert response.context["today"]["longest"]["ticket"] != snoozed.pk, "it is put aside"


def test_medians_say_of_how_many_chats_they_are(agent: User) -> None:
    team = Actor.of(agent)
    tickets = [desk.chat(number) for number in (1, 2, 3)]
    for ticket in tickets[:2]:
        services.reply(ticket.pk, team, "Hello")
    services.end(tickets[0].pk, team)
    page = words(desk.browser(agent).get("/admin/").content.decode())
    assert "3 opened today, 2 answered" in page
    assert "1 of today's ended" in page


def test_the_banner_is_calm_when_nobody_waits(agent: User) -> None:
    services.end(desk.chat().pk, Actor.of(agent))
    html = desk.browser(agent).get("/admin/").content.decode()
    assert "No open support requests" in html
    assert "View Support" not in html


def test_the_banner_is_on_the_first_page_only(agent: User) -> None:
    desk.chat()
    assert "Support Request(s)" not in desk.browser(agent).get(desk.LIST).content.decode()


def test_staff_read_on_the_first_page_why_nothing_goes_out(agent: User) -> None:
    browser = desk.browser(agent)
    assert "takes no messages" not in browser.get("/admin/").content.decode()
    line.hold(classify(190))  # the login has expired
    html = browser.get("/admin/").content.decode()
    assert "WhatsApp takes no messages from us" in html
    assert "login has expired" in html


def test_who_may_not_see_tickets_sees_no_banner() -> None:
    desk.chat()
    nobody = User.objects.create_user("nobody", is_staff=True)
    html = desk.browser(nobody).get("/admin/").content.decode()
    assert "upport request" not in html.lower()


def test_support_comes_first_and_groups_have_friendly_names(agent: User) -> None:
    response = desk.browser(agent).get("/admin/")
    names = [str(app["name"]) for app in response.context["app_list"]]
    assert names == ["Support", "Students & bot", "WhatsApp", "Staff", "Logins"]


def test_today_is_told_in_figures_and_tables(agent: User) -> None:
    waiting = desk.chat(1, "Ada Obi")
    services.reply(desk.chat(2).pk, Actor.of(agent), "Hello")
    html = desk.browser(agent).get("/admin/").content.decode()
    assert "Today at the desk" in html
    assert f'href="{desk.page(waiting)}"' in html
    assert "Ada Obi" in html
    assert "2 opened today" in html
    assert "Requests in the last four weeks" in html
    assert "<style" not in html
    assert " style=" not in html


def test_failed_deliveries_of_today_are_counted(agent: User) -> None:
    ticket = desk.chat()
    services.reply(ticket.pk, Actor.of(agent), "Hello")
    Message.objects.filter(direction=Direction.OUTBOUND).update(status=Status.FAILED)
    context = desk.browser(agent).get("/admin/").context
    assert context["today"]["failed"] == 1


def test_the_machinery_is_shown_to_those_who_run_it(agent: User) -> None:
    Receipt.objects.create(
        body=b"{}", digest="x", received_at=timezone.now() - timedelta(minutes=9)
    )
    html = desk.browser(agent).get("/admin/").content.decode()
    assert "The oldest webhook that is not sorted came 9 minutes ago" in html
    assert "Health" not in desk.browser(desk.staff()).get("/admin/").content.decode()


def test_a_refused_access_token_is_shown(agent: User) -> None:
    services.reply(desk.chat().pk, Actor.of(agent), "Hello")
    outgoing = Message.objects.filter(direction=Direction.OUTBOUND)
    outgoing.update(status=Status.FAILED, error_code=190)
    html = desk.browser(agent).get("/admin/").content.decode()
    assert "WhatsApp refuses the access token" in html


def test_the_first_page_costs_the_same_for_thirty_tickets_as_for_three(agent: User) -> None:
    client = desk.browser(agent)
    client.get("/admin/")

    def cost(numbers: range) -> int:
        for number in numbers:
            desk.chat(number)
        cache.clear()
        with queries_made() as sql:
            client.get("/admin/")
        return len(sql)

    assert cost(range(1, 4)) == cost(range(4, 31))
