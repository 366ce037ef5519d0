"""Views of the queue under a name."""

import pytest

from support import saved_views
from support.models import SavedView
from support.services import ServiceError
from support.tests import desk

pytestmark = pytest.mark.django_db
VIEWS = "/admin/support/savedview/"


def names(user) -> list[str]:
    return [view.name for view in saved_views.of_user(user)]


def test_people_see_their_own_and_the_shared_ones() -> None:
    ada, grace, lead = desk.staff(username="ada"), desk.staff(username="grace"), desk.staff("Lead")
    saved_views.keep(ada, "Mine", "assigned=me")
    saved_views.keep(lead, "Urgent", "priority=URGENT", shared=True)
    assert names(ada) == ["Urgent", "Mine"]
    assert names(grace) == ["Urgent"]


def test_only_leads_share() -> None:
    with pytest.raises(ServiceError, match="Only a lead"):
        saved_views.keep(desk.staff(), "Urgent", "priority=URGENT", shared=True)
    assert not SavedView.objects.exists()


def test_the_same_name_replaces() -> None:
    ada = desk.staff()
    saved_views.keep(ada, "Mine", "a=1")
    saved_views.keep(ada, " Mine ", "a=2")
    assert [view.query for view in saved_views.of_user(ada)] == ["a=2"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?status=OPEN&page=3", "status=OPEN"),
        ("https://evil.example/admin/?q=x y", "q=x+y"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29="),
        ("", ""),
    ],
)
def test_only_a_query_is_kept(query: str, kept: str) -> None:
    assert saved_views.keep(desk.staff(), "Mine", query).query == kept


@pytest.mark.parametrize(("name", "query"), [("", "a=1"), ("x" * 61, "a=1"), ("x", "a" * 501)])
def test_what_cannot_be_kept_is_refused(name: str, query: str) -> None:
    with pytest.raises(ServiceError):
        saved_views.keep(desk.staff(), name, query)


def test_nobody_drops_what_is_not_theirs() -> None:
    ada, lead = desk.staff(username="ada"), desk.staff("Lead")
    shared = saved_views.keep(lead, "Urgent", "", shared=True)
    own = saved_views.keep(ada, "Mine", "")
    for user, view in ((ada, shared), (lead, own)):
        with pytest.raises(ServiceError):
            saved_views.drop(user, view)
    saved_views.drop(lead, shared)
    saved_views.drop(ada, own)
    assert not SavedView.objects.exists()


def test_in_the_admin_an_agent_keeps_own_views_only() -> None:
    ada, lead = desk.staff(username="ada"), desk.staff("Lead")
    shared = saved_views.keep(lead, "Urgent", "", shared=True)
    secret = saved_views.keep(lead, "Secret", "")
    client = desk.browser(ada)
    form = {"name": "Mine", "query": "?a=1", "position": "0", "shared": "on"}
    client.post(f"{VIEWS}add/", form)
    assert SavedView.objects.get(name="Mine").owner == ada
    assert client.post(f"{VIEWS}{shared.pk}/change/", form).status_code == 403
    assert client.post(f"{VIEWS}{shared.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "Secret" not in client.get(VIEWS).content.decode()
    assert client.get(f"{VIEWS}{secret.pk}/change/").status_code == 302


def test_in_the_admin_a_lead_shares() -> None:
    lead = desk.staff("Lead")
    form = {"name": "Urgent", "query": "priority=URGENT", "position": "0", "shared": "on"}
    desk.browser(lead).post(f"{VIEWS}add/", form)
    assert SavedView.objects.get().owner is None
