"""Several acts in one click, and views of the queue under a name."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from support.models.ticket import Category, Priority, TicketStatus
from support.models.tools import CannedReply, clean_marks


class Macro(models.Model):
    """Acts that leads put together; what is empty is left as it is. All are done, or none."""

    class Assign(models.TextChoices):
        ME = "me", "whoever runs it"
        PERSON = "person", "the person below"
        NOBODY = "nobody"

    name = models.CharField(max_length=60, unique=True)
    priority = models.CharField(max_length=6, choices=Priority, blank=True)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL)
    assign = models.CharField("assign to", max_length=6, choices=Assign, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"is_staff": True, "is_active": True},
    )
    note = models.TextField(
        blank=True, max_length=4000, help_text="Stays at the desk. {{ agent }} and others work."
    )
    reply = models.TextField(
        blank=True, max_length=4000, help_text="Goes to the student. {{ name }} and others work."
    )
    canned = models.ForeignKey(
        CannedReply,
        verbose_name="ready-made reply",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        help_text="Goes to the student, with its file if it has one.",
    )
    snooze_minutes = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(60 * 24 * 90)]
    )
    status = models.CharField(
        max_length=11, choices=TicketStatus, blank=True, help_text="Comes last."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.assign == self.Assign.PERSON and self.assignee is None:
            raise ValidationError({"assignee": "Choose who gets the ticket."})
        if self.reply and self.canned:
            raise ValidationError({"canned": "Either write a reply or choose a ready-made one."})
        for field in ("note", "reply"):
            clean_marks(field, getattr(self, field))


class SavedView(models.Model):
    """A name for a query of the queue; shared if it belongs to nobody."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="saved_views",
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, help_text="What stands behind the ? of the queue.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Smaller comes first.")

    class Meta:
        ordering = ["position", "name"]
        permissions = [("share_savedview", "Can keep views that the whole team sees")]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
