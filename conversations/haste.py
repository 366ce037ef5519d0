"""Whether one person makes the bot talk faster than WhatsApp lets it.

Meta takes one message every six seconds to one person and lends up to forty. Most of them may go to
whoever is in a hurry; the rest is kept for people, and for the end of a flood.
"""

from django.utils import timezone

from conversations.turn import Haste
from whatsapp.models import Contact, Message
from whatsapp.models.message import Direction
from whatsapp.pacing import TO_ONE_PERSON

TOO_FAST = "too_fast"  # the rule under which the pause was asked for
MANY, FEW = 30, 20  # messages lent: the bot asks for a pause, and ends it


def of(contact: Contact) -> Haste:
    """One statement, and that only while much was said in a short time."""
    lent = TO_ONE_PERSON.lent(contact.spent_until, timezone.now())
    if lent <= FEW:
        return Haste.NONE
    if _asked_for_a_pause(contact):
        return Haste.TOLD
    return Haste.NONE if lent <= MANY else Haste.TOO_FAST


def _asked_for_a_pause(contact: Contact) -> bool:
    """Those were our last words."""
    said = Message.objects.filter(contact=contact, direction=Direction.OUTBOUND)
    reason = said.order_by("-id").values_list("reason", flat=True).first()
    return reason is not None and reason.get("rule") == TOO_FAST
