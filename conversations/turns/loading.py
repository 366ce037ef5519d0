"""A Turn put together from a talk and a message."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from conversations import haste, intents, learning, lessons, payments, subscriptions, vocabulary
from conversations.flows import asking, meant, rating
from conversations.intents import Answer, Intent
from conversations.models import FaqEntry
from conversations.states import FREE_TEXT
from conversations.talks import Talk
from conversations.turn import FaqItem, Heard, Learnt, Turn
from conversations.turns import chats, hearing
from conversations.turns.people import person
from whatsapp.kinds import Kind
from whatsapp.models import Message

ANSWERED_WITHIN = timedelta(minutes=30)
# Of the draft: words on a rating, what "yes" and "no" stand for.
LAPSING = frozenset({rating.DRAFT, meant.DRAFT, asking.DRAFT})


def load(talk: Talk, message: Message, *, unsaid: bool = False) -> Turn:
    """`unsaid`: the last receipt was taken back before it left."""
    learnt = _learnt(talk, message)
    return Turn(
        state=talk.state,
        heard=hearing.heard(talk, message),
        person=person(talk, with_homework=hearing.command(message) is Intent.STATUS),
        bot_name=settings.BOT_NAME,
        draft=_draft(talk),
        chat=chats.open_chat(talk),
        faq=_faq(talk, learnt, message),
        misses=talk.conversation.misses,
        payments_open=payments.are_open(),
        homework_left=_homework_left(talk, learnt, message),
        requests=chats.requests(talk, message),
        resolved_chat=chats.resolved_chat(talk, message),
        language=talk.contact.language,
        learnt=learnt,
        haste=haste.of(talk.contact),
        unsaid=unsaid,
    )


def asked(talk: Talk, *, unsaid: bool) -> Turn:
    """How things stand when the student has said nothing just now."""
    return Turn(
        state=talk.state,
        heard=Heard("system"),
        person=person(talk),
        bot_name=settings.BOT_NAME,
        draft=talk.conversation.draft,
        misses=talk.conversation.misses,
        language=talk.contact.language,
        unsaid=unsaid,
    )


def _draft(talk: Talk) -> Mapping[str, str]:
    """What has been answered so far; what lapses is awaited for a while only.

    What the bot asked in a chat is over once an agent has said something.
    """
    draft: Mapping[str, str] = talk.conversation.draft
    if LAPSING.isdisjoint(draft):
        return draft
    since = talk.conversation.updated_at
    spoken_at = talk.ticket.last_message_at if talk.ticket else None
    lapsed = since < timezone.now() - ANSWERED_WITHIN or (spoken_at and spoken_at > since)
    return {key: draft[key] for key in draft.keys() - LAPSING} if lapsed else draft


def _learnt(talk: Talk, message: Message) -> Learnt | None:
    """What staff taught about these words, where a command may stand and they are none."""
    if talk.ticket or talk.state in FREE_TEXT or message.kind != Kind.TEXT:
        return None
    words = learning.words_of(message.text)
    is_known = words in vocabulary.MEANINGS or words in vocabulary.LANGUAGES
    return None if not words or is_known or intents.is_greeting(words) else lessons.taught(words)


def _homework_left(talk: Talk, learnt: Learnt | None, message: Message) -> int | None:
    """No limit for subscribers, nor while nobody can subscribe, nor where it does not matter."""
    student = talk.student
    if student is None or not payments.are_open() or subscriptions.runs_until(student):
        return None
    if not _may_begin_homework(learnt, message):
        return None
    free = int(settings.HOMEWORK_FREE_PER_MONTH)
    return max(free - talk.homework_this_month(), 0)


def _may_begin_homework(learnt: Learnt | None, message: Message) -> bool:
    """Whether what is left is worth knowing: also what a "yes" is said to may be homework."""
    if intents.says(message.text, Answer.CONFIRM):
        return True
    taught = learnt.intent if learnt else None
    return Intent.HOMEWORK in (hearing.command(message), taught, intents.loose(message.text))


def _faq(talk: Talk, learnt: Learnt | None, message: Message) -> tuple[FaqItem, ...]:
    """The questions, unless the message cannot be one."""
    if learnt and learnt.intent not in {None, Intent.FAQ}:
        return ()
    if talk.ticket or message.kind not in {"text", "choice"} or talk.state in FREE_TEXT:
        return ()
    if message.kind == "text" and intents.is_greeting(message.text):
        return ()
    return tuple(
        FaqItem(
            entry.pk,
            entry.category,
            entry.question,
            entry.answer,
            tuple(word.strip() for word in entry.keywords.split(",") if word.strip()),
            entry.language,
        )
        for entry in FaqEntry.objects.filter(is_published=True)
    )
