"""One of everything that the REST API shows, and how each operation is called."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from rest_framework.response import Response
from rest_framework.test import APIClient

from conversations.models import Homework, HomeworkAnswer, HomeworkPage, Payment, Student
from support import services
from support.models import CannedReply, Category, SupportTicket, WebhookEndpoint
from support.services import Actor
from support.tests import api
from whatsapp.models import Media, Message, MessageTemplate
from whatsapp.models.message import Author, Status
from whatsapp.simulator import phones, student
from whatsapp.simulator.models import Direction, SimulatedMessage
from whatsapp.tests.phone import PNG

BODY = [{"type": "BODY", "text": "Hello {{1}}, we have an answer."}]
BUTTON = {
    "type": "interactive",
    "interactive": {
        "type": "button",
        "body": {"text": "Done?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "Yes"}}]},
    },
}


@dataclass(frozen=True, slots=True)
class World:
    ticket: SupportTicket
    message_id: int
    uncertain_id: int
    media_id: int
    template_id: int
    homework_id: int
    payment_id: int
    phone_id: int
    webhook_id: int
    wamid: str

    def address(self, path: str) -> str:
        """The address of an operation, with the ids of this world."""
        for prefix, found in (
            ("/api/contacts", self.ticket.contact_id),
            ("/api/homework", self.homework_id),
            ("/api/payments", self.payment_id),
            ("/api/media", self.media_id),
            ("/api/simulator", self.phone_id),
            ("/api/webhooks", self.webhook_id),
        ):
            if path.startswith(prefix):
                return path.format(id=found)
        message = self.uncertain_id if path.endswith("confirm-arrival") else self.message_id
        phone = self.ticket.phone_number
        return path.format(id=self.ticket.pk, message_id=message, phone_number=phone)

    def body(self, operation: str) -> Any:
        """What `operation` is sent; None for one that takes nothing."""
        text = {"message": "Hello"}
        photo = SimpleUploadedFile("photo.png", PNG, "image/png")
        bodies: dict[str, Any] = {
            "open_ticket": {
                "phone_number": "08039999999",
                "sender_name": "Eve",
                "issue_description": "Help",
            },
            "create_webhook": {"url": "https://crm.example.org/"},
            "change_webhook": {"name": "CRM"},
            "change_ticket": {"priority": "HIGH"},
            "send_ticket_message": text,
            "send_in_chat": text,
            "add_ticket_note": text,
            "send_ticket_file": {"file": photo},
            "send_file_as_student": {"file": photo},
            "send_ticket_template": {"template_id": self.template_id, "values": {"1": "John"}},
            "make_simulated_student": {"name": "Eve"},
            "say_as_student": {"text": "Hello"},
            "tap_as_student": {"wamid": self.wamid, "choice_id": "yes"},
        }
        return bodies.get(operation, {})


def make() -> World:
    person = api.contact()
    ticket = api.ticket(person, issue_description="It fails.")
    team = Actor("Test")
    failed = services.reply(ticket.pk, team, "Never arrived")
    Message.objects.filter(pk=failed.wire_id).update(status=Status.FAILED, error="No.")
    uncertain = services.reply(ticket.pk, team, "Perhaps arrived")
    Message.objects.filter(pk=uncertain.wire_id).update(status=Status.UNCERTAIN)
    services.note(ticket.pk, team, "For us")
    Message.objects.create(
        contact=person, direction="in", author=Author.CONTACT, kind="image", status=Status.HANDLED
    )
    photo = Message.objects.latest("id")
    media = Media.objects.create(
        message=photo,
        state=Media.State.STORED,
        file=ContentFile(PNG, "photo.png"),
        mime_type="image/png",
        size=len(PNG),
    )
    services.add_from_student(ticket, photo)
    homework, payment = _of_student(person, photo)
    phone = phones.create("Musa", "2348055555555")
    asked = phones.add(phone, Direction.FROM_BUSINESS, "wamid.1", BUTTON, at=timezone.now())
    student.say(phone, "Hello")
    CannedReply.objects.create(shortcut="hello", text="Hello {name}")
    Category.objects.create(name="Payments")
    template = MessageTemplate.objects.create(
        name="answer", language="en", status="APPROVED", category="UTILITY", components=BODY
    )
    _rated()
    return World(
        ticket,
        failed.pk,
        uncertain.pk,
        media.pk,
        template.pk,
        homework.pk,
        payment.pk,
        phone.pk,
        WebhookEndpoint.objects.create(url="https://crm.example.org/").pk,
        SimulatedMessage.objects.get(pk=asked.pk).wamid,
    )


def _of_student(person: Any, photo: Message) -> tuple[Homework, Payment]:
    pupil = Student.objects.create(contact=person, name="John Doe", class_name="10A")
    homework = Homework.objects.create(reference="HW-1", student=pupil, subject="Biology")
    HomeworkPage.objects.create(homework=homework, number=1, message=photo)
    HomeworkAnswer.objects.create(homework=homework, author_name="Ada", opening="x", text="Like so")
    payment = Payment.objects.create(
        reference="P-1", student=pupil, amount=500_000, currency="NGN", days=30
    )
    return homework, payment


def _rated() -> None:
    done = api.ticket(api.contact(api.phone(77), "Ada"))
    services.end(done.pk, Actor("Test"))
    services.rate(done.pk, "good")


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return found


def operations() -> dict[str, tuple[str, str]]:
    """Every operation of the schema: its method and path."""
    return {
        operation["operationId"]: (method.upper(), path)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def call(client: APIClient, operation: str, world: World) -> Response:
    """The answer to `operation` with what this world holds."""
    method, path = operations()[operation]
    address = world.address(path)
    if method == "GET":
        answer = client.get(address)
        if answer.streaming:
            answer.close()
        return answer
    takes_files = operation in ("send_ticket_file", "send_file_as_student")
    form = "multipart" if takes_files else "json"
    send = client.post if method == "POST" else client.patch
    return send(address, world.body(operation), format=form)
