"""A person who asks to be forgotten is in no table and in no file."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import models
from django.db.models import BinaryField

from conversations.models import Payment, Student
from support import services
from support.models import StaffMail, SupportTicket
from support.services import Actor
from support.tests import desk
from whatsapp import erasing, receipts
from whatsapp.models import Contact, Message, Receipt

pytestmark = pytest.mark.django_db

PHONE, CANARY = "2348031234567", "zebrafinch"
OURS = {"whatsapp", "support", "conversations", "admin"}

# Tables that no cascade from a contact reaches, and why that is right.
WITHOUT_PEOPLE = {
    "admin.LogEntry": "whatsapp.erasing scrubs it",
    "conversations.BotText": "the school's words",
    "conversations.FaqEntry": "the school's words",
    "conversations.LearntWord": "conversations.erasing deletes what one person wrote",
    "conversations.PaymentNotice": "conversations.erasing empties the bodies",
    "conversations.Tutor": "staff",
    "support.ApiToken": "staff",
    "support.CannedReply": "the school's words",
    "support.Category": "the school's words",
    "support.DeskPreferences": "staff",
    "support.DeskRules": "rules",
    "support.EventCounter": "a number",
    "support.Holiday": "the calendar",
    "support.IdempotencyKey": "support.erasing empties the answers",
    "support.Macro": "the school's words",
    "support.OpeningHours": "the calendar",
    "support.Presence": "staff; gone in a minute",
    "support.SavedView": "support.erasing deletes searches for the person",
    "support.Seat": "staff",
    "support.ServiceLevel": "rules",
    "support.StaffMail": "support.erasing deletes what is about the person's tickets",
    "support.WebhookEndpoint": "other systems",
    "whatsapp.DownloadSlot": "a number",
    "whatsapp.Line": "our own number",
    "whatsapp.MessageTemplate": "the school's words",
    "whatsapp.Receipt": "whatsapp.erasing empties the bodies",
    "whatsapp.TemplateUse": "the school's words",
}


def models_of_ours() -> list[type[models.Model]]:
    """Without the simulator, which stands for Meta and for the student's own phone."""
    simulated = ("Simulated", "Misbehaviour")
    every = apps.get_models(include_auto_created=True)
    ours = [model for model in every if model._meta.app_label in OURS]
    return [model for model in ours if not model.__name__.startswith(simulated)]


def goes_with_a_contact(model: type[models.Model], seen: frozenset = frozenset()) -> bool:
    model = model._meta.concrete_model
    if model is Contact:
        return True
    parents = [
        field.related_model
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is models.CASCADE
    ]
    new = [parent for parent in parents if parent not in seen]
    return any(goes_with_a_contact(parent, seen | {model}) for parent in new)


def places_of(word: str) -> list[str]:
    """Where it stands: tables and files."""
    found = []
    for model in models_of_ours():
        for row in model.objects.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                is_bytes = isinstance(field, BinaryField)
                text = bytes(value).decode("utf-8", "replace") if is_bytes else str(value)
                if word in text:
                    found.append(f"{model._meta.label}.{field.attname}")
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    ours = [path for path in files if "simulat" not in str(path.relative_to(settings.MEDIA_ROOT))]
    return found + [str(path) for path in ours if word.encode() in path.read_bytes()]


@pytest.fixture
def known(john, agent, work) -> Contact:
    """John, known in as many tables as he can be."""
    john.say("support")
    john.say(f"my {CANARY} is broken")
    john.send_document(f"%PDF-1.4 {CANARY}".encode(), name=f"{CANARY}.pdf")
    ticket = SupportTicket.objects.get()
    actor = Actor.of(agent)
    services.reply(ticket.pk, actor, f"What is a {CANARY}?")
    services.note(ticket.pk, actor, f"A {CANARY} is a bird, @agent")
    work()
    StaffMail.objects.create(
        user=agent,
        key="k",
        subject="s",
        body=f"{CANARY}\n\nhttp://x/admin/support/desk/{ticket.pk}/",
    )
    return Contact.objects.get()


def test_every_table_goes_with_a_contact_or_says_why_not():
    left = {model._meta.label for model in models_of_ours() if not goes_with_a_contact(model)}
    assert left == set(WITHOUT_PEOPLE)


def test_nothing_is_left_of_whom_it_knew(known):
    assert places_of(CANARY), "there was something to erase"
    assert places_of(PHONE)
    out = StringIO()
    call_command("contact_erase", f"+{PHONE}", yes=True, stdout=out)
    assert places_of(CANARY) == []
    assert places_of(PHONE) == []
    assert "1  files" in out.getvalue()


def test_others_keep_what_is_theirs(known, ada):
    ada.say("support")
    ada.send_document(b"%PDF-1.4 hers", name="hers.pdf")
    before = Message.objects.filter(contact__name="Ada Obi").count()
    erasing.erase(known.pk)
    assert Message.objects.filter(contact__name="Ada Obi").count() == before
    assert places_of("hers.pdf")


def test_whoever_writes_again_is_a_new_contact(known, john):
    erasing.erase(known.pk)
    john.say("menu")
    assert Contact.objects.get().pk != known.pk
    assert not SupportTicket.objects.exists()


def test_a_body_that_comes_again_afterwards_brings_nothing_back(known, work):
    bodies = [bytes(body) for body in Receipt.objects.values_list("body", flat=True)]
    erasing.erase(known.pk)
    assert not any(receipts.store(body) for body in bodies)
    work()
    assert not Contact.objects.exists()


def test_an_administrator_erases_a_contact_after_typing_the_word(known, agent):
    page = f"/admin/whatsapp/contact/{known.pk}/erase/"
    browser = desk.browser(agent)
    assert "Messages: " in browser.get(page).content.decode()
    assert browser.post(page, {"typed": "yes"}).status_code == 200
    assert Contact.objects.filter(pk=known.pk).exists()
    assert browser.post(page, {"typed": "erase"}).status_code == 302
    assert not Contact.objects.exists()


@pytest.mark.parametrize("role", ["Agent", "Lead"])
def test_nobody_else_does(known, role):
    page = f"/admin/whatsapp/contact/{known.pk}/erase/"
    assert desk.browser(desk.staff(role)).post(page, {"typed": "erase"}).status_code == 403
    assert Contact.objects.filter(pk=known.pk).exists()


def test_paid_amounts_stay_without_a_name(known):
    student = Student.objects.create(
        contact=known, name="John Doe", email="j@example.org", class_name="SS2"
    )
    paid = {"amount": 50000, "currency": "NGN", "days": 30, "student": student}
    Payment.objects.create(reference="ref-paid", status="PAID", **paid)
    Payment.objects.create(reference="ref-open", status="EXPIRED", **paid)
    erasing.erase(known.pk)
    [payment] = Payment.objects.all()
    assert (payment.reference, payment.student.name) == ("ref-paid", "Erased person")
    assert places_of("j@example.org") == places_of("John Doe") == places_of(PHONE) == []


def test_without_the_typed_words_nothing_goes(known, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _prompt: "yes")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("contact_erase", f"contact:{known.pk}", stdout=StringIO())
    assert Contact.objects.filter(pk=known.pk).exists()


def test_a_stranger_cannot_be_erased(db):
    with pytest.raises(CommandError, match="There is no contact"):
        call_command("contact_erase", "contact:7", yes=True)


def test_an_export_can_be_read_by_a_person(known, tmp_path):
    call_command("contact_export", f"+{PHONE}", output=tmp_path / "john", stdout=StringIO())
    data = (tmp_path / "john" / "data.json").read_text()
    assert CANARY in data
    assert PHONE in data
    talk = (tmp_path / "john" / "conversation.txt").read_text()
    assert f"John Doe: my {CANARY} is broken" in talk
    files = [path for path in (tmp_path / "john" / "files").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [f"%PDF-1.4 {CANARY}".encode()]


def test_an_export_never_overwrites(known, tmp_path):
    with pytest.raises(CommandError, match="Name a new folder"):
        call_command("contact_export", f"+{PHONE}", output=tmp_path)
