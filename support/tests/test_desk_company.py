"""The open desk tells that it is there, and learns who else is."""

import pytest
from django.contrib.auth.models import User

from support import presence
from support.models import Presence, SupportTicket
from support.tests import desk
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db
HERE = "/admin/support/desk/here"


@pytest.fixture
def ada() -> User:
    return desk.staff(username="ada")


def test_an_open_desk_counts_as_online(agent: User) -> None:
    desk.browser(agent).post(HERE)
    assert list(presence.online()) == [agent.pk]
    assert Presence.objects.get().place == presence.QUEUE


def test_colleagues_are_named_in_the_ticket_and_in_the_rows(
    agent: User, ada: User, ticket: SupportTicket
) -> None:
    other = desk.chat(2, "Ada Obi")
    presence.touch(ticket.pk, ada, typing=True)
    presence.touch(other.pk, ada)
    told = desk.browser(agent).post(HERE, {"ticket": ticket.pk, "row": [other.pk, "x"]}).json()
    assert told == {
        str(ticket.pk): {"names": ["ada"], "typing": ["ada"]},
        str(other.pk): {"names": ["ada"], "typing": []},
    }


def test_who_goes_to_another_ticket_has_left_the_first(agent: User, ada: User) -> None:
    client = desk.browser(agent)
    client.post(HERE, {"ticket": 1, "typing": "yes"})
    assert presence.others([1], ada)[1][0].is_typing
    client.post(HERE, {"ticket": 2, "left": 1})
    assert list(presence.others([1, 2], ada)) == [2]
    client.post(HERE, {"left": 2, "gone": "yes"})
    assert not presence.online().exists()


def test_who_may_not_see_tickets_learns_nothing() -> None:
    nobody = User.objects.create_user("nobody", is_staff=True)
    assert desk.browser(nobody).post(HERE, {"row": 1}).status_code == 403


def test_a_beat_costs_one_statement_to_write_and_one_to_read(agent: User) -> None:
    client = desk.browser(agent)
    client.post(HERE, {"ticket": 1})
    with queries_made() as found:
        client.post(HERE, {"ticket": 1, "row": list(range(1, 51))})
    ours = [one for one in found if "support_presence" in one]
    assert len(ours) == 2
