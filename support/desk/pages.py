"""What the templates of a ticket's thread show."""

from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from support import drafts, filling, phones, profiles, queries
from support.desk import bubbles, gate, macro_words, moments
from support.desk.forms import NOTE_MODE, REPLY_MODE, ComposeForm, EndForm, PropertiesForm
from support.models import CannedReply, Macro, SenderType, SupportMessage, SupportTicket
from support.services import Actor, name_of
from support.services.macros import marks

PAGE, MOST = 80, 5000  # messages of the thread shown at first, and at most
EARLIER_TICKETS = 10
REACTIONS = ("👍", "❤️", "😂", "🙏", "✅")

Context = dict[str, Any]


def moving(ticket: SupportTicket, user: User, limit: int, new_from: int = 0) -> Context:
    """What may change while somebody looks: the thread, who has it, whether one may answer.

    `new_from` is the message above which "new messages" stands.
    """
    version = queries.version(ticket.pk, limit)  # before all else: better shown twice than late
    ticket = queries.with_people(queries.visible_to(user)).get(pk=ticket.pk)
    messages, history = queries.thread(ticket, limit), queries.history(ticket)
    full = ticket.present_number
    has_earlier = len(messages) == limit
    shown = [e for e in history if not has_earlier or e.created_at >= messages[0].created_at]
    return {
        "ticket": ticket,
        "lines": bubbles.lines(messages, shown, user),
        "history": list(map(bubbles.event_line, history)),
        "thread_version": version,
        "show": limit,
        "show_more": min(limit + PAGE, MOST) if has_earlier and limit < MOST else 0,
        "new_from": new_from or _first_unread(ticket, messages),
        "gate": gate.of_ticket(ticket),
        "may_reply": user.has_perm(queries.REPLY),
        "reaction_choices": REACTIONS,
        "shown_number": (number := phones.shown(full, user)),
        "is_masked": number != full,
        "planned": queries.planned(ticket),
        "is_mine": ticket.assigned_admin_id == user.pk,
    }


def _first_unread(ticket: SupportTicket, messages: list[SupportMessage]) -> int:
    """The oldest message that nobody has seen, 0 if all were."""
    students = [message.pk for message in messages if message.sender_type == SenderType.USER]
    unread = students[-ticket.unread_count :] if ticket.unread_count else []
    return unread[0] if unread else 0


def still(ticket: SupportTicket, user: User) -> Context:
    """What is loaded once: the student, earlier tickets, forms."""
    return {
        "profile": profiles.of_contact(ticket.contact),
        "earlier": ticket.contact.tickets.exclude(pk=ticket.pk)[:EARLIER_TICKETS],
        "properties": PropertiesForm(ticket, user),
        "end_form": EndForm(),
        "moments": moments.CHOICES,
        "snooze_address": reverse("admin:support_ticket_act", args=[ticket.pk, "snooze"]),
        "plan_address": reverse("admin:support_ticket_plan", args=[ticket.pk]),
        "macros": macros(ticket, user),
    }


def reply_box(ticket: SupportTicket, user: User, limit: int, *, mode: str = REPLY_MODE) -> Context:
    """A reply box with what `user` has begun; for notes if the student cannot be written to."""
    student_gate = gate.of_ticket(ticket)
    draft = drafts.load(ticket.pk, user)
    mode = draft.mode if draft else mode if student_gate.is_open else NOTE_MODE
    return {
        "ticket": ticket,
        "show": limit,
        "gate": student_gate,
        "composer": ComposeForm(
            ticket, initial={"mode": mode, "text": draft.text if draft else ""}
        ),
        "canned": canned(ticket, user),
        "colleagues": queries.note_readers().exclude(pk=user.pk),
    }


def on_paper(ticket: SupportTicket, *, with_notes: bool) -> Context:
    """The whole chat, at most its last MOST messages, with what was done between them."""
    messages = queries.thread(ticket, MOST)
    shown = [one for one in messages if with_notes or one.sender_type != SenderType.NOTE]
    return {
        "ticket": ticket,
        "agent": name_of(ticket.assigned_admin),
        "lines": bubbles.lines(shown, queries.history(ticket)),
        "is_cut": len(messages) == MOST,
        "with_notes": with_notes,
    }


def macros(ticket: SupportTicket, user: User) -> list[tuple[Macro, str]]:
    """The macros by name, each with what it would do here."""
    fill = partial(filling.fill, values=marks(ticket, Actor.of(user)))
    found = Macro.objects.select_related("category", "assignee", "canned")
    return [(macro, macro_words.in_words(macro, fill)) for macro in found]


def canned(ticket: SupportTicket, user: User) -> list[CannedReply]:
    """The ready-made replies by shortcut, with their marks filled in."""
    values = marks(ticket, Actor.of(user))
    replies = list(CannedReply.objects.all())
    for reply in replies:
        reply.text = filling.fill(reply.text, values)
    return replies
