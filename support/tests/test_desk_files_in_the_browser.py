"""Files in the reply box, while one does other things."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import FilePayload, Page, expect

from support.models import SupportTicket
from support.tests import desk
from support.tests.at_desk import AtDesk, box, row, thread
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
