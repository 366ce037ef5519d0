"""Files and quotes in the reply box, while one does other things."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import FilePayload, Page, Route, expect

from support.models import SupportTicket
from support.tests import desk
from support.tests.at_desk import AtDesk, box, row, thread, toast
from whatsapp.tests.phone import PNG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURE: FilePayload = {"name": "plan.png", "mimeType": "image/png", "buffer": PNG}
ODD: FilePayload = {"name": "a.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ\x90"}


def files(page: Page) -> list[str]:
    return page.locator("#chips li bdi").all_text_contents()


def turn_to(page: Page, name: str) -> None:
    row(page, name).get_by_role("link").click()
    expect(page.locator("#chat-title")).to_contain_text(name)
    expect(page.locator("#stage")).not_to_have_attribute("aria-busy", "true")


def test_files_wait_while_one_looks_at_another_chat(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    desk.chat(2, "Ada Obi")
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    page.set_input_files("#id_file", [PICTURE])
    box(page).fill("Here it is")
    turn_to(page, "Ada Obi")
    assert files(page) == []
    turn_to(page, "John Doe")
    expect(page.locator("#chips li")).to_have_count(1)
    expect(box(page)).to_have_value("Here it is")
    box(page).press("Enter")
    expect(thread(page).locator(".team img")).to_have_count(1)
    expect(page.locator("#chips li")).to_have_count(0)
    turn_to(page, "Ada Obi")
    turn_to(page, "John Doe")
    assert files(page) == [], "they have been sent"


def test_what_was_wrong_with_a_file_goes_with_the_file(page: Page) -> None:
    page.set_input_files("#id_file", [ODD])
    box(page).fill("Look")
    box(page).press("Enter")
    problems = page.locator("#composer-problems li")
    expect(problems).to_have_count(1)
    page.get_by_role("button", name="Do not send a.exe").click()
    expect(problems).to_have_count(0)
    assert files(page) == []
    expect(box(page)).to_have_value("Look")


def test_a_quote_waits_while_one_looks_at_another_chat(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    desk.chat(2, "Ada Obi")
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    quoted = page.locator("#quoting")
    thread(page).get_by_role("button", name="Answer this message").click()
    turn_to(page, "Ada Obi")
    expect(quoted).to_be_hidden()
    turn_to(page, "John Doe")
    expect(quoted).to_contain_text("I cannot log in.")
    expect(page.get_by_role("button", name="Later")).to_be_disabled()
    box(page).fill("Since when?")
    box(page).press("Enter")
    expect(thread(page).locator(".team blockquote")).to_have_text("I cannot log in.")
    expect(quoted).to_be_hidden()
    expect(page.get_by_role("button", name="Later")).to_be_enabled()
    turn_to(page, "Ada Obi")
    turn_to(page, "John Doe")
    expect(quoted).to_be_hidden()


def test_a_quote_that_was_taken_off_stays_off(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    desk.chat(2, "Ada Obi")
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    thread(page).get_by_role("button", name="Answer this message").click()
    page.get_by_role("button", name="Do not quote").click()
    turn_to(page, "Ada Obi")
    turn_to(page, "John Doe")
    expect(page.locator("#quoting")).to_be_hidden()


def test_who_clicks_faster_than_the_line_finds_everything_again(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    other = desk.chat(2, "Ada Obi")
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    thread(page).get_by_role("button", name="Answer this message").click()
    page.set_input_files("#id_file", [PICTURE])
    held: list[Route] = []
    page.route(f"**/desk/{other.pk}/**", lambda route: held.append(route))
    with page.expect_request(f"**/desk/{other.pk}/**"):
        row(page, "Ada Obi").get_by_role("link").click()
    with page.expect_response(f"**/desk/{ticket.pk}/**"):
        row(page, "John Doe").get_by_role("link").click()
        held[0].continue_()
    expect(page.locator("#stage")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#chat-title")).to_contain_text("John Doe")
    expect(page.locator("#quoting")).to_contain_text("I cannot log in.")
    expect(page.locator("#chips li")).to_have_count(1)


def test_a_chat_that_does_not_come_leaves_the_open_one_usable(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    other = desk.chat(2, "Ada Obi")
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    page.route(f"**/desk/{other.pk}/**", lambda route: route.abort())
    row(page, "Ada Obi").get_by_role("link").click()
    expect(toast(page)).to_contain_text("That did not arrive.")
    expect(page.locator("#stage")).not_to_have_attribute("aria-busy", "true")
    page.unroute(f"**/desk/{other.pk}/**")
    turn_to(page, "Ada Obi")


def test_a_chat_that_never_comes_keeps_nobody_from_the_next(
    at_desk: AtDesk, agent: User, ticket: SupportTicket
) -> None:
    other = desk.chat(2, "Ada Obi")
    page = at_desk.sit(agent, f"{ticket.pk}/?tab=all")
    page.route(f"**/desk/{other.pk}/**", lambda _route: None)
    row(page, "Ada Obi").get_by_role("link").click()
    row(page, "John Doe").get_by_role("link").click()
    expect(page.locator("#stage")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#chat-title")).to_contain_text("John Doe")
    assert "htmx:timeout" in at_desk.faults.pop()  # which is what this is about
