"""Paystack's webhooks, put into the simulator's outbox."""

import json

from whatsapp.simulator import outbox
from whatsapp.simulator.answers import Json
from whatsapp.simulator.models import Misbehaviour, Sender
from whatsapp.simulator.paystack import bodies
from whatsapp.simulator.paystack.models import SimulatedTransaction

REPEATS = 3


def charge_success(transaction: SimulatedTransaction) -> None:
    _queue(bodies.charge_success(transaction), transaction)


def refund_processed(transaction: SimulatedTransaction) -> None:
    _queue(bodies.refund_processed(transaction), transaction)


def _queue(body: Json, transaction: SimulatedTransaction) -> None:
    mood = Misbehaviour.current()
    for _ in range(REPEATS if mood.paystack_repeats else 1):
        outbox.queue(
            json.dumps(body, separators=(",", ":")).encode(),
            f"{body['event']} for {transaction.reference}",
            mood,
            sender=Sender.PAYSTACK,
        )
