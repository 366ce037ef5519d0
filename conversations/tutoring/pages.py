"""What a homework's page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from conversations import pictures
from conversations.flows.pages import REFUSED
from conversations.homework.acting import ANSWER, ASSIGN
from conversations.models import AnswerFile, Homework, HomeworkAnswer, HomeworkPage
from conversations.tutoring.forms import AnswerForm, CancelForm, GiveForm
from support.desk import spans
from support.desk.attachments import shown_as
from support.desk.ticks import Tick, tick
from whatsapp.models import Contact, Media

OTHERS = 10
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """`address` is empty where there is nothing to see; then `problem` says why."""

    number: int
    caption: str
    address: str
    is_picture: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    name: str
    address: str
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, and what became of each message that carries it."""

    author: str
    at: datetime
    text: str
    is_cancellation: bool
    waits: bool
    files: tuple[SentFile, ...]
    ticks: tuple[tuple[int, Tick], ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """May the student be written to now? If not, the answer is kept."""

    is_open: bool
    sentence: str


def context(homework: Homework, user: User) -> Context:
    student = homework.student
    has_it = homework.tutor_id == user.pk
    return {
        "homework": homework,
        "student": student,
        "pages": [_page(page) for page in _pages(homework)],
        "said": [_said(one) for one in _answers(homework)],
        "events": list(homework.events.all()),
        "others": student.homework.exclude(pk=homework.pk)[:OTHERS],
        "waiting": spans.since(homework.submitted_at),
        "gate": gate(student.contact),
        "has_it": has_it,
        "may_answer": user.has_perm(ANSWER),
        "may_assign": user.has_perm(ASSIGN),
        "may_release": homework.tutor_id is not None and (has_it or user.has_perm(ASSIGN)),
        "answer_form": AnswerForm(),
        "cancel_form": CancelForm(),
        "give_form": GiveForm(),
    }


def gate(contact: Contact) -> Gate:
    ends_at = contact.window_ends_at()
    if contact.window_is_open():
        return Gate(True, f"The student gets it at once (24-hour window: {spans.until(ends_at)}).")
    closed = f"on {date_format(timezone.localtime(ends_at), 'j F, H:i')}" if ends_at else "long ago"
    return Gate(
        False,
        f"The 24-hour window closed {closed}. Your answer is kept, and sent as soon as the student "
        "writes again.",
    )


def _pages(homework: Homework) -> list[HomeworkPage]:
    return list(homework.pages.select_related("message__media", "message__page_check"))


def _page(page: HomeworkPage) -> Page:
    media: Media | None = getattr(page.message, "media", None)
    checked = getattr(page.message, "page_check", None)
    problem = checked.get_problem_display() if checked else ""
    if media is None or media.state == Media.State.FAILED:
        return Page(page.number, page.message.text, "", False, "did not arrive")
    if media.state == Media.State.WAITING or checked is None:
        return Page(page.number, page.message.text, "", False, "is being fetched and looked at")
    address = reverse("admin:homework_page_file", args=[page.homework_id, page.number])
    is_picture = media.mime_type in pictures.FORMATS and checked.problem not in REFUSED
    return Page(page.number, page.message.text, address, is_picture, problem)


def _answers(homework: Homework) -> list[HomeworkAnswer]:
    return list(homework.answers.prefetch_related("files", "wires"))


def _said(one: HomeworkAnswer) -> Said:
    return Said(
        author=one.author_name,
        at=one.created_at,
        text=one.text,
        is_cancellation=one.opening == "homework_cancelled",
        waits=one.sent_at is None,
        files=tuple(_file(one, file) for file in one.files.all()),
        ticks=tuple((wire.pk, tick(wire)) for wire in one.wires.all()),
    )


def _file(one: HomeworkAnswer, file: AnswerFile) -> SentFile:
    address = reverse("admin:homework_file", args=[one.homework_id, file.pk])
    return SentFile(file.name, address, shown_as(file.mime_type) == "image")
