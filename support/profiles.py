"""What the desk shows about a student; a higher floor knows it (SUPPORT_PROFILE_PROVIDER)."""

from dataclasses import dataclass, field

from whatsapp.hooks import resolve
from whatsapp.models import Contact


@dataclass(frozen=True, slots=True)
class Profile:
    """`facts` are label and value, in the order in which they are shown."""

    name: str
    student_id: int | None = None
    facts: tuple[tuple[str, str], ...] = field(default=())


def of_contact(contact: Contact) -> Profile:
    profile: Profile = resolve("SUPPORT_PROFILE_PROVIDER")(contact)
    return profile
