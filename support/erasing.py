"""What the desk noted of a person outside the person's own rows."""

import json
from collections.abc import Iterable

from django.urls import reverse

from support.models import IdempotencyKey, SavedView, StaffMail, SupportMessage, SupportTicket
from whatsapp.erasing import traces
from whatsapp.models import Contact, Message

ERASED = {"detail": "What was answered has been erased."}


def erase(contact: Contact) -> None:
    """E-mails, remembered answers of the API and saved searches; `contact` is locked."""
    tickets = SupportTicket.objects.filter(contact=contact)
    _forget_mails(tickets.values_list("pk", flat=True))
    _forget_answers({contact.name, *traces(contact), *_texts(contact)} - {""})
    for trace in traces(contact):
        SavedView.objects.filter(query__contains=trace).delete()
    # Before the contact: with it, MariaDB would see open tickets without a contact, and refuse.
    tickets.delete()


def _forget_mails(ticket_ids: Iterable[int]) -> None:
    """Each e-mail about a ticket ends with its address."""
    for ticket_id in ticket_ids:
        page = reverse("admin:desk_ticket", args=[ticket_id])
        StaffMail.objects.filter(body__contains=page).delete()


def _forget_answers(words: set[str]) -> None:
    """The key stays, so that a repeated request still does nothing twice."""
    written = [json.dumps(word)[1:-1] for word in words]
    for key in IdempotencyKey.objects.exclude(answer=None).iterator():
        answer = json.dumps(key.answer, default=str)
        if any(word in answer for word in written):
            IdempotencyKey.objects.filter(pk=key.pk).update(answer=ERASED)


def _texts(contact: Contact) -> set[str]:
    """All that either side wrote."""
    wires = Message.objects.filter(contact=contact).values_list("text", flat=True)
    thread = SupportMessage.objects.filter(ticket__contact=contact)
    return {*wires, *thread.values_list("message", flat=True)}
