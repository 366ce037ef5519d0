"""Phone numbers that show two digits, until somebody asks for more on record."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from support import phones, services
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db
NUMBER = "+2348030000001"


@pytest.fixture
def masked(settings) -> None:
    settings.SUPPORT_MASK_NUMBERS = True


def test_by_default_all_see_them() -> None:
    assert phones.shown(NUMBER, desk.staff()) == NUMBER


def test_masked_they_keep_country_and_last_digits(masked) -> None:
    assert phones.shown(NUMBER, desk.staff()) == "+234••••••••01"
    assert phones.shown(NUMBER, AnonymousUser()) == "+234••••••••01"


@pytest.mark.parametrize(("number", "shown"), [("", ""), ("1", "•"), ("12345", "•••45")])
def test_odd_numbers_do_no_harm(masked, number: str, shown: str) -> None:
    assert phones.shown(number, desk.staff()) == shown


@pytest.mark.parametrize(("role", "sees"), [("Agent", False), ("Lead", True)])
def test_leads_see_them(masked, role: str, sees: bool) -> None:
    assert (phones.shown(NUMBER, desk.staff(role)) == NUMBER) == sees


def test_asking_for_one_stays_in_the_history(masked) -> None:
    ticket, asker = desk.chat(), desk.staff()
    assert services.reveal_number(ticket.pk, Actor.of(asker)) == NUMBER
    event = ticket.events.last()
    assert (event.kind, event.actor) == ("revealed", asker)
    assert NUMBER not in str(event)


def test_the_root_sees_them(masked, agent: User) -> None:
    assert phones.shown(NUMBER, agent) == NUMBER


def test_no_page_shows_an_agent_the_whole_number(masked) -> None:
    ticket = desk.chat(name="")
    number = ticket.contact.phone
    client = desk.browser(desk.staff())
    pages = [
        desk.page(ticket),
        desk.url(ticket, "print"),
        "/admin/support/desk/?tab=all",
        desk.LIST,
    ]
    for address in pages:
        html = client.get(address).content.decode()
        assert "•" in html, address
        assert number not in html, address
        assert number.removeprefix("+") not in html, address


def test_an_agent_asks_for_it_on_the_page(masked) -> None:
    ticket, asker = desk.chat(), desk.staff()
    client = desk.browser(asker)
    assert "Show number" in client.get(desk.page(ticket)).content.decode()
    shown = client.post(desk.url(ticket, "number"), headers={"HX-Request": "true"})
    assert ticket.contact.phone in shown.content.decode()
    assert ticket.events.filter(kind="revealed", actor=asker).count() == 1
    assert desk.browser(desk.looker()).post(desk.url(ticket, "number")).status_code == 403


def test_the_records_of_people_mask_them_too(masked) -> None:
    ticket = desk.chat()
    user = User.objects.create_user("watcher", is_staff=True)
    for codename in ("view_contact", "view_lead", "view_identity"):
        user.user_permissions.add(desk.permission(codename))
    client = desk.browser(user)
    contact = ticket.contact
    for address in (
        "/admin/whatsapp/contact/",
        f"/admin/whatsapp/contact/{contact.pk}/change/",
        "/admin/conversations/lead/",
        f"/admin/conversations/lead/{contact.pk}/change/",
    ):
        html = client.get(address).content.decode()
        assert "•" in html, address
        assert contact.phone.removeprefix("+") not in html, address


def test_the_file_of_a_report_masks_them_too(masked) -> None:
    number = desk.chat().contact.phone
    user = desk.staff()
    user.user_permissions.add(desk.permission("view_report"))
    for reader, sees in ((user, False), (desk.staff("Lead"), True)):
        answer = desk.browser(reader).get("/admin/support/reports/tickets.csv")
        rows = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        assert "Ticket" in rows
        assert (number in rows) is sees
        assert ("•" in rows) is not sees


def test_the_first_page_names_nobody_by_the_whole_number(masked) -> None:
    ticket = desk.chat(name="")
    type(ticket).objects.update(sender_name="", waiting_since=ticket.created_at)
    html = desk.browser(desk.staff()).get("/admin/").content.decode()
    assert "Waiting longest" in html
    assert ticket.contact.phone not in html
    assert "•" in html


def test_a_contact_without_a_name_is_not_called_by_the_whole_number(masked) -> None:
    contact = desk.chat(name="").contact
    type(contact).objects.filter(pk=contact.pk).update(name="")
    user = User.objects.create_user("watcher", is_staff=True)
    for codename in ("view_contact", "change_contact"):
        user.user_permissions.add(desk.permission(codename))
    client = desk.browser(user)
    for address in (
        f"/admin/whatsapp/contact/{contact.pk}/change/",
        f"/admin/whatsapp/mergecandidate/with/{contact.pk}/",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert contact.phone not in answer.content.decode(), address


@pytest.mark.parametrize("model", ["webhookendpoint", "webhookdelivery", "event"])
def test_events_are_for_who_may_see_the_numbers_in_them(masked, model: str) -> None:
    for sees in (False, True):
        user = desk.staff("Lead" if sees else "Agent")
        user.user_permissions.add(desk.permission(f"view_{model}"))
        answer = desk.browser(user).get(f"/admin/support/{model}/")
        assert (answer.status_code == 200) is sees
