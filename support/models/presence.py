"""Who is at the desk, and what they have begun to write."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from support.models.ticket import SupportTicket


class Presence(models.Model):
    """Somebody has a page of the desk open; written by `support.presence`, swept when stale.

    `place` is the number of a ticket, or 0 for the queue. (No foreign key: rows live for minutes,
    and with a null instead of 0 the unique key would not hold.)
    """

    place = models.PositiveBigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "user"], name="presence_once")]
        indexes = [
            models.Index(fields=["seen_at"], name="presence_seen"),  # who is online; the sweep
        ]


class Seat(models.Model):
    """When somebody was last given a ticket by the rules: the round goes by it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seat"
    )
    given_at = models.DateTimeField(null=True)


class Draft(models.Model):
    """What somebody has typed into a ticket and not sent: one for each person and ticket.

    `box` is the token of the reply box it was typed into. An empty text says that this box has
    been sent (`support.drafts`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(SupportTicket, on_delete=models.CASCADE, related_name="drafts")
    mode = models.CharField(max_length=5, default="reply")
    text = models.TextField()
    box = models.UUIDField(null=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="draft_once")]
