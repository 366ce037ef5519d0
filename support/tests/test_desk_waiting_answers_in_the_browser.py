"""Answers planned for later."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from support import services
from support.models import ScheduledReply, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.at_desk import AtDesk, box, colleague, is_draft, row, thread, toast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("unhurried"),
]


def planned(page: Page) -> Locator:
    return page.locator(".desk-planned")


def plan(page: Page, words: str) -> None:
    box(page).fill(words)
    page.get_by_role("button", name="Later").click()
    page.get_by_role("dialog").get_by_role("button", name="Tomorrow, 8:00").click()
    expect(planned(page)).to_contain_text(words.split("\n")[0])


def test_an_answer_is_planned_and_the_box_is_empty_for_the_next(
    page: Page, ticket: SupportTicket, agent: User
) -> None:
    plan(page, "Good morning")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(toast(page)).to_contain_text("It will be sent on")
    expect(box(page)).to_have_value("")
    row_of = ScheduledReply.objects.get()
    assert (row_of.text, row_of.author, row_of.state) == ("Good morning", agent, "waiting")
    assert timezone.localtime(row_of.send_at).hour == 8
    with page.expect_response(is_draft("One more thing")) as kept:
        box(page).fill("One more thing")
    assert kept.value.status == 204, "the box is another one now"
    page.reload()
    expect(box(page)).to_have_value("One more thing")
    expect(planned(page)).to_contain_text("Good morning")


def test_who_ends_a_chat_hears_of_its_planned_answer(page: Page) -> None:
    warning = page.get_by_role("dialog").get_by_text("An answer is planned for later.")
    page.get_by_role("button", name="End chat").click()
    expect(page.get_by_role("heading", name="End this chat?")).to_be_visible()
    expect(warning).to_be_hidden()
    page.get_by_role("button", name="Go on chatting").click()
    plan(page, "Good morning")
    page.get_by_role("button", name="End chat").click()
    expect(warning).to_be_visible()


def test_a_time_of_ones_own_is_chosen_by_keys(page: Page, ticket: SupportTicket) -> None:
    box(page).fill("Happy new year")
    box(page).press("Escape")
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog", name="Send this answer")
    at = dialog.get_by_label("or at another time")
    at.fill("2020-01-01T08:00")
    dialog.get_by_role("button", name="Use this time").click()
    expect(toast(page)).to_contain_text("Choose a time that lies ahead.")
    expect(dialog).to_be_visible()
    at.fill("2099-01-01T08:00")
    dialog.get_by_role("button", name="Use this time").click()
    expect(dialog).to_be_hidden()
    expect(planned(page)).to_contain_text("Happy new year")
    assert timezone.localtime(ScheduledReply.objects.get().send_at).year == 2099


def test_words_and_time_of_a_planned_answer_are_changed(page: Page, ticket: SupportTicket) -> None:
    plan(page, "Good morning")
    planned(page).locator("summary").click()
    planned(page).get_by_label("Answer").fill("Good evening")
    planned(page).get_by_label("To be sent").fill("2099-01-01T18:00")
    planned(page).get_by_role("button", name="Save").click()
    expect(planned(page).locator("summary")).to_contain_text("Good evening")
    expect(planned(page).locator("summary")).to_contain_text("18:00")
    expect(planned(page).get_by_label("Answer")).to_be_hidden()
    assert ScheduledReply.objects.get().text == "Good evening"


def test_enter_in_the_field_of_the_time_saves_it(page: Page, ticket: SupportTicket) -> None:
    plan(page, "Good morning")
    planned(page).locator("summary").click()
    planned(page).get_by_label("To be sent").fill("2099-01-01T18:00")
    planned(page).get_by_label("To be sent").press("Enter")
    expect(planned(page).locator("summary")).to_contain_text("18:00")
    assert ScheduledReply.objects.get().state == "waiting"


def test_a_planned_answer_is_taken_back_into_the_box(page: Page, ticket: SupportTicket) -> None:
    plan(page, "Good morning")
    planned(page).locator("summary").click()
    planned(page).get_by_role("button", name="Do not send").click()
    expect(planned(page)).to_have_count(0)
    expect(box(page)).to_have_value("Good morning")
    assert ScheduledReply.objects.get().state == "cancelled"


def test_a_planned_answer_is_sent_now(page: Page, ticket: SupportTicket) -> None:
    plan(page, "Good morning")
    planned(page).locator("summary").click()
    planned(page).get_by_label("Answer").fill("Good morning, John")
    planned(page).get_by_role("button", name="Send now").click()
    expect(thread(page).locator(".team")).to_contain_text("Good morning, John")
    expect(planned(page)).to_have_count(0)
    expect(box(page)).to_have_value("")
    assert desk.outgoing(ticket) == ["🎧 Support Team: Good morning, John"]


@pytest.mark.parametrize("reads_above", [False, True])
@pytest.mark.parametrize("width", [1440, 390])
def test_an_answer_sent_now_is_seen_whole(
    at_desk: AtDesk, agent: User, ticket: SupportTicket, width: int, reads_above: bool
) -> None:
    for number in range(12):
        desk.says(ticket, f"Question {number}")
    services.mark_seen(ticket)
    size: Any = {"width": width, "height": 844}
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all", viewport=size)
    plan(page, "Good morning\n\nIt is\n\na long answer\n\nthat you asked for")
    planned(page).locator("summary").click()
    if reads_above:
        thread(page).evaluate("(thread) => { thread.scrollTop = 0; }")
        expect(thread(page).get_by_text("Question 0")).to_be_in_viewport()
    planned(page).get_by_role("button", name="Send now").click()
    bubble = thread(page).locator(".team")
    expect(bubble).to_contain_text("that you asked for")
    expect(planned(page)).to_have_count(0)
    expect(bubble).to_be_in_viewport(ratio=1)


def test_notes_and_files_are_not_for_later(page: Page, ticket: SupportTicket) -> None:
    later = page.get_by_role("button", name="Later")
    expect(later).to_be_enabled()
    page.get_by_role("radio", name="Internal note").check()
    box(page).fill("He is rude")
    expect(later).to_be_disabled()
    box(page).press("Escape")
    page.keyboard.press("l")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("radio", name="Reply to the student").check()
    expect(later).to_be_enabled()
    page.set_input_files("#id_file", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    expect(later).to_be_disabled()
    page.get_by_role("button", name="Do not send a.txt").click()
    expect(later).to_be_enabled()


def test_the_answer_of_somebody_who_has_left_says_so(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    chidi = colleague("chidi")
    at = timezone.now() + timedelta(days=1)
    services.send_later(ticket.pk, Actor.of(chidi), "Good morning", at)
    User.objects.filter(pk=chidi.pk).update(is_active=False)
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    planned(page).locator("summary").click()
    expect(planned(page)).to_contain_text("Chidi no longer answers here.")
    planned(page).get_by_role("button", name="Save").click()
    expect(planned(page).locator("summary")).to_contain_text("Grace")
    expect(row(page, "John Doe")).to_be_visible()
