"""Shared by the tests of the bot."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine

from conversations.tests.paying import Payer
from whatsapp.tests.phone import Phone

MORNING = datetime.fromisoformat("2026-11-20T08:00:00Z")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is shifted."""
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


@pytest.fixture
def payer(clock: time_machine.Traveller, john: Phone, work: Callable[[], None]) -> Payer:
    """John, registered, on a November morning."""
    return Payer(john, work, clock)
