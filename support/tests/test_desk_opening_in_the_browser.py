"""A student phones: the agent opens a ticket without leaving the chat."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from support.models import SupportTicket
from support.tests import desk
from support.tests.at_desk import AtDesk, box, row, toast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill(page: Page, phone: str) -> None:
    """By keyboard alone."""
    page.keyboard.press("c")
    expect(page.get_by_label("Phone number")).to_be_focused()
    page.keyboard.type(phone)
    page.keyboard.press("Tab")
    page.keyboard.type("Ada Obi")
    page.keyboard.press("Tab")
    page.keyboard.type("Cannot log in.")


def test_a_call_becomes_a_ticket_and_what_was_typed_elsewhere_stays(
    page: Page, ticket: SupportTicket
) -> None:
    box(page).fill("Half an answer")
    page.locator("#chat-title").click()
    fill(page, "0803 123 45")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#new-problems")).to_contain_text("This is not a phone number.")
    expect(page.get_by_label("What it is about")).to_have_value("Cannot log in.")
    page.get_by_label("Phone number").fill("0803 123 4567")
    page.get_by_role("button", name="Open ticket").click()
    expect(page.locator("#chat-title")).to_contain_text("Ada Obi")
    expect(toast(page)).to_contain_text("The ticket is open.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(row(page, "Ada Obi")).to_contain_text("Cannot log in.")
    page.get_by_role("button", name="New ticket").click()
    expect(page.get_by_label("Phone number")).to_have_value("")
    expect(page.locator("#new-problems")).to_be_empty()
    page.keyboard.press("Escape")
    row(page, "John Doe").get_by_role("link").click()
    expect(box(page)).to_have_value("Half an answer")


def test_who_has_a_ticket_already_is_shown_it_and_the_words_are_a_note(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = at_desk.sit(agent)
    fill(page, ticket.phone_number)
    page.get_by_role("button", name="Open ticket").click()
    expect(page.locator("#chat-title")).to_contain_text("John Doe")
    expect(box(page)).to_have_value("Cannot log in.")
    expect(page.get_by_role("radio", name="Internal note")).to_be_checked()


def test_on_a_phone_it_is_said_above_the_chat(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = at_desk.sit(agent, viewport={"width": 390, "height": 844})
    fill(page, ticket.phone_number)
    page.get_by_role("button", name="Open ticket").click()
    said = page.locator(".desk-main .desk-toast")
    expect(said).to_contain_text("already has an open ticket")
    expect(said).to_be_in_viewport()


def test_on_a_phone_a_contact_s_page_leads_to_the_filled_in_form(
    at_desk: AtDesk, agent: User
) -> None:
    contact = desk.student(1, "John Doe")
    page = at_desk.sit(agent, f"?contact={contact.pk}", viewport={"width": 390, "height": 844})
    expect(page.get_by_label("Name, if not known yet")).to_have_value("John Doe")
    page.get_by_label("What it is about").fill("Lost the password")
    page.get_by_role("button", name="Open ticket").click()
    expect(page.locator("#chat-title")).to_contain_text("John Doe")
    expect(page.locator(".messagelist")).to_contain_text("The ticket is open.")
