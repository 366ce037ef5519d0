"""The bot's ear: what happens for one message of a student (WHATSAPP_MESSAGE_HANDLER)."""

from django.utils import timezone

from conversations import desk_outlook, effects, homework, speaking, turns
from conversations.step import Step
from conversations.talks import Talk
from support.models import SupportTicket
from whatsapp import outbox
from whatsapp.models import Message

RECEIPTS = {"chat_receipt", "chat_opened_by_team"}


def receive(message: Message) -> bool:
    """Think about `message`, do what was decided, queue the answer; all in the caller's commit.

    Whether the bot has read it: what goes into a chat is read by a person.
    """
    talk = Talk.of(message.contact_id)
    was_in_chat = talk.ticket is not None
    turn = turns.load(talk, message, unsaid=_takes_back(talk, message))
    step = desk_outlook.advance(turn)
    _note_receipt(talk.ticket, step)
    params = effects.perform(step, talk, message)
    talk.move(step)
    reason = {"message": message.pk, "before": turn.state.value, "after": step.state.value}
    speaking.say(talk.contact, step, params, reason)
    if talk.student and talk.student.answer_waits:
        homework.send_waiting(talk.student)
    return not was_in_chat


def _takes_back(talk: Talk, message: Message) -> bool:
    """Withdraw the receipt of the last page if it has not left: this turn says it instead."""
    is_answered = message.kind not in turns.UNANSWERED and not turns.is_late(message)
    return talk.is_collecting and is_answered and outbox.withdraw(talk.contact)


def _note_receipt(ticket: SupportTicket | None, step: Step) -> None:
    """Written along with the student's message, which is what the receipt is for."""
    if ticket and any(said.key in RECEIPTS for said in step.say):
        ticket.receipt_sent_at = timezone.now()
