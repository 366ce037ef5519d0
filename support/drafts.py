"""What people have typed and not sent: kept here, so that it outlives browser and connection."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from support.models import Draft
from whatsapp.transactions import unit_of_work


@unit_of_work
def save(ticket_id: int, user: User, text: str, mode: str = "reply") -> None:
    """Keep `text` as what `user` is about to say in the ticket; an empty text forgets it.

    `mode` is "reply" or "note". The last one saved wins.
    """
    if not text.strip():
        clear(ticket_id, user)
        return
    words: dict[str, Any] = {"text": text, "mode": mode, "updated_at": timezone.now()}
    if not Draft.objects.filter(ticket=ticket_id, user=user).update(**words):
        fresh = Draft(ticket_id=ticket_id, user=user, **words)
        Draft.objects.bulk_create([fresh], ignore_conflicts=True)


def load(ticket_id: int, user: User) -> Draft | None:
    return Draft.objects.filter(ticket=ticket_id, user=user).first()


def clear(ticket_id: int, user: User) -> None:
    """What was typed has been sent, or is not wanted."""
    Draft.objects.filter(ticket=ticket_id, user=user).delete()
