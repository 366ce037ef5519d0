"""Writing to a student by template once the 24-hour window is shut."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from support import services
from support.models import SupportTicket
from support.services import Actor
from support.tests import desk
from whatsapp import templates
from whatsapp.models import Contact, Message, MessageTemplate
from whatsapp.models.message import Direction, Status

pytestmark = pytest.mark.django_db

FILLED = "Hello Ada, the solution to your homework HW-7 is ready. Tap the button to get it."


@pytest.fixture(autouse=True)
def synced() -> None:
    templates.sync()


@pytest.fixture
def root(agent: User) -> Client:
    return desk.browser(agent)


def template(name: str = "homework_answered") -> MessageTemplate:
    return MessageTemplate.objects.get(name=name)


def post(client: Client, ticket: SupportTicket, button: str = "send", **fields: str) -> Any:
    data = {"token": str(uuid.uuid4()), "value-1": "Ada", "value-2": "HW-7", button: "yes"}
    address = desk.url(ticket, "template", str(template().pk))
    return client.post(address, {**data, **fields})


def sent() -> Message:
    return Message.objects.get(direction=Direction.OUTBOUND)


def test_templates_are_offered_while_the_window_is_shut_and_only_then(root: Client) -> None:
    shut = root.get(desk.page(desk.chat(1, hours_ago=25))).content.decode()
    assert "homework_answered (en): Hello {{1}}" in shut
    assert "homework_answered" not in root.get(desk.page(desk.chat(2))).content.decode()


def test_what_cannot_be_sent_is_not_offered(root: Client) -> None:
    MessageTemplate.objects.update(status="PAUSED")
    html = root.get(desk.page(desk.chat(hours_ago=25))).content.decode()
    assert "There is no template yet" in html


def test_a_chosen_template_asks_for_its_values(root: Client) -> None:
    address = f"{desk.page(desk.chat(hours_ago=25))}?template={template().pk}"
    html = root.get(address).content.decode()
    assert 'name="value-1"' in html
    assert 'name="value-2"' in html
    assert 'name="value-3"' not in html


@pytest.mark.parametrize("odd", ["999", "abc", "-1", "9" * 40])
def test_a_template_that_does_not_exist_is_no_trouble(root: Client, odd: str) -> None:
    page = desk.page(desk.chat(hours_ago=25))
    assert root.get(f"{page}?template={odd}").status_code == 200


def test_a_preview_shows_the_filled_in_text_and_sends_nothing(root: Client) -> None:
    ticket = desk.chat(hours_ago=25)
    html = post(root, ticket, "preview").content.decode()
    assert FILLED in html
    assert 'value="HW-7"' in html
    assert desk.outgoing(ticket) == []


def test_a_template_is_queued_and_stands_in_the_thread_as_it_is_read(root: Client) -> None:
    ticket = desk.chat(hours_ago=25)
    assert post(root, ticket).url == desk.page(ticket)
    assert (sent().kind, sent().status, sent().text) == ("template", Status.QUEUED, FILLED)
    assert FILLED in root.get(desk.page(ticket)).content.decode()


def test_the_same_form_sent_twice_sends_one(root: Client) -> None:
    ticket, token = desk.chat(hours_ago=25), str(uuid.uuid4())
    for _ in range(2):
        assert post(root, ticket, token=token).status_code == 302
    assert desk.outgoing(ticket) == [FILLED]


@pytest.mark.parametrize("wrong", ["", "a\nb", "a\tb", "a     b", "x" * 1025])
def test_a_value_that_meta_refuses_is_refused_on_the_page(root: Client, wrong: str) -> None:
    ticket = desk.chat(hours_ago=25)
    html = post(root, ticket, **{"value-2": wrong}).content.decode()
    assert 'aria-invalid="true"' in html or "errorlist nonfield" in html
    assert desk.outgoing(ticket) == []


def test_a_template_that_was_paused_meanwhile_is_refused(root: Client) -> None:
    ticket = desk.chat(hours_ago=25)
    MessageTemplate.objects.update(status="PAUSED")
    assert "Meta says: paused." in post(root, ticket).content.decode()
    assert desk.outgoing(ticket) == []


def test_who_wants_no_advertising_gets_none(root: Client) -> None:
    ticket = desk.chat(hours_ago=25)
    Contact.objects.update(opted_out_at=timezone.now())
    MessageTemplate.objects.update(category="MARKETING")
    assert "no advertising" in post(root, ticket).content.decode()
    assert desk.outgoing(ticket) == []


def test_an_ended_chat_gets_no_template(root: Client, agent: User) -> None:
    ticket = desk.chat(hours_ago=25)
    services.end(ticket.pk, Actor.of(agent))
    before = desk.outgoing(ticket)
    html = post(root, ticket).content.decode()
    assert "homework_answered" not in html
    assert desk.outgoing(ticket) == before


def test_who_may_not_answer_may_not_send_templates() -> None:
    ticket = desk.chat(hours_ago=25)
    assert post(desk.browser(desk.looker()), ticket).status_code == 403
    assert desk.outgoing(ticket) == []


def test_a_template_reaches_the_student_after_the_window(john, work, agent: User) -> None:
    john.say("support")
    ticket = SupportTicket.objects.get()
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(days=3))
    values = {"1": "Ada", "2": "HW-7"}
    services.reply_with_template(ticket.pk, Actor.of(agent), template(), values)
    work()
    assert john.last.text == FILLED


def test_a_failed_template_can_be_sent_again_after_the_window(root: Client) -> None:
    ticket = desk.chat(hours_ago=25)
    post(root, ticket)
    Message.objects.filter(pk=sent().pk).update(status=Status.FAILED, error="Odd")
    assert "Send again" in root.get(desk.page(ticket)).content.decode()
    bubble = ticket.messages.last()
    root.post(desk.url(ticket, "act", "send-again"), {"message": bubble.pk})
    assert sent().status == Status.QUEUED


# --- Files above, values in the headline and in links -------------------------------------------
def send_parts(client: Client, ticket: SupportTicket, name: str, **fields: Any) -> str:
    address = desk.url(ticket, "template", str(template(name).pk))
    data = {"token": str(uuid.uuid4()), "send": "yes", **fields}
    return client.post(address, data, follow=True).content.decode()


def test_a_template_with_a_document_arrives_with_it(john, work, root: Client) -> None:
    john.say("support")
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(days=3))
    ticket, sheet = SupportTicket.objects.get(), SimpleUploadedFile("terms.pdf", b"%PDF-1.4\n")
    html = send_parts(root, ticket, "timetable", **{"value-1": "Ada", "file": sheet})
    work()
    assert john.last.text == "Hello Ada, here is your timetable for the term."
    assert (john.last.media_kind, john.last.media_name) == ("document", "terms.pdf")
    assert "terms.pdf" in html, "the thread shows it too"


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "of the kind document"), (b"MZ\x90", "WhatsApp takes")],
)
def test_a_file_that_does_not_fit_the_template_is_refused(
    root: Client, content: bytes, problem: str
) -> None:
    ticket = desk.chat(hours_ago=25)
    file = SimpleUploadedFile("terms.pdf", content)
    assert problem in send_parts(root, ticket, "timetable", **{"value-1": "Ada", "file": file})
    assert desk.outgoing(ticket) == []


def test_a_preview_needs_no_file_but_sending_does(root: Client) -> None:
    ticket = desk.chat(hours_ago=25)
    address = desk.url(ticket, "template", str(template("timetable").pk))
    data = {"token": str(uuid.uuid4()), "value-1": "Ada"}
    preview = root.post(address, {**data, "preview": "yes"}).content.decode()
    assert "Hello Ada, here is your timetable" in preview
    assert "This field is required" not in preview
    assert "This field is required" in send_parts(root, ticket, "timetable", **data)


def test_headline_and_link_are_filled_in_on_the_phone(john, work, root: Client) -> None:
    john.say("support")
    Contact.objects.update(last_inbound_at=timezone.now() - timedelta(days=3))
    values = {"value-header-1": "SS2", "value-1": "Ada", "value-button-1": "ada-7"}
    html = send_parts(root, SupportTicket.objects.get(), "exam_results", **values)
    work()
    assert (john.last.header, john.last.text) == (
        "Results of SS2",
        "Hello Ada, the results of your exam are out.",
    )
    assert john.last.link_url == "https://results.example.com/ada-7"
    assert "Results of SS2" in html
