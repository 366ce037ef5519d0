"""Who may do what: nobody without the permission sees a thread."""

import uuid

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from support.models import SupportTicket
from support.tests import desk
from whatsapp.models import Media, Message

pytestmark = pytest.mark.django_db
READ, WRITE = (
    {"list", "page", "desk", "queue", "more", "poll", "file"},
    {"compose", "act", "properties", "end"},
)


def status(client: Client, ticket: SupportTicket, what: str) -> int:
    wire = Message.objects.filter(contact=ticket.contact).latest("id")
    media, _ = Media.objects.get_or_create(message=wire, state=Media.State.WAITING)
    calls = {
        "list": lambda: client.get(desk.LIST),
        "page": lambda: client.get(desk.page(ticket)),
        "poll": lambda: client.get(f"/admin/support/desk/pulse?ticket={ticket.pk}"),
        "desk": lambda: client.get("/admin/support/desk/"),
        "queue": lambda: client.get("/admin/support/desk/queue"),
        "more": lambda: client.get("/admin/support/desk/more"),
        "file": lambda: client.get(f"/admin/support/media/{media.pk}"),
        "compose": lambda: desk.compose(client, ticket, "Hello"),
        "act": lambda: client.post(desk.url(ticket, "act", "take")),
        "properties": lambda: client.post(desk.url(ticket, "properties"), {}),
        "end": lambda: client.post(desk.url(ticket, "end"), {"status": "ODD"}),
    }
    return int(calls[what]().status_code)


@pytest.mark.parametrize("what", sorted(READ | WRITE))
def test_strangers_are_sent_to_the_login(ticket: SupportTicket, what: str) -> None:
    assert status(Client(), ticket, what) == 302
    student = User.objects.create_user("student")
    assert status(desk.browser(student), ticket, what) == 302


@pytest.mark.parametrize("what", sorted(READ | WRITE))
def test_staff_without_permission_are_refused(ticket: SupportTicket, what: str) -> None:
    nobody = User.objects.create_user("nobody", is_staff=True)
    assert status(desk.browser(nobody), ticket, what) == 403
    assert desk.outgoing(ticket) == []


@pytest.mark.parametrize("what", sorted(READ | WRITE))
def test_who_may_look_may_not_write(ticket: SupportTicket, what: str) -> None:
    refused = status(desk.browser(desk.looker()), ticket, what) == 403
    assert refused == (what in WRITE)


@pytest.mark.parametrize("role", ["Agent", "Lead", "Administrator"])
@pytest.mark.parametrize("what", sorted(READ | WRITE))
def test_every_role_reads_and_answers(ticket: SupportTicket, role: str, what: str) -> None:
    expected = {"file": {404}}.get(what, {200, 302})  # that file is not here yet
    assert status(desk.browser(desk.staff(role)), ticket, what) in expected


def test_who_may_look_sees_no_reply_box(ticket: SupportTicket) -> None:
    html = desk.browser(desk.looker()).get(desk.page(ticket)).content.decode()
    assert "<textarea" not in html
    assert "End chat" not in html
    assert "I cannot log in." in html


@pytest.mark.parametrize(
    ("role", "may_assign"), [("Agent", False), ("Lead", True), ("Administrator", True)]
)
def test_only_leads_give_tickets_to_others(
    ticket: SupportTicket, role: str, may_assign: bool
) -> None:
    html = desk.browser(desk.staff(role)).get(desk.page(ticket)).content.decode()
    assert ('name="assigned_admin"' in html) == may_assign


ADMINS_SEE = {
    "Agent": {
        "support.CannedReply",
        "support.Category",
        "support.DeskPreferences",
        "support.Holiday",
        "support.Macro",
        "support.OpeningHours",
        "support.SavedView",
        "support.SupportTicket",
        "conversations.Conversation",
        "conversations.FaqEntry",
        "conversations.Homework",
        "conversations.Lead",
        "conversations.Payment",
        "conversations.Student",
        "conversations.Subscription",
        "conversations.Tutor",
        "whatsapp.Contact",
        "whatsapp.MessageTemplate",
        "whatsapp.TemplateUse",
        "conversations.LearntWord",
    }
}
ADMINS_SEE["Lead"] = ADMINS_SEE["Agent"] | {
    "whatsapp.MergeCandidate",
    "whatsapp.InboundMessage",
    "support.Event",
    "support.TicketEvent",
    "support.DeskRules",
    "support.ServiceLevel",
    "conversations.BotText",
    "whatsapp.Media",
    "whatsapp.Message",
}
ADMINS_SEE["Administrator"] = ADMINS_SEE["Lead"] | {
    "conversations.PaymentNotice",
    "support.ApiToken",
    "support.StaffMail",
    "support.WebhookDelivery",
    "support.WebhookEndpoint",
    "whatsapp.Receipt",
    "auth.User",
    "auth.Group",
}


@pytest.mark.parametrize("role", ADMINS_SEE)
def test_each_role_sees_its_part_of_the_admin(role: str, rf) -> None:
    request = rf.get("/admin/")
    request.user = desk.staff(role)
    apps = admin.site.get_app_list(request)
    seen = {model["model"]._meta.label for app in apps for model in app["models"]}
    assert seen == ADMINS_SEE[role]


def test_an_administrator_adds_staff_but_makes_no_superusers(agent: User) -> None:
    boss = desk.staff("Administrator")
    client = desk.browser(boss)
    assert client.get("/admin/auth/user/add/").status_code == 200
    html = client.get(f"/admin/auth/user/{boss.pk}/change/").content.decode()
    assert 'name="is_superuser"' not in html
    assert 'name="user_permissions"' not in html
    client.post(f"/admin/auth/user/{boss.pk}/change/", {"username": "x", "is_superuser": "on"})
    boss.refresh_from_db()
    assert not boss.is_superuser
    assert client.get(f"/admin/auth/user/{agent.pk}/password/").status_code == 403
    assert client.post(f"/admin/auth/user/{agent.pk}/change/", {}).status_code == 403


def test_a_form_without_its_csrf_token_is_refused(ticket: SupportTicket, agent: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    data = {"mode": "reply", "text": "Hi", "token": str(uuid.uuid4())}
    assert client.post(desk.url(ticket, "compose"), data).status_code == 403
