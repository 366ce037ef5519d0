"""What the bot has said by itself in a chat."""

from django.db import models

from support.models import SupportTicket


class ChatNotice(models.Model):
    """That a ticket's student was told something, once.

    `version` is the moment it was about: when the wait, the silence or the 24 hours began. A new
    wait is a new version, and may be told of again.
    """

    class Kind(models.TextChoices):
        STILL_ON_IT = "still_on_it", "the team is still on it"
        IDLE = "idle", "the chat is about to close"
        WINDOW = "window", "the 24 hours are nearly over"

    ticket = models.ForeignKey(SupportTicket, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind)
    version = models.DateTimeField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            # at most once; the sweep looks along it
            models.UniqueConstraint(fields=["ticket", "kind", "version"], name="chat_notice_once")
        ]

    def __str__(self) -> str:
        return f"Ticket {self.ticket_id}: {self.get_kind_display()}"
