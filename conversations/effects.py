"""Carrying out what a Step decided, in the transaction of the message."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from conversations import catalogues, homework, learning, lessons, payments, speaking
from conversations.flows import payment_news
from conversations.flows.payment_news import Place
from conversations.models import Student
from conversations.step import (
    AddLatePage,
    AddToChat,
    CommentOnChat,
    ConfirmPayment,
    Effect,
    EndChat,
    NoteWords,
    OpenChat,
    OptIn,
    OptOut,
    RateChat,
    RegisterStudent,
    ReopenChat,
    SetLanguage,
    Step,
    SubmitHomework,
    UpdateStudent,
)
from conversations.talks import Talk
from support import services
from support.models import SupportTicket
from whatsapp.models import Message

Params = dict[str, str]


def perform(step: Step, talk: Talk, message: Message) -> Params:
    """Carry out the effects of `step`, in order; what only they know, for the words to say."""
    params: Params = {}
    for effect in step.effects:
        params |= PERFORMERS[type(effect)](effect, talk, message) or {}
    return params


def _open_chat(effect: OpenChat, talk: Talk, message: Message) -> None:
    student = talk.student
    talk.ticket = services.open_ticket(
        talk.contact,
        services.STUDENT,
        sender_name=student.name if student else "",
        student_id=student.pk if student else None,
        queue_place=effect.place or None,
        at=message.occurred_at,
    )


def _reopen_chat(effect: ReopenChat, talk: Talk, message: Message) -> None:
    """The ticket is this contact's: a Turn holds no others."""
    talk.ticket = services.reopen(
        effect.ticket_id,
        services.STUDENT,
        queue_place=effect.place or None,
        at=message.occurred_at,
    )


def _add_to_chat(_effect: AddToChat, talk: Talk, message: Message) -> None:
    if talk.ticket is None:
        raise ValueError("AddToChat without an open ticket")
    services.add_from_student(talk.ticket, message)


def _end_chat(_effect: EndChat, talk: Talk, _message: Message) -> None:
    if talk.ticket is None:
        raise ValueError("EndChat without an open ticket")
    services.end_by_student(talk.ticket.pk)
    talk.ticket = None


def _rate_chat(effect: RateChat, talk: Talk, _message: Message) -> None:
    if _is_own(effect.ticket_id, talk):
        services.rate(effect.ticket_id, effect.rating)


def _comment_on_chat(effect: CommentOnChat, talk: Talk, _message: Message) -> None:
    if _is_own(effect.ticket_id, talk):
        services.comment(effect.ticket_id, effect.text)


def _is_own(ticket_id: int, talk: Talk) -> bool:
    """Buttons can be forged: only a ticket of this contact is rated."""
    return SupportTicket.objects.filter(pk=ticket_id, contact=talk.contact).exists()


def _register(effect: RegisterStudent, talk: Talk, _message: Message) -> None:
    student = talk.student or Student(contact=talk.contact)
    student.name, student.email = effect.name, effect.email
    student.class_name = effect.class_name
    student.save()
    talk.student = student


def _update(effect: UpdateStudent, talk: Talk, message: Message) -> None:
    _register(RegisterStudent(effect.name, effect.email, effect.class_name), talk, message)


def _opt_out(_effect: OptOut, talk: Talk, _message: Message) -> None:
    talk.contact.opted_out_at = timezone.now()
    talk.contact.save(update_fields=["opted_out_at"])


def _opt_in(_effect: OptIn, talk: Talk, _message: Message) -> None:
    talk.contact.opted_out_at = None
    talk.contact.save(update_fields=["opted_out_at"])


def _set_language(effect: SetLanguage, talk: Talk, _message: Message) -> None:
    talk.contact.language = effect.code
    talk.contact.save(update_fields=["language"])


def _submit(effect: SubmitHomework, talk: Talk, _message: Message) -> Params:
    if talk.student is None:
        raise ValueError("SubmitHomework by somebody who is not registered")
    page_ids = effect.message_ids if effect.kind == "image" else ()
    made = homework.submit(talk.student, effect.subject, effect.text, page_ids)
    return {"reference": made.reference}


def _add_late_page(_effect: AddLatePage, talk: Talk, message: Message) -> Params:
    added = homework.add_late_page(talk.student, message) if talk.student else None
    return {"reference": added.reference if added else ""}


def _confirm_payment(effect: ConfirmPayment, talk: Talk, _message: Message) -> None:
    """The answer follows from a worker who has asked Paystack, unless there is nothing to ask."""
    if talk.student is None:
        raise ValueError("ConfirmPayment by somebody who is not registered")
    if not payments.confirm(talk.student, has_paid=effect.has_paid):
        step = payment_news.nothing_found(Place(talk.state, talk.conversation.draft))
        speaking.say(talk.contact, step, {}, {"before": talk.state.value})


def _note_words(_effect: NoteWords, talk: Talk, message: Message) -> None:
    own_names = f"{talk.contact.name} {talk.student.name if talk.student else ''}"
    if words := learning.words_of(message.text, own_names):
        language = catalogues.of(talk.contact.language).code
        lessons.note_later(words, language, talk.state.value)


PERFORMERS: dict[type[Effect], Callable[[Any, Talk, Message], Params | None]] = {
    OpenChat: _open_chat,
    ReopenChat: _reopen_chat,
    AddToChat: _add_to_chat,
    EndChat: _end_chat,
    RateChat: _rate_chat,
    CommentOnChat: _comment_on_chat,
    RegisterStudent: _register,
    UpdateStudent: _update,
    OptOut: _opt_out,
    OptIn: _opt_in,
    SetLanguage: _set_language,
    SubmitHomework: _submit,
    ConfirmPayment: _confirm_payment,
    AddLatePage: _add_late_page,
    NoteWords: _note_words,
}
