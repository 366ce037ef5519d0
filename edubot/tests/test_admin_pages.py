"""Every page of the admin opens, for who may open it."""

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversations import payments
from conversations.models import (
    BotText,
    Conversation,
    FaqEntry,
    Homework,
    HomeworkPage,
    LearntWord,
    PaymentNotice,
    Student,
    Subscription,
    Tutor,
)
from support.models import (
    ApiToken,
    CannedReply,
    Category,
    DeskPreferences,
    DeskRules,
    Event,
    Holiday,
    Macro,
    OpeningHours,
    SavedView,
    ServiceLevel,
    StaffMail,
    WebhookDelivery,
    WebhookEndpoint,
)
from support.tests import desk
from whatsapp import candidates
from whatsapp.models import Media, MergeCandidate, Message, MessageTemplate, Receipt, TemplateUse

pytestmark = pytest.mark.django_db
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
NAMES = [model._meta.label for model in MODELS]


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


@pytest.fixture(autouse=True)
def one_of_everything(agent: User) -> None:
    ticket = desk.chat()
    wire = Message.objects.latest("id")
    student = Student.objects.create(contact=ticket.contact, name="John Doe", class_name="SS2")
    Conversation.objects.create(contact=ticket.contact)
    homework = Homework.objects.create(reference="HW-1", student=student, subject="Maths")
    HomeworkPage.objects.create(homework=homework, number=1, message=wire)
    payment = payments.begin(student)
    PaymentNotice.objects.create(body=b"\xff{", digest="x", payment=payment)
    Subscription.objects.create(student=student, ends_at=timezone.now())
    Tutor.objects.create(user=agent)
    Media.objects.create(message=wire, state=Media.State.STORED, mime_type="image/png")
    Receipt.objects.create(body=b"\xff{", digest="x", state=Receipt.State.FAILED, error="Odd")
    MessageTemplate.objects.create(name="hello_world", language="en_US", status="APPROVED")
    TemplateUse.objects.create(purpose="pay_received", template=MessageTemplate.objects.get())
    BotText.objects.create(key="help", text="I can help.")
    FaqEntry.objects.create(category="Pay", question="How much?", answer="A little.")
    LearntWord.objects.create(digest="x", words="wahala", language="en", state="idle")
    CannedReply.objects.create(shortcut="hello", text="Hello {name}")
    Category.objects.create(name="Payment")
    Macro.objects.create(name="Thank and close", reply="Bye {{ name }}", status="RESOLVED")
    SavedView.objects.create(name="John's", query="q=john", owner=agent)
    ServiceLevel.objects.create(priority="HIGH", first_response=15)
    DeskRules.objects.create()
    DeskPreferences.objects.create(user=agent)
    StaffMail.objects.create(user=agent, key="x", subject="Hello", body="World")
    ApiToken.objects.create(user=agent, scopes=["read"])
    OpeningHours.objects.create(weekday=0, opens="08:00", closes="17:00")
    event = Event.objects.create(type="ticket.opened", contact=ticket.contact, data={"a": 1})
    endpoint = WebhookEndpoint.objects.create(url="https://example.org/hooks", name="john")
    WebhookDelivery.objects.create(endpoint=endpoint, event=event, contact=ticket.contact)
    Holiday.objects.create(date="2026-10-01", name="Independence Day", every_year=True)
    lead = desk.student(2, "A lead")
    candidates.record(ticket.contact_id, lead.pk, MergeCandidate.Reason.NUMBER_TAKEN)
    desk.staff()
    AccessAttempt.objects.create(username="grace", failures_since_start=5)
    AccessLog.objects.create(username="grace")


def test_the_models_staff_work_with_are_there_and_the_simulators_are_not() -> None:
    assert {"support.SupportTicket", "conversations.Lead", "whatsapp.Receipt"} <= set(NAMES)
    assert not [name for name in NAMES if "Simulated" in name or "Misbehaviour" in name]


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_every_list_opens_and_searches(root: Client, model) -> None:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert root.get(address).status_code == 200
    assert root.get(address, {"q": "john"}).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_every_row_opens(root: Client, model, rf, agent: User) -> None:
    request = rf.get("/")
    request.user = agent
    instance = admin.site._registry[model].get_queryset(request).first()
    assert instance, f"one_of_everything makes no {model._meta.label}."
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    for page in ("change", "history"):
        response = root.get(reverse(f"admin:{name}_{page}", args=[instance.pk]), follow=True)
        assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_every_form_to_add_opens_or_is_refused(root: Client, model, rf, agent) -> None:
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    request = rf.get("/")
    request.user = agent
    may_add = admin.site._registry[model].has_add_permission(request)
    assert root.get(reverse(f"admin:{name}_add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("address", ["", "whatsapp/contact/", "support/reports/", "second-factor/"])
def test_every_page_leads_to_the_desk_for_who_may_see_it(root: Client, address: str) -> None:
    link = f'<a href="{reverse("admin:desk")}">Desk</a>'
    assert link in root.get(f"/admin/{address}").content.decode()
    nobody = desk.browser(User.objects.create_user("nobody", is_staff=True))
    assert link not in nobody.get(f"/admin/{address}").content.decode()


@pytest.mark.parametrize("address", ["support_reports", "support_cannedreply_changelist"])
def test_the_first_page_has_one_name(root: Client, address: str) -> None:
    assert "<h1>Home</h1>" in root.get(reverse("admin:index")).content.decode()
    page = root.get(reverse(f"admin:{address}")).content.decode()
    assert f'<a href="{reverse("admin:index")}">Home</a>' in page


def test_tickets_can_be_neither_added_nor_deleted(root: Client) -> None:
    assert root.get(f"{desk.LIST}add/").status_code == 403
    assert root.post(f"{desk.LIST}1/delete/", {"post": "yes"}).status_code == 403


def test_a_ticket_that_does_not_exist_is_not_found(root: Client) -> None:
    for odd in ("999999", "9" * 40, "abc", "-1"):
        assert root.get(f"{desk.LIST}{odd}/change/").status_code in (302, 404)


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
@pytest.mark.parametrize("odd", ["9" * 40, "9" * 5000, "-1", "abc", "1.5"])
def test_a_row_that_cannot_exist_is_not_found(root: Client, model, odd: str) -> None:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert root.get(f"{address}{odd}/change/").status_code in (302, 404)


def test_who_logs_in_without_saying_where_to_sees_the_first_page(agent: User) -> None:
    """Nor is anybody sent elsewhere: the address after the login must be ours."""
    for after in ("", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"):
        data = {"username": "agent", "password": "agent", "next": after}
        assert Client().post("/admin/login/", data)["Location"] == "/admin/"


def test_the_pages_have_neither_inline_scripts_nor_styles(root: Client) -> None:
    homework = Homework.objects.get()
    addresses = [desk.page(desk.chat(3)), f"/admin/conversations/homework/{homework.pk}/change/"]
    answers = [root.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200]
    html = "".join(answer.content.decode() for answer in answers)
    assert "<style" not in html
    assert " style=" not in html
    assert "onclick" not in html
    assert all("src=" in part.split(">")[0] for part in html.split("<script")[1:])
