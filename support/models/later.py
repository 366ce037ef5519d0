"""Answers that have not left: planned for later, or to be taken back for some seconds."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from support.models.message import SupportMessage
from support.models.ticket import SupportTicket


class ScheduledReply(models.Model):
    """An answer to be sent at a time; apart from the lane, which it would hold up until then."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        CANCELLED = "cancelled"
        REFUSED = "refused"

    ticket = models.ForeignKey(SupportTicket, on_delete=models.CASCADE, related_name="scheduled")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=255)
    text = models.TextField()
    send_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    error = models.TextField(blank=True, help_text="Why it was not sent.")
    message = models.OneToOneField(
        SupportMessage, null=True, on_delete=models.SET_NULL, related_name="scheduled"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["send_at", "id"]
        indexes = [
            models.Index(fields=["state", "send_at"], name="scheduledreply_due"),  # the sweep
        ]


class BeforeReply(models.Model):
    """How a ticket stood before an answer that may still be taken back."""

    message = models.OneToOneField(
        SupportMessage, on_delete=models.CASCADE, related_name="before", primary_key=True
    )
    text = models.TextField(help_text="The answer in one piece.")
    status = models.CharField(max_length=11)
    assigned_admin = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True)
    first_response_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField(null=True)
    last_words = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="beforereply_age"),  # swept when too old
        ]
