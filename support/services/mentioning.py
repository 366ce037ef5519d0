"""@username in a note: who is meant, and that they learn of it."""

import re

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from support import mail
from support.models import Mention, SupportMessage, SupportTicket
from support.queries import note_readers
from support.services.actor import Actor

NAME = re.compile(r"(?<![\w@.])@([\w.@+-]+)")
MOST = 20  # people in one note


def mention(ticket: SupportTicket, note: SupportMessage, actor: Actor) -> list[User]:
    """Whoever `note` names learns of it; for the unit that writes the note."""
    if not (names := _names(note.message)):
        return []
    people = [user for user in _staff(names)[:MOST] if user != actor.user]
    Mention.objects.bulk_create(Mention(note=note, user=user) for user in people)
    if people:
        ticket.save(update_fields=["updated_at"])  # their desks look again
    mail.queue(
        people,
        key=f"mention:{note.pk}",
        wants="mail_mentions",
        subject=f"{actor.name} mentioned you in ticket {ticket.pk}",
        body=f"{note.message}\n\n{mail.link(ticket)}",
    )
    return people


def unmatched(text: str) -> list[str]:
    """The names in a note that nobody has who could read it; as they were written."""
    written = {name.rstrip(".+-"): name for name in NAME.findall(text)}
    known = {user.username.lower() for user in _staff(_names(text))} if written else set()
    return [
        short
        for short, name in written.items()
        if short and not {name.lower(), short.lower()} & known
    ]


def unread_mentions(user: User) -> QuerySet[Mention]:
    """What `user` has not seen yet, newest first; along the index mention_unread."""
    unread = Mention.objects.filter(user=user, seen_at=None)
    return unread.select_related("note__ticket").order_by("-id")


def mark_mentions_seen(ticket_id: int, user: User) -> int:
    """`user` looks at the ticket; how many mentions that settles."""
    unread = Mention.objects.filter(user=user, seen_at=None, note__ticket=ticket_id)
    mentions = Mention.objects.filter(pk__in=list(unread.values_list("pk", flat=True)))
    settled = mentions.update(seen_at=timezone.now())
    if settled:  # their other pages look again
        SupportTicket.objects.filter(pk=ticket_id).update(updated_at=timezone.now())
    return settled


def _names(text: str) -> set[str]:
    """The names in `text`; a full stop behind one may or may not belong to it."""
    found = {name.lower() for name in NAME.findall(text)}
    return found | {name.rstrip(".+-@") for name in found}


def _staff(names: set[str]) -> QuerySet[User]:
    """Those of them who may read the note."""
    readers = note_readers().annotate(lower_name=Lower("username"))
    return readers.filter(lower_name__in=names)
