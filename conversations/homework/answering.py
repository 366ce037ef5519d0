"""Answers: words and files of a tutor on their way to the student, now or when WhatsApp allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.files.base import File
from django.db.models import QuerySet
from django.utils import timezone

from conversations import events, speaking
from conversations.homework.acting import lock, lock_open, nudge_assigning, record
from conversations.models import (
    AnswerFile,
    Homework,
    HomeworkAnswer,
    HomeworkEvent,
    HomeworkState,
    Student,
)
from conversations.telling import by_template
from support.services import BOT, Actor, ServiceError, WindowClosed
from whatsapp import lanes, limits, outbox
from whatsapp.kinds import Kind
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author
from whatsapp.outgoing import Text
from whatsapp.text import length
from whatsapp.transactions import unit_of_work

SOLVED, SOLVED_MORE, CANCELLED = "homework_solved", "homework_solved_more", "homework_cancelled"
WITH_CAPTION = frozenset({Kind.IMAGE, Kind.DOCUMENT, Kind.VIDEO})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an answer, of a kind that Meta takes."""

    file: File[bytes]
    name: str
    kind: Kind
    mime_type: str


@unit_of_work
def answer(
    homework_id: int,
    actor: Actor,
    text: str,
    attachments: Sequence[Attachment] = (),
    *,
    token: UUID,
) -> HomeworkAnswer:
    """Solve the homework, or say more about a solved one; the same `token` twice says it once.

    Sent at once if the 24-hour window is open, else as soon as the student writes. Raises
    ServiceError for an empty answer and a cancelled homework.
    """
    homework = lock(homework_id)
    if said := HomeworkAnswer.objects.filter(token=token, homework=homework).first():
        return said
    if homework.state == HomeworkState.CANCELLED:
        raise ServiceError(f"{homework.reference} is cancelled.")
    if not text.strip() and not attachments:
        raise ServiceError("Write, draw or attach something first.")
    opening = SOLVED if homework.is_open else SOLVED_MORE
    made = _keep(homework, actor, opening, text.strip(), token)
    _attach(made, attachments)
    _solve(homework, actor)
    events.homework_answered(made, len(attachments))
    _send_or_keep(made)
    return made


@unit_of_work
def cancel(homework_id: int, actor: Actor, reason: str, *, token: UUID) -> HomeworkAnswer | None:
    """Call it off and tell the student why. None if `token` was used before.

    Raises ServiceError if it is done with already.
    """
    if HomeworkAnswer.objects.filter(token=token).exists():
        return None
    homework = lock_open(homework_id)
    homework.state = HomeworkState.CANCELLED
    homework.save(update_fields=["state", "updated_at"])
    record(homework, HomeworkEvent.Kind.CANCELLED, actor, reason)
    made = _keep(homework, actor, CANCELLED, reason.strip(), token)
    _send_or_keep(made)
    nudge_assigning()
    return made


def send_waiting(student: Student) -> None:
    """Queue what waits for the student to write. The caller runs in the student's lane."""
    if not student.contact.window_is_open():
        return
    waiting = HomeworkAnswer.objects.filter(homework__student=student, sent_at=None)
    for made in waiting.select_related("homework").prefetch_related("files"):
        made.homework.student = student
        _send(made)
        record(made.homework, HomeworkEvent.Kind.DELIVERED, BOT)
    student.answer_waits = False
    student.save(update_fields=["answer_waits"])


@unit_of_work
def send_again(homework_id: int, message_id: int) -> None:
    """Send a message of an answer once more that failed or stayed unconfirmed.

    Raises WindowClosed, or ServiceError if it is neither.
    """
    homework = lock(homework_id)
    if not homework.student.contact.window_is_open():
        raise WindowClosed
    wire = _wires(homework).filter(pk=message_id).first()
    if wire is None or not outbox.send_again(wire):
        raise ServiceError("This message is on its way already.")


def _wires(homework: Homework) -> QuerySet[Message]:
    carrying = HomeworkAnswer.wires.through.objects.filter(homeworkanswer__homework=homework)
    return Message.objects.filter(pk__in=carrying.values("message_id"))


def _keep(homework: Homework, actor: Actor, opening: str, text: str, token: UUID) -> HomeworkAnswer:
    return HomeworkAnswer.objects.create(
        homework=homework,
        author=actor.user,
        author_name=actor.name,
        opening=opening,
        text=text,
        token=token,
    )


def _attach(made: HomeworkAnswer, attachments: Sequence[Attachment]) -> None:
    AnswerFile.objects.bulk_create(
        AnswerFile(
            answer=made, file=one.file, name=one.name, kind=one.kind.value, mime_type=one.mime_type
        )
        for one in attachments
    )


def _solve(homework: Homework, actor: Actor) -> None:
    """Whoever solves it has it."""
    homework.tutor = homework.tutor or actor.user
    homework.state = HomeworkState.SOLVED
    homework.solved_at = homework.solved_at or timezone.now()
    homework.save(update_fields=["tutor", "state", "solved_at", "updated_at"])
    record(homework, HomeworkEvent.Kind.ANSWERED, actor)
    nudge_assigning()


def _send_or_keep(made: HomeworkAnswer) -> None:
    student = made.homework.student
    if student.contact.window_is_open():
        _send(made)
        lanes.wake(student.contact_id)
    else:
        _announce(made)
        Student.objects.filter(pk=student.pk).update(answer_waits=True)


def _announce(made: HomeworkAnswer) -> None:
    """By template, that a solution waits; once, however many wait."""
    homework = made.homework
    student = homework.student
    if made.opening == CANCELLED or student.answer_waits:
        return
    facts = {"subject": homework.subject, "reference": homework.reference}
    if by_template(student, SOLVED, facts, {"homework": homework.reference}):
        record(homework, HomeworkEvent.Kind.ANNOUNCED, BOT)
        lanes.wake(student.contact_id)


def _send(made: HomeworkAnswer) -> None:
    """Queue it: the words on the first file if they fit there, since Meta bills each message."""
    contact, words = made.homework.student.contact, _words(made)
    files = list(made.files.all())
    on_file = bool(files) and files[0].kind in WITH_CAPTION and length(words) <= limits.CAPTION
    wires = [] if on_file else outbox.queue(contact, Text(words), author=Author.AGENT)
    captions = [words if on_file else "", *[""] * len(files)]
    wires += [_send_file(contact, one, said) for one, said in zip(files, captions, strict=False)]
    made.wires.add(*wires)
    made.sent_at = timezone.now()
    made.save(update_fields=["sent_at"])


def _words(made: HomeworkAnswer) -> str:
    homework = made.homework
    params = {"subject": homework.subject, "reference": homework.reference}
    opening = speaking.sentence(homework.student.contact, made.opening, params)
    return f"{opening}\n\n{made.text}" if made.text else opening


def _send_file(contact: Contact, one: AnswerFile, caption: str) -> Message:
    with one.file.open("rb") as file:
        return outbox.queue_file(
            contact,
            Kind(one.kind),
            File(file, one.name),
            mime_type=one.mime_type,
            caption=caption,
            author=Author.AGENT,
        )
