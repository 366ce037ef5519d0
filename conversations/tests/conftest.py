"""Shared by the tests of the bot."""

from collections.abc import Callable

import pytest
import time_machine

from conversations.tests.paying import Payer
from whatsapp.tests.phone import Phone


@pytest.fixture
def payer(clock: time_machine.Traveller, john: Phone, work: Callable[[], None]) -> Payer:
    """John, registered, on a November morning."""
    return Payer(john, work, clock)
