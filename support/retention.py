"""Requests that ended long ago are forgotten, with their thread."""

from django.conf import settings
from django.db.models.functions import Coalesce

from support.models import SupportTicket
from whatsapp import retention


def forget_tickets() -> int:
    """Delete tickets that ended longer ago than MESSAGES_KEPT; how many."""
    before = retention.kept_since(settings.MESSAGES_KEPT)
    if before is None:
        return 0
    ended = SupportTicket.objects.filter(open_for=None, created_at__lt=before)
    old = ended.annotate(ended_at=Coalesce("closed_at", "resolved_at", "updated_at"))
    gone = old.filter(ended_at__lt=before)
    found = retention.batches(gone, "created_at", before)
    return sum(retention.delete(SupportTicket, ids) for ids in found)
