"""A ticket, and a real browser at the desk for the tests marked `browser`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page

from support.models import SupportTicket
from support.tests import desk
from support.tests.at_desk import AtDesk


@pytest.fixture
def ticket() -> SupportTicket:
    return desk.chat()


@pytest.fixture
def at_desk(chromium: Browser, live_server: Any) -> Iterator[AtDesk]:
    """Lets people sit down at the desk; whatever breaks the page's policy or scripts fails."""
    desks = AtDesk(chromium, live_server.url)
    yield desks
    desks.leave()
    assert desks.faults == []


@pytest.fixture
def page(at_desk: AtDesk, agent: User, ticket: SupportTicket) -> Page:
    """Grace's desk, with the ticket open."""
    return at_desk.sit(agent, f"{ticket.pk}/?tab=all")


@pytest.fixture
def unhurried(settings: Any) -> None:
    """Whatever is sent from the desk can be taken back until the test is done."""
    settings.SUPPORT_UNDO = timedelta(minutes=10)
