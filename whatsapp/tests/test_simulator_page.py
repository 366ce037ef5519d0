"""The phone in a real browser: what is typed, tapped and formatted there."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from whatsapp.simulator import phones
from whatsapp.simulator.models import SimulatedPhone
from whatsapp.tests.graph import send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def john() -> SimulatedPhone:
    return phones.create("John Doe", "2348031234567")


@pytest.fixture
def screen(john: SimulatedPhone, live_server: Any, chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    faults: list[object] = []
    opened.on("pageerror", lambda fault: faults.append(fault))
    opened.goto(f"{live_server.url}/simulator/")
    expect(opened.locator("#student-name")).to_have_text("John Doe")
    yield opened
    assert not faults


def say(screen: Page, words: str) -> None:
    screen.fill("#text", words)
    screen.press("#text", "Enter")


def test_what_is_typed_shows_as_a_bubble(screen: Page, john: SimulatedPhone) -> None:
    say(screen, "Hello <b>there</b>")

    expect(screen.locator(".row.mine .bubble-text")).to_have_text("Hello <b>there</b>")
    assert john.messages.get().type == "text"


def test_markup_is_drawn_and_never_html(screen: Page) -> None:
    say(screen, "*bold* _slanted_ ~gone~ `code` order_id_12 5*3*2 <i>no</i>")

    text = screen.locator(".bubble-text")
    expect(text.locator("strong")).to_have_text("bold")
    expect(text.locator("em")).to_have_text("slanted")
    expect(text.locator("s")).to_have_text("gone")
    expect(text.locator("code")).to_have_text("code")
    expect(text).to_contain_text("order_id_12 5*3*2 <i>no</i>")


def test_markup_is_drawn_in_a_quote_too(screen: Page) -> None:
    say(screen, "Choose *Confirm*")
    screen.get_by_label("React or reply").click()
    screen.get_by_label("Reply to this", exact=True).click()
    expect(screen.locator("#quote-text strong")).to_have_text("Confirm")
    say(screen, "Which one?")

    expect(screen.locator(".quote strong")).to_have_text("Confirm")
    expect(screen.locator(".quote span")).to_have_text("Choose Confirm")


def test_a_row_is_chosen_from_the_sheet_and_sent(screen: Page, john: SimulatedPhone) -> None:
    say(screen, "Hi")
    expect(screen.locator(".row.mine")).to_have_count(1)
    rows = [{"id": "pay", "title": "Pay"}, {"id": "faq", "title": "FAQs", "description": "Answers"}]
    action = {"button": "Main menu", "sections": [{"rows": rows}]}
    menu = {"type": "list", "body": {"text": "What now?"}, "action": action}
    send({"type": "interactive", "interactive": menu})

    screen.get_by_role("button", name="Main menu").click()
    screen.get_by_label("FAQs").check()
    screen.get_by_role("button", name="Send", exact=True).last.click()

    expect(screen.locator(".row.mine").last).to_contain_text("FAQs")
    assert john.messages.filter(type="interactive", direction="from_student").count() == 1


def test_a_switch_is_kept(screen: Page) -> None:
    screen.get_by_label("The access token is revoked").check()

    screen.wait_for_timeout(300)
    screen.reload()

    expect(screen.get_by_label("The access token is revoked")).to_be_checked()


def test_a_narrow_screen_shows_the_phone_alone(screen: Page) -> None:
    screen.set_viewport_size({"width": 390, "height": 844})

    expect(screen.locator("#students-panel")).to_be_hidden()
    screen.get_by_label("Change student").click()
    expect(screen.locator("#students-panel")).to_be_visible()
    width = screen.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
