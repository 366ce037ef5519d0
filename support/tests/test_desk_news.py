"""What the open desk is told for notices, sound and title."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.test import Client

from support import services
from support.desk import news
from support.models import DeskPreferences, SupportTicket
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db
DESK = "/admin/support/desk/"
LINE = re.compile(
    r'<li data-ticket="(\d+)" data-unread="(\d+)" data-since="[^"]+"( data-mine)?>([^<]*)</li>'
)
Told = dict[int, tuple[int, bool, str]]


def told(html: str) -> Told:
    """By ticket: how many unread words, whether it is one's own, and whose it is."""
    return {
        int(ticket): (int(unread), bool(mine), name)
        for ticket, unread, mine, name in LINE.findall(html)
    }


def of(client: Client) -> Told:
    return told(client.get(f"{DESK}?tab=mine").content.decode())


@pytest.fixture
def ada() -> User:
    return desk.staff(username="ada")


def test_tickets_that_nobody_has_and_unread_words_in_ones_own_are_news(
    agent: User, ada: User
) -> None:
    free, mine, others = (desk.chat(n, f"Student {n}") for n in (1, 2, 3))
    services.take(mine.pk, Actor.of(agent))
    services.take(others.pk, Actor.of(ada))
    assert of(desk.browser(agent)) == {
        free.pk: (1, False, "Student 1"),
        mine.pk: (1, True, "Student 2"),
    }


def test_what_is_answered_seen_snoozed_or_ended_is_none(agent: User) -> None:
    team = Actor.of(agent)
    seen, answered, snoozed, ended = (desk.chat(n, f"Student {n}") for n in range(1, 5))
    services.take(seen.pk, team)
    services.mark_seen(seen)
    services.reply(answered.pk, team, "Hello")
    services.mark_seen(answered)
    SupportTicket.objects.filter(pk=snoozed.pk).update(snoozed_until="2099-01-01T00:00Z")
    services.end(ended.pk, team)
    assert of(desk.browser(agent)) == {}


def test_the_newest_words_come_first_and_the_oldest_are_left_out(
    agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST", 2)
    first, _, third = (desk.chat(n, f"Student {n}") for n in (1, 2, 3))
    desk.says(first, "Hello?")
    assert list(of(desk.browser(agent))) == [first.pk, third.pk]


def test_the_page_knows_after_how_many_the_list_is_cut() -> None:
    script = finders.find("support/desk/news.js")
    assert f"TOLD_AT_MOST = {news.MOST};" in Path(str(script)).read_text()


def test_the_pulse_tells_it_too_but_only_with_other_news(agent: User) -> None:
    client = desk.browser(agent)
    ticket = desk.chat(1, "<b>John</b>")
    pulse = client.get(f"{DESK}pulse", {"tab": "mine", "queue-version": "old"})
    assert told(pulse.content.decode()) == {ticket.pk: (1, False, "&lt;b&gt;John&lt;/b&gt;")}


def test_each_person_sets_notices_and_sound(agent: User, ada: User) -> None:
    DeskPreferences.objects.create(user=ada, browser_notices=True, sound=True)
    page = desk.browser(ada).get(DESK).content.decode()
    assert 'data-notices="yes"' in page
    assert 'data-sound="yes"' in page
    page = desk.browser(agent).get(DESK).content.decode()
    assert 'data-notices="no"' in page
    assert 'data-sound="no"' in page
