"""Every address of the admin refuses whoever's role has no part in it, by GET and by POST."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from edubot.tests import api_world
from edubot.tests.test_every_address import CLOSED, is_refusal
from support.tests import desk
from support.tests.test_admin_permissions import ADMINS_SEE

pytestmark = pytest.mark.django_db

# For every member of staff, whatever the role: their own login, and what says nothing of anybody.
OWN = re.compile(
    r"/admin/(|(password_change|second-factor)/(done/|verify)?|jsi18n/|support/)"
    r"|/admin/support/deskpreferences/.*"
)
# Below a model's name, but not of the model.
DESK = re.compile(r"/admin/support/(desk|media|reports)/")
MODEL = re.compile(r"/admin/(\w+)/(\w+)/")
NOBODYS = re.compile(r"/admin/(nothing|r/1/1/|logout/)")  # 404 for all; ends the session
# Refuses by knowing nothing: a list that is empty, or an address that is only led on from.
LEADS_BACK = re.compile(rf"{reverse('admin:index')}(\w+/\w+/1/(change/)?)?")


def closed_to(role: str) -> list[str]:
    """The addresses of all models that the role does not see, and for nobody the desk's besides."""
    sees = {label.lower().replace(".", "/") for label in ADMINS_SEE.get(role, set())}
    return [a for a in CLOSED if _is_closed(a, role, sees)]


def _is_closed(address: str, role: str, sees: set[str]) -> bool:
    if not address.startswith("/admin/") or OWN.fullmatch(address) or NOBODYS.match(address):
        return False
    if DESK.match(address):
        return not role
    found = MODEL.match(address)
    return found is None or f"{found[1]}/{found[2]}" not in sees


def opened(client: Client, addresses: list[str]) -> Iterator[tuple[str, str, int]]:
    for method in ("get", "post"):
        for address in addresses:
            mark = transaction.savepoint()
            answer = getattr(client, method)(address)
            if answer.streaming:
                b"".join(answer)  # which closes the file
            transaction.savepoint_rollback(mark)
            leads_back = answer.status_code == 302 and LEADS_BACK.fullmatch(answer["Location"])
            if not (is_refusal(answer) or leads_back or answer.status_code in (404, 405)):
                yield method, address, answer.status_code


@pytest.mark.parametrize("role", ["", *ADMINS_SEE])
def test_no_address_opens_for_whom_it_is_not(role: str) -> None:
    api_world.make()
    person = desk.staff(role) if role else User.objects.create_user("nobody", is_staff=True)
    addresses = closed_to(role)
    assert len(addresses) > (10 if role else 180)
    assert list(opened(desk.browser(person), addresses)) == []


def test_the_walk_would_see_a_door_that_is_open() -> None:
    api_world.make()
    every = closed_to("")
    found = {address for _, address, _ in opened(desk.browser(desk.staff("Lead")), every)}
    assert {"/admin/support/desk/", "/admin/support/reports/tickets.csv"} <= found
    lists = {f"/admin/{label.lower().replace('.', '/')}/" for label in ADMINS_SEE["Lead"]}
    assert lists - found == {"/admin/support/deskpreferences/"}  # everybody's own: not walked
