"""Kept views of the queue, and who was mentioned, at the desk."""

import pytest
from django.contrib.auth.models import User

from support import queries, saved_views, services
from support.models import SavedView
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db
DESK = "/admin/support/desk/"


def test_the_queue_is_kept_under_a_name_and_dropped(agent: User) -> None:
    client = desk.browser(agent)
    data = {"name": "Hot", "tab": "all", "priority": "URGENT", "category": "999"}
    assert client.post(f"{DESK}views", data)["HX-Refresh"] == "true"
    view = SavedView.objects.get()
    assert (view.owner, view.query) == (agent, "tab=all&priority=URGENT")
    assert "?tab=all&amp;priority=URGENT" in client.get(DESK).content.decode()
    client.post(f"{DESK}views/{view.pk}/drop")
    assert not SavedView.objects.exists()


def test_only_leads_share_and_nobody_drops_another_s() -> None:
    ada, lead = desk.staff(username="ada"), desk.staff("Lead")
    told = desk.browser(ada).post(f"{DESK}views", {"name": "Ours", "shared": "on"})
    assert "Only a lead" in told["HX-Trigger"]
    view = saved_views.keep(lead, "Mine", "tab=mine")
    assert desk.browser(ada).post(f"{DESK}views/{view.pk}/drop").status_code == 404
    shared = saved_views.keep(lead, "Ours", "tab=all", shared=True)
    refused = desk.browser(ada).post(f"{DESK}views/{shared.pk}/drop")
    assert "not yours" in refused["HX-Trigger"]


def test_a_mention_stands_above_the_queue_until_the_ticket_is_looked_at(agent: User) -> None:
    ticket, ada = desk.chat(), desk.staff(username="ada")
    client = desk.browser(ada)
    services.mark_seen(ticket)
    services.note(ticket.pk, Actor.of(agent), "@ada please look")
    assert 'id="mentions"' in client.get(f"{DESK}?tab=all").content.decode()
    assert 'id="mentions"' not in desk.browser(agent).get(f"{DESK}?tab=all").content.decode()
    before = queries.versions(0, 1)
    client.get(desk.page(ticket))
    assert queries.versions(0, 1) != before, "an open desk looks at its queue again"
    assert 'id="mentions"' not in client.get(f"{DESK}?tab=all").content.decode()
