"""A real browser at the desk, for the tests marked `browser`."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from support.tests.at_desk import AtDesk


@pytest.fixture
def at_desk(chromium: Browser, live_server: Any) -> Iterator[AtDesk]:
    """Lets people sit down at the desk; whatever breaks the page's policy or scripts fails."""
    desk = AtDesk(chromium, live_server.url)
    yield desk
    desk.leave()
    assert desk.faults == []
