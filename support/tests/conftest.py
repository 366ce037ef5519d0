"""A real browser at the desk, for the tests marked `browser`."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from support.tests.at_desk import CHROMIUM, QUIET, AtDesk


@pytest.fixture
def chromium(monkeypatch: Any) -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; the database is used between its calls only.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def at_desk(chromium: Browser, live_server: Any) -> Iterator[AtDesk]:
    """Lets people sit down at the desk; whatever breaks the page's policy or scripts fails."""
    desk = AtDesk(chromium, live_server.url)
    yield desk
    desk.leave()
    assert desk.faults == []
