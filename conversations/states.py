"""The states of a conversation. A state says what the bot is waiting for."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Stored values are public: admin, API and reports show them. Add freely, never rename."""

    INITIAL = "initial"
    IDLE = "idle"
    REGISTERED = "registered"
    CHAT_SUPPORT_ACTIVE = "chat_support_active"
    REGISTERING_NAME = "registering_name"
    REGISTERING_EMAIL = "registering_email"
    REGISTERING_CLASS = "registering_class"
    HOMEWORK_SUBJECT = "homework_subject"
    HOMEWORK_TYPE = "homework_type"
    HOMEWORK_CONTENT = "homework_content"
    HOMEWORK_SUBMITTED = "homework_submitted"
    PAYMENT_PENDING = "payment_pending"


REGISTERING: Final = frozenset(
    {State.REGISTERING_NAME, State.REGISTERING_EMAIL, State.REGISTERING_CLASS}
)
HANDING_IN: Final = frozenset({State.HOMEWORK_SUBJECT, State.HOMEWORK_TYPE, State.HOMEWORK_CONTENT})

# The student is in the middle of something: worth a reminder, and worth not losing the place.
WAITING: Final = REGISTERING | HANDING_IN | {State.PAYMENT_PENDING}

# Whatever is typed here is an answer, so words inside it are no commands.
FREE_TEXT: Final = REGISTERING | {State.HOMEWORK_SUBJECT, State.HOMEWORK_CONTENT}


def rest(registered: bool) -> State:
    """Where a student is when nothing is going on."""
    return State.REGISTERED if registered else State.IDLE
