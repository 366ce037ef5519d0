"""Snoozing, planning and macros from the desk, and what the queue shows of them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from support import drafts, queries, services
from support.desk import moments
from support.models import Macro, ScheduledReply, SupportTicket
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db


def does(user: User, ticket: SupportTicket, act: str, *more: str, **data: Any) -> str:
    """What the desk says to it."""
    client = desk.browser(user)
    response = client.post(desk.url(ticket, act, *more), data, headers={"HX-Request": "true"})
    return str(response.headers.get("HX-Trigger", ""))


def rows(user: User, tab: str) -> str:
    return desk.browser(user).get("/admin/support/desk/queue", {"tab": tab}).content.decode()


def test_a_snoozed_ticket_leaves_the_tabs_for_one_of_its_own(
    agent: User, ticket: SupportTicket
) -> None:
    assert "Snoozed until" in does(agent, ticket, "act", "snooze", when="tomorrow")
    assert f"row-{ticket.pk}" not in rows(agent, "all")
    assert f"row-{ticket.pk}" in rows(agent, "snoozed")
    assert queries.tab_counts(agent) == {
        "mine": 0,
        "unassigned": 0,
        "all": 0,
        "snoozed": 1,
        "resolved": 0,
    }
    assert queries.counts().waiting == 0
    does(agent, ticket, "act", "wake")
    assert f"row-{ticket.pk}" in rows(agent, "all")
    assert queries.counts().waiting == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"when": "today"}, "2026-03-04T13:30"),
        ({"when": "tomorrow"}, "2026-03-05T08:00"),
        ({"when": "week"}, "2026-03-09T08:00"),
        ({"when": "own", "at": "2026-04-01T09:15"}, "2026-04-01T09:15"),
    ],
)
def test_moments_are_those_of_the_wall_clock(data: dict[str, str], expected: str, rf: Any) -> None:
    wednesday = timezone.localtime().replace(
        year=2026, month=3, day=4, hour=10, minute=30, second=0, microsecond=0
    )
    with time_machine.travel(wednesday, tick=False):
        chosen = moments.chosen(rf.post("/", data).POST)
        assert timezone.localtime(chosen).isoformat()[:16] == expected


def test_a_time_of_nonsense_is_refused(agent: User, ticket: SupportTicket) -> None:
    told = does(agent, ticket, "act", "snooze", when="own", at="soon")
    assert "Choose a day and a time." in told
    ticket.refresh_from_db()
    assert ticket.snoozed_until is None


def test_an_answer_is_planned_changed_and_cancelled(agent: User, ticket: SupportTicket) -> None:
    box = uuid4()
    drafts.save(ticket.pk, agent, "See you tomorrow", box=box)
    assert "It will be sent" in does(
        agent, ticket, "plan", text="See you tomorrow", when="tomorrow", token=box
    )
    planned = ScheduledReply.objects.get()
    assert drafts.load(ticket.pk, agent) is None
    assert not drafts.save(ticket.pk, agent, "See you", box=box), "that was on its way"
    html = desk.browser(agent).get(desk.page(ticket)).content.decode()
    assert f'id="planned-{planned.pk}"' in html

    does(agent, ticket, "replan", str(planned.pk), text="Until Monday", when="week")
    planned.refresh_from_db()
    assert planned.text == "Until Monday"

    act = desk.url(ticket, "unplan", str(planned.pk))
    answer = desk.browser(agent).post(act, headers={"HX-Request": "true"})
    assert answer.json() == {"text": "Until Monday", "files": [], "quoting": None}
    html = desk.browser(agent).get(desk.page(ticket)).content.decode()
    assert f'id="planned-{planned.pk}"' not in html


def test_a_planned_answer_that_will_not_be_sent_says_so(agent: User, ticket: SupportTicket) -> None:
    ada = desk.staff(username="ada")
    services.send_later(ticket.pk, Actor.of(ada), "Hi", timezone.now() + timedelta(hours=1))
    warning = "ada no longer answers here."
    assert warning not in desk.browser(agent).get(desk.page(ticket)).content.decode()
    ada.groups.clear()
    assert warning in desk.browser(agent).get(desk.page(ticket)).content.decode()
    ada.delete()
    assert warning in desk.browser(agent).get(desk.page(ticket)).content.decode()


def test_a_note_is_not_sent_later(agent: User, ticket: SupportTicket) -> None:
    told = does(agent, ticket, "plan", text="He is rude", when="tomorrow", mode="note")
    assert "A note stays at the desk" in told
    assert not ScheduledReply.objects.exists()


def test_planning_is_news_for_colleagues_who_look(agent: User, ticket: SupportTicket) -> None:
    before = queries.versions(ticket.pk, 80)
    services.send_later(ticket.pk, Actor.of(agent), "Hi", timezone.now() + timedelta(hours=1))
    assert queries.versions(ticket.pk, 80)[1] != before[1]


def test_an_empty_answer_is_not_planned(agent: User, ticket: SupportTicket) -> None:
    assert "must not be empty" in does(agent, ticket, "plan", text=" ", when="tomorrow")


def test_a_planned_answer_of_another_ticket_is_not_found(
    agent: User, ticket: SupportTicket
) -> None:
    later = timezone.now() + timedelta(hours=1)
    planned = services.send_later(ticket.pk, Actor.of(agent), "Hi", later)
    does(agent, desk.chat(2, "Ada Obi"), "unplan", str(planned.pk))
    planned.refresh_from_db()
    assert planned.state == ScheduledReply.State.WAITING


def test_a_macro_runs_and_what_it_says_can_be_undone(agent: User, ticket: SupportTicket) -> None:
    macro = Macro.objects.create(name="Urgent", priority="URGENT", reply="Hi {{ name }}")
    page = desk.browser(agent).get(desk.page(ticket)).content.decode()
    assert f'name="macro" value="{macro.pk}"' in page
    assert "Done: Urgent." in does(agent, ticket, "act", "macro", macro=macro.pk)
    ticket.refresh_from_db()
    assert ticket.priority == "URGENT"
    assert "data-undo" in desk.browser(agent).get(desk.page(ticket)).content.decode()
    assert "This macro is gone" in does(agent, ticket, "act", "macro", macro="999")


def test_the_queue_warns_of_a_target_and_says_late(agent: User, ticket: SupportTicket) -> None:
    tickets = SupportTicket.objects.filter(pk=ticket.pk)
    tickets.update(first_response_due_at=timezone.now() + timedelta(minutes=30, seconds=5))
    assert "30 min</time>" in rows(agent, "all")
    tickets.update(first_response_due_at=timezone.now() - timedelta(minutes=1))
    assert "desk-due late" in rows(agent, "all")
    tickets.update(first_response_at=timezone.now())
    assert "desk-due" not in rows(agent, "all")
