"""Giving tickets out in turn, oldest first, and taking back those that are left untouched."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from support import presence, queries
from support.models import DeskRules, Seat, SupportTicket
from support.models.ticket import OPEN_STATUSES
from support.rules.opening import was_open
from support.services.changing import assign
from support.services.locking import lock
from support.services.snoozing import RULES
from whatsapp.transactions import unit_of_work

BATCH = 50


def waiting(rules: DeskRules) -> list[int]:
    """The tickets that are to be given to somebody, longest waiting first."""
    if not rules.assign or _next_person(rules) is None:
        return []
    free = queries.awake(SupportTicket.objects.filter(status__in=OPEN_STATUSES))
    free = free.filter(assigned_admin=None, waiting_since__isnull=False)
    return list(free.order_by("waiting_since", "id").values_list("pk", flat=True)[:BATCH])


@unit_of_work
def give(rules: DeskRules, ticket_id: int) -> bool:
    """Give the ticket to whose turn it is; False if nobody has room or somebody has it."""
    ticket = lock(ticket_id)
    is_free = ticket.is_open and ticket.waiting_since and not ticket.snoozed_until
    if ticket.assigned_admin_id is not None or not is_free:
        return False
    return _hand_over(rules, ticket, None)


def untouched(rules: DeskRules) -> list[int]:
    """The tickets whose student waits in vain for the person who has them.

    Only what became late while the desk was open: nobody answers at night.
    """
    now = timezone.now()
    since = now - timedelta(minutes=rules.release_after)
    if not rules.release_after or not was_open(since, now):
        return []
    return list(_late(since).values_list("pk", flat=True)[:BATCH])


@unit_of_work
def release(rules: DeskRules, ticket_id: int) -> bool:
    """Free it, or give it to the next; who is alone at the desk keeps it."""
    ticket = lock(ticket_id)
    since = timezone.now() - timedelta(minutes=rules.release_after)
    if not _late(since).filter(pk=ticket_id).exists():
        return False
    if rules.assign:
        return _hand_over(rules, ticket, ticket.assigned_admin)
    assign(ticket_id, RULES, None)
    return True


def _late(since: datetime) -> QuerySet[SupportTicket]:
    held = queries.awake(SupportTicket.objects.filter(status__in=OPEN_STATUSES))
    return held.filter(
        Q(assigned_at=None) | Q(assigned_at__lte=since),
        assigned_admin__isnull=False,
        waiting_since__lte=since,
    ).order_by()


def _hand_over(rules: DeskRules, ticket: SupportTicket, owner: User | None) -> bool:
    """For a caller who holds the ticket. The person's seat is locked last, so that two rounds at
    the same time give nobody more than the most."""
    person = _next_person(rules, but=owner)
    if person is None:
        return False
    Seat.objects.get_or_create(user=person)
    seat = Seat.objects.select_for_update().get(user=person)
    if _load(person) >= rules.assign_at_most:
        return False
    Seat.objects.filter(pk=seat.pk).update(given_at=timezone.now())
    assign(ticket.pk, RULES, person)
    return True


def _next_person(rules: DeskRules, but: User | None = None) -> User | None:
    """Whose turn it is: online, willing, with room, and given nothing for the longest time."""
    theirs = Q(assigned_tickets__status__in=OPEN_STATUSES, assigned_tickets__snoozed_until=None)
    online = queries.answering_staff().filter(pk__in=presence.online())
    willing = online.exclude(desk_preferences__takes_tickets=False)
    others = willing.exclude(pk=but.pk) if but else willing
    with_room = others.annotate(load=Count("assigned_tickets", filter=theirs, distinct=True))
    in_turn = with_room.filter(load__lt=rules.assign_at_most)
    return in_turn.order_by(F("seat__given_at").asc(nulls_first=True), "pk").first()


def _load(person: User) -> int:
    held = SupportTicket.objects.filter(assigned_admin=person, status__in=OPEN_STATUSES)
    return queries.awake(held).count()
