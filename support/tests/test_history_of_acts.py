"""The list of all acts: for leads, to look at."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from support import services
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db
LIST = "/admin/support/ticketevent/"


@pytest.fixture
def lead(db) -> Client:
    return desk.browser(desk.staff("Lead"))


def acts(client: Client, **query: str) -> list[str]:
    return [str(event) for event in client.get(LIST, query).context["cl"].result_list]


def test_who_did_what_is_listed_the_newest_first(lead: Client, agent: User) -> None:
    ticket = desk.chat()
    services.set_priority(ticket.pk, Actor.of(agent), "URGENT")
    assert acts(lead) == ["priority changed: MEDIUM → URGENT (Grace)", "Opened (Student)"]
    html = lead.get(LIST).content.decode()
    assert "Grace changed the priority from Medium to Urgent" in html, "as the desk tells it"


def test_acts_are_filtered_by_kind_person_and_ticket(lead: Client, agent: User) -> None:
    first, second = desk.chat(1), desk.chat(2)
    services.take(second.pk, Actor.of(agent))
    assert len(acts(lead, kind="opened")) == 2
    assert len(acts(lead, actor=str(agent.pk))) == 1
    assert len(acts(lead, actor="nobody")) == 2
    assert len(acts(lead, q=f"#{first.pk}")) == 1
    assert acts(lead, q="9" * 40) == acts(lead, q="abc") == []


def test_nothing_can_be_changed(lead: Client) -> None:
    desk.chat()
    assert lead.get(f"{LIST}add/").status_code == 403
    assert lead.post(f"{LIST}1/delete/", {"post": "yes"}).status_code == 403


def test_agents_do_not_see_it() -> None:
    assert desk.browser(desk.staff()).get(LIST).status_code == 403
