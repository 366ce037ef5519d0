"""People at the desk, each in a browser of their own."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
)

# What a lost connection says, and a request that another one has overtaken.
EXPECTED = ("Failed to load resource", "net::ERR", "htmx:afterRequest", "htmx:send")


def colleague(username: str, first_name: str = "", last_name: str = "") -> User:
    """Somebody else who may do everything. (The roles are gone once a database was flushed.)"""
    names = {"first_name": first_name or username.title(), "last_name": last_name}
    return User.objects.create_superuser(username, f"{username}@example.org", **names)


class AtDesk:
    """Opens desks. `faults` collects what their consoles complain about."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def sit(
        self, user: User, address: str = "?tab=all", prepared: str = "", **options: Any
    ) -> Page:
        """`user`'s desk, at `address` below it; `prepared` is a script that runs before its own."""
        context = self.browser.new_context(**options)
        self.contexts.append(context)
        self.log_in(context, user)
        if prepared:
            context.add_init_script(prepared)
        page = context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", self._heard)
        page.goto(f"{self.url}/admin/support/desk/{address}")
        return page

    def log_in(self, context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.url}])

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        is_fault = message.type == "error" and not any(word in message.text for word in EXPECTED)
        if is_fault:
            self.faults.append(message.text)


def row(page: Page, name: str) -> Locator:
    """The row of `name` in the queue."""
    return page.locator("#queue-rows li", has_text=name)


def box(page: Page) -> Locator:
    return page.locator("#id_text")


def thread(page: Page) -> Locator:
    return page.locator("#thread")


def toast(page: Page) -> Locator:
    return page.locator("#toast")


def keep_typing(page: Page, until: Locator) -> None:
    """Key after key, so that a colleague's page sees it however rarely it looks."""
    for _ in range(200):
        box(page).press_sequentially("a")
        if until.count():
            return
        page.wait_for_timeout(300)
    raise AssertionError("Nobody has seen it.")


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
