"""Webhook bodies as they came."""

from django.db import models
from django.utils import timezone


class Receipt(models.Model):
    """One webhook body, stored before it is believed.

    Once this row is committed, Meta is told 200 and the rest is ours to retry. The digest makes
    a body that Meta sends again the same receipt.
    """

    class State(models.TextChoices):
        UNSORTED = "unsorted"
        SORTED = "sorted"
        FAILED = "failed"

    body = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.UNSORTED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    error = models.TextField(blank=True, help_text="Why sorting failed, with the traceback.")

    class Meta:
        indexes = [
            models.Index(fields=["state", "id"], name="receipt_unsorted"),  # sorting: next batch
        ]

    def __str__(self) -> str:
        return f"Receipt {self.pk}"
