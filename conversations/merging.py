"""Two contacts that turn out to be one: what the bot and the desk have of them."""

from conversations import payments, subscriptions
from conversations.flows import pages
from conversations.models import Conversation, Homework, Student
from conversations.states import HANDING_IN
from support import services
from support.models import SupportTicket
from whatsapp.models import Contact


def merge(*, keep: Contact, gone: Contact) -> None:
    """Give `keep` all that `gone` has (WHATSAPP_CONTACT_MERGER); both are locked.

    Where only one can stay, that of `keep` does: it is the older. A student of `gone` becomes
    that of `keep` if `keep` had none.
    """
    services.move_tickets(keep=keep, gone=gone)
    kept = Student.objects.filter(contact=keep).first()
    going = Student.objects.filter(contact=gone).first()
    if kept and going:
        Homework.objects.filter(student=going).update(student=kept)
        payments.move(kept=kept, going=going)
        subscriptions.merge(kept=kept, going=going)
        theirs = SupportTicket.objects.filter(contact=keep, student_id=going.pk)
        theirs.update(student_id=kept.pk)
        if going.answer_waits:
            Student.objects.filter(pk=kept.pk).update(answer_waits=True)
    elif going:
        Student.objects.filter(pk=going.pk).update(contact=keep)
    _merge_conversations(keep=keep, gone=gone)


def _merge_conversations(*, keep: Contact, gone: Contact) -> None:
    """That of `keep` goes on; a homework that was collected in the other waits in it."""
    own = Conversation.objects.filter(contact=keep).first()
    other = Conversation.objects.filter(contact=gone).first()
    if own is None:
        Conversation.objects.filter(contact=gone).update(contact=keep)
        return
    waits = pages.begun(other.draft) if other else {}
    if waits and own.state not in HANDING_IN and not pages.begun(own.draft):
        own.draft = {**own.draft, **waits}
        own.save(update_fields=["draft"])
