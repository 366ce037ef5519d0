"""What is done to a ticket from its page, besides answering."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from support import queries, services
from support.desk.access import is_partial, ticket_for, user_with
from support.desk.acts import ACTS, CHANGES, change
from support.desk.forms import EndForm, PropertiesForm
from support.desk.told import problems, tell
from support.desk.views import shown
from support.models import SupportTicket
from support.services import REFUSALS, Actor


@require_POST
def act(request: HttpRequest, ticket_id: int, name: str) -> HttpResponse:
    """One of `ACTS`."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    if name not in ACTS:
        raise Http404("There is no such act.")
    try:
        sentence = ACTS[name](ticket, user_with(request, queries.REPLY), request.POST)
    except REFUSALS as error:
        return tell(request, ticket, str(error), refused=True)
    return tell(request, ticket, sentence)


@require_POST
def change_properties(request: HttpRequest, ticket_id: int) -> HttpResponse:
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    user = user_with(request, queries.REPLY)
    form = PropertiesForm(ticket, user, request.POST)
    if not form.is_valid():
        return tell(request, ticket, "Please choose from the lists.", refused=True)
    changed = [name for name in CHANGES if name in form.changed_data]
    try:
        for name in changed:
            change(ticket, user, name, form.cleaned_data[name])
    except REFUSALS as error:
        return tell(request, ticket, str(error), refused=True)
    return tell(request, ticket, "Saved." if changed else "Nothing was changed.")


@require_POST
def show_number(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """The student's whole number; that it was shown stays in the history."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    number = services.reveal_number(ticket.pk, Actor.of(user_with(request, queries.REPLY)))
    if not is_partial(request):
        return tell(request, ticket, number)
    return HttpResponse(format_html('<span id="number">{}</span>', number))


@require_POST
def end(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """End the chat, with closing words if there are any."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    form = EndForm(request.POST)
    if form.is_valid() and _ended(request, ticket, form):
        return tell(request, ticket, "The chat has ended; the student has been told.")
    if is_partial(request):
        return problems(request, form, "#end-problems")
    return shown(request, ticket, end_form=form)


def _ended(request: HttpRequest, ticket: SupportTicket, form: EndForm) -> bool:
    actor = Actor.of(user_with(request, queries.REPLY))
    try:
        services.end(ticket.pk, actor, **form.cleaned_data)
    except REFUSALS as error:
        form.add_error(None, str(error))
        return False
    return True
