"""What somebody at the desk wants to hear of while looking elsewhere.

The page compares what it is told now with what it was told before; what is new makes it ring.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q

from support import phones, queries
from support.models import DeskPreferences, SupportTicket
from support.models.ticket import OPEN_STATUSES

MOST = 100  # tickets


@dataclass(frozen=True, slots=True)
class News:
    """A ticket of one's own with unread words, or one that nobody has and whose student waits."""

    ticket: SupportTicket
    name: str
    is_mine: bool

    @property
    def since(self) -> datetime | None:
        """When it became news: the last words in one's own, the first unanswered ones else."""
        return self.ticket.last_message_at if self.is_mine else self.ticket.waiting_since


def of_user(user: User) -> list[News]:
    """The newest words first; one statement over the open tickets."""
    mine = Q(assigned_admin=user, unread_count__gt=0)
    free = Q(assigned_admin=None, waiting_since__isnull=False)
    tickets = queries.awake(queries.visible_to(user).filter(status__in=OPEN_STATUSES))
    newest = tickets.filter(mine | free).select_related("contact").order_by("-last_message_at")
    return [_news(ticket, user) for ticket in newest[:MOST]]


def _news(ticket: SupportTicket, user: User) -> News:
    name = ticket.called(phones.shown(ticket.present_number, user))
    return News(ticket, name, is_mine=ticket.assigned_admin_id == user.pk)


def wanted_by(user: User) -> DeskPreferences:
    """How `user` wants to hear of it; who has said nothing has the defaults."""
    return DeskPreferences.objects.filter(user=user).first() or DeskPreferences(user=user)
