"""Who may do what: every operation of the schema, so that a new one cannot be forgotten."""

import pytest
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIClient, APIRequestFactory

from edubot.tests import api_world
from support.api.permissions import HasScopeAndPermission
from support.api.views import ApiView
from support.models import ApiToken, SupportMessage
from support.tests import api
from whatsapp.models import Message

pytestmark = pytest.mark.django_db

VIEW = ("view",)
ANSWER = ("view", "reply")
# Operation -> scope, permissions of the owner.
OPERATIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "list_tickets": ("read", VIEW),
    "open_ticket": ("reply", ANSWER),
    "list_open_tickets": ("read", VIEW),
    "get_ticket": ("read", VIEW),
    "change_ticket": ("manage", ("view", "change")),
    "list_ticket_messages": ("read", VIEW),
    "send_ticket_message": ("reply", ANSWER),
    "send_message_again": ("reply", ANSWER),
    "confirm_message_arrival": ("reply", ANSWER),
    "send_ticket_file": ("reply", ANSWER),
    "send_ticket_template": ("reply", ANSWER),
    "take_ticket": ("reply", ANSWER),
    "release_ticket": ("reply", ANSWER),
    "list_ticket_notes": ("read", VIEW),
    "add_ticket_note": ("reply", ANSWER),
    "list_ticket_events": ("read", VIEW),
    "get_notifications": ("read", VIEW),
    "list_ratings": ("read", VIEW),
    "list_canned_replies": ("read", ("view_cannedreply",)),
    "list_categories": ("read", ("view_category",)),
    "list_staff": ("read", VIEW),
    "list_templates": ("read", ("view_messagetemplate",)),
    "get_file": ("read", VIEW),
    "list_conversations": ("read", VIEW),
    "list_conversation_messages": ("read", VIEW),
    "send_in_chat": ("reply", ANSWER),
    "end_chat": ("reply", ANSWER),
    "list_contacts": ("read", ("view_contact", "view_student")),
    "get_contact": ("read", ("view_contact", "view_student")),
    "list_homework": ("read", ("view_homework", "view_student")),
    "get_homework": ("read", ("view_homework", "view_student")),
    "list_payments": ("read", ("view_payment", "view_student")),
    "get_payment": ("read", ("view_payment", "view_student")),
    "list_events": ("read", ("view", "view_event")),
    "list_webhooks": ("manage", ("view_webhookendpoint",)),
    "create_webhook": ("manage", ("view_webhookendpoint", "add_webhookendpoint")),
    "get_webhook": ("manage", ("view_webhookendpoint",)),
    "change_webhook": ("manage", ("view_webhookendpoint", "change_webhookendpoint")),
    "rotate_webhook_secret": ("manage", ("view_webhookendpoint", "change_webhookendpoint")),
    "list_simulated_students": ("read", VIEW),
    "make_simulated_student": ("reply", ANSWER),
    "list_simulated_messages": ("read", VIEW),
    "say_as_student": ("reply", ANSWER),
    "tap_as_student": ("reply", ANSWER),
    "send_file_as_student": ("reply", ANSWER),
}
SCOPES = ("read", "reply", "manage")


def status(client: APIClient, operation: str, world: api_world.World) -> int:
    return api_world.call(client, operation, world).status_code


def test_the_table_names_every_operation_of_the_schema():
    assert set(OPERATIONS) == set(api_world.operations())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_who_may_call_it_and_nobody_else(operation):
    """No token, an expired one, each scope, and each permission missing: 401 or 403."""
    world = api_world.make()
    scope, needed = OPERATIONS[operation]
    owner = api.staff(permissions=needed)
    expired = api.client(owner, (scope,))
    ApiToken.objects.update(expiry=timezone.now())

    answers = {
        "no token": status(APIClient(), operation, world),
        "expired": status(expired, operation, world),
        "no scope": status(api.client(owner, ()), operation, world),
    }
    for other in SCOPES:
        if other != scope:
            answers[other] = status(api.client(owner, (other,)), operation, world)
    for lacking in needed:
        others = tuple(name for name in api.ALL if name != lacking)
        answers[f"no {lacking}"] = status(
            api.client(api.staff(permissions=others)), operation, world
        )

    unknown = {"no token": 401, "expired": 401}
    assert answers == {case: unknown.get(case, 403) for case in answers}
    said = Message.objects.count(), SupportMessage.objects.count()
    allowed = status(api.client(owner, (scope,)), operation, world)
    assert allowed in (200, 201)
    if allowed == 201 and operation.startswith(("send_ticket", "add_ticket")):
        assert said != (Message.objects.count(), SupportMessage.objects.count())


def test_two_agents_two_tokens_neither_does_what_only_the_other_may():
    """For every operation: one may look, the other look and answer, and neither may change."""
    world = api_world.make()
    looks = api.client(api.staff("looks", permissions=VIEW))
    answers = api.client(api.staff("answers", permissions=ANSWER))
    for operation, (_, needed) in OPERATIONS.items():
        for client, owned in ((looks, VIEW), (answers, ANSWER)):
            if not set(needed) <= set(owned):
                assert status(client, operation, world) == 403, operation


def test_an_agent_cannot_take_or_give_back_the_ticket_of_another():
    ada, world = api.staff("ada"), api_world.make()
    address = f"/api/support/tickets/{world.ticket.pk}"
    assert api.client(ada).post(f"{address}/take", {}).json()["assigned_admin_id"] == ada.pk
    bob = api.client(api.staff("bob"))
    for act in ("take", "release"):
        answer = bob.post(f"{address}/{act}", {})
        assert (answer.status_code, "ada has this ticket" in answer.json()["message"]) == (
            409,
            True,
        )


def test_assigning_needs_its_own_permission():
    owner = api.staff(permissions=("view", "reply", "change"))
    ticket = api.ticket()
    answer = api.client(owner).patch(
        f"/api/support/tickets/{ticket.pk}", {"assigned_admin_id": owner.pk, "priority": "HIGH"}
    )
    assert answer.status_code == 403
    ticket.refresh_from_db()
    assert (ticket.assigned_admin, ticket.priority) == (None, "MEDIUM")


def test_a_view_that_names_no_access_is_closed_to_everybody():
    class Forgotten(ApiView):
        def get(self, _request):
            return Response("secret")

    user = api.staff(is_superuser=True)
    _, token = ApiToken.objects.create(user=user, scopes=list(SCOPES))
    request = APIRequestFactory().get("/", headers={"Authorization": f"Bearer {token}"})
    assert HasScopeAndPermission in Forgotten.permission_classes
    assert Forgotten.as_view()(request).status_code == 403


def test_an_unknown_scope_in_a_token_opens_nothing():
    world = api_world.make()
    assert status(api.client(scopes=("admin", "*")), "list_tickets", world) == 403
