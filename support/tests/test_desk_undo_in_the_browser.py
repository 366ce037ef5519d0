"""Answers taken back within some seconds, and drafts that their sending overtakes."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, Route, expect

from support.models import SupportTicket
from support.tests import desk
from support.tests.at_desk import AtDesk, answer, box, colleague, is_draft, row, thread, toast
from whatsapp.models import Message
from whatsapp.tests.phone import PNG

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("unhurried"),
]


# --- Undo -------------------------------------------------------------------------------------
def test_an_answer_is_taken_back_and_its_words_stand_in_the_box(
    page: Page, ticket: SupportTicket
) -> None:
    bubble = answer(page, "Your too late")
    bubble.get_by_role("button", name="Undo").click()
    expect(toast(page)).to_contain_text("Taken back.")
    expect(box(page)).to_have_value("Your too late")
    expect(box(page)).to_be_focused()
    expect(bubble).to_have_count(0)
    expect(page.locator("#desk-head")).to_contain_text("Nobody has this ticket")
    box(page).fill("You are in time")
    box(page).press("Enter")
    expect(thread(page).locator(".team")).to_contain_text("You are in time")
    assert [said.message for said in ticket.messages.filter(sender_type="admin")] == [
        "You are in time"
    ]


def test_words_that_come_back_stand_before_those_typed_meanwhile(page: Page) -> None:
    bubble = answer(page, "First")
    box(page).fill("Second")
    bubble.get_by_role("button", name="Undo").click()
    expect(box(page)).to_have_value("First\nSecond")


def quoted(page: Page) -> Locator:
    """What stands above the box as quoted."""
    return page.locator("#quoting")


def test_what_the_answer_quoted_comes_back_too(page: Page, ticket: SupportTicket) -> None:
    thread(page).locator(".student").get_by_role("button", name="Answer this message").click()
    bubble = answer(page, "Since when?")
    expect(quoted(page)).to_be_hidden()
    bubble.get_by_role("button", name="Undo").click()
    expect(quoted(page)).to_contain_text("I cannot log in.")
    expect(box(page)).to_have_value("Since when?")
    expect(box(page)).to_be_focused()
    answer(page, "Since yesterday?")
    asked, said = ticket.messages.order_by("id")
    assert said.wire.reply_to == asked.wire


def test_what_was_quoted_meanwhile_stays_quoted(page: Page, ticket: SupportTicket) -> None:
    thread(page).locator(".student").get_by_role("button", name="Answer this message").click()
    bubble = answer(page, "Since when?")
    desk.says(ticket, "It says: wrong password")
    newer = thread(page).locator(".student", has_text="wrong password")
    newer.get_by_role("button", name="Answer this message").click()
    bubble.get_by_role("button", name="Undo").click()
    expect(box(page)).to_have_value("Since when?")
    expect(quoted(page)).to_contain_text("wrong password")


def answer_with_a_file(page: Page) -> Locator:
    """Its bubble."""
    file = {"name": "plan ä.png", "mimeType": "image/png", "buffer": PNG}
    page.set_input_files("#id_file", file)
    bubble = answer(page, "The plan")
    expect(page.locator("#chips li")).to_have_count(0)
    return bubble


def test_the_file_of_an_answer_comes_back_too(page: Page, ticket: SupportTicket) -> None:
    answer_with_a_file(page).get_by_role("button", name="Undo").click()
    expect(page.locator("#chips li")).to_have_text("plan ä.png✕")
    expect(box(page)).to_have_value("The plan")
    box(page).fill("The right plan")
    box(page).press("Enter")
    expect(thread(page).locator(".team")).to_contain_text("The right plan")
    sent = ticket.messages.latest("id").wire.media
    with sent.file.open() as stored:
        assert (sent.name, stored.read()) == ("plan ä.png", PNG)


def test_a_file_that_is_gone_must_be_attached_again(page: Page) -> None:
    bubble = answer_with_a_file(page)
    page.route("**/support/media/*", lambda route: route.fulfill(status=404))
    bubble.get_by_role("button", name="Undo").click()
    expect(toast(page)).to_have_text("The files are not kept: attach them again.")
    expect(box(page)).to_have_value("The plan")


def test_words_come_back_though_the_thread_was_drawn_anew_meanwhile(page: Page) -> None:
    bubble = answer(page, "Not like this")
    held: list[Route] = []
    page.route("**/undo", lambda route: held.append(route))
    with page.expect_request("**/undo"):
        bubble.get_by_role("button", name="Undo").click()
    page.evaluate("document.querySelector('.desk-undo').closest('.desk-bubble').remove()")
    held[0].continue_()
    expect(box(page)).to_have_value("Not like this")


def test_a_file_does_not_come_back_into_another_ticket(page: Page) -> None:
    desk.chat(2, "Ada Obi")
    bubble = answer_with_a_file(page)
    held: list[Route] = []
    page.route("**/support/media/*", lambda route: held.append(route))
    with page.expect_request("**/support/media/*"):
        bubble.get_by_role("button", name="Undo").click()
    row(page, "Ada Obi").click()
    expect(page.locator("#chat-title")).to_contain_text("Ada Obi")
    held[0].continue_()
    expect(toast(page)).to_have_text("The files are not kept: attach them again.")
    expect(page.locator("#chips li")).to_have_count(0)


def test_the_key_z_takes_the_last_answer_back(page: Page) -> None:
    answer(page, "First")
    answer(page, "Second")
    box(page).press("Escape")
    page.keyboard.press("z")
    expect(box(page)).to_have_value("Second")
    expect(thread(page).locator(".team")).to_have_count(1)


def test_undo_outlives_a_reload_but_not_its_seconds(page: Page, settings: Any) -> None:
    answer(page, "Slow")
    page.reload()
    expect(thread(page).get_by_role("button", name="Undo")).to_be_visible()
    settings.SUPPORT_UNDO = timedelta(seconds=1)
    expect(answer(page, "Quick").get_by_role("button", name="Undo")).to_be_hidden()
    expect(thread(page).get_by_role("button", name="Undo")).to_have_count(1)


def test_only_who_wrote_it_is_offered_undo(
    at_desk: AtDesk, page: Page, ticket: SupportTicket
) -> None:
    answer(page, "Hello")
    other = at_desk.sit(colleague("chidi"), f"{ticket.pk}/?tab=all")
    expect(thread(other).locator(".team")).to_contain_text("Hello")
    expect(thread(other).get_by_role("button", name="Undo")).to_have_count(0)


def test_too_late_is_said_and_the_answer_stays(page: Page, ticket: SupportTicket) -> None:
    bubble = answer(page, "Hello")

    def a_worker_is_quicker(route: Route) -> None:
        Message.objects.filter(support_message__ticket=ticket).update(due_at=None, attempts=1)
        route.continue_()

    page.route("**/undo", a_worker_is_quicker)
    bubble.get_by_role("button", name="Undo").click()
    expect(toast(page)).to_contain_text("too late")
    expect(bubble).to_be_visible()
    expect(box(page)).to_have_value("")


# --- Drafts and sends that overtake each other ------------------------------------------------
def test_a_draft_that_is_overtaken_by_its_send_does_not_come_back(
    page: Page, ticket: SupportTicket
) -> None:
    held: list[Route] = []
    page.route("**/draft", lambda route: held.append(route))
    with page.expect_request("**/draft"):
        box(page).fill("Hello John")
    box(page).press("Enter")
    expect(thread(page).locator(".team")).to_contain_text("Hello John")
    with page.expect_response("**/draft") as late:
        held[0].continue_()
    assert late.value.status == 409
    page.unroute("**/draft")
    page.reload()
    expect(thread(page).locator(".team")).to_contain_text("Hello John")
    expect(box(page)).to_have_value("")


IMPATIENT = """
  const limited = [];
  window.limits = [];
  window.timeIsUp = () => limited.forEach((request) => request.abort());
  AbortSignal.timeout = (limit) => {
    window.limits.push(limit);
    limited.push(new AbortController());
    return limited.at(-1).signal;
  };
"""


def test_a_draft_that_never_arrives_holds_the_next_one_up_for_ten_seconds_only(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all", IMPATIENT)
    held: list[Route] = []
    page.route("**/draft", lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request("**/draft"):
        box(page).fill("Half")
    box(page).fill("Half a sentence")
    with page.expect_response(is_draft("Half a sentence")) as kept:
        page.evaluate("window.timeIsUp()")
    assert kept.value.status == 204
    assert set(page.evaluate("window.limits")) == {10_000}


def test_what_is_typed_after_a_send_is_kept_as_before(page: Page, ticket: SupportTicket) -> None:
    answer(page, "Hello John")
    with page.expect_response(is_draft("One more thing")) as kept:
        box(page).fill("One more thing")
    assert kept.value.status == 204
    page.reload()
    expect(box(page)).to_have_value("One more thing")
