"""What EduBot stands on: database, broker, workers, cache, files, e-mail."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPException

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from edubot import health
from edubot.doctor.finding import Finding, fault, warning, well

CLOCK_TOLERANCE = timedelta(seconds=5)
PING = 2  # seconds that workers have to answer


def mode() -> Finding:
    if settings.DEBUG:
        return warning(
            "Mode",
            "DEBUG is on: right for a first look, wrong for a school.",
            "Set DEBUG=off, or a WHATSAPP_ACCESS_TOKEN, which turns it off.",
        )
    return well("Mode", "Production settings.")


def database() -> Finding:
    problem = health.CHECKS["database"]()
    if problem:
        return fault("Database", problem, "Check DATABASE_URL, and that the server runs.")
    if connection.vendor == "sqlite" and not settings.DEBUG:
        return warning(
            "Database",
            "SQLite serves one machine and few students.",
            "Set DATABASE_URL=mysql://… before the school's first day.",
        )
    return well("Database", f"{connection.display_name} answers and is set up as it should be.")


def migrations() -> Finding:
    problem = health.CHECKS["migrations"]()
    if problem:
        return fault("Migrations", problem, "Run manage.py migrate before starting web and worker.")
    return well("Migrations", "All are applied.")


def clock() -> Finding:
    """Leases compare times of several machines."""
    try:
        offset = abs(_database_clock() - datetime.now(UTC))
    except DatabaseError:
        return fault("Clock", "The database does not tell its time.", "See Database above.")
    if offset > CLOCK_TOLERANCE:
        return fault(
            "Clock",
            f"This machine and the database are {offset.total_seconds():.0f} s apart.",
            "Let NTP set the clocks of all machines.",
        )
    return well("Clock", "This machine agrees with the database.")


def _database_clock() -> datetime:
    function = (
        "UTC_TIMESTAMP(6)" if connection.vendor == "mysql" else "strftime('%Y-%m-%d %H:%M:%f')"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}")
        (now,) = cursor.fetchone()
    found = now if isinstance(now, datetime) else datetime.fromisoformat(now)
    return found.replace(tzinfo=UTC)


def broker() -> Finding:
    problem = health.CHECKS["broker"]()
    if problem:
        return fault("Broker", problem, "Check CELERY_BROKER_URL, and that the server runs.")
    return well("Broker", "It answers.")


def workers() -> Finding:
    try:
        answers = current_app.control.ping(timeout=PING)
    except (BrokerError, OSError) as error:
        return fault("Workers", f"They cannot be asked: {error}", "See Broker above.")
    if not answers:
        return fault("Workers", "None answers.", "Start the Procfile's worker process.")
    return well("Workers", f"{len(answers)} process(es) answer.")


def backlog() -> Finding:
    problem = health.CHECKS["backlog"]()
    if problem:
        return fault("Backlog", problem, "Start worker and beat; look for errors in their logs.")
    return well("Backlog", "Nothing waits for longer than it should.")


def cache_is_shared() -> Finding:
    key = f"doctor-{uuid.uuid4()}"
    try:
        cache.set(key, "1", 10)
        answers = cache.get(key) == "1"
    except (OSError, RedisError) as error:
        return fault("Cache", f"It does not answer: {error}", "Check CACHE_URL.")
    if not answers:
        return fault("Cache", "It forgets at once.", "Check CACHE_URL and the server's memory.")
    if "locmem" in settings.CACHES["default"]["BACKEND"] and not settings.DEBUG:
        return warning(
            "Cache",
            "Each process has a cache of its own, so that limits count per process.",
            "Set CACHE_URL=rediscache://…",
        )
    return well("Cache", "It keeps what it is given.")


def files() -> Finding:
    try:
        name = default_storage.save(f"doctor/{uuid.uuid4()}.txt", ContentFile(b"doctor"))
        default_storage.delete(name)
    except OSError as error:
        return fault(
            "Files",
            f"MEDIA_ROOT cannot be written: {error}",
            "Give the user of the processes write access, or set MEDIA_ROOT to another folder.",
        )
    if not settings.DEBUG and Path(settings.MEDIA_ROOT).is_relative_to(settings.VAR_DIR):
        return warning(
            "Files",
            "MEDIA_ROOT lies inside the program's own folder, which a deploy may replace.",
            "Set MEDIA_ROOT to a volume that outlives deploys and that all machines share.",
        )
    return well("Files", "Pictures and voice notes can be kept.")


def mail() -> Finding:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return warning(
            "E-mail",
            "No mail server is set: staff get no e-mail.",
            "Set EMAIL_URL=smtp+tls://user:password@host:587",
        )
    try:
        with get_connection(timeout=5):
            return well("E-mail", "The mail server takes our login.")
    except (OSError, SMTPException) as error:
        return fault("E-mail", f"The mail server refuses: {error}", "Check EMAIL_URL.")


LOOKS = (
    mode,
    database,
    migrations,
    clock,
    broker,
    workers,
    backlog,
    cache_is_shared,
    files,
    mail,
)
