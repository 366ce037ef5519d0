"""What people have typed and not sent: kept here, so that it outlives browser and connection.

A draft may arrive after the words that it became part of have been sent: the browser saves while
somebody types, and nothing orders two requests. So each reply box has a token, and a box that has
been sent leaves its token behind for a while: what comes from it later is refused.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from support.models import Draft
from whatsapp.transactions import unit_of_work

LATEST: Final = timedelta(hours=1)  # a draft on its way any longer is lost


@unit_of_work
def save(
    ticket_id: int, user: User, text: str, mode: str = "reply", box: UUID | None = None
) -> bool:
    """Keep `text` as what `user` is about to say in the ticket; an empty text forgets it.

    `mode` is "reply" or "note", `box` the token of the reply box. The last one saved wins. False
    if that box has been sent meanwhile: nothing is kept.
    """
    theirs = Draft.objects.filter(ticket=ticket_id, user=user)
    if not text.strip():
        theirs.exclude(text="").delete()
        return True
    words: dict[str, Any] = {"text": text, "mode": mode, "box": box, "updated_at": timezone.now()}
    if theirs.exclude(text="", box=box).update(**words):
        return True
    _insert(ticket_id, user, words)
    return theirs.exclude(text="", box=box).update(**words) > 0


def load(ticket_id: int, user: User) -> Draft | None:
    return Draft.objects.filter(ticket=ticket_id, user=user).exclude(text="").first()


@unit_of_work
def sent(ticket_id: int, user: User, box: UUID) -> None:
    """What was typed into `box` has been sent; what still arrives from it is late."""
    words: dict[str, Any] = {"text": "", "box": box, "updated_at": timezone.now()}
    theirs = Draft.objects.filter(ticket=ticket_id, user=user)
    if not theirs.update(**words):
        _insert(ticket_id, user, words)
        theirs.update(**words)


def sweep() -> None:
    """Forget the boxes from which nothing can arrive any more."""
    Draft.objects.filter(text="", updated_at__lt=timezone.now() - LATEST).delete()


def _insert(ticket_id: int, user: User, words: dict[str, Any]) -> None:
    """Unless somebody was quicker (a box that was sent, a second tab): who inserts updates then."""
    fresh = Draft(ticket_id=ticket_id, user=user, **words)
    Draft.objects.bulk_create([fresh], ignore_conflicts=True)
