"""May the student be written to now, and for how long?"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format

from support.desk.spans import until
from support.models import SupportTicket
from support.services.errors import ChatClosed

SOON = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Gate:
    """`sentence` says why not, or how long; `soon` when the time is running out."""

    is_open: bool
    sentence: str
    soon: bool = False
    has_ended: bool = False

    @property
    def name(self) -> str:
        """By which a page knows whether another reply box is due."""
        return "open" if self.is_open else "ended" if self.has_ended else "shut"


def of_ticket(ticket: SupportTicket) -> Gate:
    ends_at = ticket.contact.window_ends_at()
    if not ticket.is_open:
        return Gate(False, ChatClosed.sentence, has_ended=True)
    if ends_at is None:
        return Gate(False, "This student has never written on WhatsApp, so only a template may go.")
    if not ticket.contact.window_is_open():
        moment = date_format(timezone.localtime(ends_at), "j F, H:i")
        return Gate(
            False,
            f"The 24-hour window closed on {moment}. You can write again as soon as the student "
            "does; until then only a template may go. Notes are possible at any time.",
        )
    soon = ends_at - timezone.now() < SOON
    return Gate(True, f"24-hour window closes in {until(ends_at)}", soon)
