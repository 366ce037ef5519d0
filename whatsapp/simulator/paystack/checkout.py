"""The page where a student pays, or does not."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from whatsapp.simulator import account
from whatsapp.simulator.paystack import webhooks
from whatsapp.simulator.paystack.models import SimulatedTransaction, TransactionStatus

UNPAID = (TransactionStatus.ABANDONED, TransactionStatus.FAILED)


@require_http_methods(["GET", "POST"])
def checkout(request: HttpRequest, access_code: str) -> HttpResponse:
    """Show the payment; a POST does what one of the buttons says."""
    transaction = get_object_or_404(SimulatedTransaction, access_code=access_code)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            return HttpResponseBadRequest("There is no such button.")
        act(transaction)
        left = "?left" if act is leave else ""
        return redirect(f"{request.path}{left}")
    context = {
        "transaction": transaction,
        "business_name": account.business_name(),
        "amount": f"{transaction.requested_amount / 100:,.2f}",
        "paid": f"{transaction.amount / 100:,.2f}",
        "left": "left" in request.GET,
    }
    return render(request, "whatsapp/simulator/checkout.html", context)


def pay(transaction: SimulatedTransaction) -> None:
    _succeed(transaction, transaction.requested_amount)


def pay_too_little(transaction: SimulatedTransaction) -> None:
    """Half of it, as with a bank transfer for which too small a sum was typed."""
    _succeed(transaction, transaction.requested_amount // 2)


def fail(transaction: SimulatedTransaction) -> None:
    """Refused by the bank. Paystack sends no webhook about that: only verify tells."""
    _change(transaction, TransactionStatus.ABANDONED, TransactionStatus.FAILED)


def leave(_transaction: SimulatedTransaction) -> None:
    """Nothing happens: the transaction stays abandoned and its link good."""


def refund(transaction: SimulatedTransaction) -> None:
    """What the school would do in Paystack's dashboard."""
    if _change(transaction, TransactionStatus.SUCCESS, TransactionStatus.REVERSED):
        webhooks.refund_processed(transaction)


ACTS: dict[str, Callable[[SimulatedTransaction], None]] = {
    "pay": pay,
    "pay_too_little": pay_too_little,
    "fail": fail,
    "leave": leave,
    "refund": refund,
}


def _succeed(transaction: SimulatedTransaction, amount: int) -> None:
    """Once: a second tap pays nothing."""
    unpaid = SimulatedTransaction.objects.filter(pk=transaction.pk, status__in=UNPAID)
    paid = unpaid.update(status=TransactionStatus.SUCCESS, amount=amount, paid_at=timezone.now())
    if paid:
        transaction.refresh_from_db()
        webhooks.charge_success(transaction)


def _change(
    transaction: SimulatedTransaction, before: TransactionStatus, after: TransactionStatus
) -> bool:
    row = SimulatedTransaction.objects.filter(pk=transaction.pk, status=before)
    changed = row.update(status=after)
    transaction.refresh_from_db()
    return bool(changed)
