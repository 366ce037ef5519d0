"""A ticket for somebody who phones or comes to the counter."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from support import drafts, people, profiles, queries, services
from support.desk.access import is_partial, user_with
from support.desk.forms import NOTE_MODE, NewTicketForm
from support.desk.told import problems, tell
from support.desk.views import contact_of, front
from support.models import SupportTicket
from support.services import Actor

OPENED = "The ticket is open."
REOPENED = "The last chat ended a short while ago: its ticket is open again, with your words in it."
WAS_OPEN = (
    "This student already has an open ticket: this one. What you wrote stands in the box as a note."
)


@require_POST
def new_ticket(request: HttpRequest) -> HttpResponse:
    """Open it and go there; or to the one that the student has already."""
    user = user_with(request, queries.REPLY)
    form = NewTicketForm(request.POST, contact_of(request))
    if form.is_valid():
        ticket, sentence = _opened(form, user)
        return tell(request, ticket, sentence, opened={"ticket": str(ticket.pk)})
    if is_partial(request):
        return problems(request, form, "#new-problems")
    return front(request, user, new_ticket=form)


def _opened(form: NewTicketForm, user: User) -> tuple[SupportTicket, str]:
    data, now = form.cleaned_data, timezone.now()
    contact = form.contact or people.known(data["phone_number"])
    contact = contact or people.make(data["phone_number"], data["sender_name"])
    try:
        ticket = services.open_ticket(
            contact,
            Actor.of(user),
            sender_name=data["sender_name"],
            student_id=profiles.of_contact(contact).student_id,
            issue_description=data["issue_description"],
            # What was not chosen changes nothing in a ticket that is opened again.
            priority=data["priority"] if "priority" in form.changed_data else None,
        )
    except services.AlreadyOpen as refusal:
        ticket = SupportTicket.objects.get(pk=refusal.ticket_id)
        _keep(ticket, user, data["issue_description"])
        return ticket, WAS_OPEN
    return ticket, OPENED if ticket.created_at >= now else REOPENED


def _keep(ticket: SupportTicket, user: User, words: str) -> None:
    """As a note that `user` may keep or throw away, behind what was begun there already."""
    begun = drafts.load(ticket.pk, user)
    drafts.save(ticket.pk, user, f"{begun.text}\n{words}" if begun else words, NOTE_MODE)
