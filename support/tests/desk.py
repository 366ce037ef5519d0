"""Students, tickets and staff for tests of the admin."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from support import services
from support.models import SupportTicket
from whatsapp.contacts import of_phone
from whatsapp.models import Contact, Message
from whatsapp.models.message import Author, Direction, Status

LIST = "/admin/support/supportticket/"


def student(number: int = 1, name: str = "John Doe", *, hours_ago: float = 1) -> Contact:
    """A contact who last wrote `hours_ago`."""
    contact = of_phone(f"+234803000{number:04}", name)
    contact.last_inbound_at = timezone.now() - timedelta(hours=hours_ago)
    contact.save()
    return contact


def says(ticket: SupportTicket, text: str, **fields: Any) -> Message:
    """A message of the student in the thread of `ticket`."""
    wire = Message.objects.create(
        contact=ticket.contact,
        direction=Direction.INBOUND,
        author=Author.CONTACT,
        text=text,
        status=Status.HANDLED,
        wamid=(wamid := uuid.uuid4().hex),
        wamid_digest=wamid,
        **{"kind": "text", **fields},
    )
    ticket.refresh_from_db()
    services.add_from_student(ticket, wire)
    return wire


def chat(number: int = 1, name: str = "John Doe", *, hours_ago: float = 1) -> SupportTicket:
    """An open ticket whose student has said something."""
    ticket = services.open_ticket(
        student(number, name, hours_ago=hours_ago), services.STUDENT, sender_name=name
    )
    says(ticket, "I cannot log in.")
    ticket.refresh_from_db()
    return ticket


def staff(role: str = "Agent", username: str = "") -> User:
    user = User.objects.create_user(username or f"some-{role.lower()}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(ticket: SupportTicket) -> str:
    return reverse("admin:desk_ticket", args=[ticket.pk])


def url(ticket: SupportTicket, act: str, *more: str) -> str:
    return reverse(f"admin:support_ticket_{act}", args=[ticket.pk, *more])


def compose(client: Client, ticket: SupportTicket, text: str = "", **fields: Any) -> Any:
    """Send the reply box as the page does."""
    data = {"mode": "reply", "text": text, "token": str(uuid.uuid4()), **fields}
    return client.post(url(ticket, "compose"), data, headers={"HX-Request": "true"})


def outgoing(ticket: SupportTicket) -> list[str]:
    """The texts that are queued for the student."""
    sent = Message.objects.filter(contact=ticket.contact, direction=Direction.OUTBOUND)
    return [message.text for message in sent.order_by("id")]


def permission(codename: str) -> Permission:
    return Permission.objects.get(codename=codename)


def looker() -> User:
    """Somebody who may see tickets but not answer."""
    user = User.objects.create_user("looker", is_staff=True)
    user.user_permissions.add(permission("view_supportticket"))
    return user
