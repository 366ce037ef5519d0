"""Who is in a ticket now, and who types in it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from support import presence
from support.models import Presence
from support.tests import desk
from support.tests.queries_made import queries_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace() -> User:
    return desk.staff(username="grace")


@pytest.fixture
def ada() -> User:
    return desk.staff(username="ada")


def seen(ticket_id: int, user: User) -> list[tuple[str, bool]]:
    found = presence.others([ticket_id], user).get(ticket_id, [])
    return [(other.name, other.is_typing) for other in found]


def test_colleagues_see_who_looks_and_who_types(grace: User, ada: User) -> None:
    presence.touch(1, grace)
    presence.touch(1, ada, typing=True)
    presence.touch(2, ada)

    everyone = desk.staff(username="me")
    assert seen(1, everyone) == [("ada", True), ("grace", False)]
    assert seen(2, everyone) == [("ada", False)]


def test_nobody_is_told_of_oneself(grace: User) -> None:
    presence.touch(1, grace)
    assert seen(1, grace) == []


def test_who_stops_typing_still_looks(grace: User, ada: User) -> None:
    presence.touch(1, grace, typing=True)
    presence.touch(1, grace)
    assert seen(1, ada) == [("grace", False)]


def test_what_is_not_told_again_goes_stale(grace: User, ada: User) -> None:
    presence.touch(1, grace)
    with time_machine.travel(timezone.now() + timedelta(seconds=20)):
        assert seen(1, ada) == []
        assert list(presence.online()) == [grace.pk], "a page in the background is still open"
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert list(presence.online()) == []
        presence.sweep()
    assert not Presence.objects.exists()


def test_who_leaves_is_gone_at_once(grace: User, ada: User) -> None:
    presence.touch(1, grace)
    presence.leave(1, grace)
    assert seen(1, ada) == []


def test_who_looks_at_the_queue_is_online(grace: User) -> None:
    presence.touch(presence.QUEUE, grace)
    assert list(presence.online()) == [grace.pk]


def test_it_costs_one_statement_to_write_and_one_to_read(grace: User, ada: User) -> None:
    presence.touch(1, grace)
    with queries_made() as writing:
        presence.touch(1, grace, typing=True)
    with queries_made() as reading:
        presence.others(range(1, 50), ada)
    assert (len(writing), len(reading)) == (1, 1)
    assert Presence.objects.count() == 1
