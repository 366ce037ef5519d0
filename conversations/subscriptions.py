"""How long a student may use what is paid for."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from conversations import outbound, telling
from conversations.flows import payment_news
from conversations.models import Student, Subscription
from whatsapp import lanes
from whatsapp.models.contact import CUSTOMER_SERVICE_WINDOW
from whatsapp.transactions import unit_of_work

BATCH = 200
ENDS = "subscription_ends"


def runs_until(student: Student) -> datetime | None:
    """When the running subscription ends; None if none runs."""
    subscription: Subscription | None = getattr(student, "subscription", None)
    runs = subscription is not None and subscription.ends_at > timezone.now()
    return subscription.ends_at if subscription and runs else None


def extend(student: Student, days: int) -> tuple[datetime, datetime]:
    """Add `days` from now, or from the end of what runs; from when until when they count.

    The caller holds the student's lane.
    """
    now = timezone.now()
    found = Subscription.objects.select_for_update().filter(student=student).first()
    subscription = found or Subscription(student=student, ends_at=now)
    starts_at = max(now, subscription.ends_at)
    subscription.ends_at = starts_at + timedelta(days=days)
    subscription.reminded_at = None
    subscription.save()
    return starts_at, subscription.ends_at


def take_back(student: Student, starts_at: datetime, ends_at: datetime) -> None:
    """Take away what is left of a period; days already used stay used, later periods move up.

    The caller holds the student's lane.
    """
    subscription = Subscription.objects.select_for_update().filter(student=student).first()
    unused = ends_at - max(starts_at, timezone.now())
    if subscription and unused > timedelta(0):
        subscription.ends_at -= unused
        subscription.save()


def merge(*, kept: Student, going: Student) -> None:
    """Two students turn out to be one: what is left of the one is added to the other's."""
    theirs = Subscription.objects.filter(student=going).first()
    if theirs is None:
        return
    ours = Subscription.objects.filter(student=kept).first()
    if ours is None:
        Subscription.objects.filter(pk=theirs.pk).update(student=kept)
        return
    now = timezone.now()
    ours.ends_at = max(ours.ends_at, now) + max(theirs.ends_at - now, timedelta(0))
    ours.save()


def remind_ending() -> int:
    """Tell students, once each, that their subscription ends soon; how many were told.

    Within 24 hours of their last message in free words, later by the template that staff chose.
    """
    now = timezone.now()
    reachable = Q(student__contact__last_inbound_at__gt=now - CUSTOMER_SERVICE_WINDOW) | Q(
        student__contact__language__in=telling.reaches(ENDS)
    )
    ending = Subscription.objects.filter(
        reachable,
        reminded_at=None,
        ends_at__gt=now,
        ends_at__lte=now + settings.SUBSCRIPTION_REMINDS_BEFORE,
        student__contact__opted_out_at=None,
    )
    chosen = ending.order_by("ends_at").values_list("pk", "student__contact_id")[:BATCH]
    return sum(_remind(pk, contact_id) for pk, contact_id in list(chosen))


@unit_of_work
def _remind(pk: int, contact_id: int) -> bool:
    lanes.lock(contact_id)
    subscription = Subscription.objects.filter(pk=pk, reminded_at=None).first()
    if subscription is None:
        return False
    until = in_words(subscription.ends_at)
    told = outbound.announce(contact_id, lambda place: payment_news.ends_soon(place, until))
    if told:
        Subscription.objects.filter(pk=pk).update(reminded_at=timezone.now())
    return told


def in_words(moment: datetime) -> str:
    return f"{timezone.localdate(moment):%d/%m/%Y}"
