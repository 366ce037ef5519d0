"""Endpoints and the log of deliveries in the admin."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from support.models import Event, WebhookDelivery, WebhookEndpoint
from support.tests import api, desk

pytestmark = pytest.mark.django_db
LIST = "/admin/support/webhookendpoint/"
SEE_NUMBERS = "see_numbers_supportticket"


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


def endpoint(**fields) -> WebhookEndpoint:
    return WebhookEndpoint.objects.create(url="https://crm.example.org/", name="CRM", **fields)


def act(client: Client, name: str, row, model: str = "webhookendpoint") -> str:
    data = {"action": name, "_selected_action": [row.pk]}
    address = reverse(f"admin:support_{model}_changelist")
    return client.post(address, data, follow=True).content.decode()


def test_an_endpoint_is_added_and_its_secret_shown_once(root: Client, agent: User):
    form = {"url": "https://crm.example.org/", "name": "CRM", "event_types": "chat.ended"}
    page = root.post(f"{LIST}add/", form | {"active": "on"}, follow=True).content.decode()
    made = WebhookEndpoint.objects.get()
    assert made.event_types == ["chat.ended"]
    assert made.created_by == agent
    assert "whsec_" in page
    assert "whsec_" not in root.get(f"{LIST}{made.pk}/change/").content.decode()


@pytest.mark.parametrize("secret", ["secret", "old_secret"])
def test_who_may_only_look_does_not_guess_the_secret_letter_by_letter(secret: str):
    """Django lets an address filter a list by any column, shown or not."""
    made = endpoint(old_secret="whsec_old")
    looker = desk.browser(api.staff(permissions=("view_webhookendpoint", SEE_NUMBERS)))
    assert "CRM" in looker.get(LIST).content.decode()
    begins = getattr(made, secret)[:8]
    for lookup in (f"{secret}__startswith", f"{secret}__regex", secret):
        page = looker.get(LIST, {lookup: begins}, follow=True)
        assert page.status_code == 400, lookup


@pytest.mark.parametrize("url", ["http://crm.example.org/", "https://127.0.0.1/", "nonsense"])
def test_an_address_that_is_not_allowed_is_refused(root: Client, url: str):
    page = root.post(f"{LIST}add/", {"url": url, "active": "on"}).content.decode()
    assert "errorlist" in page
    assert not WebhookEndpoint.objects.exists()


def test_editing_leaves_what_a_worker_writes_meanwhile(root: Client):
    row = endpoint(epoch=7, failures=3)
    form = {"url": row.url, "name": "New name", "active": "on"}
    root.post(f"{LIST}{row.pk}/change/", form)
    row.refresh_from_db()
    assert (row.name, row.epoch, row.failures) == ("New name", 7, 3)


def test_who_looks_at_a_secret_stands_in_the_history(root: Client, agent: User):
    row = endpoint()
    assert row.secret[:20] in act(root, "show_secret", row)
    entry = LogEntry.objects.get()
    assert entry.user == agent
    assert "secret was shown" in entry.change_message


def test_a_secret_is_changed(root: Client):
    row = endpoint()
    act(root, "rotate", row)
    assert WebhookEndpoint.objects.get().secrets[1] == row.secret


def test_the_first_page_names_paused_endpoints_until_they_are_resumed(root: Client):
    row = endpoint(paused_at=timezone.now(), failures=9)
    assert "1 Webhook endpoint(s)" in root.get("/admin/").content.decode()
    assert "Paused on" in root.get(LIST).content.decode()
    act(root, "resume", row)
    assert "Webhook endpoint(s)" not in root.get("/admin/").content.decode()


def test_a_delivery_is_shown_with_its_request_and_sent_again(root: Client):
    event = Event.objects.create(
        position=41, type="chat.ended", contact=desk.student(), data={"words": "Goodbye"}
    )
    row = WebhookDelivery.objects.create(
        endpoint=endpoint(),
        event=event,
        contact=event.contact,
        state="failed",
        attempts=9,
        request={"webhook-id": "41"},
        response="<b>Out of order</b>",
    )
    page = root.get(f"/admin/support/webhookdelivery/{row.pk}/change/").content.decode()
    assert "Goodbye" in page
    assert "webhook-id" in page
    assert "&lt;b&gt;Out of order" in page
    act(root, "send_again", row, "webhookdelivery")
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)


@pytest.mark.parametrize("role", ["Agent", "Lead"])
def test_endpoints_are_for_administrators(role: str):
    client = desk.browser(desk.staff(role))
    assert client.get(LIST).status_code == 403
    assert client.get("/admin/support/webhookdelivery/").status_code == 403


def test_an_administrator_sees_them_all():
    client = desk.browser(desk.staff("Administrator"))
    for address in (LIST, "/admin/support/webhookdelivery/", "/admin/support/event/"):
        assert client.get(address).status_code == 200
