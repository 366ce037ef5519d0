"""What students hand in, and the answers. Change them through `conversations.homework` only."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from conversations.models.student import Student
from whatsapp.models import Message
from whatsapp.models.media import new_path


class HomeworkState(models.TextChoices):
    PENDING = "PENDING", "Pending"
    ASSIGNED = "ASSIGNED", "Assigned"
    IN_PROGRESS = "IN_PROGRESS", "In progress"
    SOLVED = "SOLVED", "Solved"
    CANCELLED = "CANCELLED", "Cancelled"


TAKEN_STATES = (HomeworkState.ASSIGNED, HomeworkState.IN_PROGRESS)
OPEN_STATES = (HomeworkState.PENDING, *TAKEN_STATES)


class Homework(models.Model):
    reference = models.CharField(max_length=16, unique=True)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="homework")
    subject = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=11, choices=HomeworkState, default=HomeworkState.PENDING)
    tutor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="homework",
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who had it last and was relieved of it: not given back by itself.",
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    assigned_at = models.DateTimeField(null=True, blank=True)
    solved_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "homework"
        permissions = [
            ("answer_homework", "Can solve homework"),
            ("assign_homework", "Can give homework to tutors"),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="homework_queue"),  # staff's queue
            # assigning: how much each tutor has
            models.Index(fields=["tutor", "state"], name="homework_of_tutor"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class HomeworkPage(models.Model):
    """One picture or document of a submission, in the order in which the student sent them."""

    homework = models.ForeignKey(Homework, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="homework_page")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["homework", "number"], name="homework_page_number")
        ]

    def __str__(self) -> str:
        return f"Page {self.number} of {self.homework}"


class PageCheck(models.Model):
    """What the photo check found in a student's file; an empty `problem` when it is fine."""

    class Problem(models.TextChoices):
        """Stored in drafts too: see `conversations.flows.pages`."""

        DARK = "dark", "very dark"
        BLURRED = "blurred", "blurred"
        TINY = "tiny", "very small"
        TYPE = "type", "neither a picture nor a PDF document"
        HUGE = "huge", "too many pixels"
        BROKEN = "broken", "cannot be opened"
        LOST = "lost", "did not arrive"

    message = models.OneToOneField(
        Message, primary_key=True, on_delete=models.CASCADE, related_name="page_check"
    )
    problem = models.CharField(max_length=8, choices=Problem, blank=True)
    checked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.get_problem_display() or "fine"


class HomeworkAnswer(models.Model):
    """What a tutor answers, or the notice of a cancellation.

    `sent_at` is empty while it waits for the student to open the 24-hour window; `wires` are the
    messages that carry it.
    """

    homework = models.ForeignKey(Homework, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=255)
    opening = models.CharField(max_length=40, help_text="The bot's sentence above it, as its key.")
    text = models.TextField(blank=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    wires = models.ManyToManyField(Message, related_name="+", editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            # inbound: what waits for a student; the list's filter
            models.Index(fields=["homework", "sent_at"], name="homework_answer_waiting"),
        ]

    def __str__(self) -> str:
        return f"Answer to {self.homework}"


def answer_path(file: "AnswerFile", _filename: str) -> str:
    return new_path("homework", file.mime_type)


class AnswerFile(models.Model):
    """A file of an answer; what goes out is a copy of it (`whatsapp.outbox`)."""

    answer = models.ForeignKey(HomeworkAnswer, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to=answer_path)
    name = models.CharField(max_length=240)
    kind = models.CharField(max_length=16)
    mime_type = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class HomeworkEvent(models.Model):
    """One act on a homework: who did what, when. Never changed."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", "given to"
        RELEASED = "released", "taken from"
        STARTED = "started", "started"
        ANSWERED = "answered", "answered"
        CANCELLED = "cancelled", "cancelled"
        ANNOUNCED = "announced", "announced by template"
        DELIVERED = "delivered", "waiting answer sent"
        PAGE_ADDED = "added", "late page added"
        PAGE_LEFT_OUT = "left_out", "page left out"

    homework = models.ForeignKey(Homework, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_name = models.CharField(max_length=255)
    detail = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.detail}".strip()
