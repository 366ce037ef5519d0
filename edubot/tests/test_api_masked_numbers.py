"""Masked phone numbers in the REST API: every operation, so that a new one cannot forget them."""

import pytest
from django.contrib import admin

from edubot.tests import api_world
from edubot.tests.test_api_permissions import OPERATIONS
from support.models import Event, WebhookEndpoint
from support.tasks import publish_events
from support.tests import api
from whatsapp.admin.numbers import SearchedNumbers

pytestmark = pytest.mark.django_db
MASKED = "+234••••••••67"
PARTS = ["+234803123456", "2348031", "0803123", "34567", "803 123", "8031234567x"]
# The simulator's phones are nobody's, and bytes of a file are no answer in JSON.
READING = [name for name in OPERATIONS if name != "get_file" and "simulated" not in name]
EVERYTHING = (*api.ALL, "view_event", "view_webhookendpoint", "add_webhookendpoint")
SEES = "see_numbers_supportticket"
# What brings whole numbers elsewhere is closed to whoever may not see them.
REFUSED = ("create_webhook", "change_webhook", "rotate_webhook_secret")


@pytest.fixture(autouse=True)
def masked(settings) -> None:
    settings.SUPPORT_MASK_NUMBERS = True


@pytest.fixture
def agent():
    return api.client(api.staff(permissions=EVERYTHING))


@pytest.fixture
def lead():
    return api.client(api.staff(permissions=(*EVERYTHING, SEES)))


@pytest.mark.parametrize("operation", READING)
def test_no_answer_has_the_number_of_a_student(operation, agent):
    world = api_world.make()
    publish_events()
    answer = api_world.call(agent, operation, world)
    assert (answer.status_code < 400) == (operation not in REFUSED), answer.content
    assert api.JOHN.removeprefix("+") not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/api/support/tickets/{id}", "/api/admin/conversations", "/api/contacts", "/api/events"],
)
def test_who_may_see_numbers_reads_them(address, agent, lead):
    address = address.format(id=api.ticket().pk)
    publish_events()
    assert MASKED in agent.get(address).content.decode()
    assert api.JOHN in lead.get(address).content.decode()


def test_an_answer_that_a_key_brings_back_is_masked_as_well(agent):
    new = {"phone_number": api.JOHN, "sender_name": "John", "issue_description": "It fails."}
    key = {"Idempotency-Key": "k1"}
    said = [agent.post("/api/support/tickets", new, headers=key).json() for _ in range(2)]
    assert [one["phone_number"] for one in said] == [MASKED, MASKED]


def test_events_are_kept_whole(agent):
    api.ticket()
    publish_events()
    agent.get("/api/events")
    assert Event.objects.get(type="ticket.opened").data["ticket"]["phone_number"] == api.JOHN


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/api/support/tickets", "tickets"),
        ("/api/admin/conversations", "conversations"),
        ("/api/contacts", "contacts"),
    ],
)
def test_a_part_of_a_number_finds_nobody(address, rows, part, agent):
    api_world.make()
    assert agent.get(address, {"search": part}).json()[rows] == []


@pytest.mark.parametrize("whole", ["+2348031234567", "2348031234567", "0803 123 4567"])
@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/api/support/tickets", "tickets"),
        ("/api/admin/conversations", "conversations"),
        ("/api/contacts", "contacts"),
    ],
)
def test_whoever_has_the_number_finds_the_student(address, rows, whole, agent):
    api_world.make()
    for name in ("search", "phone_number")[: 1 + (rows != "conversations")]:
        assert len(agent.get(address, {name: whole}).json()[rows]) == 1


def test_a_webhook_is_set_up_by_who_may_see_what_it_carries(agent, lead):
    body = {"url": "https://crm.example.org/"}
    refused = agent.post("/api/webhooks", body)
    assert refused.status_code == 403
    assert "whole phone numbers" in refused.json()["message"]
    assert lead.post("/api/webhooks", body).status_code == 201
    [endpoint] = WebhookEndpoint.objects.all()
    changer = api.client(api.staff(permissions=(*EVERYTHING, "change_webhookendpoint")))
    for method, address in (("patch", ""), ("post", "/rotate")):
        call = getattr(changer, method)
        assert call(f"/api/webhooks/{endpoint.pk}{address}", {}).status_code == 403


def test_every_list_of_the_admin_that_is_searched_by_phone_knows_of_it():
    for model, page in admin.site._registry.items():
        if any("phone" in name.split("__") for name in page.search_fields):
            assert isinstance(page, SearchedNumbers), model
