"""Handing in: a homework with its pages, in the order in which the student sent them."""

from collections.abc import Iterable

from conversations import events, references
from conversations.homework.acting import nudge_assigning, record
from conversations.models import Homework, HomeworkEvent, HomeworkPage, HomeworkState, Student
from support.services import BOT, STUDENT
from whatsapp.models import Message


def submit(student: Student, subject: str, text: str, message_ids: Iterable[int]) -> Homework:
    """Hand in. The caller holds the lane of the student, whose messages alone become pages."""
    homework = Homework.objects.create(
        reference=references.new("HW", 6),
        student=student,
        subject=subject,
        text=text,
    )
    wanted = set(message_ids)
    if wanted:
        own = Message.objects.filter(pk__in=wanted, contact=student.contact_id)
        _number(homework, own.order_by("occurred_at", "id"))
    events.homework_submitted(homework, len(wanted))
    nudge_assigning()
    return homework


def add_late_page(student: Student, message: Message) -> Homework | None:
    """Put a file that "Done" had overtaken into the homework handed in last, in its place.

    The caller holds the lane. None if there is no homework that is still open.
    """
    homework = student.homework.order_by("-id").first()
    if homework is None or not homework.is_open:
        return None
    pages = homework.pages.select_related("message")
    messages = [*(page.message for page in pages), message]
    pages.all().delete()
    _number(homework, sorted(messages, key=lambda one: (one.occurred_at, one.pk)))
    record(homework, HomeworkEvent.Kind.PAGE_ADDED, STUDENT)
    return homework


def leave_out(message_id: int, problem: str) -> Homework | None:
    """Take a page out that turned out to be none; a homework of which nothing is left is cancelled.

    The caller holds the lane. None if the message is no page of an open homework.
    """
    page = HomeworkPage.objects.select_related("homework").filter(message=message_id).first()
    if page is None or not page.homework.is_open:
        return None
    homework, number = page.homework, page.number
    page.delete()
    record(homework, HomeworkEvent.Kind.PAGE_LEFT_OUT, BOT, f"{number}: {problem}")
    if not homework.text and not homework.pages.exists():
        homework.state = HomeworkState.CANCELLED
        homework.save(update_fields=["state", "updated_at"])
        record(homework, HomeworkEvent.Kind.CANCELLED, BOT, "Nothing is left of it.")
    return homework


def _number(homework: Homework, messages: Iterable[Message]) -> None:
    HomeworkPage.objects.bulk_create(
        HomeworkPage(homework=homework, number=number, message=message)
        for number, message in enumerate(messages, start=1)
    )
