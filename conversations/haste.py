"""Whether one person makes the bot talk faster than WhatsApp lets it.

Meta takes one message every six seconds to one person and lends up to forty. Most of them may go to
whoever is in a hurry; the rest is kept for people, and for the end of a flood.
"""

from django.utils import timezone

from conversations.turn import Haste
from whatsapp.models import Contact
from whatsapp.models.message import Direction, Status
from whatsapp.pacing import TO_ONE_PERSON

TOO_FAST = "too_fast"  # the rule under which the pause was asked for
CALM = 10  # messages lent: nobody who reads the answers gets more
MANY, FEW = 30, 20  # lent or still to be sent: the bot asks for a pause, and ends it


def of(contact: Contact) -> Haste:
    """At most two statements, and those only while much was said in a short time."""
    lent = TO_ONE_PERSON.lent(contact.spent_until, timezone.now())
    if lent <= CALM:
        return Haste.NONE
    lent += contact.messages.filter(direction=Direction.OUTBOUND, status=Status.QUEUED).count()
    if lent <= FEW:
        return Haste.NONE
    if _asked_for_a_pause(contact):
        return Haste.TOLD
    return Haste.NONE if lent <= MANY else Haste.TOO_FAST


def _asked_for_a_pause(contact: Contact) -> bool:
    """Whether that was the last thing we said."""
    said = contact.messages.filter(direction=Direction.OUTBOUND)
    reason = said.order_by("-id").values_list("reason", flat=True).first()
    return reason is not None and reason.get("rule") == TOO_FAST
