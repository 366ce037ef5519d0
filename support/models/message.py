"""The thread of a ticket."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from support.models import search
from support.models.ticket import SupportTicket
from whatsapp.models import Message


class SenderType(models.TextChoices):
    USER = "user", "Student"
    ADMIN = "admin", "Support team"
    NOTE = "note", "Internal note"
    SYSTEM = "system", "System"


class SupportMessage(models.Model):
    """One bubble of the thread.

    `wire` is the WhatsApp message it came in or went out with: its ticks, its file, its failure.
    A note has none and never leaves the desk.
    """

    ticket = models.ForeignKey(SupportTicket, on_delete=models.CASCADE, related_name="messages")
    sender_type = models.CharField(max_length=6, choices=SenderType)
    sender_name = models.CharField(max_length=255, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    message = models.TextField(blank=True)
    wire = models.OneToOneField(
        Message,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="support_message",
    )
    client_token = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text="Made where it was written, so that a form sent twice says it once.",
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["ticket", "id"], name="supportmessage_thread"),  # thread, poll
        ]

    def __str__(self) -> str:
        return f"{self.get_sender_type_display()}, ticket {self.ticket_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is said is found at once."""
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            is_note = self.sender_type == SenderType.NOTE
            name = self.sender_name if self.sender_type == SenderType.USER else ""
            search.remember(self.ticket_id, search.of_message(name, self.message, is_note=is_note))
