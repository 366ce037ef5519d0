"""News after WhatsApp's 24 hours: by the template that staff chose, checked, or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from conversations import subscriptions
from conversations.models import Homework, HomeworkEvent, Student, Subscription
from conversations.tests import homework as tests
from conversations.tests.paying import Payer
from whatsapp import templates
from whatsapp.models import Contact, Message, MessageTemplate, TemplateUse

pytestmark = pytest.mark.django_db

FORM = "/admin/whatsapp/templateuse/add/"


@pytest.fixture(autouse=True)
def synced(settings: Any) -> None:
    templates.sync()
    settings.SUBSCRIPTION_REMINDS_BEFORE = timedelta(days=3)


def use(purpose: str, name: str, values: str) -> TemplateUse:
    template = MessageTemplate.objects.get(name=name, language="en")
    return TemplateUse.objects.create(purpose=purpose, template=template, values=values)


def after_the_window(payer: Payer) -> int:
    """The 24 hours are over; how many messages the phone has."""
    payer.clock.shift(timedelta(hours=25))
    return len(payer.phone.received)


# --- Payments ------------------------------------------------------------------------------------
def test_a_late_payment_is_told_by_template(payer: Payer):
    use("pay_received", "payment_received", "name, until")
    payer.gets_link()
    before = after_the_window(payer)
    payer.pays()
    payer.hears()

    until = subscriptions.in_words(payer.subscription.ends_at)
    assert payer.reads == (
        f"Hello John, your payment has arrived. You are subscribed until {until}."
    )
    assert len(payer.phone.received) == before + 1
    payer.phone.tap("Main menu")
    assert "What would you like to do?" in payer.reads


def test_why_it_was_sent_can_be_read_in_the_admin(payer: Payer):
    use("pay_received", "payment_received", "name, until")
    payer.gets_link()
    after_the_window(payer)
    payer.pays()
    payer.hears()
    reason = Message.objects.get(kind="template").reason
    assert reason["rule"] == "news.pay_received"
    assert reason["template"] == "payment_received (en)"


@pytest.mark.parametrize("trouble", ["none", "paused", "changed", "advertising", "french", "stop"])
def test_without_a_fitting_template_nothing_is_sent_and_the_payment_counts(
    payer: Payer, trouble: str
):
    if trouble != "none":
        use("pay_received", "payment_received", "name, until")
    match trouble:
        case "paused":
            MessageTemplate.objects.update(status="PAUSED")
        case "changed":
            MessageTemplate.objects.update(components=[{"type": "BODY", "text": "Hi {{1}}"}])
        case "advertising":
            MessageTemplate.objects.update(category="MARKETING")
        case "french":
            Contact.objects.update(language="fr")
    payer.gets_link()
    if trouble == "stop":
        payer.phone.say("stop")
    before = after_the_window(payer)
    payer.pays()
    payer.hears()
    assert len(payer.phone.received) == before
    assert payer.subscription is not None


# --- Subscriptions -------------------------------------------------------------------------------
def ending(payer: Payer) -> Subscription:
    ends_at = timezone.now() + timedelta(days=2)
    return Subscription.objects.create(student=payer.student, ends_at=ends_at)


def test_the_end_of_a_subscription_is_told_after_the_window_too_and_once(payer: Payer):
    use("subscription_ends", "subscription_ends", "name, until")
    after_the_window(payer)
    subscription = ending(payer)
    assert [subscriptions.remind_ending() for _ in range(2)] == [1, 0]
    payer.work()
    until = subscriptions.in_words(subscription.ends_at)
    assert payer.reads == f"Hello John, your subscription ends on {until}."
    payer.phone.tap("Renew")
    assert "₦5,000" in payer.reads


def test_without_a_template_the_reminder_waits_for_the_student(payer: Payer):
    after_the_window(payer)
    ending(payer)
    assert subscriptions.remind_ending() == 0
    payer.phone.say("hi")
    assert subscriptions.remind_ending() == 1


def test_who_said_stop_is_not_reminded(payer: Payer):
    use("subscription_ends", "subscription_ends", "name, until")
    payer.phone.say("stop")
    after_the_window(payer)
    ending(payer)
    assert subscriptions.remind_ending() == 0


# --- Homework ------------------------------------------------------------------------------------
def test_a_solution_is_announced_once_and_comes_with_the_tap(payer: Payer, agent: User):
    use("homework_solved", "homework_answered", "name, reference")
    made: Homework = tests.handed_in(payer.student)
    before = after_the_window(payer)
    tests.answered(made, agent, "x = 4")
    tests.answered(made, agent, "or x = -4?")
    payer.work()

    (announced,) = payer.phone.received[before:]
    assert announced.text == (
        f"Hello John, the solution to your homework {made.reference} is ready. "
        "Tap the button to get it."
    )
    assert Student.objects.get().answer_waits
    assert made.events.filter(kind=HomeworkEvent.Kind.ANNOUNCED).count() == 1

    payer.phone.tap("Get the solution")
    said = [shown.text for shown in payer.phone.received[before + 1 :]]
    assert any(text.endswith("x = 4") for text in said)
    assert any(text.endswith("or x = -4?") for text in said)


# --- Choosing -----------------------------------------------------------------------------------
def choose(client: Any, name: str, values: str, purpose: str = "pay_received") -> str:
    template = MessageTemplate.objects.get(name=name, language__startswith="en")
    data = {"purpose": purpose, "template": template.pk, "values": values}
    return client.post(FORM, data, follow=True).content.decode()


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("payment_received", "name", "takes 2 value(s), not 1"),
        ("payment_received", "name, amount", "There is no value “amount”"),
        ("timetable", "name", "It needs a file"),
    ],
)
def test_what_would_not_fit_is_refused_when_it_is_chosen(
    admin_client: Any, name: str, values: str, problem: str
):
    assert problem in choose(admin_client, name, values)
    assert not TemplateUse.objects.exists()


def test_staff_choose_one_a_language_and_see_what_is_not_told(admin_client: Any):
    silent = admin_client.get("/admin/whatsapp/templateuse/").content.decode()
    assert "Not told then, because no template is chosen: A payment has arrived;" in silent
    assert "was added" in choose(admin_client, "payment_received", "name, until")
    assert "already" in choose(admin_client, "payment_received", "name, until")
    assert TemplateUse.objects.get().language == "en"
    MessageTemplate.objects.update(status="REJECTED")
    assert (
        "No. Meta says: rejected."
        in admin_client.get("/admin/whatsapp/templateuse/").content.decode()
    )


def test_a_template_that_meta_drops_leaves_the_choice_to_be_made_again():
    chosen = use("pay_received", "payment_received", "name, until")
    MessageTemplate.objects.all().delete()
    chosen.refresh_from_db()
    assert chosen.obstacle() == "The template is gone at Meta: choose another."
