"""The thread is in the order in which the student wrote, however late the workers come to it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User

from support import services
from support.desk import pages
from support.models import SupportTicket
from support.services import Actor
from whatsapp.tests.phone import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def hasty(john: Phone, work: Callable[[], None]) -> Phone:
    """John, whose messages wait until the workers come."""
    john.works = None
    return john


def lines(agent: User) -> list[str]:
    return [line.text for line in pages.moving(SupportTicket.objects.get(), agent, 80)["lines"]]


def test_the_opening_comes_before_the_first_words(
    hasty: Phone, agent: User, work: Callable[[], None], clock: time_machine.Traveller
) -> None:
    hasty.say("support")
    clock.shift(timedelta(seconds=2))
    hasty.say("My upload fails")
    clock.shift(timedelta(seconds=3))
    work()
    assert lines(agent) == ["The student opened the ticket", "My upload fails"]


def test_the_opening_comes_first_if_both_were_written_in_one_second(
    hasty: Phone, agent: User, work: Callable[[], None], clock: time_machine.Traveller
) -> None:
    hasty.say("support")
    hasty.say("My upload fails")
    clock.shift(timedelta(seconds=3))
    work()
    assert lines(agent) == ["The student opened the ticket", "My upload fails"]


@pytest.mark.parametrize("ends_after", [-10, 1])  # seconds, counted from the student's "support"
def test_reopening_comes_between_the_end_and_the_words_that_follow(
    hasty: Phone,
    agent: User,
    work: Callable[[], None],
    clock: time_machine.Traveller,
    settings: Any,
    ends_after: int,
) -> None:
    settings.SUPPORT_REOPEN_WITHIN = timedelta(hours=1)
    hasty.say("support")
    work()
    clock.shift(timedelta(minutes=5))
    if ends_after < 0:
        services.end(SupportTicket.objects.get().pk, Actor.of(agent))
        clock.shift(timedelta(seconds=-ends_after))
    hasty.say("support")
    if ends_after > 0:
        clock.shift(timedelta(seconds=ends_after))
        services.end(SupportTicket.objects.get().pk, Actor.of(agent))
    clock.shift(timedelta(seconds=2))
    hasty.say("It fails again")
    clock.shift(timedelta(seconds=3))
    work()
    assert lines(agent) == [
        "The student opened the ticket",
        "Grace ended the chat: Resolved",
        "The student reopened the ticket",
        "It fails again",
    ]
