"""Two people at one ticket, and notes that name somebody, in real browsers."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from support import services
from support.models import SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.at_desk import AtDesk, box, colleague, keep_typing, row, thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chidi() -> User:
    return colleague("chidi")


@pytest.fixture
def page(at_desk: AtDesk, agent: User, chidi: User, ticket: SupportTicket) -> Page:
    """Grace's desk, with the ticket open."""
    return at_desk.sit(agent, f"{ticket.pk}/?tab=all")


@pytest.fixture
def other(at_desk: AtDesk, page: Page, chidi: User, ticket: SupportTicket) -> Page:
    """Chidi's desk, with the same ticket open."""
    return at_desk.sit(chidi, f"{ticket.pk}/?tab=all")


def test_who_views_and_who_types_is_shown_until_they_leave(page: Page, other: Page) -> None:
    expect(page.locator("#company")).to_have_text("Chidi is viewing")
    expect(row(page, "John Doe")).to_contain_text("Chidi is viewing")
    expect(other.locator("#company")).to_have_text("Grace is viewing")
    keep_typing(other, until=page.locator("#company", has_text="Chidi is typing …"))
    expect(page.locator("#company")).to_have_text("Chidi is viewing")  # no key for some seconds
    other.goto(other.url.split("/admin/")[0] + "/admin/")
    expect(page.locator("#company")).to_have_text("")


def test_a_colleague_takes_the_ticket_while_i_write(
    page: Page, other: Page, ticket: SupportTicket
) -> None:
    box(page).press_sequentially("Dear John, ")
    other.get_by_role("button", name="Take").click()
    expect(page.locator("#desk-head")).to_contain_text("Chidi has this ticket")
    box(page).press_sequentially("have you tried")
    expect(box(page)).to_have_value("Dear John, have you tried")
    expect(box(page)).to_be_focused()
    box(page).press("Enter")
    expect(page.locator("#composer-problems")).to_contain_text("Send again if your answer")
    assert desk.outgoing(ticket) == []
    expect(box(page)).to_have_value("Dear John, have you tried")
    box(page).press("Enter")
    expect(thread(other).locator(".team")).to_contain_text("Dear John, have you tried")
    assert len(desk.outgoing(ticket)) == 1


def test_a_note_needs_no_second_thought(page: Page, other: Page, ticket: SupportTicket) -> None:
    other.get_by_role("button", name="Take").click()
    expect(page.locator("#desk-head")).to_contain_text("Chidi has this ticket")
    page.get_by_role("radio", name="Internal note").check()
    box(page).fill("He called me, too")
    box(page).press("Enter")
    expect(thread(other).locator(".note")).to_contain_text("He called me, too")


def test_a_colleague_ends_the_chat_while_i_write(
    page: Page, other: Page, ticket: SupportTicket, chidi: User
) -> None:
    box(page).press_sequentially("Dear John")
    services.end(ticket.pk, Actor.of(chidi))
    expect(page.locator("#desk-gate")).to_contain_text("This chat has ended.")
    expect(box(page)).to_have_value("Dear John")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    expect(box(page)).to_have_value("Dear John")


def test_a_colleague_s_words_do_not_move_what_i_type(
    page: Page, other: Page, ticket: SupportTicket, chidi: User
) -> None:
    box(page).press_sequentially("Dear Ann")
    box(page).press("ArrowLeft")
    services.note(ticket.pk, Actor.of(chidi), "His name is John")
    expect(thread(page).locator(".note")).to_contain_text("His name is John")
    box(page).press_sequentially("X")
    expect(box(page)).to_have_value("Dear AnXn")


def test_who_is_named_in_a_note_sees_it_above_the_queue_until_it_is_read(
    at_desk: AtDesk, page: Page, chidi: User, ticket: SupportTicket
) -> None:
    other = desk.chat(2, "Ada Obi")
    theirs = at_desk.sit(chidi, f"{other.pk}/?tab=mine")
    theirs_too = at_desk.sit(chidi, "?tab=mine")
    page.get_by_role("radio", name="Internal note").check()
    box(page).focus()
    page.keyboard.type("Please look, @ch")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(thread(page).locator(".note")).to_contain_text("Please look, @chidi")
    mentions, elsewhere = theirs.locator("#mentions"), theirs_too.locator("#mentions")
    expect(elsewhere).to_contain_text(f"#{ticket.pk} by Grace")
    expect(mentions).to_contain_text(f"#{ticket.pk} by Grace")
    mentions.get_by_role("link").click()
    expect(thread(theirs).locator(".note")).to_contain_text("Please look, @chidi")
    expect(mentions).to_have_count(0)
    expect(elsewhere).to_have_count(0)
