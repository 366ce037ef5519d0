"""EduBot notices a database on which its promises would not hold."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from whatsapp import checks

GOOD = {"mode": "STRICT_TRANS_TABLES", "charset": "utf8mb4", "isolation": "READ-COMMITTED"}


class Cursor:
    """Answers the two questions that are asked of MySQL and MariaDB."""

    def __init__(self, mode: str, charset: str, isolation: str) -> None:
        self.row = (mode, charset)
        # MariaDB has tx_isolation and its boolean neighbours, newer servers the longer name.
        self.rows = [("tx_isolation", isolation), ("innodb_snapshot_isolation", "OFF")]

    def execute(self, statement: str) -> None:
        self.statement = statement

    def fetchone(self) -> tuple[str, str]:
        return self.row

    def fetchall(self) -> list[tuple[str, str]]:
        return self.rows


def problems(monkeypatch: pytest.MonkeyPatch, vendor: str = "mysql", **differing: str) -> list[str]:
    @contextmanager
    def cursor():
        yield Cursor(**GOOD | differing)

    server = SimpleNamespace(vendor=vendor, cursor=cursor)
    monkeypatch.setattr(checks, "connections", {"default": server})
    return [str(found.id) for found in checks.database(["default"])]


def test_a_good_one_is_not_complained_about(monkeypatch):
    assert problems(monkeypatch) == []
    assert problems(monkeypatch, "sqlite") == []


def test_another_isolation(monkeypatch):
    assert problems(monkeypatch, isolation="REPEATABLE-READ") == ["whatsapp.E010"]


def test_texts_that_could_be_cut(monkeypatch):
    assert problems(monkeypatch, mode="NO_ENGINE_SUBSTITUTION") == ["whatsapp.E011"]


@pytest.mark.parametrize("charset", ["utf8mb3", "latin1"])
def test_a_character_set_without_emoji(monkeypatch, charset: str):
    assert problems(monkeypatch, charset=charset) == ["whatsapp.E012"]


def test_a_database_whose_locks_nobody_knows(monkeypatch):
    assert problems(monkeypatch, "postgresql") == ["whatsapp.E013"]


def test_everything_that_is_wrong_is_said_at_once(monkeypatch):
    found = problems(monkeypatch, mode="", charset="latin1", isolation="SERIALIZABLE")
    assert found == ["whatsapp.E010", "whatsapp.E011", "whatsapp.E012"]


@pytest.mark.django_db
def test_the_database_of_the_tests_is_good():
    assert checks.database(["default"]) == []


@pytest.mark.race
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "back", "number"),
    [
        (
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
            "whatsapp.E010",
        ),
        (
            "SET @mode = @@session.sql_mode, SESSION sql_mode = ''",
            "SET SESSION sql_mode = @mode",
            "whatsapp.E011",
        ),
    ],
)
def test_a_real_server_that_was_changed_is_found_out(statement: str, back: str, number: str):
    with checks.connections["default"].cursor() as cursor:
        cursor.execute(statement)
        try:
            found = [problem.id for problem in checks.database(["default"])]
        finally:
            cursor.execute(back)
    assert found == [number]
