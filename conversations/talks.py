"""One contact's talk as rows: loaded with one query, turned into a Turn, moved by a Step."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, OuterRef, Subquery, When
from django.utils import timezone

from conversations.models import Conversation, Homework, HomeworkState, Student
from conversations.states import State, rest
from conversations.step import Step
from support.models import SupportTicket, TicketStatus
from whatsapp import statements
from whatsapp.models import Contact


@dataclass(slots=True)
class Talk:
    contact: Contact
    conversation: Conversation
    student: Student | None
    ticket: SupportTicket | None  # the open one
    resolved_ticket_id: int | None = None  # the last one, within SUPPORT_REOPEN_WITHIN

    @classmethod
    def of(cls, contact_id: int) -> "Talk":
        """Raises Contact.DoesNotExist."""
        related = ("conversation", "student__subscription", "open_ticket")
        contacts = Contact.objects.select_related(*related)
        if settings.SUPPORT_REOPEN_WITHIN:
            contacts = contacts.annotate(resolved_ticket_id=_just_resolved())
        contact = contacts.get(pk=contact_id)
        return cls(
            contact,
            getattr(contact, "conversation", None) or Conversation(contact=contact),
            getattr(contact, "student", None),
            getattr(contact, "open_ticket", None),
            getattr(contact, "resolved_ticket_id", None),
        )

    @property
    def state(self) -> State:
        return State.CHAT_SUPPORT_ACTIVE if self.ticket else State(self.conversation.state)

    @property
    def is_collecting(self) -> bool:
        """Pages of a homework are being collected; what was written as text is none."""
        has_pages = bool({"files", "remarks"} & self.conversation.draft.keys())
        return self.state is State.HOMEWORK_CONTENT and has_pages

    def homework_this_month(self) -> int:
        """How many homeworks the student handed in since the first of the local month."""
        first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        theirs = Homework.objects.filter(student=self.student, submitted_at__gte=first)
        return theirs.exclude(state=HomeworkState.CANCELLED).count()

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
        if here.updated_at is None:
            here.save(force_insert=True)
        else:
            statements.rewrite(here)


def _just_resolved() -> Subquery:
    """The ticket that ended last, if the team resolved it and that is not long ago."""
    since = timezone.now() - settings.SUPPORT_REOPEN_WITHIN
    ended = SupportTicket.objects.filter(contact=OuterRef("pk"), closed_at__gt=since)
    if_resolved = Case(When(status=TicketStatus.RESOLVED, then="pk"))
    return Subquery(ended.order_by("-closed_at").values_list(if_resolved)[:1])
