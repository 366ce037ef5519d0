"""What is known of one message when it is heard."""

from django.conf import settings
from django.utils import timezone

from conversations import intents
from conversations.flows import pages
from conversations.flows.collecting import FILE_KINDS
from conversations.intents import Intent
from conversations.models import PageCheck
from conversations.states import State
from conversations.talks import Talk
from conversations.turn import Heard
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.models.message import Direction, Status
from whatsapp.payload.contents import read_content

MAY_BRING_PAGES = {State.HOMEWORK_TYPE, State.HOMEWORK_CONTENT, State.HOMEWORK_SUBMITTED}
UNANSWERED = [Kind.REACTION.value, Kind.SYSTEM.value]


def heard(talk: Talk, message: Message) -> Heard:
    return Heard(
        kind=message.kind,
        text=message.text,
        choice_id=message.choice_id,
        message_id=message.pk,
        sent_at=int(message.occurred_at.timestamp()),
        problem=_problem(talk, message),
        shares_number=_shares_number(message),
        late=is_late(message),
        more=_is_page(talk, message) and _more_waits(message),
    )


def is_late(message: Message) -> bool:
    """So old that an answer would only puzzle."""
    return message.occurred_at < timezone.now() - settings.BOT_ANSWERS_UP_TO


def command(message: Message) -> Intent | None:
    """The command that the whole message is, tapped or typed."""
    return intents.of_choice(message.choice_id) or intents.exact(message.text)


def _shares_number(message: Message) -> bool:
    is_card = message.kind == Kind.CONTACTS
    return is_card and bool(read_content(message.payload).contact_phone)


def _is_page(talk: Talk, message: Message) -> bool:
    waits = talk.ticket is None and pages.begun(talk.conversation.draft)
    may_bring = talk.state in MAY_BRING_PAGES or bool(waits)
    return may_bring and message.kind in FILE_KINDS


def _problem(talk: Talk, message: Message) -> str:
    """What the photo check found, if it was quicker."""
    if not _is_page(talk, message):
        return ""
    checked = PageCheck.objects.filter(message=message).values_list("problem", flat=True)
    return checked.first() or ""


def _more_waits(message: Message) -> bool:
    waiting = Message.objects.filter(
        contact=message.contact_id, direction=Direction.INBOUND, status=Status.WAITING
    )
    return waiting.exclude(pk=message.pk).exclude(kind__in=UNANSWERED).exists()
