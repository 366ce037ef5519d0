"""Targets for the first answer and the solution, in opening hours."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from support import services
from support.models import (
    DeskRules,
    Holiday,
    LevelNotice,
    OpeningHours,
    ServiceLevel,
    StaffMail,
    SupportTicket,
)
from support.rules import sweeping
from support.services import Actor
from support.tests import desk
from support.tests.test_calendar_file import calendar

pytestmark = pytest.mark.django_db
LAGOS = ZoneInfo("Africa/Lagos")
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=LAGOS)


@pytest.fixture(autouse=True)
def office_hours() -> None:
    for day in range(5):
        OpeningHours.objects.create(weekday=day, opens="08:00", closes="17:00")
    ServiceLevel.objects.create(priority="MEDIUM", first_response=120, resolution=600)
    ServiceLevel.objects.create(priority="HIGH", first_response=30)


@pytest.fixture
def lead() -> User:
    user = desk.staff("Lead")
    user.email = "lead@example.org"
    user.save()
    return user


@pytest.fixture
def ticket() -> SupportTicket:
    with time_machine.travel(FRIDAY, tick=False):
        made = desk.chat()
        sweeping.by_the_minute()
    return made


def sweep_at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        sweeping.by_the_minute()


def due(ticket: SupportTicket) -> tuple[datetime | None, datetime | None]:
    ticket.refresh_from_db()
    return ticket.first_response_due_at, ticket.resolution_due_at


def mails() -> list[str]:
    levels = StaffMail.objects.filter(key__startswith="level:")
    return [mail.subject for mail in levels.order_by("id")]


MONDAY = FRIDAY + timedelta(days=3)


def test_only_opening_hours_count(ticket: SupportTicket) -> None:
    assert due(ticket) == (
        MONDAY.replace(hour=9),  # one hour on Friday, one on Monday
        MONDAY.replace(hour=17),  # one on Friday, nine on Monday
    )


def test_another_priority_has_another_target(ticket: SupportTicket, agent: User) -> None:
    services.set_priority(ticket.pk, Actor.of(agent), "HIGH")
    sweep_at(FRIDAY)
    assert due(ticket) == (FRIDAY.replace(minute=30), None)
    services.set_priority(ticket.pk, Actor.of(agent), "LOW")
    sweep_at(FRIDAY)
    assert due(ticket) == (None, None)


def test_a_warning_goes_out_once_before(ticket: SupportTicket, lead: User) -> None:
    sweep_at(MONDAY.replace(hour=8, minute=40))
    assert mails() == []
    for minute in (50, 51):
        sweep_at(MONDAY.replace(hour=8, minute=minute))
    assert mails() == [f"Ticket {ticket.pk}: first answer is due at 23 November 2026, 09:00"]
    assert LevelNotice.objects.get().stage == "warned"


def test_a_missed_target_is_dealt_with_once(ticket: SupportTicket, lead: User) -> None:
    for minute in (1, 2):
        sweep_at(MONDAY.replace(hour=9, minute=minute))
    assert mails() == [f"Ticket {ticket.pk}: the target for the first answer was missed"]
    event = ticket.events.last()
    assert (event.kind, event.actor_name, event.after) == (
        "breached",
        "Desk rules",
        "first answer",
    )
    note = ticket.messages.get(sender_type="note")
    assert note.message == "The target for the first answer was missed."


def test_the_rules_say_what_happens(ticket: SupportTicket, lead: User) -> None:
    DeskRules.objects.create(breach_raises_priority=True, breach_leaves_note=False, warn_before=0)
    sweep_at(MONDAY.replace(hour=8, minute=55))
    assert mails() == []
    for minute in range(1, 5):
        sweep_at(MONDAY.replace(hour=9, minute=minute))
    ticket.refresh_from_db()
    assert ticket.priority == "HIGH", "one step, however often the sweep looks"
    assert not ticket.messages.filter(sender_type="note").exists()


def test_an_answer_in_time_is_all_that_is_asked(ticket, lead: User, agent: User) -> None:
    with time_machine.travel(FRIDAY + timedelta(minutes=5)):
        services.reply(ticket.pk, Actor.of(agent), "One moment")
    sweep_at(MONDAY.replace(hour=9, minute=1))
    assert mails() == []
    sweep_at(MONDAY.replace(hour=17, minute=1))
    assert set(mails()) == {f"Ticket {ticket.pk}: the target for the resolution was missed"}


def test_an_ended_ticket_misses_nothing(ticket, lead: User, agent: User) -> None:
    services.end(ticket.pk, Actor.of(agent))
    sweep_at(MONDAY.replace(hour=18))
    assert mails() == []


def test_who_has_the_ticket_is_warned(ticket, lead: User, agent: User) -> None:
    services.assign(ticket.pk, Actor.of(lead), agent)
    sweep_at(MONDAY.replace(hour=8, minute=50))
    assert [mail.user for mail in StaffMail.objects.filter(key__startswith="level:")] == [agent]


def test_a_reopened_ticket_begins_anew(ticket, lead: User, agent: User) -> None:
    actor = Actor.of(agent)
    sweep_at(MONDAY.replace(hour=9, minute=1))
    services.end(ticket.pk, actor)
    tuesday = MONDAY.replace(hour=8) + timedelta(days=1)
    with time_machine.travel(tuesday, tick=False):
        services.reopen(ticket.pk, actor)
    sweep_at(tuesday)
    assert due(ticket)[0] == tuesday.replace(hour=10)
    assert not LevelNotice.objects.exists()
    sweep_at(tuesday.replace(hour=10, minute=1))
    assert len(mails()) == 2 * 2  # to the lead and to the agent, who has every permission


def test_new_levels_hold_for_open_tickets(ticket: SupportTicket, lead: User) -> None:
    level = ServiceLevel.objects.get(priority="MEDIUM")
    client = desk.browser(lead)
    form = {"priority": "MEDIUM", "first_response": "60", "resolution": ""}
    client.post(f"/admin/support/servicelevel/{level.pk}/change/", form)
    sweep_at(FRIDAY)
    assert due(ticket) == (FRIDAY.replace(hour=17), None)


def test_new_hours_hold_for_open_tickets(ticket: SupportTicket, lead: User) -> None:
    """Also fewer of them, which is a row less."""
    friday = OpeningHours.objects.get(weekday=FRIDAY.weekday())
    desk.browser(lead).post(f"/admin/support/openinghours/{friday.pk}/delete/", {"post": "yes"})
    sweep_at(FRIDAY)
    assert due(ticket)[0] == MONDAY.replace(hour=10)


@pytest.mark.parametrize("act", ["add", "import", "delete"])
def test_a_holiday_more_or_less_holds_for_open_tickets(ticket, lead: User, act: str) -> None:
    client, holidays = desk.browser(lead), "/admin/support/holiday/"
    if act == "add":
        client.post(f"{holidays}add/", {"date": f"{MONDAY:%Y-%m-%d}", "name": "Independence"})
    elif act == "import":
        file = calendar(f"DTSTART;VALUE=DATE:{MONDAY:%Y%m%d}\nSUMMARY:Independence")
        client.post(f"{holidays}import/", {"file": SimpleUploadedFile("days.ics", file)})
    else:
        Holiday.objects.create(date=FRIDAY.date(), name="A mistake")
        SupportTicket.objects.update(due_for="")
        sweep_at(FRIDAY)
        assert due(ticket)[0] == MONDAY.replace(hour=10)
        chosen = list(Holiday.objects.values_list("pk", flat=True))
        form = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        client.post(holidays, form)
    sweep_at(FRIDAY)
    day = MONDAY if act == "delete" else MONDAY + timedelta(days=1)
    assert due(ticket)[0] == day.replace(hour=9)


def test_without_levels_nothing_is_due() -> None:
    ServiceLevel.objects.all().delete()
    with time_machine.travel(FRIDAY, tick=False):
        ticket = desk.chat()
        sweeping.by_the_minute()
    assert due(ticket) == (None, None)
