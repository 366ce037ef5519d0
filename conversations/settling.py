"""What Paystack's answer means for a payment: applied under lock, so that repeats change nothing.

Each function is one transaction. It takes the payment as it was claimed, locks the student's lane
and then the payment, and looks at where the payment stands by now.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from conversations import catalogues, events, outbound, paystack, prices, subscriptions
from conversations.flows import payment_news
from conversations.flows.payment_news import Place
from conversations.models import Payment, PaymentStatus
from conversations.models.payment import OPEN_STATUSES
from conversations.paystack import Transaction
from conversations.step import Step
from whatsapp import lanes
from whatsapp.transactions import unit_of_work

log = structlog.get_logger(__name__)

# Paystack sends no webhook about failures: we ask about a link after these times. After the last
# one it has expired.
CHECKS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=24)]
PAUSES = [timedelta(seconds=s) for s in (2, 10, 60, 300, 900)]  # while Paystack does not answer
MOST_ATTEMPTS = 300  # three days of the longest pause: as long as Paystack repeats its webhooks
TOLD_AT_ATTEMPT = 2  # that Paystack does not answer; one lost call is not worth a message

SETTLED = (PaymentStatus.PAID, PaymentStatus.REFUNDED)
SILENT = (PaymentStatus.EXPIRED,)  # told only to a student who has asked


@unit_of_work
def link(claimed: Payment, url: str) -> None:
    """Paystack made a link: the student gets it."""
    payment = lock(claimed.pk)
    if payment.status != PaymentStatus.NEW:
        return
    payment.status, payment.url = PaymentStatus.PENDING, url
    payment.linked_at = timezone.now()
    _answered(payment)
    payment.due_at = payment.linked_at + CHECKS[0]
    payment.save()
    terms = catalogues.of(payment.student.contact.language).terms
    price = prices.with_period(payment.amount, payment.currency, payment.days, terms)
    _tell(payment, lambda place: payment_news.link(place, url, price))


@unit_of_work
def settle(claimed: Payment, found: Transaction | None) -> None:
    """Apply what Paystack says of the payment (None: it knows no such reference)."""
    payment = lock(claimed.pk)
    before, was_asked = payment.status, payment.answer_owed
    woken = payment.due_at != claimed.due_at  # somebody wants it asked about once more
    _answered(payment)
    if found is not None:
        _note(payment, found)
    _apply(payment, found)
    if not woken:
        payment.due_at = _next_check(payment)
    _close(payment)
    if was_asked or (payment.status != before and payment.status not in SILENT):
        tell(payment)


@unit_of_work
def refuse(claimed: Payment, problem: str) -> None:
    """Paystack will make no link for this payment; about others it is asked again."""
    payment = lock(claimed.pk)
    if payment.status != PaymentStatus.NEW:
        _postpone(payment, problem)
        return
    log.warning("payment_refused", payment=payment.pk, problem=problem)
    _give_up(payment, f"Paystack refused: {problem}")


@unit_of_work
def postpone(claimed: Payment, problem: str) -> None:
    """No answer came: ask again after a pause, and in the end give up."""
    _postpone(lock(claimed.pk), problem)


@unit_of_work
def replace(claimed: Payment, reference: str) -> None:
    """Paystack knows the reference, but the answer with its link was lost, and is not told again.

    Nobody has that link, so the payment goes on under a new reference.
    """
    payment = lock(claimed.pk)
    if payment.status == PaymentStatus.NEW:
        payment.reference, payment.due_at = reference, timezone.now()
        payment.save()


@unit_of_work
def accept(payment_id: int) -> bool:
    """Staff take a payment that needed a look as it is; False if it needs none (any more)."""
    payment = lock(payment_id)
    if payment.status != PaymentStatus.FLAGGED:
        return False
    activate(payment)
    payment.save()
    tell(payment)
    return True


def flagged() -> QuerySet[Payment]:
    """Payments that staff must look at: money came, but not what was asked for."""
    return Payment.objects.filter(status=PaymentStatus.FLAGGED)


def lock(payment_id: int) -> Payment:
    """The payment as it is now, locked until the transaction ends, after its student's lane."""
    ids = Payment.objects.values_list("student__contact_id", flat=True)
    lanes.lock(ids.get(pk=payment_id))
    return Payment.objects.select_for_update().get(pk=payment_id)


def activate(payment: Payment) -> None:
    """The subscription that was paid for begins. The caller holds the lock and saves."""
    payment.status, payment.problem = PaymentStatus.PAID, ""
    payment.starts_at, payment.ends_at = subscriptions.extend(payment.student, payment.days)
    events.payment_succeeded(payment)


def give_back(payment: Payment, amount: int) -> None:
    """Money went back to the student. The caller holds the lock and saves.

    A refund of all ends what was paid for; one of a part is noted, the rest is staff's to decide.
    """
    payment.refunded_amount = amount
    if payment.status == PaymentStatus.REFUNDED or amount < (payment.paid_amount or payment.amount):
        return
    if payment.starts_at and payment.ends_at:
        subscriptions.take_back(payment.student, payment.starts_at, payment.ends_at)
    payment.status = PaymentStatus.REFUNDED


def tell(payment: Payment) -> None:
    """The student reads where the payment stands."""
    until = subscriptions.in_words(payment.ends_at) if payment.ends_at else ""
    words: dict[str, Callable[[Place], Step]] = {
        PaymentStatus.PENDING: lambda place: payment_news.not_yet(place, payment.url),
        PaymentStatus.PAID: lambda place: payment_news.received(place, until),
        PaymentStatus.FAILED: payment_news.failed,
        PaymentStatus.EXPIRED: payment_news.nothing_found,
        PaymentStatus.FLAGGED: payment_news.flagged,
        PaymentStatus.REFUNDED: payment_news.refunded,
    }
    _tell(payment, words[payment.status])


def _apply(payment: Payment, found: Transaction | None) -> None:
    status = found.status if found else ""
    if found and status == "success" and payment.status not in SETTLED:
        _accept_or_flag(payment, found)
    elif found and status == "reversed":
        give_back(payment, found.amount or 0)
    elif status == "failed" and payment.status == PaymentStatus.PENDING:
        payment.status = PaymentStatus.FAILED
        payment.problem = f"Paystack: {payment.response or 'failed'}"


def _accept_or_flag(payment: Payment, found: Transaction) -> None:
    if problem := mismatch(payment, found):
        payment.status, payment.problem = PaymentStatus.FLAGGED, problem
        log.warning("payment_flagged", payment=payment.pk, problem=problem)
    else:
        activate(payment)


def mismatch(payment: Payment, found: Transaction) -> str:
    """Why a successful transaction does not buy what the payment is for; empty if it does."""
    if found.reference != payment.reference:
        return f"Paystack answered about another reference: {found.reference}."
    if found.domain != paystack.domain():
        return f"Paid in Paystack's {found.domain or 'unknown'} mode; our key is of another mode."
    if found.currency != payment.currency:
        return f"Paid in {found.currency or 'no currency'}, not in {payment.currency}."
    amounts = [found.amount or 0]
    if found.requested_amount is not None:
        amounts.append(found.requested_amount)
    if min(amounts) < payment.amount:
        paid = prices.money(min(amounts), payment.currency)
        return f"Paid {paid} instead of {prices.money(payment.amount, payment.currency)}."
    return ""


def _note(payment: Payment, found: Transaction) -> None:
    payment.transaction_id = found.number
    payment.channel, payment.response = found.channel, found.response
    if found.status == "success":
        payment.paid_at = found.paid_at or payment.paid_at or timezone.now()
        payment.paid_amount, payment.paid_currency = found.amount, found.currency


def _next_check(payment: Payment) -> datetime | None:
    """When Paystack is asked next. A pending payment for which no check is left has expired."""
    if payment.status != PaymentStatus.PENDING or payment.linked_at is None:
        return None
    now = timezone.now()
    planned = (payment.linked_at + after for after in CHECKS)
    if moment := next((at for at in planned if at > now), None):
        return moment
    payment.status = PaymentStatus.EXPIRED
    return None


def _postpone(payment: Payment, problem: str) -> None:
    payment.attempts += 1
    if payment.status in OPEN_STATUSES:
        payment.problem = f"Paystack does not answer: {problem}"
    payment.due_at = timezone.now() + PAUSES[min(payment.attempts, len(PAUSES)) - 1]
    is_new = payment.status == PaymentStatus.NEW
    if payment.attempts > (len(PAUSES) if is_new else MOST_ATTEMPTS):
        _give_up(payment, payment.problem)
        return
    payment.save()
    if payment.attempts == TOLD_AT_ATTEMPT and (is_new or payment.answer_owed):
        _tell(payment, payment_news.unreachable)


def _give_up(payment: Payment, problem: str) -> None:
    was_new = payment.status == PaymentStatus.NEW
    payment.problem, payment.due_at = problem, None
    if payment.status in OPEN_STATUSES:
        payment.status = PaymentStatus.FAILED if was_new else PaymentStatus.EXPIRED
    payment.answer_owed = False
    _close(payment)
    if was_new:
        _tell(payment, payment_news.no_link)


def _answered(payment: Payment) -> None:
    payment.attempts, payment.answer_owed = 0, False
    if payment.status in OPEN_STATUSES:
        payment.problem = ""


def _close(payment: Payment) -> None:
    """Save; the student is free for another attempt once this one is over."""
    if payment.status not in OPEN_STATUSES:
        payment.open_for = None
    payment.save()


def _tell(payment: Payment, words: Callable[[Place], Step]) -> None:
    outbound.announce(payment.student.contact_id, words)
