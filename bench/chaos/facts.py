"""What happened, from both sides: Meta's log is the truth, the product's rows are its claim."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from support.models import SupportMessage
from whatsapp.models import Message, Receipt
from whatsapp.models.message import Direction, Status
from whatsapp.simulator.models import Direction as Side
from whatsapp.simulator.models import SimulatedMessage, SimulatedWebhook, Tick

PRODUCT = "product"
OPEN = [Status.QUEUED, Status.SENDING]


@dataclass(frozen=True, slots=True)
class Said:
    """A student's message: when it was written, and when its webhook was answered 200."""

    wamid: str
    phone: int
    written_at: datetime
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Accept:
    """A message that Graph accepted, in the order in which it did."""

    place: int
    callback_id: str
    phone: int
    at: datetime
    told_at: datetime | None  # when EduBot first took a status webhook of it


@dataclass(slots=True)
class Facts:
    said: list[Said]
    accepts: list[Accept]
    inbound: dict[str, Message]  # by wamid
    outbound: dict[str, Message]  # by callback id
    thread: list[SupportMessage]
    accepted: dict[str, list[Accept]] = field(init=False)  # by callback id

    def __post_init__(self) -> None:
        self.accepted = defaultdict(list)
        for accept in self.accepts:
            self.accepted[accept.callback_id].append(accept)


def gather() -> Facts:
    taken: dict[str, datetime] = {}
    rows = SimulatedWebhook.objects.exclude(delivered_at=None).order_by("delivered_at")
    for wamid, at in rows.values_list("wamid", "delivered_at"):
        taken.setdefault(wamid, at)
    wire = SimulatedMessage.objects.order_by("id")
    messages = Message.objects.using(PRODUCT)
    return Facts(
        [
            Said(row.wamid, row.phone_id, row.created_at, taken.get(row.wamid))
            for row in wire.filter(direction=Side.FROM_STUDENT)
        ],
        [
            Accept(row.pk, row.callback_id, row.phone_id, row.created_at, taken.get(row.wamid))
            for row in wire.filter(direction=Side.FROM_BUSINESS)
        ],
        {row.wamid: row for row in messages.filter(direction=Direction.INBOUND)},
        {str(row.callback_id): row for row in messages.filter(direction=Direction.OUTBOUND)},
        list(SupportMessage.objects.using(PRODUCT).select_related("wire").order_by("id")),
    )


def count_of(words: str) -> int:
    """How many messages, of either side or of the desk alone, contain `words`."""
    messages = Message.objects.using(PRODUCT).filter(text__contains=words)
    return messages.count() + (
        SupportMessage.objects.using(PRODUCT).filter(message__contains=words).count()
    )


def ticks_told() -> dict[str, str]:
    """By wamid of the business: the highest tick of which EduBot has taken the webhook."""
    told: dict[str, str] = {}
    for tick in (Tick.SENT, Tick.DELIVERED):
        rows = SimulatedWebhook.objects.filter(tick=tick).exclude(delivered_at=None)
        told |= dict.fromkeys(rows.values_list("wamid", flat=True), tick.value)
    return told


def still_open() -> list[str]:
    """What is still to be done, on either side, one line each; none means quiet."""
    messages = Message.objects.using(PRODUCT).order_by("id")
    unsorted = Receipt.objects.using(PRODUCT).filter(state=Receipt.State.UNSORTED)
    return [
        *(f"webhook: {w}, last answer {w.last_status}" for w in _webhooks()),
        *(f"receipt {r.pk}: {r.attempts} attempts, due {r.due_at}" for r in unsorted),
        *(
            f"message {m.pk} of contact {m.contact_id}: {m.status}, {m.attempts} attempts, "
            f"due {m.due_at} {m.error}"
            for m in messages.filter(
                Q(status__in=[Status.WAITING, *OPEN])
                | Q(status=Status.UNCERTAIN, due_at__isnull=False)
            )
        ),
    ]


def _webhooks() -> QuerySet[SimulatedWebhook]:
    return SimulatedWebhook.objects.exclude(due_at=None).order_by("id")
