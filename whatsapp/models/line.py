"""A phone number's line to Meta: how fast it sends, and whether it may send at all."""

from django.db import models


class Line(models.Model):
    """One row a phone number of ours, shared by all workers (`whatsapp.line`).

    `spent_until` is the bucket of `whatsapp.pacing`, in microseconds since 1970 so that one
    UPDATE can compare and move it on every database. While `held_until` is set, the line is held:
    nothing goes out but one trial each time that moment has passed.
    """

    number_id = models.CharField("phone number id", max_length=32, unique=True)
    spent_until = models.BigIntegerField(default=0)
    held_until = models.DateTimeField(null=True, blank=True)
    held_since = models.DateTimeField(null=True, blank=True)
    trials = models.PositiveIntegerField(default=0, help_text="Since it is held.")
    code = models.PositiveIntegerField(null=True, blank=True, help_text="Meta's, why it is held.")

    def __str__(self) -> str:
        return self.number_id
