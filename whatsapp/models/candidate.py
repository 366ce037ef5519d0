"""Pairs of contacts who may be one person."""

from django.conf import settings
from django.db import models

from whatsapp.models.contact import Contact


class MergeCandidate(models.Model):
    """Two contacts whose ids contradict each other: a person decides whether they are one.

    Once somebody has said that they are two, `decided_at` is set and nobody is asked again. If
    they are merged the row goes with the contact that goes; the kept one's history says so.
    """

    class Reason(models.TextChoices):
        NUMBER_TAKEN = "taken", "changed to a number that somebody else had"
        NUMBER_PASSED_ON = "passed_on", "a known number came with another WhatsApp id"

    older = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    younger = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=9, choices=Reason)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = "possible double"
        constraints = [
            models.UniqueConstraint(fields=["older", "younger"], name="candidate_pair_once"),
            models.CheckConstraint(
                name="candidate_older_first", condition=models.Q(older__lt=models.F("younger"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.older} and {self.younger}"
