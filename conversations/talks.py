"""One contact's talk as rows: loaded with one query, turned into a Turn, moved by a Step."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from conversations.flows import pages
from conversations.models import Conversation, Homework, HomeworkState, Student, Subscription
from conversations.states import State, rest
from conversations.step import Step
from support.models import SupportTicket, TicketStatus
from whatsapp import statements
from whatsapp.models import Contact

TALK = """
    FROM whatsapp_contact contact
    LEFT JOIN conversations_conversation conversation ON conversation.contact_id = contact.id
    LEFT JOIN conversations_student student ON student.contact_id = contact.id
    LEFT JOIN conversations_subscription subscription ON subscription.student_id = student.id
    LEFT JOIN support_supportticket ticket ON ticket.open_for_id = contact.id
"""
MODELS = {
    "contact": Contact,
    "conversation": Conversation,
    "student": Student,
    "subscription": Subscription,
    "ticket": SupportTicket,
}
LAST_ENDED = """
    LEFT JOIN support_supportticket ended ON ended.id = (
        SELECT id FROM support_supportticket
        WHERE contact_id = %(contact)s AND closed_at > %(since)s ORDER BY closed_at DESC LIMIT 1
    )
"""
OF_CONTACT = "WHERE contact.id = %(contact)s"


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
        models, source, since = MODELS, TALK, None
        if within := settings.SUPPORT_REOPEN_WITHIN:
            models, source = {**MODELS, "ended": SupportTicket}, f"{TALK} {LAST_ENDED}"
            since = timezone.now() - within
        found = statements.joined(models, f"{source} {OF_CONTACT}", contact=contact_id, since=since)
        if not found:
            raise Contact.DoesNotExist
        return _put_together(**found[0])

    @property
    def state(self) -> State:
        return State.CHAT_SUPPORT_ACTIVE if self.ticket else State(self.conversation.state)

    @property
    def is_collecting(self) -> bool:
        """Whether pages of a homework are being collected; a text is no page."""
        has_pages = bool({"files", "remarks"} & self.conversation.draft.keys())
        return self.state is State.HOMEWORK_CONTENT and has_pages

    def homework_this_month(self) -> int:
        """How many homeworks the student handed in since the first of the local month."""
        first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        theirs = Homework.objects.filter(student=self.student, submitted_at__gte=first)
        return theirs.exclude(state=HomeworkState.CANCELLED).count()

    def move(self, step: Step) -> None:
        """Remember where `step` leads; nothing is written if that is where the talk is."""
        place = (self._beneath(step).value, dict(step.draft), step.misses)
        here = self.conversation
        if here.pk and place == (here.state, here.draft, here.misses) and not here.reminded_at:
            return
        here.state, here.draft, here.misses = place
        here.reminded_at = None
        if here.updated_at is None:
            here.save(force_insert=True)
        else:
            statements.rewrite(here)

    def _beneath(self, step: Step) -> State:
        """The state to be stored: for a chat, the one in which its end will find the student."""
        if step.state is not State.CHAT_SUPPORT_ACTIVE:
            return step.state
        has_homework = bool(pages.begun(step.draft))
        return State.HOMEWORK_CONTENT if has_homework else rest(self.student is not None)


def _put_together(
    contact: Contact,
    conversation: Conversation | None,
    student: Student | None,
    subscription: Subscription | None,
    ticket: SupportTicket | None,
    ended: SupportTicket | None = None,
) -> Talk:
    """Set the relations between the rows, so that none of them is loaded again."""
    if conversation is None:
        conversation = Conversation()
    conversation.contact = contact
    if student:
        student.contact = contact
        if subscription:
            subscription.student = student
        # Also if there is none: else Django would ask the database.
        Student.subscription.related.set_cached_value(student, subscription)
    if ticket:
        ticket.contact = ticket.open_for = contact
    resolved_id = ended.pk if ended and ended.status == TicketStatus.RESOLVED else None
    return Talk(contact, conversation, student, ticket, resolved_id)
