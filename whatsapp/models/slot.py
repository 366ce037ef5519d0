"""Places for downloads: how many files are fetched at a time, over all workers."""

from django.db import models


class DownloadSlot(models.Model):
    """One place. Whoever moves `lease_until` on has it until then (`whatsapp.slots`)."""

    number = models.PositiveSmallIntegerField(unique=True)
    lease_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Place {self.number}"
