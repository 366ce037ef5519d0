"""A chat on paper."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from support import services
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db


def test_the_chat_is_printed_with_names_and_times(agent: User) -> None:
    ticket = desk.chat(1, "Ada Obi")
    services.reply(ticket.pk, Actor.of(agent), "Please try again")
    html = desk.browser(agent).get(desk.url(ticket, "print")).content.decode()
    for words in ("Ada Obi", "I cannot log in.", "Grace", "Please try again", "<time"):
        assert words in html


def test_notes_are_printed_only_if_asked_for(agent: User) -> None:
    ticket = desk.chat()
    services.note(ticket.pk, Actor.of(agent), "Careful")
    client = desk.browser(agent)
    assert "Careful" not in client.get(desk.url(ticket, "print")).content.decode()
    with_notes = client.get(desk.url(ticket, "print"), {"notes": "yes"}).content.decode()
    assert "Careful" in with_notes


def test_what_a_student_wrote_is_only_text(agent: User) -> None:
    ticket = desk.chat()
    desk.says(ticket, "<script>alert(1)</script>")
    html = desk.browser(agent).get(desk.url(ticket, "print")).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_page_has_neither_inline_scripts_nor_styles(agent: User) -> None:
    answer = desk.browser(agent).get(desk.url(desk.chat(), "print"))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<style" not in html
    assert " style=" not in html
    assert all("src=" in part.split(">")[0] for part in html.split("<script")[1:])


def test_only_who_may_see_the_ticket_may_print_it() -> None:
    ticket = desk.chat()
    stranger = User.objects.create_user("stranger", is_staff=True)
    assert desk.browser(stranger).get(desk.url(ticket, "print")).status_code == 403
    assert Client().get(desk.url(ticket, "print")).status_code == 302


def test_the_tickets_page_links_to_it(agent: User) -> None:
    ticket = desk.chat()
    assert desk.url(ticket, "print") in desk.browser(agent).get(desk.page(ticket)).content.decode()
