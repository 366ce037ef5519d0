"""The demo's busy desk: there to be looked at, and made once."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from edubot.management.commands.demo import USERNAME
from support import filling, queries, services
from support.desk import bubbles
from support.models import CannedReply, Macro, SupportMessage, SupportTicket
from support.services import Actor
from whatsapp.models import Message
from whatsapp.models.message import Status
from whatsapp.simulator.models import SimulatedMessage

pytestmark = pytest.mark.django_db


def test_a_busy_desk_shows_every_kind_of_ticket_and_is_made_once() -> None:
    call_command("demo", "--busy")
    first = SupportTicket.objects.count()
    call_command("demo", "--busy")
    assert SupportTicket.objects.count() == first
    statuses = set(SupportTicket.objects.values_list("status", flat=True))
    assert statuses == {"OPEN", "IN_PROGRESS", "RESOLVED", "CLOSED"}
    mine = SupportTicket.objects.filter(assigned_admin__username=USERNAME)
    assert mine.filter(closed_at=None).count() == 3
    assert SupportTicket.objects.filter(unread_count__gt=0).exists()


def test_its_chats_begin_with_their_opening_and_the_first_words() -> None:
    call_command("demo", "--busy")
    for ticket in SupportTicket.objects.all():
        thread = bubbles.lines(queries.thread(ticket, 80), queries.history(ticket))
        assert [thread[0].text, thread[1].side] == ["The student opened the ticket", "student"]


def test_each_of_the_last_four_weeks_has_tickets_that_ended_on_their_day() -> None:
    call_command("demo", "--busy")
    today = timezone.localdate()
    past = SupportTicket.objects.filter(phone_number__startswith="+23480355501")
    days = {timezone.localdate(ticket.created_at) for ticket in past}
    assert days <= {today - timedelta(days=n) for n in range(1, 29)}
    for week in range(4):
        assert days & {today - timedelta(days=7 * week + n) for n in range(1, 8)}
    for ticket in past:
        thread = bubbles.lines(queries.thread(ticket, 80), queries.history(ticket))
        assert [line.side for line in thread if line.side != "event"] == ["student", "team"]
        assert ticket.created_at < ticket.first_response_at < ticket.closed_at
        assert ticket.closed_at - ticket.created_at < timedelta(hours=6)


def test_what_ended_in_the_busy_desk_ended_with_its_last_words() -> None:
    call_command("demo", "--busy")
    ended = SupportTicket.objects.filter(phone_number__startswith="+234803555000", open_for=None)
    assert len(ended) == 2
    for ticket in ended:
        assert ticket.closed_at - ticket.last_message_at < timedelta(minutes=1)


def test_a_busy_desk_sends_nothing_but_goodbyes() -> None:
    call_command("demo", "--busy")
    waiting = Message.objects.filter(status__in=[Status.QUEUED, Status.SENDING], author="agent")
    assert not waiting.exists()


def test_an_answer_from_the_busy_desk_reaches_the_students_phone(agent, work) -> None:
    call_command("demo", "--busy")
    work()
    for ticket in SupportTicket.objects.filter(status__in=["OPEN", "IN_PROGRESS"]):
        services.reply(ticket.pk, Actor.of(agent), "Good morning!")
        work()
        shown = SimulatedMessage.objects.filter(phone__number=ticket.phone_number[1:])
        assert "Good morning!" in shown.latest("id").body


def test_the_answer_that_failed_reaches_the_phone_when_it_is_sent_again(agent, work) -> None:
    call_command("demo", "--busy")
    work()
    failed = SupportMessage.objects.get(wire__status=Status.FAILED)
    services.send_again(failed, Actor.of(agent))
    work()
    failed.wire.refresh_from_db()
    assert failed.wire.error == ""
    shown = SimulatedMessage.objects.filter(phone__number=failed.ticket.phone_number[1:])
    assert f"Support Team: {failed.message}" in shown.latest("id").body


def test_its_ready_made_replies_have_the_marks_that_the_help_names() -> None:
    call_command("demo")
    texts = " ".join(CannedReply.objects.values_list("text", flat=True))
    marks = re.findall(r"{+[^}]*}+", texts)
    assert marks
    assert all(mark in filling.HELP for mark in marks)


def test_its_macros_do_what_a_lead_could_have_asked_for() -> None:
    call_command("demo")
    call_command("demo")
    macros = list(Macro.objects.all())
    assert len(macros) == 2
    for macro in macros:
        macro.full_clean()
    assert [str(macro.canned) for macro in macros] == ["/photo", "None"]
    assert [str(macro.category) for macro in macros] == ["None", "Payment"]


def test_without_being_asked_the_desk_is_empty() -> None:
    call_command("demo")
    assert not SupportTicket.objects.exists()
