"""What is written to a student, or about one, from a ticket's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from support import drafts, queries, services
from support.desk import approved, pages
from support.desk.access import is_partial, message_limit, ticket_for, user_with
from support.desk.acts import message_of, say
from support.desk.approved import TemplateForm
from support.desk.attachments import address
from support.desk.forms import NOTE_MODE, REPLY_MODE, TEXT_LIMIT, ComposeForm, box_token
from support.desk.told import NO_CONTENT, give_back, problems, tell, triggering
from support.desk.views import shown
from support.models import SupportTicket
from support.services import REFUSALS, Actor
from whatsapp.models import MessageTemplate

CONFLICT = 409
SENT = "The template is on its way."
UNDONE = "Taken back. The student has not seen it."
NO_COLLEAGUE = "The note is kept. No colleague is called {names}: that told nobody."
FILES_GONE = "The files are not kept: attach them again."


@require_POST
def compose(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """Send a reply or keep a note. What was typed survives every refusal."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    files = {"file": request.FILES.getlist("file")}
    form = ComposeForm(ticket, request.POST, files)
    if not (form.is_valid() and _said(request, ticket, form)):
        if is_partial(request):
            return problems(request, form, "#composer-problems")
        return shown(request, ticket, composer=form)
    user, warning = user_with(request, queries.REPLY), _told_nobody(form)
    drafts.sent(ticket.pk, user, form.cleaned_data["token"])
    if not is_partial(request):
        if warning:
            messages.warning(request, warning)
        return redirect("admin:desk_ticket", ticket.pk)
    context = pages.reply_box(ticket, user, message_limit(request), mode=form.cleaned_data["mode"])
    response = render(request, "support/desk/_composer.html", context)
    if warning:
        return triggering(response, warning, refused=True)
    response["HX-Trigger"] = "said"  # the thread asks at once what is new
    return response


@require_POST
def send_template(request: HttpRequest, ticket_id: int, template_id: int) -> HttpResponse:
    """Show the filled-in template, or send it. What was typed survives every refusal."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    template = get_object_or_404(MessageTemplate, pk=template_id)
    form = TemplateForm(template, request.POST, request.FILES)
    if form.is_valid() and "send" in request.POST and _template_sent(request, ticket, form):
        if is_partial(request):
            return triggering(shown(request, ticket), SENT, answered="")
        return tell(request, ticket, SENT)
    return shown(request, ticket, **approved.box(ticket, form))


@require_POST
def save_draft(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """Keep what is being typed; the browser sends it whenever it pauses.

    409 if it has been sent meanwhile: the browser then keeps what was typed after that itself.
    """
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    mode = NOTE_MODE if request.POST.get("mode") == NOTE_MODE else REPLY_MODE
    text = request.POST.get("text", "")[:TEXT_LIMIT].replace("\r\n", "\n")
    user, box = user_with(request, queries.REPLY), box_token(request)
    is_kept = drafts.save(ticket.pk, user, text, mode, box)
    return HttpResponse(status=NO_CONTENT if is_kept else CONFLICT)


@require_POST
def undo(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """Take back an answer that still waits; its words are a draft again."""
    ticket = ticket_for(request, ticket_id, queries.REPLY)
    user = user_with(request, queries.REPLY)
    try:
        taken = services.undo(ticket.pk, Actor.of(user), message_of(ticket, request.POST))
    except REFUSALS as error:
        return tell(request, ticket, str(error), refused=True)
    drafts.save(ticket.pk, user, taken.text)
    if taken.files and not is_partial(request):  # only a script can attach them
        return tell(request, ticket, f"{UNDONE} {FILES_GONE}")
    files = [{"name": file.name, "address": address(file)} for file in taken.files]
    quoting = taken.quoting.pk if taken.quoting else None
    return give_back(request, ticket, UNDONE, taken.text, files, quoting)


def _said(request: HttpRequest, ticket: SupportTicket, form: ComposeForm) -> bool:
    try:
        say(ticket, user_with(request, queries.REPLY), form)
    except REFUSALS as error:
        form.add_error(None, str(error))
        return False
    return True


def _told_nobody(form: ComposeForm) -> str:
    """That a note names somebody who is not there; empty if it does not."""
    is_note = form.cleaned_data["mode"] == NOTE_MODE
    names = services.unmatched(form.cleaned_data["text"]) if is_note else []
    return NO_COLLEAGUE.format(names=" or ".join(f"@{name}" for name in names)) if names else ""


def _template_sent(request: HttpRequest, ticket: SupportTicket, form: TemplateForm) -> bool:
    actor = Actor.of(user_with(request, queries.REPLY))
    try:
        services.reply_with_template(
            ticket.pk,
            actor,
            form.template,
            form.values,
            form.client_token,
            file=form.file,
            mime_type=form.mime_type,
        )
    except REFUSALS as error:
        form.add_error(None, str(error))
        return False
    return True
