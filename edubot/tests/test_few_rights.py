"""EduBot runs as a user of the database who may read and write rows, and nothing else."""

import os
from collections.abc import Iterator
from contextlib import closing

import MySQLdb
import pytest
from celery import current_app
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import OperationalError, connection

from edubot import health
from edubot.schedule import BEAT_SCHEDULE
from edubot.tests.every_page import answers
from support import services
from support.models import SupportTicket
from support.services import Actor

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

RIGHTS = "SELECT, INSERT, UPDATE, DELETE"  # as docs/deployment.md grants them


@pytest.fixture
def few_rights(transactional_db) -> Iterator[None]:
    """The connection belongs to a user with RIGHTS until the test ends."""
    before = dict(connection.settings_dict)
    user = f"few_{os.getpid()}"
    with closing(MySQLdb.connect(**_server(before))) as server:
        server.cursor().execute(f"CREATE OR REPLACE USER '{user}'@'%' IDENTIFIED BY 'few'")
        server.cursor().execute(f"GRANT {RIGHTS} ON `{before['NAME']}`.* TO '{user}'@'%'")
        _become(user, "few")
        try:
            yield
        finally:
            _become(before["USER"], before["PASSWORD"])
            server.cursor().execute(f"DROP USER '{user}'@'%'")


def _server(login: dict) -> dict:
    port = int(login["PORT"] or 3306)
    return {"host": login["HOST"], "port": port, "user": login["USER"], "passwd": login["PASSWORD"]}


def _become(user: str, password: str) -> None:
    connection.close()
    connection.settings_dict |= {"USER": user, "PASSWORD": password}


def test_it_may_really_not_change_tables(few_rights):
    with connection.cursor() as cursor, pytest.raises(OperationalError, match="denied"):
        cursor.execute("CREATE TABLE nothing (id int)")


def test_a_chat_with_the_desk(few_rights, john, agent: User):
    john.say("support")
    john.say("My upload fails")
    ticket = SupportTicket.objects.get()
    services.reply(ticket.pk, Actor.of(agent), "Try again now")
    john.works()
    assert john.last.text == "🎧 Support Team: Try again now"
    services.end(ticket.pk, Actor.of(agent))


def test_every_page(few_rights, agent: User):
    Group.objects.get_or_create(name="Agent")  # made by a migration, and flushed by other tests
    failed = [address for address, answer, _ in answers(agent) if answer.status_code >= 500]
    assert failed == []
    assert [line for line in health.lines() if line.problem] == []


@pytest.mark.parametrize("name", BEAT_SCHEDULE)
def test_what_beat_asks_for(name: str, few_rights):
    current_app.loader.import_default_modules()
    current_app.tasks[BEAT_SCHEDULE[name]["task"]].apply(throw=True)


def test_somebody_is_forgotten(few_rights, john):
    john.say("support")
    call_command("contact_erase", "+2348031234567", "--yes")
    assert not SupportTicket.objects.exists()
