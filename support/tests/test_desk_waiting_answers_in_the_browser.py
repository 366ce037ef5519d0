"""Answers that have not left yet: taken back within some seconds, or planned for later."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, Response, Route, expect

from support import services
from support.models import ScheduledReply, SupportTicket
from support.services import Actor
from support.tests import desk
from support.tests.at_desk import AtDesk, box, colleague, row, thread, toast
from whatsapp.models import Message
from whatsapp.tests.phone import PNG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    settings.SUPPORT_UNDO = timedelta(minutes=10)


@pytest.fixture
def ticket() -> SupportTicket:
    return desk.chat()


@pytest.fixture
def page(at_desk: AtDesk, agent: User, ticket: SupportTicket) -> Page:
    return at_desk.sit(agent, f"{ticket.pk}/?tab=all")


def answer(page: Page, words: str) -> Locator:
    """Its bubble."""
    box(page).fill(words)
    box(page).press("Enter")
    bubble = thread(page).locator(".team", has_text=words)
    expect(bubble).to_be_visible()
    expect(box(page)).to_have_value("")
    return bubble


def is_draft(words: str) -> Callable[[Response], bool]:
    """Whether a response is that to the draft of these words."""
    return lambda response: (
        response.url.endswith("/draft") and words in (response.request.post_data or "")
    )


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


def test_what_is_typed_after_a_send_is_kept_as_before(page: Page, ticket: SupportTicket) -> None:
    answer(page, "Hello John")
    with page.expect_response(is_draft("One more thing")) as kept:
        box(page).fill("One more thing")
    assert kept.value.status == 204
    page.reload()
    expect(box(page)).to_have_value("One more thing")


# --- Later ------------------------------------------------------------------------------------
def planned(page: Page) -> Locator:
    return page.locator(".desk-planned")


def plan(page: Page, words: str) -> None:
    box(page).fill(words)
    page.get_by_role("button", name="Later").click()
    page.get_by_role("dialog").get_by_role("button", name="Tomorrow, 8:00").click()
    expect(planned(page)).to_contain_text(words)


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
