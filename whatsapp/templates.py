"""Keeping up with Meta's list of templates: asked every hour, and told of changes by webhook."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from whatsapp import client
from whatsapp.models import MessageTemplate
from whatsapp.models.template import APPROVED
from whatsapp.nudges import nudge
from whatsapp.payload import Notice
from whatsapp.payload.reading import line, listing, mapping, string
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

STATUS_UPDATE = "message_template_status_update"
ABOUT_TEMPLATES = frozenset(
    {
        STATUS_UPDATE,
        "message_template_components_update",
        "template_category_update",
    }
)
STILL_AS_BEFORE = frozenset({"", "FLAGGED", "LIMIT_EXCEEDED", "IN_APPEAL"})
EVENTS = {"REINSTATED": APPROVED}  # other events are named like the status that they lead to
LEARNT = ["category", "status", "components", "synced_at"]


def sync() -> int:
    """Make our list the same as Meta's; how many templates it has.

    Raises NotSent, Unconfirmed or Refused (whatsapp.client), and then nothing has changed.
    """
    asked_at = timezone.now()
    found = {row.digest: row for item in client.message_templates() if (row := _row(item))}
    _store(found, asked_at)
    log.info("templates_synced", count=len(found))
    return len(found)


def sendable() -> list[MessageTemplate]:
    """Those that the desk can send, by name."""
    approved = MessageTemplate.objects.filter(status=APPROVED)
    fitting = [template for template in approved if not template.obstacle()]
    return sorted(fitting, key=lambda template: (template.name, template.language))


def hear(notices: Iterable[Notice]) -> None:
    """Apply what webhooks say of templates, and ask Meta for the rest after the commit."""
    ours = [notice for notice in notices if _is_ours(notice)]
    for notice in ours:
        if notice.field == STATUS_UPDATE:
            _apply(notice)
    if ours:
        transaction.on_commit(lambda: nudge("whatsapp.tasks.sync_templates"))


def _is_ours(notice: Notice) -> bool:
    account = settings.WHATSAPP_BUSINESS_ACCOUNT_ID
    return notice.field in ABOUT_TEMPLATES and notice.waba_id == account


def _apply(notice: Notice) -> None:
    value = notice.value
    key = MessageTemplate.key(
        string(value.get("message_template_name")), string(value.get("message_template_language"))
    )
    event = line(value.get("event"), 32).upper()
    if event not in STILL_AS_BEFORE:
        MessageTemplate.objects.filter(digest=key).update(status=EVENTS.get(event, event))


def _row(item: object) -> MessageTemplate | None:
    """The row for one item of Meta's list; None for one that names no template."""
    given = mapping(item)
    name, language = string(given.get("name")), string(given.get("language"))
    if not name or len(name) > 512 or not language or len(language) > 16:
        log.warning("template_unreadable", item=str(item)[:200])
        return None
    return MessageTemplate(
        name=name,
        language=language,
        digest=MessageTemplate.key(name, language),
        category=line(given.get("category"), 32).upper(),
        status=line(given.get("status"), 32).upper(),
        components=[part for part in listing(given.get("components")) if isinstance(part, dict)],
    )


@unit_of_work
def _store(found: dict[str, MessageTemplate], asked_at: datetime) -> None:
    """What Meta no longer lists goes too: whatever was sent keeps its own text."""
    MessageTemplate.objects.exclude(digest__in=found).delete()
    ids = dict(MessageTemplate.objects.values_list("digest", "pk"))
    for key, row in found.items():
        row.pk, row.synced_at = ids.get(key), asked_at
    known = [row for row in found.values() if row.pk]
    MessageTemplate.objects.bulk_update(known, LEARNT, batch_size=100)
    new = [row for row in found.values() if not row.pk]
    MessageTemplate.objects.bulk_create(new, batch_size=100, ignore_conflicts=True)
