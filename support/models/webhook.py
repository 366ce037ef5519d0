"""Other systems that are told of events, and how far each has been told."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from support.models.event import Event, EventType
from support.webhooks import addresses, signing
from whatsapp.models import Contact
from whatsapp.models.fields import JSONTextField

OLD_SECRET_LASTS = timedelta(hours=24)


class WebhookEndpoint(models.Model):
    """An address that events are posted to.

    One worker at a time, held by a lease and an epoch as a lane is (see `whatsapp.lanes`).
    `due_at` keeps everybody off a receiver that is down; `paused_at` is set when it was down for
    so long that a person must look. Events are kept for a paused endpoint, not for one that is
    not active.
    """

    name = models.CharField(max_length=100, blank=True, help_text="Whom it belongs to.")
    url = models.CharField("address", max_length=500, validators=[addresses.validate])
    event_types = JSONTextField(default=list, help_text="Empty: all.")
    active = models.BooleanField(
        default=True, help_text="Off: events that happen meanwhile are not kept for it."
    )
    secret = models.CharField(max_length=100, default=signing.new_secret, editable=False)
    old_secret = models.CharField(max_length=100, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    failures = models.PositiveIntegerField(
        default=0, editable=False, help_text="In a row, of the whole endpoint."
    )
    failing_since = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    pause_told_at = models.DateTimeField(null=True, editable=False)
    epoch = models.PositiveIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name = "webhook endpoint"

    def __str__(self) -> str:
        return self.name or self.url

    def wants(self, event_type: str) -> bool:
        return not self.event_types or event_type in self.event_types

    @property
    def secrets(self) -> list[str]:
        """What signs now: the secret and, for a day after it was changed, the one before."""
        until = self.old_secret_until
        old = [self.old_secret] if self.old_secret and until and until > timezone.now() else []
        return [self.secret, *old]

    @property
    def types(self) -> list[str]:
        return list(self.event_types) or list(EventType.values)


class WebhookDelivery(models.Model):
    """One event for one endpoint: waiting or done, with the last request and its answer."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        FAILED = "failed", "given up"

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    request: "models.Field[Any, Any]" = JSONTextField(
        null=True, blank=True, help_text="Headers of the last try; the body is the event."
    )
    status_code = models.PositiveSmallIntegerField("HTTP status", null=True, blank=True)
    response = models.TextField(blank=True, help_text="The beginning of the answer.")
    error = models.TextField(blank=True, help_text="Why there was no answer.")
    milliseconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "webhook delivery"
        verbose_name_plural = "webhook deliveries"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="delivery_once"),
        ]
        indexes = [
            # the worker: what waits for this endpoint, oldest first
            models.Index(fields=["endpoint", "state", "id"], name="delivery_waiting"),
            # the worker: contacts whose oldest is to be tried again later
            models.Index(fields=["endpoint", "state", "due_at"], name="delivery_later"),
        ]

    def __str__(self) -> str:
        return f"Event {self.event_id} for endpoint {self.endpoint_id}"
