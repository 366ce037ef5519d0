"""What the bot knows about a student, for the desk (SUPPORT_PROFILE_PROVIDER)."""

from django.utils import timezone

from conversations import subscriptions
from conversations.models import Student
from conversations.talks import Talk
from support.profiles import Profile
from whatsapp.models import Contact


def of_contact(contact: Contact) -> Profile:
    talk = Talk.of(contact.pk)
    student = talk.student
    if student is None:
        return Profile(contact.name, facts=(("Registered", "No"), *_opted_out(contact)))
    return Profile(
        student.name,
        student.pk,
        (
            *_opted_out(contact),
            ("Class", student.class_name),
            ("E-mail", student.email or "–"),
            ("Registered", f"{timezone.localdate(student.registered_at):%d %b %Y}"),
            ("Homework", str(student.homework.count())),
            ("Subscribed", _subscribed(student)),
        ),
    )


def _opted_out(contact: Contact) -> tuple[tuple[str, str], ...]:
    return (("Messages", "Answers only (STOP)"),) if contact.opted_out_at else ()


def _subscribed(student: Student) -> str:
    ends_at = subscriptions.runs_until(student)
    return f"until {timezone.localdate(ends_at):%d %b %Y}" if ends_at else "No"
