"""Two contacts side by side, and what would come of merging them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from support import phones, profiles
from support.models import SupportTicket
from support.profiles import Profile
from whatsapp.models import Contact, Message

LAST = 5  # messages shown


@dataclass(frozen=True, slots=True)
class KnownAs:
    """A number or an id of a contact, as whoever looks may see it."""

    kind: str
    value: str
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one contact, counted now."""

    contact: Contact
    profile: Profile
    identities: tuple[KnownAs, ...]
    last_messages: tuple[Message, ...]
    messages: int
    tickets: int
    open_ticket: SupportTicket | None

    @property
    def is_student(self) -> bool:
        return self.profile.student_id is not None


def side(contact: Contact, user: User) -> Side:
    newest = contact.messages.order_by("-occurred_at", "-id")[:LAST]
    return Side(
        contact=contact,
        profile=profiles.of_contact(contact),
        identities=tuple(
            KnownAs(one.get_kind_display(), phones.shown(one.value, user), one.retired_at)
            for one in contact.identities.order_by("id")
        ),
        last_messages=tuple(newest)[::-1],
        messages=contact.messages.count(),
        tickets=contact.tickets.count(),
        open_ticket=SupportTicket.objects.filter(open_for=contact).first(),
    )


def consequences(kept: Side, gone: Side) -> list[str]:
    """What merging does, as sentences for whoever decides."""
    numbers = f"{len(gone.identities)} number(s) or id(s)"
    found = [
        f"“{kept.contact}” is kept, the older of the two; “{gone.contact}” goes.",
        f"{gone.messages} message(s), {gone.tickets} ticket(s) and {numbers} move.",
    ]
    if kept.open_ticket and gone.open_ticket:
        found.append(
            f"Both have an open ticket: #{kept.open_ticket.pk} goes on with the messages of "
            f"#{gone.open_ticket.pk}, which is closed."
        )
    if kept.is_student and gone.is_student:
        found.append(
            f"Both are registered: “{kept.profile.name}” stays, with the homework, payments and "
            f"subscription of both; the registration of “{gone.profile.name}” goes."
        )
    elif gone.is_student:
        found.append(f"The registration of “{gone.profile.name}” moves too.")
    return found
