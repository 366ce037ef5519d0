"""/api/webhooks: endpoints managed by other systems."""

import pytest

from support.models import WebhookEndpoint
from support.tests import api

pytestmark = pytest.mark.django_db
ADDRESS = "/api/webhooks"
NEW = {"url": "https://crm.example.org/hooks", "name": "CRM", "event_types": ["chat.ended"]}


@pytest.fixture
def manager():
    return api.client(api.staff(is_superuser=True), ("manage",))


def test_an_endpoint_is_made_and_its_secret_shown_once(manager):
    answer = manager.post(ADDRESS, NEW)
    assert answer.status_code == 201
    made = answer.json()
    assert made["secret"].startswith("whsec_")
    assert made["event_types"] == ["chat.ended"]
    for shown in (manager.get(f"{ADDRESS}/{made['id']}"), manager.get(ADDRESS)):
        assert made["secret"] not in shown.content.decode()


def test_a_secret_is_changed(manager):
    made = manager.post(ADDRESS, NEW).json()
    rotated = manager.post(f"{ADDRESS}/{made['id']}/rotate").json()
    assert rotated["secret"] != made["secret"]
    assert WebhookEndpoint.objects.get().secrets == [rotated["secret"], made["secret"]]


def test_a_secret_that_leaked_ends_at_once(manager):
    made = manager.post(ADDRESS, NEW).json()
    rotated = manager.post(f"{ADDRESS}/{made['id']}/rotate", {"keep_old": False}).json()
    assert WebhookEndpoint.objects.get().secrets == [rotated["secret"]]


def test_an_endpoint_is_changed_and_only_what_is_named(manager):
    made = manager.post(ADDRESS, NEW).json()
    changed = manager.patch(f"{ADDRESS}/{made['id']}", {"active": False}).json()
    assert changed["active"] is False
    assert changed["url"] == NEW["url"]


def test_a_paused_endpoint_is_resumed(manager):
    made = manager.post(ADDRESS, NEW).json()
    WebhookEndpoint.objects.update(paused_at="2026-10-05T00:00Z", failures=9)
    resumed = manager.patch(f"{ADDRESS}/{made['id']}", {"paused": False}).json()
    assert resumed["paused_at"] is None
    assert manager.patch(f"{ADDRESS}/{made['id']}", {"paused": True}).status_code == 400


@pytest.mark.parametrize(
    "url", ["http://crm.example.org/", "https://10.0.0.1/", "https://localhost/x", "nonsense"]
)
def test_addresses_that_are_not_allowed_are_refused(manager, url):
    answer = manager.post(ADDRESS, NEW | {"url": url})
    assert answer.status_code == 400
    assert "url" in answer.json()["errors"]
    made = manager.post(ADDRESS, NEW).json()
    assert manager.patch(f"{ADDRESS}/{made['id']}", {"url": url}).status_code == 400


def test_unknown_events_are_refused(manager):
    assert manager.post(ADDRESS, NEW | {"event_types": ["moon.full"]}).status_code == 400


def test_unknown_fields_are_refused_by_name(manager):
    slip = manager.post(ADDRESS, NEW | {"event_type": ["chat.ended"]})
    assert (slip.status_code, list(slip.json()["errors"])) == (400, ["event_type"])
    assert WebhookEndpoint.objects.count() == 0
    made = manager.post(ADDRESS, NEW).json()["id"]
    slip = manager.patch(f"{ADDRESS}/{made}", {"pause": False})
    assert (slip.status_code, list(slip.json()["errors"])) == (400, ["pause"])
    slip = manager.post(f"{ADDRESS}/{made}/rotate", {"keepold": False})
    assert (slip.status_code, list(slip.json()["errors"])) == (400, ["keepold"])


def test_it_needs_the_scope_and_the_permission():
    for client in (
        api.client(api.staff(is_superuser=True), ("read", "reply")),
        api.client(api.staff(), ("manage",)),
    ):
        assert client.get(ADDRESS).status_code == 403
        assert client.post(ADDRESS, NEW).status_code == 403
