"""Reading the desk's data: who may see what, what waits, a ticket's thread."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin, User
from django.db.models import Count, Q, QuerySet, Subquery
from django.utils import timezone

from support.models import ScheduledReply, SupportMessage, SupportTicket, TicketEvent, TicketStatus
from support.models.ticket import OPEN_STATUSES
from whatsapp.models.contact import CUSTOMER_SERVICE_WINDOW, WINDOW_MARGIN

AUTH_BACKEND = "django.contrib.auth.backends.ModelBackend"
VIEW = "support.view_supportticket"
REPLY = "support.reply_supportticket"
ASSIGN = "support.assign_supportticket"
EVENTS = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """Open tickets, by status: `open` and `in_progress`; by who has them: `unassigned`, `taken`
    but not answered since, and `busy`, which is answered.

    `waiting` are those whose student waits for an answer, without the `snoozed`.
    """

    open: int
    in_progress: int
    unassigned: int
    taken: int
    busy: int
    waiting: int
    snoozed: int

    @property
    def total(self) -> int:
        return self.open + self.in_progress


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[SupportTicket]:
    """The tickets that `user` may see; admin, API and search all begin here."""
    allowed = isinstance(user, PermissionsMixin) and user.has_perm(VIEW)
    return SupportTicket.objects.all() if allowed else SupportTicket.objects.none()


def with_people(tickets: QuerySet[SupportTicket]) -> QuerySet[SupportTicket]:
    """`tickets` with what their rows and pages show of others."""
    return tickets.select_related("contact", "assigned_admin", "category")


def counts() -> Counts:
    """How many tickets are open, in one statement over the open ones only."""
    numbers = SupportTicket.objects.filter(status__in=OPEN_STATUSES).aggregate(
        open=Count("pk", filter=Q(status=TicketStatus.OPEN)),
        in_progress=Count("pk", filter=Q(status=TicketStatus.IN_PROGRESS)),
        unassigned=Count("pk", filter=Q(assigned_admin=None)),
        taken=Count("pk", filter=Q(status=TicketStatus.OPEN, assigned_admin__isnull=False)),
        busy=Count("pk", filter=Q(status=TicketStatus.IN_PROGRESS, assigned_admin__isnull=False)),
        waiting=Count("pk", filter=Q(waiting_since__isnull=False, snoozed_until=None)),
        snoozed=Count("pk", filter=Q(snoozed_until__isnull=False)),
    )
    return Counts(**numbers)


def awake(tickets: QuerySet[SupportTicket]) -> QuerySet[SupportTicket]:
    """Those of `tickets` that nobody has snoozed; a snooze ends with the sweep."""
    return tickets.filter(snoozed_until=None)


def leads() -> QuerySet[User]:
    """Everyone who gives tickets to others."""
    return User.objects.with_perm(ASSIGN, backend=AUTH_BACKEND).filter(is_staff=True)


def answering_staff() -> QuerySet[User]:
    """Everyone to whom a ticket can be given."""
    staff = User.objects.with_perm(REPLY, backend=AUTH_BACKEND)
    return staff.filter(is_staff=True).order_by("first_name", "username")


def answers(user: User | None) -> bool:
    """Whether `user` is one of `answering_staff`."""
    return user is not None and user.is_staff and user.has_perm(REPLY)


def note_readers() -> QuerySet[User]:
    """Everyone who may be named in a note, because they may read it."""
    staff = User.objects.with_perm(VIEW, backend=AUTH_BACKEND)
    return staff.filter(is_staff=True).order_by("first_name", "username")


def thread(ticket: SupportTicket, limit: int) -> list[SupportMessage]:
    """The last `limit` messages, oldest first, with all that their bubbles show; one query."""
    newest = ticket.messages.select_related("wire__media", "wire__reply_to", "before").order_by(
        "-id"
    )
    return sorted(newest[:limit], key=lambda message: (message.created_at, message.pk))


def history(ticket: SupportTicket) -> list[TicketEvent]:
    """The newest acts on the ticket, oldest first."""
    return list(ticket.events.order_by("-id")[:EVENTS])[::-1]


def planned(ticket: SupportTicket) -> list[ScheduledReply]:
    """The answers that wait for their time, the next one first."""
    waiting = ticket.scheduled.filter(state=ScheduledReply.State.WAITING)
    return list(waiting.select_related("author"))


def has_author(planned: ScheduledReply) -> bool:
    """Whether who planned it still answers here; else it will not be sent."""
    return answers(planned.author)


def tab_counts(user: User) -> dict[str, int]:
    """What the tabs of `user`'s queue hold: two statements, over the open ones and today's ends.

    `resolved` counts those that ended today: the others are past counting.
    """
    numbers = SupportTicket.objects.filter(status__in=OPEN_STATUSES).aggregate(
        mine=Count("pk", filter=Q(assigned_admin=user, snoozed_until=None)),
        unassigned=Count("pk", filter=Q(assigned_admin=None, snoozed_until=None)),
        all=Count("pk", filter=Q(snoozed_until=None)),
        snoozed=Count("pk", filter=Q(snoozed_until__isnull=False)),
    )
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    ended = SupportTicket.objects.filter(closed_at__gte=midnight)
    return {**numbers, "resolved": ended.count()}


def version(ticket_id: int, limit: int) -> str:
    """The version of a thread, as in `versions`."""
    return versions(ticket_id, limit)[1]


def versions(ticket_id: int, limit: int) -> tuple[str, str]:
    """Tokens that change whenever the queue, or the last `limit` messages of a ticket, change.

    One statement along the indexes supportmessage_thread and ticket_changed, however many tickets
    and messages there are: cheap enough to be asked every two seconds by everyone at the desk. (A
    second one for an empty thread.) Without a ticket (0) the second token is empty. The last act
    counts as well: a message that failed and is sent again looks as it did before it failed.
    """
    changes = SupportTicket.objects.order_by("-updated_at").values("updated_at")
    if not ticket_id:
        return _token(list(changes[:CHANGES])), ""
    newest = {f"newest_{n}": Subquery(changes[n : n + 1]) for n in range(CHANGES)}
    acts = TicketEvent.objects.filter(ticket=ticket_id).order_by("-id").values("id")
    beside = {"last_act": Subquery(acts[:1]), **newest}
    said = SupportMessage.objects.filter(ticket=ticket_id).order_by("-id").annotate(**beside)
    look: list[Any] = list(said.values_list(*_MOVING, *_SAID, *beside)[:limit])
    if not look:
        tickets = SupportTicket.objects.filter(pk=ticket_id).annotate(**beside)
        look = list(tickets.values_list("updated_at", "contact__last_inbound_at", *beside))
    if not look:
        return "", "gone"
    return _token(look[0][-CHANGES:]), _token([_thread_look(row) for row in look])


# More than one change of any ticket: of two that happen at once the earlier may be seen later.
CHANGES = 5
_MOVING = ("ticket__updated_at", "ticket__contact__last_inbound_at")
_SAID = ("id", "wire__status", "wire__error", "wire__media__state")


def _thread_look(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row without the queue, and with whether the 24-hour window is open by now."""
    heard = row[1]
    window = heard is not None and timezone.now() < heard + CUSTOMER_SERVICE_WINDOW - WINDOW_MARGIN
    return (*row[:-CHANGES], window)


def _token(look: object) -> str:
    return hashlib.sha256(repr(look).encode()).hexdigest()[:16]
