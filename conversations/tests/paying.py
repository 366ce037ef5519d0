"""Paying in tests: the checkout page as the student opens it, Paystack's webhooks, time passing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
import time_machine
from django.test import Client
from requests.adapters import BaseAdapter

from conversations.models import Payment, Student, Subscription
from whatsapp.simulator import delivery
from whatsapp.simulator.models import Misbehaviour, Sender, SimulatedWebhook
from whatsapp.simulator.paystack.models import SimulatedTransaction
from whatsapp.simulator.transport import PaystackAdapter
from whatsapp.tests.phone import Phone

DOOR = "/webhooks/paystack"


class Payer:
    """A registered student with a phone, and Paystack's page behind the link on it."""

    def __init__(self, phone: Phone, work: Callable[[], None], clock: time_machine.Traveller):
        self.phone, self.work, self.clock = phone, work, clock
        for words in ("hi", "John Doe", "john@example.org", "10A"):
            phone.say(words)

    def gets_link(self) -> str:
        """Subscribe and confirm; the address of Paystack's page."""
        self.phone.say("pay")
        self.phone.tap("confirm")
        return self.link

    def pays(self, act: str = "pay") -> None:
        """Tap a button on Paystack's page; its webhook is on its way, but not here yet."""
        answer = self.phone.client.post(urlsplit(self.link).path, {"act": act})
        assert answer.status_code == 302

    def hears(self) -> list[int]:
        """Paystack's webhooks arrive and are worked on; the HTTP statuses they were given."""
        given: list[int] = []

        def post(body: bytes, signature: str) -> int:
            given.append(notify(self.phone.client, body, signature))
            return given[-1]

        waiting = SimulatedWebhook.objects.filter(sender=Sender.PAYSTACK).exclude(due_at=None)
        delivery.deliver(waiting, post)
        self.work()
        return given

    def waits(self, **span: float) -> None:
        """Let time pass, and the workers do what has become due."""
        self.clock.shift(timedelta(**span))
        self.work()

    @property
    def link(self) -> str:
        """The last link on the phone."""
        return next(shown.link_url for shown in reversed(self.phone.received) if shown.link_url)

    @property
    def reads(self) -> str:
        return self.phone.last.text

    @property
    def student(self) -> Student:
        return Student.objects.get(contact__phone=f"+{self.phone.row.number}")

    @property
    def payment(self) -> Payment:
        return Payment.objects.latest("id")

    @property
    def subscription(self) -> Subscription | None:
        return Subscription.objects.filter(student=self.student).first()


def notify(client: Client, body: bytes, signature: str | None) -> int:
    """Post a body to our door; its HTTP status."""
    headers = {} if signature is None else {"x-paystack-signature": signature}
    answer = client.post(DOOR, body, content_type="application/json", headers=headers)
    return int(answer.status_code)


def told_by_paystack(**changes: Any) -> None:
    """Let the last transaction at Paystack be other than the page would have made it."""
    last = SimulatedTransaction.objects.latest("id")
    SimulatedTransaction.objects.filter(pk=last.pk).update(**changes)


def misbehave(**switches: Any) -> None:
    """Tell the simulated Paystack to; without switches it is good again."""
    Misbehaviour(pk=1, **switches).save()


class LosingAnswers(PaystackAdapter):
    """Paystack does what it is asked, but the first answer never arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.lost = 0

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().send(request, *args, **kwargs)
        if self.lost == 0:
            self.lost += 1
            raise requests.ReadTimeout("No answer.", request=request)
        return response


class Answering(BaseAdapter):
    """Paystack that answers every call with the same words."""

    def __init__(self, content: bytes, status: int = 200) -> None:
        super().__init__()
        self.content, self.status = content, status
        self.requests: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        self.requests.append(request)
        response = requests.Response()
        response.status_code, response._content = self.status, self.content
        response.request, response.url = request, request.url or ""
        return response

    def close(self) -> None:
        """Nothing is held open."""
