"""The open desk asks every two seconds what is new, in the queue and in the chosen thread."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from support import queries, services
from support.models import Priority, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.queries_made import queries_made
from whatsapp import templates
from whatsapp.models import Contact, Message
from whatsapp.models.message import Status

pytestmark = pytest.mark.django_db
Meanwhile = Callable[[Callable[[], object]], None]
HIDDEN = re.compile(r'<input type="hidden"[^>]*? name="([\w-]+)"[^>]*? value="([\w-]*)"')


class Page:
    """The desk left open, with a ticket chosen or without."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.state = {"tab": "all"}
        self._read(client.get(address).content.decode())

    def ask(self, **more: str) -> str | None:
        """What is new; None if nothing."""
        response = self.client.get("/admin/support/desk/pulse", {**self.state, **more})
        if response.status_code == 204:
            return None
        html = response.content.decode()
        self._read(html)
        return html

    def _read(self, html: str) -> None:
        found = dict(HIDDEN.findall(html.replace(" id=", "  id=")))
        names = ("queue-version", "thread-version", "ticket", "show", "new", "gate")
        self.state |= {name: found[name] for name in names if name in found}


@pytest.fixture
def page(agent: User, ticket: SupportTicket) -> Page:
    opened = Page(desk.browser(agent), desk.page(ticket))
    opened.ask()  # what was unread is seen now, which is news for the queue
    return opened


def test_nothing_new_costs_one_statement_besides_login(page: Page) -> None:
    with queries_made() as found:
        assert page.ask() is None
    assert len([sql for sql in found if "support_supportticket" in sql]) == 1
    assert len(found) <= 3


@pytest.mark.parametrize("role", ["Agent", "Lead"])
def test_it_costs_no_more_for_those_who_are_in_a_role(ticket: SupportTicket, role: str) -> None:
    page = Page(desk.browser(desk.staff(role)), desk.page(ticket))
    page.ask()
    with queries_made() as found:
        assert page.ask() is None
    assert len(found) <= 3


def test_a_message_that_looks_as_it_did_before_it_failed_is_news(
    page: Page, ticket: SupportTicket, agent: User
) -> None:
    bubble = services.reply(ticket.pk, Actor.of(agent), "Hello")
    page.ask()
    Message.objects.filter(pk=bubble.wire_id).update(status=Status.FAILED, error="No such number.")
    services.send_again(bubble, Actor.of(agent))
    assert page.ask()


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """What happens after the next request has begun, before it looks at the thread."""
    look = queries.version

    def happens(act: Callable[[], object]) -> None:
        def version(*args: int) -> str:
            monkeypatch.setattr(queries, "version", look)
            act()
            return look(*args)

        monkeypatch.setattr(queries, "version", version)

    return happens


def test_what_a_colleague_does_while_a_page_is_drawn_is_not_missed(
    agent: User, ticket: SupportTicket, meanwhile: Meanwhile
) -> None:
    ada = desk.staff(username="ada")
    meanwhile(lambda: services.take(ticket.pk, Actor.of(ada)))
    client = desk.browser(agent)
    assert "ada has this ticket" in client.get(desk.page(ticket)).content.decode()
    page = Page(client, desk.page(ticket))
    desk.says(ticket, "Hello?")
    meanwhile(lambda: services.release(ticket.pk, Actor.of(ada)))
    assert "Nobody has this ticket" in (page.ask() or "")


def test_a_window_that_shuts_while_a_page_is_drawn_offers_the_templates(
    page: Page, ticket: SupportTicket, meanwhile: Meanwhile
) -> None:
    templates.sync()
    desk.says(ticket, "Hello?")
    long_ago = timezone.now() - timedelta(hours=25)
    meanwhile(lambda: Contact.objects.update(last_inbound_at=long_ago))
    html = page.ask() or ""
    assert "The 24-hour window closed" in html
    assert 'id="id_template"' in html


def test_a_queue_with_nothing_chosen_costs_no_more(agent: User, ticket: SupportTicket) -> None:
    page = Page(desk.browser(agent), "/admin/support/desk/")
    with queries_made() as found:
        assert page.ask() is None
    assert len(found) <= 3


def test_new_words_come_without_the_reply_box(page: Page, ticket: SupportTicket) -> None:
    desk.says(ticket, "Are you there?")
    html = page.ask()
    assert html
    assert "Are you there?" in html
    assert "<textarea" not in html
    page.ask()
    assert page.ask() is None


def test_ticks_that_move_are_news(page: Page, ticket: SupportTicket, agent: User) -> None:
    bubble = services.reply(ticket.pk, Actor.of(agent), "Hello")
    page.ask()
    for status in (Status.ACCEPTED, Status.DELIVERED, Status.READ, Status.FAILED):
        Message.objects.filter(pk=bubble.wire_id).update(status=status)
        assert page.ask(), status


def test_what_colleagues_do_is_news(page: Page, ticket: SupportTicket) -> None:
    chidi = Actor.of(desk.staff(username="chidi"))
    services.take(ticket.pk, chidi)
    assert "chidi has this ticket" in (page.ask() or "")
    services.set_priority(ticket.pk, chidi, Priority.URGENT)
    html = page.ask() or ""
    assert '<option value="URGENT" selected>' in html
    services.end(ticket.pk, chidi)
    assert 'data-open="no"' in (page.ask() or "")


def test_what_happens_to_other_tickets_is_news_for_the_queue_alone(page: Page) -> None:
    desk.chat(2, "Ada Obi")
    html = page.ask() or ""
    assert "Ada Obi" in html
    assert 'id="thread-lines"' not in html
    assert page.ask() is None


def test_a_window_that_shuts_meanwhile_is_news(page: Page, ticket: SupportTicket) -> None:
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(hours=25))
    html = page.ask() or ""
    assert 'data-open="no"' in html
    assert 'id="template"' in html


def test_the_template_box_is_left_alone_while_nothing_changes_for_it(page: Page, ticket) -> None:
    desk.says(ticket, "Hello?")
    assert 'id="template"' not in (page.ask() or "")


def test_news_that_are_shown_are_seen(page: Page, ticket: SupportTicket) -> None:
    desk.says(ticket, "Hello?")
    page.ask()
    ticket.refresh_from_db()
    assert ticket.unread_count == 0


def test_news_in_the_background_are_not_seen(page: Page, ticket: SupportTicket) -> None:
    desk.says(ticket, "Hello?")
    assert "New messages" in (page.ask(hidden="yes") or "")
    ticket.refresh_from_db()
    assert ticket.unread_count == 1


def test_seeing_a_ticket_is_news_for_colleagues(agent: User, ticket: SupportTicket) -> None:
    chidi = Page(desk.browser(desk.staff(username="chidi")), "/admin/support/desk/?tab=all")
    desk.browser(agent).get(desk.page(ticket))
    html = chidi.ask() or ""
    assert "John Doe" in html
    assert "unread</span>" not in html


def test_a_ticket_that_does_not_exist_is_not_found(page: Page) -> None:
    assert page.client.get("/admin/support/desk/pulse", {"ticket": "99999"}).status_code == 404
