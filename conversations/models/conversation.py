"""Where a talk with the bot stands."""

from django.db import models

from conversations.states import State
from whatsapp.models import Contact
from whatsapp.models.fields import JSONTextField


class Conversation(models.Model):
    """The state of one contact's talk and what has been answered so far (`draft`).

    CHAT_SUPPORT_ACTIVE is never stored: being in a chat is having an open ticket, so desk and
    bot cannot disagree.
    """

    contact = models.OneToOneField(
        Contact, primary_key=True, on_delete=models.CASCADE, related_name="conversation"
    )
    state = models.CharField(
        max_length=32, choices=[(s.value, s.name) for s in State], default=State.INITIAL.value
    )
    draft = JSONTextField(default=dict, blank=True)
    misses = models.PositiveSmallIntegerField(
        default=0, help_text="How often in a row the bot did not understand."
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conversation_chat_is_derived",
                condition=~models.Q(state=State.CHAT_SUPPORT_ACTIVE.value),
            )
        ]
        indexes = [
            # tasks.remind_idle: half-finished steps that have been left alone
            models.Index(fields=["state", "reminded_at", "updated_at"], name="conversation_idle"),
            # the admin's list, newest first
            models.Index(fields=["updated_at"], name="conversation_newest"),
        ]

    def __str__(self) -> str:
        return f"Talk with {self.contact}"
