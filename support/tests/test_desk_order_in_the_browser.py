"""Macros, snoozing and kept views, in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from support.models import CannedReply, Macro, SavedView, SupportTicket
from support.rules import sweeping
from support.services import snoozing
from support.tests import desk
from support.tests.at_desk import AtDesk, box, colleague, row, thread, toast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(at_desk: AtDesk, agent: User, ticket: SupportTicket) -> Page:
    canned = CannedReply.objects.create(shortcut="wait", text="One moment, {name}.")
    Macro.objects.create(name="Urgent and mine", priority="URGENT", assign="me", note="On it.")
    Macro.objects.create(name="Ask to wait", canned=canned)
    return at_desk.sit(agent, f"{ticket.pk}/?tab=all")


# --- Macros -----------------------------------------------------------------------------------
def test_a_macro_does_several_acts_in_one_click(page: Page, ticket: SupportTicket) -> None:
    box(page).fill("I was about to say")
    page.get_by_role("button", name="Macros").click()
    dialog = page.get_by_role("dialog", name="Macros")
    dialog.get_by_role("button", name="Urgent and mine").click()
    expect(dialog).to_be_hidden()
    expect(toast(page)).to_have_text("Done: Urgent and mine.")
    expect(row(page, "John Doe")).to_contain_text("Urgent")
    expect(page.locator("#desk-head")).to_contain_text("You have this ticket")
    expect(thread(page).locator(".note")).to_contain_text("On it.")
    expect(box(page)).to_have_value("I was about to say")


def test_a_macro_is_run_by_keys_and_its_answer_can_be_undone(
    page: Page, ticket: SupportTicket, settings: Any
) -> None:
    settings.SUPPORT_UNDO = timedelta(minutes=10)
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Macros")
    dialog.get_by_role("button", name="Ask to wait").press("Enter")
    bubble = thread(page).locator(".team")
    expect(bubble).to_contain_text("One moment, John.")
    bubble.get_by_role("button", name="Undo").click()
    expect(box(page)).to_have_value("One moment, John.")
    expect(bubble).to_have_count(0)


def test_a_macro_that_cannot_be_done_does_nothing_and_says_why(
    page: Page, ticket: SupportTicket
) -> None:
    page.get_by_role("button", name="Macros").click()
    Macro.objects.filter(name="Urgent and mine").delete()
    dialog = page.get_by_role("dialog", name="Macros")
    dialog.get_by_role("button", name="Urgent and mine").click()
    expect(toast(page)).to_contain_text("This macro is gone.")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()


# --- Snoozing ---------------------------------------------------------------------------------
def snooze(page: Page) -> None:
    page.get_by_role("button", name="Snooze").click()
    page.get_by_role("dialog", name="Snooze until").get_by_role("button", name="In 3 hours").click()
    expect(toast(page)).to_contain_text("Snoozed until")


def test_a_snoozed_ticket_leaves_the_queue_and_is_woken(page: Page, ticket: SupportTicket) -> None:
    snooze(page)
    expect(row(page, "John Doe")).to_have_count(0)
    expect(page.locator("#desk-head")).to_contain_text("💤 until")
    page.locator("[data-tab=snoozed]").click()
    expect(row(page, "John Doe")).to_contain_text("💤")
    page.get_by_role("button", name="Wake").click()
    expect(toast(page)).to_have_text("The ticket is back in the queue.")
    expect(row(page, "John Doe")).to_have_count(0)
    page.locator("[data-tab=all]").click()
    expect(row(page, "John Doe")).to_be_visible()
    expect(page.get_by_role("button", name="Snooze")).to_be_visible()


def test_the_student_s_words_wake_it(page: Page, ticket: SupportTicket) -> None:
    snooze(page)
    expect(row(page, "John Doe")).to_have_count(0)
    desk.says(ticket, "Hello again")
    expect(row(page, "John Doe")).to_contain_text("Hello again")
    expect(page.locator("#desk-head")).not_to_contain_text("💤")


def test_its_time_wakes_it(page: Page, ticket: SupportTicket) -> None:
    snooze(page)
    expect(row(page, "John Doe")).to_have_count(0)
    SupportTicket.objects.update(snoozed_until=timezone.now())
    assert snoozing.snoozes_over() == [ticket.pk]
    sweeping.often()
    expect(row(page, "John Doe")).to_be_visible()


def test_keys_snooze_and_wake(page: Page, ticket: SupportTicket) -> None:
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Snooze until")
    dialog.get_by_label("or at another time").fill("2099-01-01T08:00")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-head")).to_contain_text("💤 until 1 Jan, 08:00")
    expect(page.get_by_role("button", name="Wake")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator("#desk-head")).not_to_contain_text("💤")


# --- Filters ----------------------------------------------------------------------------------
def test_filters_are_cleared_and_search_tab_and_order_stay(page: Page, ticket: Any) -> None:
    desk.chat(2, "Ada Obi")
    page.locator("[data-tab=unassigned]").click()
    page.locator("#filters-summary").click()
    clear = page.get_by_role("link", name="Clear")
    expect(clear).to_be_hidden()
    page.locator("#queue_sort").select_option("window")
    page.locator("#queue_priority").select_option("URGENT")
    page.get_by_label("Only unread").check()
    expect(row(page, "Ada Obi")).to_have_count(0)
    expect(page.locator("#filters-summary")).to_have_text("Filter (2)")
    clear.click()
    expect(row(page, "Ada Obi")).to_be_visible()
    expect(clear).to_be_hidden()
    expect(page.locator("#filters-summary")).to_have_text("Filter")
    expect(page.locator("#filters-summary")).to_be_focused()
    assert page.url.endswith(f"/{ticket.pk}/?sort=window&tab=unassigned")


# --- Kept views -------------------------------------------------------------------------------
def test_a_view_is_kept_used_and_deleted(page: Page, ticket: SupportTicket, agent: User) -> None:
    other = desk.chat(2, "Ada Obi")
    SupportTicket.objects.filter(pk=other.pk).update(priority="URGENT")
    page.get_by_text("Filter", exact=True).click()
    page.locator("#queue_priority").select_option("URGENT")
    expect(row(page, "John Doe")).to_have_count(0)
    page.get_by_role("button", name="Views …").click()
    page.get_by_label("Keep the queue as it is now").fill("Hot")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("#views-dialog a", has_text="Hot")).to_be_attached()
    assert (view := SavedView.objects.get()).owner == agent
    assert "priority=URGENT" in view.query

    page.goto(page.url.split("/desk/")[0] + "/desk/?tab=all")
    expect(row(page, "John Doe")).to_be_visible()
    page.keyboard.press("v")
    dialog = page.get_by_role("dialog", name="Views")
    dialog.get_by_role("link", name="Hot").click()
    expect(row(page, "Ada Obi")).to_be_visible()
    expect(row(page, "John Doe")).to_have_count(0)
    expect(page.locator("#filters-summary")).to_contain_text("1")

    page.wait_for_load_state()
    page.keyboard.press("v")
    dialog.get_by_role("button", name="Delete the view Hot").click()
    expect(page.locator("#views-dialog a", has_text="Hot")).to_have_count(0)
    assert not SavedView.objects.exists()


def test_a_view_for_the_team_is_there_for_colleagues(
    at_desk: AtDesk, page: Page, ticket: SupportTicket
) -> None:
    page.keyboard.press("v")
    page.get_by_label("Keep the queue as it is now").fill("Ours")
    page.get_by_label("For the whole team").check()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("#views-dialog a", has_text="Ours")).to_be_attached()
    other = at_desk.sit(colleague("chidi"))
    other.keyboard.press("v")
    dialog = other.get_by_role("dialog", name="Views")
    expect(dialog.locator("li", has_text="Ours")).to_contain_text("of the team")
