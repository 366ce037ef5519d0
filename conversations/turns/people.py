"""Who is talking: what the bot may know of a person."""

from datetime import date

from django.utils import timezone

from conversations import catalogues, subscriptions
from conversations.models import Student
from conversations.talks import Talk
from conversations.turn import HomeworkLine, Person

RECENT_HOMEWORK = 3


def person(talk: Talk, *, with_homework: bool = False) -> Person:
    opted_out = talk.contact.opted_out_at is not None
    student = talk.student
    if student is None:
        first_name = (talk.contact.name.split() or [""])[0]
        return Person(first_name=first_name, registered=False, opted_out=opted_out)
    return Person(
        first_name=student.first_name,
        registered=True,
        opted_out=opted_out,
        name=student.name,
        email=student.email,
        class_name=student.class_name,
        subscribed_until=_subscribed_until(student),
        homework=_homework(talk, student) if with_homework else (),
    )


def _subscribed_until(student: Student) -> date | None:
    ends_at = subscriptions.runs_until(student)
    return timezone.localdate(ends_at) if ends_at else None


def _homework(talk: Talk, student: Student) -> tuple[HomeworkLine, ...]:
    states = catalogues.of(talk.contact.language).terms.homework
    return tuple(
        HomeworkLine(
            homework.reference,
            homework.subject,
            states[homework.state],
            timezone.localdate(homework.submitted_at),
        )
        for homework in student.homework.all()[:RECENT_HOMEWORK]
    )
