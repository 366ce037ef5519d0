"""Transactions in Paystack's shape (whatsapp-cloud-api 12.3 to 12.5)."""

import json
from datetime import datetime

from whatsapp.simulator.answers import Json
from whatsapp.simulator.paystack.models import SimulatedTransaction, TransactionStatus

FIRST_ID = 4_099_260_000  # Paystack's ids no longer fit into 32 bits
RESPONSES: dict[str, str] = {
    TransactionStatus.ABANDONED: "The transaction was not completed",
    TransactionStatus.SUCCESS: "Successful",
    TransactionStatus.FAILED: "Insufficient Funds",
    TransactionStatus.REVERSED: "Reversed",
}


def data(transaction: SimulatedTransaction) -> Json:
    """The `data` of an answer to verify and of charge.success."""
    return {
        "id": FIRST_ID + transaction.pk,
        "domain": transaction.domain,
        "status": transaction.status,
        "reference": transaction.reference,
        "amount": transaction.amount,
        "requested_amount": transaction.requested_amount,
        "currency": transaction.currency,
        "channel": "card",
        "gateway_response": RESPONSES.get(transaction.status, ""),
        "paid_at": _moment(transaction.paid_at),
        "created_at": _moment(transaction.created_at),
        "fees": None,
        "metadata": json.loads(transaction.metadata) if transaction.metadata else "",
        "customer": {"email": transaction.email, "customer_code": "CUS_simulated", "phone": None},
        "authorization": {"last4": "4081", "bank": "TEST BANK", "reusable": True},
    }


def charge_success(transaction: SimulatedTransaction) -> Json:
    return {"event": "charge.success", "data": data(transaction)}


def refund_processed(transaction: SimulatedTransaction) -> Json:
    """Its amount is a text, as Paystack's sometimes is."""
    return {
        "event": "refund.processed",
        "data": {
            "status": "processed",
            "transaction_reference": transaction.reference,
            "refund_reference": None,
            "amount": str(transaction.amount),
            "currency": transaction.currency,
            "processor": "mpgs_zen",
            "customer": {"email": transaction.email},
            "domain": transaction.domain,
        },
    }


def _moment(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z" if at else None
