"""What the bot says by itself: after a chat, about pages and payments, to who stopped half-way."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from conversations import homework, speaking, turns
from conversations.flows import collecting, menu, pages, support
from conversations.flows.payment_news import Place
from conversations.states import WAITING, State
from conversations.step import Step
from conversations.talks import Talk
from conversations.telling import by_template
from support.models import SupportTicket
from whatsapp import lanes, outbox
from whatsapp.models import Message

PAGES_ARE_FRESH = timedelta(days=1)


def chat_ended(ticket: SupportTicket, words: str) -> Message | None:
    """Say goodbye for the team (SUPPORT_CHAT_ENDED_HANDLER), in the commit that ends the chat.

    Returns the message that carries the closing `words`.
    """
    talk = Talk.of(ticket.contact_id)
    agent = ticket.assigned_admin
    step = support.closing(
        turns.person(talk),
        talk.conversation.draft,
        ticket.pk,
        words or None,
        by_agent=True,
        bot_name=settings.BOT_NAME,
        agent_name=agent.get_full_name() if agent and settings.SUPPORT_SHOW_AGENT_NAME else "",
    )
    talk.move(step)
    reason = {"before": State.CHAT_SUPPORT_ACTIVE.value, "after": step.state.value}
    sent = speaking.say(talk.contact, step, {}, reason)
    return sent[0] if sent else None


def page_examined(message: Message, problem: str) -> bool:
    """Tell the student what the photo check found in a page; False if it is none (any more).

    The caller holds the contact's lane.
    """
    talk = Talk.of(message.contact_id)
    taken_back = talk.is_collecting and outbox.withdraw(talk.contact)
    turn = turns.asked(talk, unsaid=taken_back)
    step, params = collecting.examined(turn, message.pk, problem), {}
    if step is None and problem in pages.REFUSED:
        left = homework.leave_out(message.pk, problem)
        step = collecting.left_out(turn, problem, cancelled=not left.is_open) if left else None
        params = {"reference": left.reference} if left else {}
    if step is None:
        return False
    talk.move(step)
    reason = {"message": message.pk, "before": turn.state.value, "after": step.state.value}
    return bool(speaking.say(talk.contact, step, params, reason))


def remind(contact_id: int) -> bool:
    """Ask who stopped half-way whether to go on; False if there is nothing to remind of.

    The caller holds the contact's lane.
    """
    talk = Talk.of(contact_id)
    if talk.ticket or not talk.contact.window_is_open():
        return False
    state = State(talk.conversation.state)
    if state not in WAITING and not _has_fresh_pages(talk):
        return False
    step = menu.reminder(state, turns.person(talk), talk.conversation.draft)
    reason = {"before": state.value, "after": state.value}
    return bool(speaking.say(talk.contact, step, {}, reason))


def _has_fresh_pages(talk: Talk) -> bool:
    """Who left a homework days ago, and has been here since, needs no word about it each time."""
    sent_at = pages.last_sent_at(talk.conversation.draft)
    return sent_at > (timezone.now() - PAGES_ARE_FRESH).timestamp()


def announce(contact_id: int, words: Callable[[Place], Step]) -> bool:
    """Tell the student news, in the lane's order.

    With the 24-hour window shut by the template that staff chose for it; False if there is none.
    The caller holds the contact's lane.
    """
    talk = Talk.of(contact_id)
    before = talk.state
    step = words(Place(before, talk.conversation.draft))
    reason = {"before": before.value, "after": step.state.value}
    if talk.contact.window_is_open():
        speaking.say(talk.contact, step, {}, reason)
    elif not _told_by_template(talk, step, reason):
        return False
    if before is not step.state:
        talk.move(step)
    lanes.wake(contact_id)
    return True


def _told_by_template(talk: Talk, step: Step, reason: dict[str, str]) -> bool:
    said = step.say[0]
    return talk.student is not None and by_template(talk.student, said.key, said.params, reason)
