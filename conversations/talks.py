"""One contact's talk as rows: loaded with one query, turned into a Turn, moved by a Step."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Count, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from conversations.intents import Intent
from conversations.models import Conversation, Homework, HomeworkState, LearntWord, Student
from conversations.states import State, rest
from conversations.step import Step
from conversations.turn import Learnt
from support.models import SupportTicket, TicketStatus
from whatsapp.models import Contact


@dataclass(slots=True)
class Talk:
    contact: Contact
    conversation: Conversation
    student: Student | None
    ticket: SupportTicket | None  # the open one
    homework_count: int | None = None  # handed in this month, if it was asked for
    resolved_ticket_id: int | None = None  # the last one, within SUPPORT_REOPEN_WITHIN
    learnt: Learnt | None = None  # what staff taught about the words that were asked for

    @classmethod
    def of(cls, contact_id: int, *, counting_homework: bool = False, words: str = "") -> "Talk":
        """`words`: look up what staff taught about them. Raises Contact.DoesNotExist."""
        related = ("conversation", "student__subscription", "open_ticket")
        contacts = Contact.objects.select_related(*related)
        if counting_homework:
            contacts = contacts.annotate(homework_count=_handed_in_this_month())
        if settings.SUPPORT_REOPEN_WITHIN:
            contacts = contacts.annotate(resolved_ticket_id=_just_resolved())
        if words:
            contacts = contacts.annotate(**_taught(words))
        contact = contacts.get(pk=contact_id)
        return cls(
            contact,
            getattr(contact, "conversation", None) or Conversation(contact=contact),
            getattr(contact, "student", None),
            getattr(contact, "open_ticket", None),
            getattr(contact, "homework_count", None),
            getattr(contact, "resolved_ticket_id", None),
            _learnt(contact),
        )

    @property
    def state(self) -> State:
        return State.CHAT_SUPPORT_ACTIVE if self.ticket else State(self.conversation.state)

    @property
    def is_collecting(self) -> bool:
        """Pages of a homework are being collected; what was written as text is none."""
        has_pages = bool({"files", "remarks"} & self.conversation.draft.keys())
        return self.state is State.HOMEWORK_CONTENT and has_pages

    def move(self, step: Step) -> None:
        """Remember where `step` leads; nothing is written if that is where the talk is."""
        is_chat = step.state is State.CHAT_SUPPORT_ACTIVE
        state = rest(self.student is not None) if is_chat else step.state
        place = (state.value, dict(step.draft), step.misses)
        here = self.conversation
        if here.pk and place == (here.state, here.draft, here.misses) and not here.reminded_at:
            return
        here.state, here.draft, here.misses = place
        here.reminded_at = None
        here.save(force_insert=here.updated_at is None)


def _handed_in_this_month() -> Coalesce:
    """How many homeworks the contact's student handed in since the first of the local month."""
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    theirs = Homework.objects.filter(student__contact=OuterRef("pk"), submitted_at__gte=first)
    counted = theirs.exclude(state=HomeworkState.CANCELLED).order_by().values("student__contact")
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


def _taught(words: str) -> dict[str, Subquery]:
    taught = LearntWord.objects.filter(digest=LearntWord.key(words))
    return {
        "taught_intent": Subquery(taught.values("intent")[:1]),
        "taught_faq": Subquery(taught.values("faq_entry")[:1]),
    }


def _learnt(contact: Contact) -> Learnt | None:
    intent, faq_id = getattr(contact, "taught_intent", ""), getattr(contact, "taught_faq", None)
    if not intent and faq_id is None:
        return None
    return Learnt(Intent(intent) if intent else None, faq_id)


def _just_resolved() -> Subquery:
    """The ticket that ended last, if the team resolved it and that is not long ago."""
    since = timezone.now() - settings.SUPPORT_REOPEN_WITHIN
    ended = SupportTicket.objects.filter(contact=OuterRef("pk"), closed_at__gt=since)
    if_resolved = Case(When(status=TicketStatus.RESOLVED, then="pk"))
    return Subquery(ended.order_by("-closed_at").values_list(if_resolved)[:1])
