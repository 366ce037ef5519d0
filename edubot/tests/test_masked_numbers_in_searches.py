"""Masked phone numbers are no answer to be guessed digit by digit: not from any search of staff."""

import pytest

from conversations.models import Conversation
from support.tests import desk

pytestmark = pytest.mark.django_db

LISTS = [
    "/admin/support/supportticket/?status=all&q=",
    "/admin/support/desk/queue?q=",
    "/admin/whatsapp/contact/?q=",
    "/admin/whatsapp/message/?q=",
    "/admin/conversations/lead/?q=",
    "/admin/conversations/conversation/?q=",
]


@pytest.fixture
def known(settings):
    """Somebody whose name is found in all of LISTS, and an agent who may read these."""
    settings.SUPPORT_MASK_NUMBERS = True
    ticket = desk.chat(7654321, name="Zebedee")
    desk.says(ticket, "Hello, my order is 7788")
    Conversation.objects.create(contact=ticket.contact)
    user = desk.staff()
    for codename in ("view_contact", "view_lead", "view_message", "view_conversation"):
        user.user_permissions.add(desk.permission(codename))
    return ticket, desk.browser(user)


@pytest.mark.parametrize("address", LISTS)
def test_a_part_of_a_number_finds_nobody(known, address: str) -> None:
    ticket, client = known
    number = ticket.contact.phone
    assert "Zebedee" in client.get(address + "Zebedee").content.decode()
    for part in (number[:-1], number[1:8], number[-5:], number[-8:], number[1:6]):
        html = client.get(address, query_params={"q": part}).content.decode()
        assert "Zebedee" not in html, part


@pytest.mark.parametrize("address", LISTS)
def test_the_whole_number_finds_the_student(known, address: str) -> None:
    ticket, client = known
    for whole in (ticket.contact.phone, ticket.contact.phone[1:], f"0{ticket.contact.phone[4:]}"):
        html = client.get(address, query_params={"q": whole}).content.decode()
        assert "Zebedee" in html, whole


def test_who_may_see_numbers_finds_by_a_part(known) -> None:
    ticket, _ = known
    lead = desk.browser(desk.staff("Lead"))
    html = lead.get("/admin/support/desk/", {"q": ticket.contact.phone[-6:]}).content.decode()
    assert "Zebedee" in html


def test_short_figures_in_messages_are_still_found(known) -> None:
    _, client = known
    assert "Zebedee" in client.get("/admin/support/desk/?q=7788").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/whatsapp/contact/?phone__startswith=%2B23480",
        "/admin/support/supportticket/?phone_number__startswith=%2B23480",
    ],
)
def test_no_address_asks_for_the_digits_one_by_one(known, address: str) -> None:
    _, client = known
    assert client.get(address).status_code == 400
