"""A ticket that staff open for somebody who phones or comes to the counter."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from support import drafts, services
from support.models import EventKind, SupportTicket
from support.services import Actor
from support.tests import desk
from whatsapp.models import Contact, Message

pytestmark = pytest.mark.django_db
DESK = "/admin/support/desk/"
CALL = {
    "phone_number": "0803 123 4567",
    "sender_name": "Ada Obi",
    "issue_description": "Cannot log in since Monday.",
    "priority": "MEDIUM",
}


def opens(client: Client, contact: Contact | None = None, **call: str) -> Any:
    """What the open desk gets as an answer."""
    address = f"{DESK}new?contact={contact.pk}" if contact else f"{DESK}new"
    return client.post(address, CALL | call, headers={"HX-Request": "true"})


def told(response: Any) -> str:
    return str(json.loads(response["HX-Trigger"])["told"]["text"])


def test_somebody_unknown_becomes_a_contact_with_a_ticket(agent: User) -> None:
    response = opens(desk.browser(agent), priority="URGENT")
    ticket = SupportTicket.objects.get()
    assert json.loads(response["HX-Trigger"])["opened"] == {"ticket": str(ticket.pk)}
    assert (ticket.contact.phone, ticket.sender_name) == ("+2348031234567", "Ada Obi")
    assert (ticket.issue_description, ticket.priority) == (CALL["issue_description"], "URGENT")
    act = ticket.events.get()
    assert (act.kind, act.actor) == (EventKind.OPENED, agent)
    assert not Message.objects.exists(), "nothing is sent"


def test_the_new_ticket_says_that_only_a_template_may_go(agent: User) -> None:
    client = desk.browser(agent)
    opens(client)
    html = client.get(desk.page(SupportTicket.objects.get())).content.decode()
    assert "This student has never written on WhatsApp, so only a template may go." in html


def test_somebody_known_is_found_however_the_number_is_written(agent: User) -> None:
    known = desk.student(1, "John Doe")
    opens(desk.browser(agent), phone_number="0803 000 0001", sender_name="")
    ticket = SupportTicket.objects.get()
    assert (ticket.contact, ticket.sender_name) == (known, "John Doe")
    assert Contact.objects.count() == 1


def test_who_has_an_open_ticket_gets_no_second_and_no_word_is_lost(
    agent: User, ticket: SupportTicket
) -> None:
    client = desk.browser(agent)
    drafts.save(ticket.pk, agent, "Dear John,")
    response = opens(client, phone_number=ticket.phone_number)
    assert json.loads(response["HX-Trigger"])["opened"] == {"ticket": str(ticket.pk)}
    assert "already has an open ticket" in told(response)
    assert SupportTicket.objects.get() == ticket
    kept = drafts.load(ticket.pk, agent)
    assert kept is not None
    assert (kept.text, kept.mode) == (f"Dear John,\n{CALL['issue_description']}", "note")
    assert ticket.messages.count() == 1


def test_a_chat_that_has_just_ended_goes_on_with_its_own_priority(
    agent: User, ticket: SupportTicket, settings: Any
) -> None:
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    services.set_priority(ticket.pk, Actor.of(agent), "HIGH")
    services.end(ticket.pk, Actor.of(agent))
    response = opens(desk.browser(agent), phone_number=ticket.phone_number)
    assert "its ticket is open again" in told(response)
    ticket.refresh_from_db()
    assert (ticket.is_open, ticket.priority) == (True, "HIGH")
    assert ticket.messages.latest("id").message == CALL["issue_description"]


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ({"phone_number": "my number"}, "This is not a phone number."),
        ({"phone_number": ""}, "Phone number: This field is required."),
        ({"issue_description": "  "}, "What it is about: This field is required."),
        ({"priority": "HUGE"}, "HUGE"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_opened(
    agent: User, call: dict[str, str], problem: str
) -> None:
    response = opens(desk.browser(agent), **call)
    assert response["HX-Retarget"] == "#new-problems"
    assert problem in response.content.decode()
    assert not Contact.objects.exists()


def test_a_contact_s_page_leads_to_a_ticket_for_them(agent: User) -> None:
    hidden = Contact.objects.create(name="Bola", user_id="bola.1")
    client = desk.browser(agent)
    html = client.get(f"/admin/whatsapp/contact/{hidden.pk}/change/").content.decode()
    address = f"{DESK}?contact={hidden.pk}"
    assert f'href="{address}"' in html
    html = client.get(address).content.decode()
    assert 'value="Bola"' in html
    assert 'name="phone_number"' not in html
    opens(client, hidden, sender_name="Bola")
    assert SupportTicket.objects.get().contact == hidden


def test_a_browser_without_scripts_lands_on_the_ticket_or_on_what_is_wrong(agent: User) -> None:
    client = desk.browser(agent)
    html = client.post(f"{DESK}new", CALL | {"phone_number": "x"}).content.decode()
    assert "This is not a phone number." in html
    assert CALL["issue_description"] in html
    response = client.post(f"{DESK}new", CALL, follow=True)
    assert response.redirect_chain == [(desk.page(SupportTicket.objects.get()), 302)]
    assert "The ticket is open." in response.content.decode()


def test_who_may_only_look_opens_nothing() -> None:
    client = desk.browser(desk.looker())
    assert "new-dialog" not in client.get(DESK).content.decode()
    assert opens(client).status_code == 403
    assert not Contact.objects.exists()


def test_a_masked_number_stays_masked(settings: Any) -> None:
    settings.SUPPORT_MASK_NUMBERS = True
    contact = desk.student(1)
    html = desk.browser(desk.staff()).get(f"{DESK}?contact={contact.pk}").content.decode()
    assert contact.phone not in html
