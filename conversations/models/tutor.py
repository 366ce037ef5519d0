"""Who solves homework."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models


class Tutor(models.Model):
    """A member of staff to whom homework is given by itself, up to `max_open` at a time."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tutor"
    )
    subjects = models.CharField(
        max_length=255,
        blank=True,
        help_text="Separated by commas, for example “Maths, Mathematics, Physics”. "
        "Empty: every subject.",
    )
    max_open = models.PositiveSmallIntegerField(
        "at most",
        default=10,
        validators=[MinValueValidator(1)],
        help_text="Homework at a time; the next is given when one is solved.",
    )
    is_available = models.BooleanField(
        "available", default=True, help_text="Off: nothing new is given, for example on holiday."
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()
