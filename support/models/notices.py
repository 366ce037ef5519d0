"""Who wants to be told what, who was mentioned, and the e-mails that say so."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from support.models.message import SupportMessage


class Mention(models.Model):
    """Somebody named with @username in a note."""

    note = models.ForeignKey(SupportMessage, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once")]
        indexes = [
            models.Index(fields=["user", "seen_at"], name="mention_unread"),  # how many are unread
        ]


class DeskPreferences(models.Model):
    """How one person wants to be told. Who has no row has the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_preferences"
    )
    takes_tickets = models.BooleanField(
        "give me tickets",
        default=True,
        help_text="When tickets are given out automatically and you have the desk open.",
    )
    browser_notices = models.BooleanField("notices of the browser", default=False)
    sound = models.BooleanField(default=False, help_text="When a student writes.")
    mail_mentions = models.BooleanField("e-mail when I am mentioned", default=True)
    mail_unassigned = models.BooleanField("e-mail on unassigned tickets", default=True)
    mail_unresolved = models.BooleanField("daily e-mail on old open tickets", default=True)
    mail_levels = models.BooleanField("e-mail on missed service levels", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "my notices"

    def __str__(self) -> str:
        return f"Notices of {self.user}"


class StaffMail(models.Model):
    """One e-mail to one person: the row is the truth, `support.mail` sends it once.

    `key` names the occasion; a second row for the same occasion cannot exist.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, default=timezone.now, help_text="Empty: done.")
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = "e-mail to staff"
        verbose_name_plural = "e-mails to staff"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="staff_mail_once")]
        indexes = [
            models.Index(fields=["due_at"], name="staffmail_due"),  # the sweep: what is to be sent
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.user}"
