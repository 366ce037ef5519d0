"""What the higher floors may want to know of messages (WHATSAPP_NEWS_HANDLER).

It is told in the transaction in which it happens, and must lock nothing: who tells may hold locks
of messages, after which nobody may ask for a lane.
"""

from collections.abc import Sequence
from enum import Enum, auto

from whatsapp.hooks import resolve
from whatsapp.models import Message


class News(Enum):
    RECEIVED = auto()  # a student wrote
    SENT = auto()  # WhatsApp took a message to a student
    STATUS = auto()  # a message to a student got further, failed, or is uncertain


def tell(told: Sequence[tuple[News, Message]]) -> None:
    """Pass on what happened to these messages, in this order; the rows are as stored now."""
    if told:
        resolve("WHATSAPP_NEWS_HANDLER")(told)


def tell_of(news: News, message_id: int) -> None:
    """As `tell`, of one message that was changed without being loaded."""
    tell([(news, Message.objects.get(pk=message_id))])
