"""A person on WhatsApp, the ids that Meta knows that person by, and the person's lane."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from whatsapp.hooks import resolve
from whatsapp.models.fields import digest

CUSTOMER_SERVICE_WINDOW = timedelta(hours=24)
WINDOW_MARGIN = timedelta(minutes=1)  # a message on its way must not arrive after the window


class Contact(models.Model):
    """One person. Everything of one contact happens in one lane, in order.

    A worker holds the lane while `lease_until` lies ahead, and only as long as nobody has raised
    `epoch` since (see `whatsapp.lanes`). `due_at` says when the lane next has work; null: none.
    """

    name = models.CharField(max_length=255, blank=True)
    username = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164; empty while hidden.")
    user_id = models.CharField(
        "business-scoped user id", max_length=160, blank=True, help_text="Present id at Meta."
    )
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    opted_out_at = models.DateTimeField(null=True, blank=True)

    epoch = models.PositiveIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    # How fast we may write to this person (`whatsapp.pacing`); written along with the lease.
    spent_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at"], name="contact_due"),  # tasks.sweep: lanes with work
            models.Index(fields=["phone"], name="contact_phone"),  # staff and API look people up
            # newest talks first, read backwards: so that the ids come in order too
            models.Index(fields=["last_inbound_at"], name="contact_recent"),
        ]

    def __str__(self) -> str:
        """As whoever may see least: it stands in titles and logs, which know no reader."""
        if self.name or not self.phone:
            return self.name or (f"@{self.username}" if self.username else self.user_id)
        shown: str = resolve("WHATSAPP_NUMBER_SHOWN")(self.phone, AnonymousUser())
        return shown

    @property
    def address(self) -> dict[str, str]:
        """Where Graph sends to: the phone with its `+`, else the business-scoped id.

        Without the plus Meta may take a foreign number for a national one; an id put into `to`
        is accepted and silently dropped.
        """
        return {"to": self.phone} if self.phone else {"recipient": self.user_id}

    def window_ends_at(self) -> datetime | None:
        """When free text stops being allowed; None if the person has never written."""
        return self.last_inbound_at and self.last_inbound_at + CUSTOMER_SERVICE_WINDOW

    def window_is_open(self, now: datetime | None = None) -> bool:
        ends_at = self.window_ends_at()
        return ends_at is not None and (now or timezone.now()) < ends_at - WINDOW_MARGIN


class Identity(models.Model):
    """One id by which Meta names a contact.

    People have a phone number, a business-scoped id or both, and either may change; a retired
    identity is history and finds nobody.
    """

    class Kind(models.TextChoices):
        PHONE = "phone"
        USER_ID = "bsuid", "business-scoped user id"
        PARENT = "parent", "parent business-scoped user id"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=6, choices=Kind)
    value = models.CharField(max_length=160)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    first_seen_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} …{self.value[-2:]}"  # the whole of it may be masked

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.key(self.kind, self.value)
        super().save(*args, **kwargs)

    @staticmethod
    def key(kind: str, value: str) -> str:
        return digest(kind, value)
