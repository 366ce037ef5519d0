"""Is EduBot alive, and is it ready to work?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from conversations.models import Payment, PaymentNotice
from whatsapp import checks, line, silence
from whatsapp.models import Contact, Message, Receipt
from whatsapp.models.message import Status

BACKLOG = timedelta(minutes=2)  # work that has been due for longer means that no worker works
BROKER_TIMEOUT = 2  # seconds
MIGRATIONS_KNOWN_FOR = 60  # seconds
TOKEN_ERRORS = (0, 190)  # Graph's codes for an access token that is not valid any more
TOKEN_ERRORS_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line for people who run EduBot; without a `problem` all is well."""

    name: str
    problem: str


def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """Database, migrations, broker, backlog; 503 with the reasons if one of them is not well.

    While WhatsApp refuses our number it is "degraded", and still 200: webhooks must come in.
    """
    problems = {name: problem for name, check in CHECKS.items() if (problem := check())}
    if problems:
        return JsonResponse({"status": "unavailable", "problems": problems}, status=503)
    trouble = line.trouble()
    if trouble:
        problems["whatsapp"] = trouble.sentence
    return JsonResponse({"status": "degraded" if trouble else "ok", "problems": problems})


def _database() -> str:
    """Whether it answers, and is set up so that EduBot's promises hold."""
    try:
        return " ".join(problem.msg for problem in checks.database([DEFAULT_DB_ALIAS]))
    except DatabaseError:
        return "The database does not answer."


def _migrations() -> str:
    """Asked once a minute: the answer costs a look at every migration."""
    if cache.get("migrations-applied"):
        return ""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "The database does not say which migrations it has."
    if missing:
        return f"{len(missing)} migration(s) are not applied: run manage.py migrate."
    cache.set("migrations-applied", True, MIGRATIONS_KNOWN_FOR)
    return ""


def _broker() -> str:
    try:
        with current_app.connection_for_write(settings.CELERY_BROKER_URL) as broker:
            broker.ensure_connection(max_retries=0, timeout=BROKER_TIMEOUT)
    except (BrokerError, OSError):
        return "The broker does not answer: check CELERY_BROKER_URL."
    return ""


def _backlog() -> str:
    since = timezone.now() - BACKLOG
    waiting: tuple[QuerySet[Any], ...] = (
        Receipt.objects.filter(state=Receipt.State.UNSORTED),
        Contact.objects.all(),
        PaymentNotice.objects.filter(state=PaymentNotice.State.WAITING),
        Payment.objects.all(),
    )
    try:
        if any(rows.filter(due_at__lt=since).exists() for rows in waiting):
            return "Work has been waiting for over two minutes: are worker and beat running?"
    except DatabaseError:
        return "The database does not answer."
    return ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "backlog": _backlog,
}


def lines() -> list[Line]:
    """What `/readyz` asks, and what only people need to know."""
    return [Line(name.capitalize(), check()) for name, check in (CHECKS | FOR_PEOPLE).items()]


def _webhooks() -> str:
    """Whether they are sorted soon, and whether they come."""
    return _unsorted() or silence.problem()


def _unsorted() -> str:
    """Webhooks that came in and are not sorted yet, along the index of what is due."""
    since = timezone.now() - BACKLOG
    unsorted = Receipt.objects.filter(state=Receipt.State.UNSORTED, received_at__lt=since)
    oldest = unsorted.order_by("id").values_list("received_at", flat=True).first()
    if oldest is None:
        return ""
    minutes = (timezone.now() - oldest) // timedelta(minutes=1)
    return f"The oldest webhook that is not sorted came {minutes} minutes ago: is a worker running?"


def _token() -> str:
    since = timezone.now() - TOKEN_ERRORS_FOR
    refused = Message.objects.filter(
        status=Status.FAILED, created_at__gte=since, error_code__in=TOKEN_ERRORS
    )
    if not refused.exists():
        return ""
    return "WhatsApp refuses the access token: make a new one and set WHATSAPP_ACCESS_TOKEN."


FOR_PEOPLE: dict[str, Callable[[], str]] = {"webhooks": _webhooks, "access token": _token}
