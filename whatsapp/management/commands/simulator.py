"""Plays Meta's and Paystack's part: posts the simulator's due webhooks to the bot, signed."""

import signal
import threading
from functools import partial
from typing import Any

import requests
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from whatsapp.simulator import delivery
from whatsapp.simulator.models import Sender

LOOKS_EVERY = 0.15  # seconds
WAITS_FOR_DATABASE = 2.0  # seconds
TIDIES_EVERY = 4000  # turns: about every ten minutes
TIMEOUT = (2, 10)  # seconds to connect, to answer
SIGNATURE_HEADERS = {Sender.META: "X-Hub-Signature-256", Sender.PAYSTACK: "x-paystack-signature"}


class Command(BaseCommand):
    help = "Deliver the simulated WhatsApp's webhooks to the bot (only with WHATSAPP_SIMULATOR)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.WHATSAPP_SIMULATOR:
            self.stdout.write("The simulator is off (WHATSAPP_SIMULATOR); nothing to do.")
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        self.stdout.write(f"Simulated webhooks go to {settings.WHATSAPP_SIMULATOR_WEBHOOK_URL}.")
        with requests.Session() as session:
            self.run(session, stopped)

    def run(self, session: requests.Session, stopped: threading.Event) -> None:
        turn, pause = 0, LOOKS_EVERY
        while not stopped.wait(pause):
            turn, pause = turn + 1, LOOKS_EVERY
            close_old_connections()
            try:
                deliver_due(session)
                if turn % TIDIES_EVERY == 0:
                    delivery.forget_old(timezone.now())
            except DatabaseError as error:
                self.stderr.write(f"The database is away, waiting for it: {error}")
                pause = WAITS_FOR_DATABASE


def deliver_due(session: requests.Session) -> None:
    """Post what is due of either sender."""
    for sender in Sender:
        delivery.deliver_due(timezone.now(), partial(post, session, sender=sender), sender)


def post(
    session: requests.Session, body: bytes, signature: str, sender: Sender = Sender.META
) -> int:
    """Post one webhook; its HTTP status, or 0 when the bot did not answer."""
    headers = {"Content-Type": "application/json", SIGNATURE_HEADERS[sender]: signature}
    addresses = {
        Sender.META: settings.WHATSAPP_SIMULATOR_WEBHOOK_URL,
        Sender.PAYSTACK: settings.PAYSTACK_SIMULATOR_WEBHOOK_URL,
    }
    try:
        response = session.post(
            addresses[sender],
            data=body,
            headers=headers,
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except requests.RequestException:
        return 0
    return response.status_code
