"""An answer from the desk waits some seconds and can be taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from support import drafts
from support.models import SupportTicket
from support.tests import desk
from whatsapp.models import Message
from whatsapp.tests.phone import PNG

pytestmark = pytest.mark.django_db


def answered(agent: User, ticket: SupportTicket) -> int:
    """The id of the bubble of an answer that has just been sent."""
    desk.compose(desk.browser(agent), ticket, "Hello John")
    return int(ticket.messages.latest("id").pk)


def test_the_answer_waits_and_its_bubble_offers_undo(agent: User, ticket: SupportTicket) -> None:
    answered(agent, ticket)
    due_at = Message.objects.latest("id").due_at
    assert due_at is not None
    assert due_at > timezone.now()
    html = desk.browser(agent).get(desk.page(ticket)).content.decode()
    assert "data-undo" in html
    with time_machine.travel(timezone.now() + timedelta(seconds=6)):
        assert "data-undo" not in desk.browser(agent).get(desk.page(ticket)).content.decode()


def test_only_who_wrote_it_is_offered_undo(agent: User, ticket: SupportTicket) -> None:
    answered(agent, ticket)
    colleague = desk.browser(desk.staff(username="ada"))
    assert "data-undo" not in colleague.get(desk.page(ticket)).content.decode()


def test_undone_it_never_leaves_and_its_words_come_back(agent: User, ticket: SupportTicket) -> None:
    bubble = answered(agent, ticket)
    response = desk.browser(agent).post(
        desk.url(ticket, "undo"), {"message": bubble}, headers={"HX-Request": "true"}
    )
    assert response.json() == {"text": "Hello John", "files": [], "quoting": None}
    assert not ticket.messages.filter(pk=bubble).exists()
    draft = drafts.load(ticket.pk, agent)
    assert draft is not None
    assert draft.text == "Hello John"


def test_long_words_come_back_without_a_header_that_proxies_refuse(
    agent: User, ticket: SupportTicket
) -> None:
    words = "Ä" * 4000
    desk.compose(desk.browser(agent), ticket, words)
    response = desk.browser(agent).post(
        desk.url(ticket, "undo"),
        {"message": ticket.messages.latest("id").pk},
        headers={"HX-Request": "true"},
    )
    assert response.json()["text"] == words
    assert sum(len(f"{name}: {value}") for name, value in response.items()) < 2000


def test_without_scripts_it_says_that_files_must_be_attached_again(
    agent: User, ticket: SupportTicket
) -> None:
    client = desk.browser(agent)
    desk.compose(client, ticket, "Hello", file=SimpleUploadedFile("plan.png", PNG))
    bubble = ticket.messages.latest("id").pk
    page = client.post(desk.url(ticket, "undo"), {"message": bubble}, follow=True)
    assert "The files are not kept: attach them again." in page.content.decode()


def test_too_late_is_said(agent: User, ticket: SupportTicket) -> None:
    bubble = answered(agent, ticket)
    Message.objects.filter(support_message=bubble).update(status="sent", due_at=None)
    response = desk.browser(agent).post(
        desk.url(ticket, "undo"), {"message": bubble}, headers={"HX-Request": "true"}
    )
    assert "too late" in response["HX-Trigger"]


def test_with_no_seconds_it_leaves_at_once(agent: User, ticket: SupportTicket, settings) -> None:
    settings.SUPPORT_UNDO = timedelta(0)
    answered(agent, ticket)
    due_at = Message.objects.latest("id").due_at
    assert due_at is None or due_at <= timezone.now()
