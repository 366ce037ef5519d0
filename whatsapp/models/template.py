"""Templates that Meta approves, as last heard of."""

from typing import Any

from django.db import models
from django.utils import timezone

from whatsapp.models.fields import JSONTextField, digest
from whatsapp.outgoing import ApprovedTemplate

APPROVED = "APPROVED"
MARKETING, AUTHENTICATION = "MARKETING", "AUTHENTICATION"


class MessageTemplate(models.Model):
    """One translation of a template. Made and changed at Meta; `whatsapp.templates` keeps up.

    Status and category are Meta's own words, which may be new ones.
    """

    name = models.CharField(max_length=512)
    language = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    category = models.CharField(max_length=32, blank=True)
    status = models.CharField(max_length=32)
    components = JSONTextField(default=list)
    synced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        verbose_name = "template"

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.key(self.name, self.language)
        super().save(*args, **kwargs)

    @staticmethod
    def key(name: str, language: str) -> str:
        """Meta writes `en_US` in its lists, and also `en-US` in its webhooks."""
        return digest(name, language.replace("-", "_"))

    @property
    def approved(self) -> ApprovedTemplate:
        return ApprovedTemplate(self.name, self.language, self.components)

    def obstacle(self) -> str:
        """Why it cannot be sent from the desk, as a sentence; empty if it can."""
        if self.status != APPROVED:
            return f"Meta says: {self.status.lower().replace('_', ' ')}."
        if self.category == AUTHENTICATION:
            return "It is for codes only."
        return self.approved.obstacle()
