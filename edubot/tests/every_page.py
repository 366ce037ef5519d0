"""Every page of EduBot with something on it: what a superuser's browser and token can look at."""

import re
from collections.abc import Iterator
from io import StringIO

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from edubot.tests import api_world
from edubot.tests.test_every_address import ADDRESSES
from support.tests import api, desk

ROWS = 2  # of each kind


def answers(user: User) -> Iterator[tuple[str, HttpResponse, bytes]]:
    """Address, answer and its bytes: of the demo and one of everything, as `user` sees it."""
    world = api_world.make()
    call_command("demo", "--busy", stdout=StringIO())
    gets = [path for method, path in api_world.operations().values() if method == "GET"]
    yield from _asked(desk.browser(user), [*_addresses(world), *_rows()])
    yield from _asked(api.client(user), [world.address(path) for path in gets])


def _asked(client: Client, addresses: list[str]) -> Iterator[tuple[str, HttpResponse, bytes]]:
    for address in dict.fromkeys(addresses):
        answer = client.get(address)
        yield address, answer, b"".join(answer) if answer.streaming else answer.content


def _addresses(world: api_world.World) -> list[str]:
    """Those of the resolver, where they belong to a row of this world with its id."""
    ids = dict.fromkeys(("desk", "supportticket"), world.ticket.pk)
    ids |= {"homework": world.homework_id, "media": world.media_id}
    named = re.compile(rf"/({'|'.join(ids)})/1\b")
    return [named.sub(lambda found: f"/{found[1]}/{ids[found[1]]}", a) for a in ADDRESSES]


def _rows() -> Iterator[str]:
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield f"{reverse(f'{name}_changelist')}?q=a"
        for row in model._default_manager.order_by("-pk")[:ROWS]:
            for page in ("change", "history", "delete"):
                yield reverse(f"{name}_{page}", args=[row.pk])
