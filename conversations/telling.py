"""News for a student whose 24 hours are over: by the template that staff chose, or not at all."""

from collections.abc import Mapping
from typing import Any

from conversations import catalogues
from conversations.models import Student
from whatsapp import announcements


def by_template(
    student: Student, purpose: str, facts: Mapping[str, str], reason: dict[str, Any]
) -> bool:
    """Queue the news; False if there is no template for `purpose` in the student's language.

    The caller holds the lane, and wakes it.
    """
    contact = student.contact
    known = {"name": student.first_name, **facts}
    language = catalogues.of(contact.language).code
    return bool(announcements.queue(contact, purpose, known, language=language, reason=reason))


def reaches(purpose: str) -> set[str]:
    """The values of `Contact.language` for which there is a template; "" stands for the default."""
    languages = set(announcements.usable(purpose))
    return languages | {""} if catalogues.DEFAULT in languages else languages
