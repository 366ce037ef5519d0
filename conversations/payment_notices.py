"""Paystack's webhooks: stored before they are believed, then read by a worker.

A notice about a payment is no proof of it: it only makes us ask Paystack now instead of later.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from conversations import payments, paystack, settling
from conversations.flows import payment_news
from conversations.models import Payment, PaymentNotice, PaymentStatus
from conversations.outbound import announce
from whatsapp.guard import guarded
from whatsapp.receipts import store_once
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

BATCH = 200
ATTEMPTS = 6
Data = dict[str, Any]


class NoticeInvalid(Exception):
    """The body is not what Paystack sends; trying again would not help."""


def store(body: bytes) -> bool:
    """Keep a webhook body of Paystack's; False if it is here already. Raises like `store_once`."""
    return store_once(PaymentNotice, body)


def due() -> QuerySet[PaymentNotice]:
    return PaymentNotice.objects.filter(
        state=PaymentNotice.State.WAITING, due_at__lte=timezone.now()
    )


def read_due() -> int:
    """Read what waits, each notice by itself; how many were taken up."""
    ids = list(due().order_by("due_at").values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        guarded(partial(_read, pk), partial(_postpone, pk))
    return len(ids)


def read_again(notices: QuerySet[PaymentNotice]) -> int:
    """Have failed notices read once more, with all their tries; how many."""
    failed = notices.filter(state=PaymentNotice.State.FAILED)
    return failed.update(
        state=PaymentNotice.State.WAITING, attempts=0, due_at=timezone.now(), note=""
    )


@unit_of_work
def _read(pk: int) -> None:
    notice = due().select_for_update().filter(pk=pk).first()
    if notice is None:
        return
    try:
        event, data = _parse(bytes(notice.body))
    except NoticeInvalid as error:
        notice.state, notice.note = PaymentNotice.State.FAILED, str(error)
    else:
        notice.event, notice.state = event[:60], PaymentNotice.State.DONE
        notice.payment = _payment(data)
        notice.note = _understand(event, notice.payment, data)
    notice.save()


def _parse(body: bytes) -> tuple[str, Data]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoticeInvalid(f"Not JSON: {error}") from error
    event = content.get("event") if isinstance(content, dict) else None
    data = content.get("data") if isinstance(content, dict) else None
    if not isinstance(event, str) or not isinstance(data, dict):
        raise NoticeInvalid("There is no event with data in it.")
    return event, data


def _payment(data: Data) -> Payment | None:
    """Ours that the notice is about: charges, refunds and disputes name it in different places."""
    disputed = data.get("transaction")
    named = disputed.get("reference") if isinstance(disputed, dict) else None
    reference = named or data.get("transaction_reference") or data.get("reference")
    if not isinstance(reference, str):
        return None
    found = Payment.objects.filter(reference=reference[:100]).first()
    return found if found and found.reference == reference else None  # collations ignore case


def _understand(event: str, payment: Payment | None, data: Data) -> str:
    """Do what the event asks for; what came of it, in words for staff."""
    if event not in EVENTS:
        return "Kept; nothing is to be done about this kind of event."
    if payment is None:
        log.warning("payment_unknown", kind=event)
        return "No payment of ours has this reference."
    return EVENTS[event](payment, data)


def _charged(payment: Payment, _data: Data) -> str:
    if payment.status in settling.SETTLED:
        return "Known already."
    payments.look_again(payment)
    return "Paystack is asked whether it is so."


def _refunded(payment: Payment, data: Data) -> str:
    payment = settling.lock(payment.pk)
    before = payment.status
    payment.refund_state = "processed"
    settling.give_back(payment, paystack.whole(data.get("amount")) or 0)
    payment.open_for = None if payment.status != before else payment.open_for
    payment.save()
    if before == PaymentStatus.REFUNDED:
        return "Known already."
    if payment.status == before:
        return "A part was refunded; the subscription goes on."
    settling.tell(payment)
    return "Refunded; what was left of the subscription has ended."


def _refund_failed(payment: Payment, _data: Data) -> str:
    payment = settling.lock(payment.pk)
    if payment.refund_state == "failed":
        return "Known already."
    payment.refund_state = "failed"
    payment.problem = "The refund failed: the money is back in the balance."
    payment.save()
    announce(payment.student.contact_id, payment_news.refund_failed)
    return "Refund it in another way."


def _disputed(payment: Payment, _data: Data) -> str:
    payment = settling.lock(payment.pk)
    payment.disputed_at = payment.disputed_at or timezone.now()
    payment.problem = "The student's bank disputes this payment: answer in Paystack's dashboard."
    payment.save()
    log.warning("payment_disputed", payment=payment.pk)
    return "Answer the dispute in Paystack's dashboard."


EVENTS: dict[str, Callable[[Payment, Data], str]] = {
    "charge.success": _charged,
    "refund.processed": _refunded,
    "refund.failed": _refund_failed,
    "charge.dispute.create": _disputed,
}


@unit_of_work
def _postpone(pk: int, traceback: str) -> None:
    """Keep why it failed; try again later, and after the last try leave it to a person."""
    notice = PaymentNotice.objects.select_for_update().get(pk=pk)
    notice.attempts += 1
    notice.note = traceback
    notice.due_at = timezone.now() + timedelta(seconds=4**notice.attempts)
    if notice.attempts >= ATTEMPTS:
        notice.state = PaymentNotice.State.FAILED
    notice.save()
