"""A student on the simulator's phone and an agent in the admin talk, through the real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from edubot.management.commands.demo import PASSWORD, USERNAME
from edubot.tests.stack import Stack

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.xdist_group("processes"),
]

SECONDS = 1000  # Playwright counts in milliseconds
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "simulator.png"


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    with Stack(tmp_path, f"sqlite:///{tmp_path}/db.sqlite3", "filesystem://") as running:
        yield running


def open_page(browser: Browser, visited: list[str]) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(60 * SECONDS)
    page.on("request", lambda request: visited.append(request.url))
    return page


def log_in(page: Page, url: str) -> None:
    page.goto(f"{url}/admin/")
    page.get_by_label("Username").fill(USERNAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def say(phone: Page, words: str) -> None:
    phone.fill("#text", words)
    phone.press("#text", "Enter")


def answers(phone: Page, words: str) -> None:
    expect(phone.get_by_text(words).last).to_be_visible(timeout=60 * SECONDS)


def test_a_student_and_an_agent_talk(stack: Stack, chromium: Browser):
    visited: list[str] = []
    phone, desk = open_page(chromium, visited), open_page(chromium, visited)
    phone.goto(f"{stack.url}/simulator/")
    say(phone, "support")
    answers(phone, "You are now connected to our support team! 🎯")
    say(phone, "My upload fails")
    answers(phone, "✓ Your message has been sent to support.")
    phone.set_input_files("[data-attach=image]", str(PICTURE))

    log_in(desk, stack.url)
    expect(desk.get_by_text("1 Support Request(s):")).to_be_visible()
    desk.get_by_role("link", name="View Support").click()
    desk.get_by_role("link", name="John Doe").click()
    thread = desk.locator("#thread")
    expect(thread.get_by_text("My upload fails")).to_be_visible()
    expect(thread.locator("img")).to_be_visible()

    desk.get_by_label("Message", exact=True).fill("Hi John, please try again")
    say(phone, "It also happens on my tablet")
    expect(thread.get_by_text("It also happens on my tablet")).to_be_visible(timeout=60 * SECONDS)
    expect(desk.get_by_label("Message", exact=True)).to_have_value("Hi John, please try again")
    desk.get_by_label("Message", exact=True).press("Enter")
    answers(phone, "🎧 Support Team: Hi John, please try again")
    expect(thread.get_by_title("Read")).to_be_visible(timeout=60 * SECONDS)

    desk.get_by_role("button", name="End chat").first.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Glad it works. Bye!")
    dialog.get_by_role("button", name="End chat").click()
    answers(phone, "🎧 Support Team: Glad it works. Bye!")
    expect(phone.get_by_role("button", name="📍 Main Menu").last).to_be_visible()
    expect(desk.get_by_text("Resolved").first).to_be_visible()
    assert {url.split("/")[2] for url in visited if url.startswith("http")} == {
        f"127.0.0.1:{stack.port}"
    }
