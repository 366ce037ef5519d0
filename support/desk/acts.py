"""What a click on a ticket's page does; each returns a sentence for the one who clicked.

They raise ServiceError or MessageInvalid when it is not possible.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import Http404, QueryDict

from support import services
from support.desk import moments
from support.desk.forms import NOTE_MODE, ComposeForm
from support.models import Macro, SupportMessage, SupportTicket
from support.services import Actor
from support.services.snoozing import as_read
from whatsapp import files
from whatsapp.text import whole_number

Act = Callable[[SupportTicket, User, QueryDict], str]


def take(ticket: SupportTicket, user: User, _data: QueryDict) -> str:
    services.take(ticket.pk, Actor.of(user))
    return "You have this ticket now."


def release(ticket: SupportTicket, user: User, _data: QueryDict) -> str:
    services.release(ticket.pk, Actor.of(user))
    return "The ticket is free for somebody else."


def reopen(ticket: SupportTicket, user: User, _data: QueryDict) -> str:
    if not ticket.is_open:
        services.reopen(ticket.pk, Actor.of(user))
    return "The ticket is open again."


def send_again(ticket: SupportTicket, user: User, data: QueryDict) -> str:
    services.send_again(message_of(ticket, data), Actor.of(user))
    return "The message is sent again."


def confirm_arrival(ticket: SupportTicket, user: User, data: QueryDict) -> str:
    services.confirm_arrival(message_of(ticket, data), Actor.of(user))
    return "Good: the message counts as sent."


def react(ticket: SupportTicket, user: User, data: QueryDict) -> str:
    emoji = data.get("emoji", "").strip()
    services.react(ticket.pk, Actor.of(user), message_of(ticket, data), emoji)
    return "The student sees your reaction." if emoji else "Your reaction is taken back."


def fetch_again(ticket: SupportTicket, _user: User, data: QueryDict) -> str:
    wire = message_of(ticket, data).wire
    media = getattr(wire, "media", None)
    if media is None or not files.fetch_again(media):
        raise services.ServiceError(
            "WhatsApp keeps files for seven days only. Ask the student to send it again."
        )
    return "The file is being fetched again."


def ask_for_number(ticket: SupportTicket, user: User, _data: QueryDict) -> str:
    services.ask_for_number(ticket.pk, Actor.of(user))
    return "The student is asked for the phone number. It is linked when it arrives."


def snooze(ticket: SupportTicket, user: User, data: QueryDict) -> str:
    until = moments.chosen(data)
    services.snooze(ticket.pk, Actor.of(user), until)
    return f"Snoozed until {as_read(until)}, or until the student writes."


def wake(ticket: SupportTicket, user: User, _data: QueryDict) -> str:
    services.wake(ticket.pk, Actor.of(user))
    return "The ticket is back in the queue."


def run_macro(ticket: SupportTicket, user: User, data: QueryDict) -> str:
    macro = Macro.objects.filter(pk=whole_number(data.get("macro", ""))).first()
    if macro is None:
        raise services.ServiceError("This macro is gone. Reload the page and choose another.")
    services.run_macro(ticket.pk, Actor.of(user), macro, after=undoable())
    return f"Done: {macro}."


ACTS: dict[str, Act] = {
    "take": take,
    "release": release,
    "reopen": reopen,
    "send-again": send_again,
    "arrived": confirm_arrival,
    "react": react,
    "fetch-again": fetch_again,
    "ask-number": ask_for_number,
    "snooze": snooze,
    "wake": wake,
    "macro": run_macro,
}


def undoable() -> timedelta | None:
    """How long an answer from the desk waits, so that it can be taken back."""
    return settings.SUPPORT_UNDO or None


def say(ticket: SupportTicket, user: User, form: ComposeForm) -> None:
    """Send the reply or keep the note of a valid form; the same form twice says it once."""
    data, actor, token = form.cleaned_data, Actor.of(user), form.client_token
    if data["mode"] == NOTE_MODE:
        services.note(ticket.pk, actor, data["text"], client_token=token)
    elif data["file"] or data["canned"]:
        _send_files(ticket, actor, form)
    else:
        services.reply(
            ticket.pk,
            actor,
            data["text"],
            quoting=data["quoting"],
            client_token=token,
            after=undoable(),
        )


def _send_files(ticket: SupportTicket, actor: Actor, form: ComposeForm) -> None:
    """Each in a message of its own; the words and the quote go with the first."""
    words, quoting = form.cleaned_data["text"], form.cleaned_data["quoting"]
    if canned := form.cleaned_data["canned"]:
        services.reply_with_canned(
            ticket.pk,
            actor,
            canned,
            words,
            quoting=quoting,
            client_token=form.client_token,
            after=undoable(),
        )
        words, quoting = "", None
    for file, kind, mime_type, token in form.attachments:
        services.reply_with_file(
            ticket.pk,
            actor,
            file,
            kind=kind,
            mime_type=mime_type,
            caption=words,
            quoting=quoting,
            client_token=token,
            after=undoable(),
        )
        words, quoting = "", None


def change(ticket: SupportTicket, user: User, name: str, value: Any) -> None:
    """Change one property of the ticket."""
    CHANGES[name](ticket.pk, Actor.of(user), value)


CHANGES: dict[str, Callable[[int, Actor, Any], object]] = {
    # Who has it comes first and the status last: an ended chat is thanked for by whoever had it.
    "assigned_admin": services.assign,
    "priority": services.set_priority,
    "category": services.set_category,
    "status": services.set_status,
}


def message_of(ticket: SupportTicket, data: QueryDict) -> SupportMessage:
    messages = ticket.messages.select_related("wire")
    found = messages.filter(pk=whole_number(data.get("message", ""))).first()
    if found is None:
        raise Http404("There is no such message in this ticket.")
    return found
