"""Callers of the REST API for tests, and the people and tickets that they ask about."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.utils import timezone
from rest_framework.test import APIClient

from support import services
from support.models import ApiToken, SupportTicket
from support.models.tools import Scope
from support.services import Actor
from whatsapp.contacts import of_phone
from whatsapp.models import Contact

JOHN = "+2348031234567"
OF_TICKETS = ("view", "reply", "change", "assign")
ALL = (
    *OF_TICKETS,
    *("view_contact", "view_student", "view_homework", "view_payment", "view_cannedreply"),
    *("view_category", "view_messagetemplate"),
)


def staff(username: str = "", permissions: tuple[str, ...] = ALL, **fields: Any) -> User:
    name = username or f"staff{User.objects.count()}"
    user = User.objects.create_user(name, is_staff=True, **fields)
    codenames = [name if "_" in name else f"{name}_supportticket" for name in permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def client(user: User | None = None, scopes: tuple[str, ...] = tuple(Scope.values)) -> APIClient:
    """A caller with a token of `user`, a member of staff with all permissions unless told."""
    _, token = ApiToken.objects.create(user=user or staff(), scopes=list(scopes))
    return APIClient(headers={"Authorization": f"Bearer {token}"})


def contact(phone: str = JOHN, name: str = "John Doe", hours_ago: float = 0) -> Contact:
    """Somebody who wrote `hours_ago`."""
    person = of_phone(phone, name)
    person.last_inbound_at = timezone.now() - timedelta(hours=hours_ago)
    person.save()
    return person


def ticket(person: Contact | None = None, **fields: Any) -> SupportTicket:
    return services.open_ticket(person or contact(), Actor("Test"), **fields)


def phone(number: int) -> str:
    return f"+23480312345{number:02}"
