"""Every message, both ways."""

import uuid

from django.db import models
from django.utils import timezone

from whatsapp.models.contact import Contact
from whatsapp.models.fields import JSONTextField


class Direction(models.TextChoices):
    INBOUND = "in", "from the student"
    OUTBOUND = "out", "to the student"


class Author(models.TextChoices):
    """Who wrote a message: decides whether an unconfirmed one may be sent again by itself."""

    CONTACT = "contact", "student"
    BOT = "bot"
    AGENT = "agent"


class Status(models.TextChoices):
    """Where a message stands. Inbound ones wait and are handled; the rest are outgoing."""

    WAITING = "waiting"
    HANDLED = "handled"
    QUEUED = "queued"
    SENDING = "sending"
    UNCERTAIN = "uncertain", "sent, but unconfirmed"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"
    EXPIRED = "expired", "24 hours over"
    CANCELLED = "cancelled"


NOT_DELIVERED = (Status.FAILED, Status.EXPIRED, Status.CANCELLED)


class Message(models.Model):
    """One message in either direction.

    `payload` is the wire form: Meta's item as it came in, or the Graph body without recipient.
    `wamid_digest` is unique: inserting it is the guard against doing anything twice. Statuses
    of outgoing messages only move forward (`whatsapp.statuses`).
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction)
    author = models.CharField(max_length=7, choices=Author)
    kind = models.CharField(max_length=16)
    text = models.TextField(blank=True, help_text="What a person reads.")
    choice_id = models.CharField(max_length=256, blank=True, help_text="Id of a tapped button.")
    payload = JSONTextField(default=dict)
    wamid = models.CharField(max_length=512, blank=True)
    wamid_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    callback_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    status = models.CharField(max_length=9, choices=Status)
    occurred_at = models.DateTimeField(
        default=timezone.now, help_text="When it was written: Meta's time, or ours when queued."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    attempts = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0, help_text="That asked to try again.")
    resends = models.PositiveSmallIntegerField(default=0, help_text="After an unconfirmed send.")
    error_code = models.PositiveIntegerField(null=True, blank=True)
    error = models.TextField(blank=True, help_text="Why it failed, in plain words.")
    traceback = models.TextField(blank=True, editable=False)
    reason = JSONTextField(null=True, blank=True, help_text="Why the bot said this.")

    class Meta:
        ordering = ["occurred_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="message_status_fits_direction",
                condition=models.Q(direction="in", status__in=["waiting", "handled", "failed"])
                | models.Q(direction="out") & ~models.Q(status__in=["waiting", "handled"]),
            )
        ]
        indexes = [
            # inbox: what waits in this lane; outbox: the head of this lane
            models.Index(fields=["contact", "status", "id"], name="message_lane"),
            # the thread of a contact, newest page first
            models.Index(fields=["contact", "occurred_at", "id"], name="message_thread"),
            # health and admin: what is stuck, failed or still to be sent, oldest first
            models.Index(fields=["status", "created_at"], name="message_status_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}, {self.kind}"

    @property
    def is_inbound(self) -> bool:
        return self.direction == Direction.INBOUND


class InboundMessage(Message):
    """A message as a line of the ledger of what came in (`whatsapp.admin.ledger`)."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "inbound message"
        verbose_name_plural = "inbound messages"
