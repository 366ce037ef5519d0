"""E-mails to the team: each occasion once, tried again when the mail server is away."""

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail as sent_mail
from django.db import transaction
from django.utils import timezone

from support import mail, services
from support.models import DeskPreferences, DeskRules, OpeningHours, StaffMail
from support.rules import sweeping
from support.services import Actor
from support.tests import desk

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Africa/Lagos"))


def person(name: str = "ada", role: str = "Agent") -> User:
    user = desk.staff(role, name)
    user.email = f"{name}@example.org"
    user.save()
    return user


def sweep_at(moment: datetime) -> list[str]:
    """The subjects of the e-mails that leave then."""
    before = len(sent_mail.outbox)
    with time_machine.travel(moment, tick=False):
        sweeping.by_the_minute()
        mail.send_due()
    return [letter.subject for letter in sent_mail.outbox[before:]]


def chat_at(moment: datetime, number: int = 1):
    with time_machine.travel(moment, tick=False):
        return desk.chat(number)


def test_unassigned_tickets_are_told_every_half_hour() -> None:
    person()
    ticket = chat_at(NOON + timedelta(minutes=5))
    assert sweep_at(NOON + timedelta(minutes=10)) == []
    assert sweep_at(NOON + timedelta(minutes=30)) == ["1 unassigned ticket(s)"]
    assert sweep_at(NOON + timedelta(minutes=31)) == []
    assert sweep_at(NOON + timedelta(minutes=60)) == ["1 unassigned ticket(s)"]
    body = sent_mail.outbox[-1].body
    assert f"#{ticket.pk} John Doe, since 20 November 2026, 12:05" in body
    assert f"http://127.0.0.1:8000/admin/support/desk/{ticket.pk}/" in body
    assert "+234" not in body


def test_an_assigned_ticket_is_not_told(agent: User) -> None:
    services.assign(chat_at(NOON).pk, Actor.of(agent), person())
    assert sweep_at(NOON + timedelta(hours=1)) == []


def test_old_tickets_are_told_once_a_day(agent: User) -> None:
    services.assign(chat_at(NOON).pk, Actor.of(agent), person())
    agent.delete()
    assert sweep_at(NOON + timedelta(hours=23)) == []
    day_later = NOON + timedelta(hours=25)
    assert sweep_at(day_later) == ["1 ticket(s) unresolved after 24 hours"]
    assert sweep_at(day_later + timedelta(hours=2)) == []
    assert sweep_at(day_later + timedelta(days=1)) == ["1 ticket(s) unresolved after 24 hours"]


def test_nothing_is_sent_while_the_desk_is_shut() -> None:
    person()
    OpeningHours.objects.create(weekday=0, opens="08:00", closes="17:00")
    chat_at(NOON)
    assert sweep_at(NOON + timedelta(days=1)) == []
    monday = NOON + timedelta(days=3)
    assert len(sweep_at(monday)) == 2


def test_the_rules_switch_them_off() -> None:
    person()
    DeskRules.objects.create(mail_unassigned_every=0, mail_unresolved_after=0)
    chat_at(NOON)
    assert sweep_at(NOON + timedelta(days=2)) == []


def test_each_person_chooses() -> None:
    DeskPreferences.objects.create(user=person("quiet"), mail_unassigned=False)
    person("ada")
    desk.staff(username="without-address")
    chat_at(NOON)
    sweep_at(NOON + timedelta(hours=1))
    assert [letter.to for letter in sent_mail.outbox] == [["ada@example.org"]]


def test_many_tickets_are_told_in_one_e_mail() -> None:
    person()
    for number in range(1, 24):
        chat_at(NOON, number)
    assert sweep_at(NOON + timedelta(hours=1)) == ["23 unassigned ticket(s)"]
    assert "… and 3 more." in sent_mail.outbox[-1].body


def test_a_mail_server_that_is_away_is_tried_again(monkeypatch) -> None:
    mail.queue([person()], key="x", subject="Hello\nBcc: x", body="World")

    def refuse(*_: object) -> None:
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    with monkeypatch.context() as away:
        away.setattr(mail, "send_mail", refuse)
        assert mail.send_due() == 0
        assert mail.send_due() == 0
    row = StaffMail.objects.get()
    assert row.attempts == 1
    assert "closed" in row.error
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert mail.send_due() == 1
    row.refresh_from_db()
    assert row.sent_at is not None
    assert row.error == ""
    assert sent_mail.outbox[0].subject == "Hello Bcc: x"


def test_after_many_tries_it_is_left(monkeypatch) -> None:
    mail.queue([person()], key="x", subject="Hello", body="World")

    def refuse(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(mail, "send_mail", refuse)
    for number in range(20):
        with time_machine.travel(timezone.now() + timedelta(hours=number * 3)):
            mail.send_due()
    row = StaffMail.objects.get()
    assert (row.attempts, row.due_at, row.sent_at) == (mail.MOST_ATTEMPTS, None, None)


def test_the_same_occasion_is_one_e_mail() -> None:
    ada = person()
    for _ in range(2):
        mail.queue([ada], key="x", subject="Hello", body="World")
    assert StaffMail.objects.count() == 1


def test_no_mail_server_is_waited_for_inside_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a database transaction"):
        mail.send_due()


def test_old_rows_are_forgotten() -> None:
    mail.queue([person()], key="x", subject="Hello", body="World")
    mail.send_due()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        mail.sweep()
    assert not StaffMail.objects.exists()
