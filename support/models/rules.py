"""The rules of an ordered desk, which leads set in the admin."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from support.models.ticket import Priority, SupportTicket

WEEK = 7 * 24 * 60  # minutes


def minutes(default: int, help_text: str) -> Any:
    return models.PositiveIntegerField(
        default=default, validators=[MaxValueValidator(4 * WEEK)], help_text=help_text
    )


class DeskRules(models.Model):
    """One row; `current` gives it, or the defaults."""

    assign = models.BooleanField(
        "give tickets out automatically",
        default=False,
        help_text="Oldest first, in turn, to people who have the desk open.",
    )
    assign_at_most = models.PositiveSmallIntegerField(
        "open tickets for each person at most",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    release_after = minutes(
        0,
        "Minutes. A ticket whose student waits this long for the person who has it is free "
        "again; with tickets given out automatically, only when somebody else has room. 0: never.",
    )
    warn_before = minutes(15, "Minutes before a target is missed. 0: no warning.")
    breach_raises_priority = models.BooleanField("a missed target raises priority", default=False)
    breach_leaves_note = models.BooleanField("a missed target leaves a note", default=True)
    mail_unassigned_every = minutes(30, "Minutes between e-mails on unassigned tickets. 0: none.")
    mail_unresolved_after = models.PositiveSmallIntegerField(
        default=24,
        validators=[MaxValueValidator(1000)],
        help_text="Hours after which open tickets are in the daily e-mail. 0: none.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "desk rules"

    def __str__(self) -> str:
        return "Desk rules"

    @classmethod
    def current(cls) -> "DeskRules":
        """The row, or the defaults if nobody has set any."""
        return cls.objects.order_by("pk").first() or cls()


class ServiceLevel(models.Model):
    """How soon tickets of a priority are to be answered and resolved, in opening hours."""

    priority = models.CharField(max_length=6, choices=Priority, unique=True)
    first_response = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4 * WEEK)],
        help_text="Minutes of opening hours until the first answer. Empty: no target.",
    )
    resolution = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4 * WEEK)],
        help_text="Minutes of opening hours until the ticket is resolved. Empty: no target.",
    )

    def __str__(self) -> str:
        return f"Service level of priority {self.get_priority_display()}"


class LevelNotice(models.Model):
    """A warning or a breach that was dealt with: once for each ticket, until it is reopened."""

    class Target(models.TextChoices):
        FIRST_RESPONSE = "first", "first answer"
        RESOLUTION = "resolution", "resolution"

    class Stage(models.TextChoices):
        WARNED = "warned"
        BREACHED = "breached"

    ticket = models.ForeignKey(
        SupportTicket, on_delete=models.CASCADE, related_name="level_notices"
    )
    target = models.CharField(max_length=10, choices=Target)
    stage = models.CharField(max_length=8, choices=Stage)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "target", "stage"], name="level_notice_once")
        ]
