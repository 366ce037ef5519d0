"""What other systems are told of homework and payments (`GET /api/events`, webhooks)."""

from datetime import datetime
from typing import Any

from conversations.models import Homework, HomeworkAnswer, Payment, Student
from support import services
from support.models import EventType


def homework_submitted(homework: Homework, pages: int) -> None:
    """`homework.student` is loaded; the caller's transaction commits the event."""
    data = {**_homework(homework), "text": homework.text, "pages": pages}
    services.tell(
        EventType.HOMEWORK_SUBMITTED,
        contact_id=homework.student.contact_id,
        data={"homework": data},
    )


def homework_answered(answer: HomeworkAnswer, files: int) -> None:
    """Also of a second answer to the same homework."""
    homework = answer.homework
    said = {"id": answer.pk, "by": answer.author_name, "text": answer.text, "files": files}
    services.tell(
        EventType.HOMEWORK_ANSWERED,
        contact_id=homework.student.contact_id,
        data={"homework": _homework(homework), "answer": said},
    )


def payment_succeeded(payment: Payment) -> None:
    """Amounts are in the subunit (kobo)."""
    data = {
        "reference": payment.reference,
        **_student(payment.student),
        "amount": payment.amount,
        "paid_amount": payment.paid_amount,
        "currency": payment.currency,
        "paid_at": _iso(payment.paid_at),
        "subscription_starts_at": _iso(payment.starts_at),
        "subscription_ends_at": _iso(payment.ends_at),
    }
    services.tell(
        EventType.PAYMENT_SUCCEEDED, contact_id=payment.student.contact_id, data={"payment": data}
    )


def _homework(homework: Homework) -> dict[str, Any]:
    return {
        "id": homework.pk,
        "reference": homework.reference,
        **_student(homework.student),
        "subject": homework.subject,
        "state": homework.state,
        "submitted_at": _iso(homework.submitted_at),
    }


def _student(student: Student) -> dict[str, Any]:
    return {
        "student_id": student.pk,
        "student_name": student.name,
        "class_name": student.class_name,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
