"""What has been answered to POSTs that carried an Idempotency-Key."""

from django.db import models
from django.utils import timezone

from whatsapp.models.fields import JSONTextField


class IdempotencyKey(models.Model):
    """One key of one caller: first claimed, then answered. See `support.api.keys`.

    `digest` names caller and key, `fingerprint` the address and the body. A claim lasts until
    `claimed_until`; whoever takes over an abandoned one raises `epoch`, so that a late first
    holder can no longer commit.
    """

    digest = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64)
    epoch = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    status_code = models.PositiveSmallIntegerField(null=True, help_text="None while in flight.")
    answer = JSONTextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="idempotency_age"),  # tasks: forget the old
        ]

    def __str__(self) -> str:
        return f"Key {self.pk}"
