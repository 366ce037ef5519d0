"""Finding conversations and the messages in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from rest_framework.exceptions import ValidationError

from conversations.states import State
from support import phones
from support.api import paging
from whatsapp.counting import capped
from whatsapp.models import Contact, Message

Contacts = QuerySet[Contact]
User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list of conversations."""

    contact: Contact
    state: str
    open_ticket_id: int | None
    last_message: Message | None
    last_activity_at: datetime


def page(wanted: dict[str, Any], reader: User) -> dict[str, Any]:
    """One page of conversations, who wrote last first, and how many there are: three queries."""
    contacts = _matching(wanted, reader)
    newest = Message.objects.filter(contact=OuterRef("pk")).order_by("-occurred_at", "-id")
    rows = contacts.select_related("conversation", "student", "open_ticket").annotate(
        last_message_id=Subquery(newest.values("pk")[:1])
    )
    found = paging.page(
        "conversations", rows, wanted, newest_by="last_inbound_at", counted=contacts
    )
    return {**found, "conversations": _rows(found["conversations"])}


def history(contact: Contact, limit: int, before: int | None) -> dict[str, Any]:
    """The last `limit` messages older than the one with id `before`, the newest last.

    Raises ValidationError if `before` is no message of this contact.
    """
    messages = contact.messages.all()
    older = _older(messages, before).select_related("media")
    found = list(older.order_by("-occurred_at", "-id")[: limit + 1])
    return {
        "contact": contact,
        "messages": list(reversed(found[:limit])),
        "total": capped(messages),
        "has_more": len(found) > limit,
    }


def _matching(wanted: dict[str, Any], reader: User) -> Contacts:
    contacts = Contact.objects.all()
    if state := wanted.get("state"):
        contacts = contacts.filter(_is_in(state))
    return search(contacts, wanted.get("search", ""), reader)


def _is_in(state: str) -> Q:
    """Being in a chat is having an open ticket, and goes before what the bot remembers."""
    if state == State.CHAT_SUPPORT_ACTIVE:
        return Q(open_ticket__isnull=False)
    remembered = Q(conversation__state=state)
    if state == State.INITIAL:
        remembered |= Q(conversation__isnull=True)
    return remembered & Q(open_ticket__isnull=True)


def search(contacts: Contacts, words: str, reader: User) -> Contacts:
    """Contacts with every one of `words` in name or number, or with that phone number.

    In numbers only if `reader` may see them.
    """
    if not words:
        return contacts
    try:
        same_number = Q(phone=phones.normalise(words))
    except ValueError:
        same_number = Q(pk__in=[])
    in_numbers = phones.may_see(reader)
    named = (_is_called(word, in_numbers=in_numbers) for word in words.split())
    return contacts.filter(same_number | reduce(and_, named))


def _is_called(word: str, *, in_numbers: bool) -> Q:
    named = Q(name__icontains=word) | Q(username__icontains=word) | Q(student__name__icontains=word)
    return named | Q(phone__contains=word) if in_numbers else named


def _rows(contacts: Iterable[Contact]) -> list[Row]:
    contacts = list(contacts)
    last_ids = [getattr(contact, "last_message_id", None) for contact in contacts]
    messages = Message.objects.in_bulk([pk for pk in last_ids if pk])
    return [
        _row(contact, messages.get(last_id or 0))
        for contact, last_id in zip(contacts, last_ids, strict=True)
    ]


def _row(contact: Contact, last: Message | None) -> Row:
    ticket = getattr(contact, "open_ticket", None)
    return Row(
        contact=contact,
        state=_state(contact, in_chat=ticket is not None),
        open_ticket_id=ticket.pk if ticket else None,
        last_message=last,
        last_activity_at=last.occurred_at if last else contact.created_at,
    )


def _state(contact: Contact, *, in_chat: bool) -> str:
    if in_chat:
        return State.CHAT_SUPPORT_ACTIVE.value
    conversation = getattr(contact, "conversation", None)
    return conversation.state if conversation else State.INITIAL.value


def _older(messages: QuerySet[Message], before: int | None) -> QuerySet[Message]:
    if before is None:
        return messages
    mark = messages.filter(pk=before).first()
    if mark is None:
        raise ValidationError({"before": ["No message of this conversation has this id."]})
    same_time = Q(occurred_at=mark.occurred_at, pk__lt=mark.pk)
    return messages.filter(Q(occurred_at__lt=mark.occurred_at) | same_time)
