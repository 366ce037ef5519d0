"""What docs/deployment.md says about backup and restore, done."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from edubot.tests.stack import execute
from support import services
from support.models import SupportMessage, SupportTicket
from support.services import Actor
from support.tests import desk
from whatsapp.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
COPY = "edubot_restored"
AS_DJANGO_READS = sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES
WORDS = "Ɓàbá 😀 said: 'drop table'; \\ done"


def test_a_restored_backup_holds_every_word(tmp_path: Path, agent) -> None:
    ticket = desk.chat()
    desk.says(ticket, WORDS)
    services.reply(ticket.pk, Actor.of(agent), "Try again 👍")
    connection.ensure_connection()
    with restored(tmp_path) as copy:
        before, after = what_there_is(connection.connection), what_there_is(copy)
    assert after == before
    assert any(WORDS in row for row in before)


def what_there_is(database: Any) -> list[Any]:
    """All rows as the driver reads them, past Django, which guards its connections in tests."""
    cursor = database.cursor()
    found = []
    for model in (SupportTicket, SupportMessage, Message):
        cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY id")
        found += cursor.fetchall()
    return [tuple(row) for row in found]


@contextmanager
def restored(folder: Path) -> Iterator[Any]:
    """A connection to a copy made by dump and load, as long as it is needed."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_sqlite_copy(folder), detect_types=AS_DJANGO_READS)) as copy:
            yield copy
        return
    name = _mysql_copy(folder)
    params = connection.get_connection_params() | {"db": name}
    params.pop("database", None)
    with closing(connection.Database.connect(**params)) as copy:
        yield copy
    execute(os.environ["TEST_DATABASE_URL"], f"DROP DATABASE IF EXISTS {name}")


def _mysql_copy(folder: Path) -> str:
    assert shutil.which("mysqldump"), "The backup test needs mysqldump (mariadb-client)."
    server = connections["default"].settings_dict
    login = ["-h", server["HOST"], "-P", str(server["PORT"] or 3306), "-u", server["USER"]]
    if server["PASSWORD"]:
        login.append(f"-p{server['PASSWORD']}")
    dump = folder / "edubot.sql"
    flags = ["--single-transaction", "--quick", "--default-character-set=utf8mb4"]
    with dump.open("wb") as out:
        subprocess.run(["mysqldump", *login, *flags, server["NAME"]], stdout=out, check=True)
    execute(os.environ["TEST_DATABASE_URL"], f"DROP DATABASE IF EXISTS {COPY}")
    execute(os.environ["TEST_DATABASE_URL"], f"CREATE DATABASE {COPY} CHARACTER SET utf8mb4")
    with dump.open("rb") as source:
        subprocess.run(
            ["mysql", *login, "--default-character-set=utf8mb4", COPY], stdin=source, check=True
        )
    return COPY


def _sqlite_copy(folder: Path) -> str:
    target = folder / "edubot.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    return str(target)
