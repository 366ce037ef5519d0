"""What the API costs the database."""

import pytest

from edubot.tests import api_world
from support import services
from support.models import CannedReply, Category
from support.services import Actor
from support.tests import api
from support.tests.queries_made import queries_made
from whatsapp.models import MessageTemplate
from whatsapp.models.template import MessageTemplate as Template

pytestmark = pytest.mark.django_db
BUDGET = 12
WITH_KEY = 2  # the claim, and the answer kept
LISTS = [name for name in api_world.operations() if name.startswith("list_")]


def cost(client, operation, world):
    with queries_made() as found:
        answer = api_world.call(client, operation, world)
    assert answer.status_code in (200, 201), answer.content
    return found


def more(world):
    """Twenty more of whatever lists show."""
    for number in range(20):
        ended = api.ticket(api.contact(api.phone(number), "More"), issue_description="More")
        services.note(world.ticket.pk, Actor("Test"), "More")
        services.reply(world.ticket.pk, Actor("Test"), "More")
        services.end(ended.pk, Actor("Test"))
        services.rate(ended.pk, "bad")
        services.set_priority(world.ticket.pk, Actor("Test"), ["LOW", "HIGH"][number % 2])
        CannedReply.objects.create(shortcut=f"more{number}", text="More")
        Category.objects.create(name=f"More {number}")
        Template.objects.create(name=f"more{number}", language="en", status="APPROVED")
        api.staff(f"more{number}")


@pytest.mark.parametrize("operation", LISTS)
def test_a_list_costs_the_same_however_long_it_is(operation):
    world, client = api_world.make(), api.client(api.staff("lister", is_superuser=True))
    cost(client, operation, world)  # notes the token's use
    few = cost(client, operation, world)
    more(world)
    assert len(cost(client, operation, world)) == len(few)
    assert MessageTemplate.objects.count() > 20


@pytest.mark.parametrize("operation", ["open_ticket", "send_ticket_message", "send_in_chat"])
@pytest.mark.parametrize("key", ["", "key"])
def test_creating_and_replying_stay_within_the_budget(operation, key):
    world, client = api_world.make(), api.client()
    client.get("/api/support/notifications")  # notes the token's use
    if key:
        client.credentials(HTTP_IDEMPOTENCY_KEY=key)
    found = cost(client, operation, world)
    assert len(found) <= BUDGET + bool(key) * WITH_KEY, "\n".join(found)
