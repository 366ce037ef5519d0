"""System checks: what the database must be like for EduBot's promises to hold."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004
from django.db import connections


def database(databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """READ COMMITTED, strict mode and utf8mb4 on MySQL; that SQLite answers.

    Raises DatabaseError if a database does not answer.
    """
    return [message for alias in databases or () for message in _problems(alias)]


def simulator(**_: object) -> list[CheckMessage]:
    """Deploy check: a production desk must not talk to simulated students."""
    if settings.WHATSAPP_SIMULATOR:
        hint = "Set WHATSAPP_SIMULATOR=off: its pages need no login."
        return [Warning("The simulator is on.", hint, id="whatsapp.W020")]
    return []


def lease(**_: object) -> list[CheckMessage]:
    """Deploy check: a worker must not lose its lane while it waits for one answer of Graph's."""
    if settings.WHATSAPP_LEASE.total_seconds() < 2 * sum(settings.WHATSAPP_HTTP_TIMEOUT):
        hint = f"Set WHATSAPP_LEASE_SECONDS to {2 * sum(settings.WHATSAPP_HTTP_TIMEOUT)} or more."
        return [Warning("The lease is shorter than a slow call.", hint, id="whatsapp.W021")]
    return []


def _problems(alias: str) -> list[CheckMessage]:
    vendor = connections[alias].vendor
    if vendor == "mysql":
        return _mysql(alias)
    if vendor != "sqlite":
        hint = "Use MySQL or MariaDB; SQLite for a first look."
        return [Error(f"EduBot does not know how {vendor} locks.", hint, id="whatsapp.E013")]
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")
    return []


def _mysql(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT @@session.sql_mode, @@character_set_database")
        mode, charset = cursor.fetchone()
        cursor.execute("SHOW SESSION VARIABLES WHERE Variable_name LIKE '%%isolation'")
        isolation = {value for _, value in cursor.fetchall() if "-" in value}
    found: list[CheckMessage] = []
    if isolation != {"READ-COMMITTED"}:
        hint = "Remove isolation_level from the database options."
        found.append(Error("The session is not READ COMMITTED.", hint, id="whatsapp.E010"))
    if "STRICT" not in mode:
        found.append(Error("sql_mode is not strict: texts could be cut.", id="whatsapp.E011"))
    if charset != "utf8mb4":
        hint = "ALTER DATABASE … CHARACTER SET utf8mb4"
        found.append(Error("The database cannot keep emoji.", hint, id="whatsapp.E012"))
    return found
