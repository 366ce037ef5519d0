"""A student's request, where it stands and what was done about it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from support.models import search
from support.search_words import words_of
from whatsapp.models import Contact


class TicketStatus(models.TextChoices):
    OPEN = "OPEN", "Open"
    IN_PROGRESS = "IN_PROGRESS", "In progress"
    RESOLVED = "RESOLVED", "Resolved"
    CLOSED = "CLOSED", "Closed"


OPEN_STATUSES = (TicketStatus.OPEN, TicketStatus.IN_PROGRESS)


class Priority(models.TextChoices):
    LOW = "LOW", "Low"
    MEDIUM = "MEDIUM", "Medium"
    HIGH = "HIGH", "High"
    URGENT = "URGENT", "Urgent"


class Rating(models.TextChoices):
    GOOD = "good", "👍 Good"
    BAD = "bad", "👎 Not good"


class Category(models.Model):
    name = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class SupportTicket(models.Model):
    """One request of one contact.

    Being in a chat *is* having an open ticket: `open_for` names the contact exactly while the
    ticket is open, and being unique it allows one open ticket per contact (MySQL has no partial
    index). Change tickets through `support.services` only.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="tickets")
    open_for = models.OneToOneField(
        Contact,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="open_ticket",
    )
    student_id = models.BigIntegerField(
        null=True, blank=True, help_text="The bot's record of the student, if registered."
    )
    phone_number = models.CharField(max_length=20, blank=True)
    sender_name = models.CharField(max_length=255, blank=True)
    issue_description = models.TextField(blank=True)
    status = models.CharField(max_length=11, choices=TicketStatus, default=TicketStatus.OPEN)
    priority = models.CharField(max_length=6, choices=Priority, default=Priority.MEDIUM)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL)
    assigned_admin = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_tickets",
    )
    assigned_at = models.DateTimeField(null=True, blank=True, editable=False)

    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    first_response_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(
        null=True, blank=True, help_text="Since when the student waits for an answer."
    )
    last_message_at = models.DateTimeField(null=True, blank=True)
    last_words = models.CharField(max_length=160, blank=True)
    unread_count = models.PositiveIntegerField(default=0)
    receipt_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    queue_place_told = models.PositiveSmallIntegerField(
        null=True, editable=False, help_text="The place in the queue that the student knows of."
    )
    snoozed_until = models.DateTimeField(
        null=True, blank=True, help_text="Out of the queue until then, or until the student writes."
    )
    first_response_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolution_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_for = models.CharField(
        max_length=6,
        blank=True,
        editable=False,
        help_text="The priority for which the due times were reckoned; empty: not yet.",
    )
    rating = models.CharField(max_length=4, choices=Rating, blank=True)
    rating_comment = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        permissions = [
            ("reply_supportticket", "Can answer students and end chats"),
            ("assign_supportticket", "Can assign tickets to others"),
            ("see_numbers_supportticket", "Can see whole phone numbers"),
            ("view_report", "Can see reports"),
        ]
        constraints = [
            models.CheckConstraint(
                name="ticket_open_or_closed",
                condition=models.Q(
                    status__in=["OPEN", "IN_PROGRESS"],
                    closed_at__isnull=True,
                    open_for__isnull=False,
                )
                | models.Q(
                    status__in=["RESOLVED", "CLOSED"],
                    closed_at__isnull=False,
                    open_for__isnull=True,
                ),
            )
        ]
        indexes = [
            # the queue, newest words first, read backwards: so that the ids come in order too;
            # the banner's counts
            models.Index(fields=["status", "last_message_at"], name="ticket_queue"),
            # the queue of those who wait for an answer, longest first
            models.Index(fields=["status", "waiting_since"], name="ticket_waiting"),
            # "mine"
            models.Index(fields=["assigned_admin", "status"], name="ticket_mine"),
            # the API's filters by day of opening; all that reports count, without the rows
            models.Index(
                fields=[
                    "created_at",
                    "assigned_admin",
                    "category",
                    "rating",
                    "first_response_at",
                    "closed_at",
                ],
                name="ticket_report",
            ),
            models.Index(fields=["phone_number"], name="ticket_phone"),
            # the sweep: whose snooze is over
            models.Index(fields=["snoozed_until"], name="ticket_snoozed"),
            # the API's list of ratings
            models.Index(fields=["rating"], name="ticket_rating"),
            # whether the queue has changed: asked by every open desk every two seconds
            models.Index(fields=["updated_at"], name="ticket_changed"),
            # the desk's ended tickets, latest first, and how many ended today
            models.Index(fields=["closed_at"], name="ticket_ended"),
            # the same through one of the desk's filters, however rare what it asks for
            models.Index(fields=["priority", "closed_at"], name="ticket_priority"),
            models.Index(fields=["category", "closed_at"], name="ticket_category"),
            models.Index(fields=["assigned_admin", "closed_at"], name="ticket_person"),
            models.Index(fields=["unread_count"], name="ticket_unread"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.called()}"  # no number: it may be masked

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new ticket is found at once, by who asks and what for."""
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            names = (self.sender_name, self.contact.name, self.contact.username)
            words = words_of(self.issue_description)[: search.MOST_WORDS]
            search.remember(self.pk, search.of_person(self.phone_number, *names) + words)

    def called(self, number: str = "") -> str:
        """The student's name; without one `number`, which is as whoever reads may see it."""
        return self.sender_name or number or "Unknown student"

    @property
    def present_number(self) -> str:
        """As the contact, which must be loaded, has it now; else as the ticket was opened with."""
        return self.contact.phone or self.phone_number

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


class EventKind(models.TextChoices):
    OPENED = "opened"
    REOPENED = "reopened"
    ANSWERED = "answered"
    STATUS = "status", "status changed"
    PRIORITY = "priority", "priority changed"
    CATEGORY = "category", "category changed"
    ASSIGNED = "assigned"
    ENDED = "ended"
    RATED = "rated"
    COMMENTED = "commented", "rated in words"
    RESENT = "resent", "message sent again"
    SETTLED = "settled", "message confirmed by hand"
    UNDONE = "undone", "answer taken back"
    SCHEDULED = "scheduled", "answer planned"
    REWORDED = "reworded", "planned answer changed"
    UNPLANNED = "unplanned", "planned answer cancelled"
    SNOOZED = "snoozed"
    WOKEN = "woken", "back in the queue"
    MACRO = "macro", "macro run"
    REVEALED = "revealed", "phone number shown"
    BREACHED = "breached", "target missed"


class TicketEvent(models.Model):
    """One act on a ticket: who did what, when. Never changed, never deleted but with the ticket."""

    ticket = models.ForeignKey(SupportTicket, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_name = models.CharField(max_length=255)
    before = models.CharField(max_length=255, blank=True)
    after = models.CharField(max_length=255, blank=True)
    # Whose names these are, where they are names; without keys: an act outlives the people in it.
    before_user_id = models.BigIntegerField(null=True)
    after_user_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        indexes = [
            # the history of all acts, newest first, of some days or of one kind
            models.Index(fields=["created_at"], name="ticketevent_created"),
            models.Index(fields=["kind", "id"], name="ticketevent_kind"),
        ]

    def __str__(self) -> str:
        change = f": {self.before} → {self.after}" if self.before else f": {self.after}"
        return f"{self.get_kind_display()}{change if self.after else ''} ({self.actor_name})"
