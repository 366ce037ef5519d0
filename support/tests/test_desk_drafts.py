"""What is typed at the desk is kept on the server until it is sent."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from support import drafts
from support.models import SupportTicket
from support.tests import desk

pytestmark = pytest.mark.django_db


def typed(user: User, ticket: SupportTicket, text: str, mode: str = "reply") -> int:
    data = {"text": text, "mode": mode}
    return desk.browser(user).post(desk.url(ticket, "draft"), data).status_code


def test_what_was_typed_stands_in_the_box_again(agent: User, ticket: SupportTicket) -> None:
    assert typed(agent, ticket, "Half a <b>sentence") == 204
    html = desk.browser(agent).get(desk.page(ticket)).content.decode()
    assert "Half a &lt;b&gt;sentence</textarea>" in html
    colleague = desk.browser(desk.staff(username="ada"))
    assert "Half a" not in colleague.get(desk.page(ticket)).content.decode()


def test_sending_clears_it_and_a_refusal_does_not(agent: User, ticket: SupportTicket) -> None:
    typed(agent, ticket, "Hello")
    desk.compose(desk.browser(agent), ticket, "")
    assert drafts.load(ticket.pk, agent)
    desk.compose(desk.browser(agent), ticket, "Hello John")
    assert drafts.load(ticket.pk, agent) is None


def test_an_emptied_box_is_no_draft(agent: User, ticket: SupportTicket) -> None:
    typed(agent, ticket, "Hello", "note")
    typed(agent, ticket, "  ")
    assert drafts.load(ticket.pk, agent) is None


def test_a_draft_that_was_on_its_way_while_it_was_sent_stays_away(
    agent: User, ticket: SupportTicket
) -> None:
    client, box = desk.browser(agent), str(uuid4())
    desk.compose(client, ticket, "Hello John", token=box)
    late = {"text": "Hello Joh", "mode": "reply", "token": box}
    assert client.post(desk.url(ticket, "draft"), late).status_code == 409
    assert "Hello Joh<" not in client.get(desk.page(ticket)).content.decode()


def test_who_may_not_answer_keeps_no_draft(ticket: SupportTicket) -> None:
    assert typed(desk.looker(), ticket, "Hello") == 403
