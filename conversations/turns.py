"""Loading a Turn: all that the machine may know about one message."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from conversations import (
    catalogues,
    haste,
    intents,
    learning,
    lessons,
    payments,
    subscriptions,
    vocabulary,
)
from conversations.catalogues.catalogue import Terms
from conversations.flows import asking, meant, pages, rating
from conversations.flows.collecting import FILE_KINDS
from conversations.intents import Answer, Intent
from conversations.models import FaqEntry, PageCheck, Student
from conversations.states import FREE_TEXT, WAITING, State
from conversations.talks import Talk
from conversations.turn import Chat, FaqItem, Heard, HomeworkLine, Learnt, Person, Request, Turn
from support.models import EventKind, SupportTicket, TicketEvent
from whatsapp.kinds import Kind
from whatsapp.models import Message
from whatsapp.models.message import Direction, Status
from whatsapp.payload.contents import read_content
from whatsapp.text import shorten

RECENT_HOMEWORK = 3
RECENT_REQUESTS = 5
REQUEST_WORDS = 60  # characters of a request's first words
ABOUT_WORDS = 200  # of what the team opened a chat about
ANSWERED_WITHIN = timedelta(minutes=30)
# Of the draft: words on a rating, what "yes" and "no" stand for.
LAPSING = frozenset({rating.DRAFT, meant.DRAFT, asking.DRAFT})
GOES_ON_WITH = frozenset({Kind.TEXT, Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.DOCUMENT})
MAY_BRING_PAGES = {State.HOMEWORK_TYPE, State.HOMEWORK_CONTENT, State.HOMEWORK_SUBMITTED}
UNANSWERED = [Kind.REACTION.value, Kind.SYSTEM.value]


def load(talk: Talk, message: Message, *, unsaid: bool = False) -> Turn:
    """`unsaid`: the last receipt was taken back before it left."""
    learnt = _learnt(talk, message)
    return Turn(
        state=talk.state,
        heard=_heard(talk, message),
        person=person(talk, with_homework=_asks_for_status(message)),
        bot_name=settings.BOT_NAME,
        draft=_draft(talk),
        chat=_chat(talk),
        faq=_faq(talk, learnt, message),
        misses=talk.conversation.misses,
        payments_open=payments.are_open(),
        homework_left=_homework_left(talk, learnt, message),
        requests=_requests(talk, message),
        resolved_chat=_resolved_chat(talk, message),
        language=talk.contact.language,
        learnt=learnt,
        haste=haste.of(talk.contact),
        unsaid=unsaid,
    )


def is_late(message: Message) -> bool:
    """So old that an answer would only puzzle."""
    return message.occurred_at < timezone.now() - settings.BOT_ANSWERS_UP_TO


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


def person(talk: Talk, *, with_homework: bool = False) -> Person:
    opted_out = talk.contact.opted_out_at is not None
    student = talk.student
    if student is None:
        first_name = (talk.contact.name.split() or [""])[0]
        return Person(first_name=first_name, registered=False, opted_out=opted_out)
    return Person(
        first_name=student.first_name,
        registered=True,
        opted_out=opted_out,
        name=student.name,
        email=student.email,
        class_name=student.class_name,
        subscribed_until=_subscribed_until(student),
        homework=_homework(student, _terms(talk)) if with_homework else (),
    )


def _may_begin_homework(learnt: Learnt | None, message: Message) -> bool:
    """Whether what is left is worth knowing: also what a "yes" is said to may be homework."""
    if intents.says(message.text, Answer.CONFIRM):
        return True
    taught = learnt.intent if learnt else None
    return Intent.HOMEWORK in (_meant(message), taught, intents.loose(message.text))


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


def _subscribed_until(student: Student) -> date | None:
    ends_at = subscriptions.runs_until(student)
    return timezone.localdate(ends_at) if ends_at else None


def _heard(talk: Talk, message: Message) -> Heard:
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


def _chat(talk: Talk) -> Chat | None:
    if talk.ticket is None:
        return None
    last = talk.ticket.receipt_sent_at
    due = last is None or last <= timezone.now() - settings.SUPPORT_RECEIPT_EVERY
    described = bool(talk.ticket.issue_description)
    about = _untold(talk.ticket) if described and last is None else ""
    return Chat(talk.ticket.pk, described, receipt_due=due, about=about)


def _untold(ticket: SupportTicket) -> str:
    """What somebody of the team, or another system, opened the ticket about."""
    events = TicketEvent.objects.filter(ticket=ticket, kind=EventKind.OPENED)
    by_team = events.exclude(actor=None).exists()
    return shorten(" ".join(ticket.issue_description.split()), ABOUT_WORDS) if by_team else ""


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


def _asks_for_status(message: Message) -> bool:
    return _meant(message) is Intent.STATUS


def _meant(message: Message) -> Intent | None:
    return intents.of_choice(message.choice_id) or intents.exact(message.text)


def _requests(talk: Talk, message: Message) -> tuple[Request, ...]:
    """The contact's last tickets, where they are asked for or one is to be reopened."""
    reopens = intents.split_choice(message.choice_id)[0] == "reopen"
    if talk.ticket or not (reopens or _meant(message) is Intent.REQUESTS):
        return ()
    statuses = _terms(talk).requests
    return tuple(
        Request(ticket.pk, _first_words(ticket), statuses[ticket.status])
        for ticket in talk.contact.tickets.all()[:RECENT_REQUESTS]
    )


def _terms(talk: Talk) -> Terms:
    return catalogues.of(talk.contact.language).terms


def _first_words(ticket: SupportTicket) -> str:
    return shorten(" ".join(ticket.issue_description.split()), REQUEST_WORDS)


def _resolved_chat(talk: Talk, message: Message) -> int | None:
    """The ticket that a message belongs to because the team resolved it moments ago."""
    can_go_on = message.kind in GOES_ON_WITH and talk.state not in WAITING
    return talk.resolved_ticket_id if can_go_on and talk.ticket is None else None


def _homework(student: Student, terms: Terms) -> tuple[HomeworkLine, ...]:
    return tuple(
        HomeworkLine(
            homework.reference,
            homework.subject,
            terms.homework[homework.state],
            timezone.localdate(homework.submitted_at),
        )
        for homework in student.homework.all()[:RECENT_HOMEWORK]
    )


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
