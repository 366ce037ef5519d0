"""Students, leads, homework and the bot's words in the admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from conversations.models import BotText, Conversation, FaqEntry, Homework, Student
from conversations.texts import TEXTS
from support import services
from support.tests.queries_made import queries_made
from whatsapp.contacts import of_phone
from whatsapp.models import Contact, Message

pytestmark = pytest.mark.django_db
ADD_TEXT = "/admin/conversations/bottext/add/"


@pytest.fixture
def root(agent: User) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def writer(number: int, messages: int = 1) -> Contact:
    """Somebody who wrote once a day until now."""
    contact = of_phone(f"+234803000{number:04}", f"Writer {number}")
    for day in range(messages):
        Message.objects.create(
            contact=contact,
            direction="in",
            author="contact",
            kind="text",
            status="handled",
            occurred_at=timezone.now() - timedelta(days=day),
        )
    Contact.objects.filter(pk=contact.pk).update(last_inbound_at=timezone.now())
    contact.refresh_from_db()
    return contact


def test_leads_are_who_wrote_and_did_not_register(root: Client) -> None:
    Student.objects.create(contact=writer(1), name="Registered", class_name="SS2")
    of_phone("+2348030009999", "Never wrote")
    lead = writer(2, messages=3)
    found = root.get("/admin/conversations/lead/").context["cl"].result_list
    assert [row.pk for row in found] == [lead.pk]
    assert found[0].message_count == 3
    assert timezone.now() - found[0].first_inbound_at > timedelta(days=1)


@pytest.mark.parametrize("model", ["lead", "conversation", "student", "homework"])
def test_lists_cost_the_same_however_long(root: Client, model: str) -> None:
    def cost(numbers: range) -> int:
        for number in numbers:
            contact = writer(number)
            Conversation.objects.create(contact=contact)
            if model in {"student", "homework"}:
                student = Student.objects.create(contact=contact, name="A", class_name="1")
                Homework.objects.create(reference=str(number), student=student, subject="Maths")
        with queries_made() as found:
            root.get(f"/admin/conversations/{model}/")
        return len(found)

    assert cost(range(1, 4)) == cost(range(4, 31))


def test_being_in_a_chat_is_the_state_shown_and_filtered_by(root: Client) -> None:
    def found(state: str) -> int:
        answer = root.get("/admin/conversations/conversation/", {"state": state})
        return int(answer.context["cl"].result_count)

    talk = Conversation.objects.create(contact=writer(1), state="idle")
    assert (found("idle"), found("chat_support_active")) == (1, 0)
    services.open_ticket(talk.contact, services.STUDENT)
    assert (found("idle"), found("chat_support_active")) == (0, 1)
    html = root.get(f"/admin/conversations/conversation/{talk.pk}/change/").content.decode()
    assert "CHAT_SUPPORT_ACTIVE" in html


def test_a_sentence_is_chosen_among_all(root: Client) -> None:
    BotText.objects.create(key="help", text="I can help.")
    html = root.get(ADD_TEXT).content.decode()
    assert all(f">{key}</a>" in html for key in TEXTS)
    assert "(changed)" in html


def test_a_sentence_begins_with_its_default_and_its_rules(root: Client) -> None:
    html = root.get(ADD_TEXT, {"key": "homework_submitted"}).content.decode()
    assert "Your {subject} homework is handed in" in html
    assert "At most 1024 characters. Placeholders: {reference}, {subject}." in html


def test_a_sentence_is_chosen_in_a_language(root: Client) -> None:
    BotText.objects.create(key="help", language="fr", text="Je suis là.")
    assert "(changed)" not in root.get(ADD_TEXT).content.decode()
    html = root.get(ADD_TEXT, {"language": "fr"}).content.decode()
    assert "(changed)" in html
    assert "Que veux-tu faire ?" in html
    assert "?key=home&amp;language=fr" in html
    html = root.get(ADD_TEXT, {"language": "fr", "key": "home"}).content.decode()
    assert "Bonjour {name} ! Que veux-tu faire ?" in html


def test_the_same_sentence_is_changed_in_each_language(root: Client) -> None:
    for language in ("en", "fr"):
        address = f"{ADD_TEXT}?key=home&language={language}"
        root.post(address, {"key": "home", "language": language, "text": language})
    changed = BotText.objects.filter(key="home")
    assert {row.language: row.text for row in changed} == {"en": "en", "fr": "fr"}
    listed = root.get("/admin/conversations/bottext/", {"language": "fr"})
    assert listed.context["cl"].result_count == 1


def test_a_sentence_in_a_language_that_the_bot_does_not_speak_is_refused(root: Client) -> None:
    response = root.post(ADD_TEXT, {"key": "home", "language": "xx", "text": "Hi"})
    assert "Select a valid choice" in response.content.decode()
    assert not BotText.objects.exists()


def test_a_changed_sentence_is_kept(root: Client) -> None:
    root.post(f"{ADD_TEXT}?key=home", {"key": "home", "language": "en", "text": "Hi {name}!"})
    changed = BotText.objects.get()
    assert (changed.key, changed.text) == ("home", "Hi {name}!")
    address = f"/admin/conversations/bottext/{changed.pk}/change/"
    assert "Hey {name}!" in root.get(address).content.decode()
    root.post(address, {"text": "Hello {name}!", "key": "help"})
    changed.refresh_from_db()
    assert (changed.key, changed.text) == ("home", "Hello {name}!")


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("home", "Hi {nobody}!", "{nobody} is not known here."),
        ("home", "Hi {name.__class__}", "A single"),
        ("homework_submitted", "Done.", "{reference} is missing"),
        ("button_done", "x" * 21, "WhatsApp allows 20"),
        ("home", "**Hi**", "one asterisk"),
        ("no_such_key", "Hi", "Select a valid choice"),
    ],
)
def test_a_sentence_that_cannot_be_said_is_refused(root: Client, key, text, problem) -> None:
    response = root.post(ADD_TEXT, {"key": key, "language": "en", "text": text})
    assert response.status_code == 200
    assert problem in response.content.decode()
    assert not BotText.objects.exists()


def test_a_sentence_is_changed_in_one_place_only(root: Client) -> None:
    BotText.objects.create(key="home", text="Hi {name}!")
    response = root.post(ADD_TEXT, {"key": "home", "language": "en", "text": "Hello {name}!"})
    assert "already exists" in response.content.decode()


def test_staff_publish_answers_to_common_questions(root: Client) -> None:
    data = {
        "category": "Pay",
        "language": "en",
        "question": "How much?",
        "answer": "A little.",
        "position": 0,
    }
    root.post("/admin/conversations/faqentry/add/", data | {"is_published": "on"})
    assert FaqEntry.objects.get().is_published


def test_students_are_neither_added_nor_deleted_by_hand(root: Client) -> None:
    student = Student.objects.create(contact=writer(1), name="Ada", class_name="SS2")
    assert root.get("/admin/conversations/student/add/").status_code == 403
    address = f"/admin/conversations/student/{student.pk}"
    assert root.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    root.post(f"{address}/change/", {"name": "Ada Obi", "class_name": "SS3", "email": ""})
    student.refresh_from_db()
    assert (student.name, student.class_name) == ("Ada Obi", "SS3")
