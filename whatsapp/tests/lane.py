"""One student whom the bot may write to, and a worker in that student's lane."""

import json
from collections.abc import Callable
from typing import Any

import requests
from django.conf import settings
from django.test import TestCase
from django.utils import timezone
from requests.adapters import BaseAdapter

from whatsapp import client, contacts, lanes, outbox, receipts, sorting, worker
from whatsapp.models import Contact, Message, Receipt
from whatsapp.models.message import Author
from whatsapp.outgoing import Text
from whatsapp.simulator import student
from whatsapp.simulator.models import Misbehaviour, SimulatedCall, SimulatedWebhook
from whatsapp.simulator.transport import SimulatorAdapter
from whatsapp.tests.phone import Phone

NUMBER = "2348031234567"


class Lane:
    """A contact inside the 24-hour window, and the phone at the other end of the line."""

    def __init__(self, number: str = NUMBER) -> None:
        self.phone = Phone(number=number)
        student.say(self.phone.row, "hi")  # opens the window at the simulated Meta
        SimulatedWebhook.objects.all().delete()
        self.contact: Contact = contacts.of_phone(f"+{number}")
        Contact.objects.filter(pk=self.contact.pk).update(last_inbound_at=timezone.now())
        self.contact.refresh_from_db()

    def queue(self, *texts: str, author: Author = Author.BOT) -> list[Message]:
        made = [outbox.queue(self.contact, Text(text), author=author)[0] for text in texts]
        lanes.wake(self.contact.pk)
        return made

    def work(self) -> bool:
        """Run the lane if it is due, as the sweep would."""
        return self.contact.pk in lanes.due() and worker.run(self.contact.pk)

    def hear_statuses(self) -> None:
        """Meta's status webhooks arrive and are sorted."""
        self.phone.deliver_statuses()
        with TestCase.captureOnCommitCallbacks(execute=True):
            sorting.sort_all()

    @property
    def read(self) -> list[str]:
        """What the student has received, in order."""
        return [shown.text for shown in self.phone.received]


def status(message: Message) -> str:
    return str(Message.objects.values_list("status", flat=True).get(pk=message.pk))


def misbehave(**switches: Any) -> None:
    """Tell the simulated Meta to; without switches it is good again."""
    Misbehaviour(pk=1, **switches).save()


def calls() -> int:
    """How often the simulated Graph was called."""
    return SimulatedCall.objects.count()


def receive(body: bytes) -> Receipt:
    """Store a body, as the webhook does."""
    receipts.store(body)
    return Receipt.objects.latest("id")


class Interfering(SimulatorAdapter):
    """Graph, with something happening at our end while the call is on its way."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().send(request, *args, **kwargs)
        self.meanwhile()
        return response


class Recording(SimulatorAdapter):
    """Graph, and what it was asked to send."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[dict[str, Any]] = []

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        self.bodies.append(json.loads(request.body or "{}"))
        return super().send(request, *args, **kwargs)


class Failing(BaseAdapter):
    """Graph behind a line on which every call ends with `error`."""

    def __init__(self, error: requests.RequestException) -> None:
        super().__init__()
        self.error = error

    def send(self, _request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        raise self.error

    def close(self) -> None:
        """Nothing is held open."""


class Refusing(BaseAdapter):
    """Graph that answers every call with one of Meta's error codes."""

    def __init__(self, code: int, status: int = 400) -> None:
        super().__init__()
        self.code, self.status = code, status

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        response = requests.Response()
        response.status_code = self.status
        response._content = b'{"error": {"code": %d, "message": "No."}}' % self.code
        response.request = request
        response.url = request.url or ""
        return response

    def close(self) -> None:
        """Nothing is held open."""


def mount(adapter: BaseAdapter) -> None:
    """Let the client's calls go to `adapter` until the test ends."""
    client.session().mount(settings.WHATSAPP_GRAPH_URL, adapter)
