"""What integrators are told: everything that happened, in one order without gaps."""

from typing import Any

from django.db import models
from django.utils import timezone

from support.models.ticket import SupportTicket
from whatsapp.models import Contact
from whatsapp.models.fields import JSONTextField


class EventType(models.TextChoices):
    """The names are public: more may be added, none may be renamed."""

    TICKET_OPENED = "ticket.opened", "Ticket opened"
    TICKET_UPDATED = "ticket.updated", "Ticket changed"
    MESSAGE_RECEIVED = "message.received", "Message from a student"
    MESSAGE_SENT = "message.sent", "Message taken by WhatsApp"
    MESSAGE_STATUS = "message.status", "Delivery of a message"
    CHAT_ENDED = "chat.ended", "Chat ended"
    RATING_GIVEN = "rating.given", "Rating given"
    HOMEWORK_SUBMITTED = "homework.submitted", "Homework handed in"
    HOMEWORK_ANSWERED = "homework.answered", "Homework answered"
    PAYMENT_SUCCEEDED = "payment.succeeded", "Payment received"


class Event(models.Model):
    """One thing that happened, written in the transaction in which it did.

    `position` is its public id. It is given after the commit (`support.events.publishing`), so
    that positions appear in order and no reader overtakes an event that commits late. Neither
    contact nor ticket is checked by the database: the check would lock the contact, which is its
    lane, for writers that hold locks of messages.
    """

    position = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    type = models.CharField(max_length=20, choices=EventType)
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="events", db_constraint=False
    )
    ticket = models.ForeignKey(
        SupportTicket,
        null=True,
        on_delete=models.CASCADE,
        related_name="public_events",
        db_constraint=False,
    )
    data = JSONTextField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["type", "position"], name="event_feed_of_type"),  # feed, ?type=
            models.Index(fields=["created_at"], name="event_age"),  # retention
        ]

    def __str__(self) -> str:
        return f"Event {self.position or '(not yet published)'}, {self.type}"

    @property
    def body(self) -> dict[str, Any]:
        """As the feed and the webhooks show it."""
        return {
            "id": self.position,
            "type": self.type,
            "timestamp": self.created_at.isoformat().replace("+00:00", "Z"),
            "contact_id": self.contact_id,
            "ticket_id": self.ticket_id,
            "data": self.data,
        }


class EventCounter(models.Model):
    """One row: whoever gives positions holds its lock."""

    last = models.PositiveBigIntegerField(default=0, help_text="The newest position.")
    pruned = models.PositiveBigIntegerField(
        default=0, help_text="Up to this position events were deleted for their age."
    )
