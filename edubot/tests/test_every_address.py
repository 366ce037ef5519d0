"""Who may knock where: every address of EduBot is closed, unless it is listed here as public."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize

from edubot.middleware import DOOR
from support.tests import desk

pytestmark = pytest.mark.django_db

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
SAMPLES = {"app_label": "support", "name": "take", "url": "nothing", "format": "json"}

# What answers strangers, and why. A new address must be closed or be listed here on purpose.
PUBLIC = {
    "/webhooks/whatsapp": "Meta; without its signature or our verify token: 403",
    "/webhooks/paystack": "Paystack; without its signature: 401 or 403",
    "/paid": "students after paying; says nothing of the payment",
    "/": "leads to the simulator, in production to the login",
    "/favicon.ico": "leads to a picture",
    "/admin": "leads to /admin/",
    "/simulator": "leads to /simulator/; only while that is on",
    "/api": "says that there is nothing",
    "/healthz": "probes",
    "/readyz": "probes",
    "/metrics": "Prometheus; METRICS_TOKEN closes it",
    "/admin/login/": "how else",
    "/admin/logout/": "ends the caller's own session",
}
# There only while the simulator is on, which production has off.
PUBLIC_PREFIX = "/simulator/"
# A look that leaves a trace on purpose: what an agent has opened counts as seen.
LOOKING_WRITES = re.compile(r"/admin/support/desk/\d+/")


def addresses() -> list[str]:
    return sorted(set(_below(get_resolver(), "/")))


def _below(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        here = prefix + _filled(entry)
        if isinstance(entry, URLResolver):
            yield from _below(entry, here)
        else:
            yield here


def _filled(entry: URLPattern | URLResolver) -> str:
    """The entry's part of an address, with a value for each of its parameters."""
    if isinstance(entry.pattern, RegexPattern):
        form, names = normalize(str(entry.pattern))[0]
        return form % {name: SAMPLES.get(name, "1") for name in names}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: SAMPLES.get(found[1], "1"), str(entry.pattern))


ADDRESSES = addresses()
CLOSED = [a for a in ADDRESSES if a not in PUBLIC and not a.startswith(PUBLIC_PREFIX)]


def is_refusal(response: HttpResponse) -> bool:
    if response.status_code in (301, 302):
        return response["Location"].startswith("/admin/login/?next=")
    return response.status_code in (401, 403)


def test_the_walk_finds_the_addresses_of_every_part() -> None:
    assert len(CLOSED) > 80
    assert {
        "/api/support/tickets/1/messages",
        "/api/admin/conversations/1/chat-support/send",
        "/admin/support/supportticket/1/say",
        "/admin/support/media/1",
        "/admin/whatsapp/receipt/1/change/",
        "/admin/nothing",
    } <= set(CLOSED)
    for address in ADDRESSES:
        resolve(address)  # the sample values fit, so what is asked below is this address


def test_every_public_address_exists() -> None:
    assert set(PUBLIC) <= set(ADDRESSES)


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_gets_nowhere(method: str) -> None:
    client = Client()
    open_to_all = [a for a in CLOSED if not is_refusal(client.generic(method, a))]
    assert open_to_all == []


@pytest.mark.parametrize("junk", ["Bearer " + "0" * 64, "Bearer", "Bearer a b", "Token x", "é"])
def test_a_junk_token_opens_nothing(junk: str) -> None:
    client = Client(headers={"Authorization": junk})
    opened = [
        (method, address)
        for method in ("GET", "POST", "PATCH")
        for address in CLOSED
        if not is_refusal(client.generic(method, address))
    ]
    assert opened == []


def test_an_account_that_is_no_staff_gets_nowhere() -> None:
    client = desk.browser(User.objects.create_user("student"))
    assert [a for a in CLOSED if not is_refusal(client.get(a))] == []


@pytest.mark.parametrize("address", [a for a in PUBLIC if a.startswith("/webhooks/")])
def test_a_webhook_is_open_to_nobody_without_a_signature(address: str) -> None:
    for method in ("GET", "POST"):
        assert Client().generic(method, address).status_code in (401, 403, 405)
    assert Client().post(address).status_code in (401, 403)


def test_no_form_is_taken_without_its_csrf_token(agent: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    taken = [a for a in CLOSED if client.post(a).status_code not in (401, 403)]
    assert taken == []


def test_a_look_changes_nothing(agent: User) -> None:
    desk.chat()
    client = desk.browser(agent)
    wrote = {}
    for address in CLOSED:
        if not LOOKING_WRITES.fullmatch(address):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(address)
            if writes := [q["sql"][:80] for q in captured if _writes(q["sql"])]:
                wrote[address] = writes
    assert wrote == {}


def _writes(sql: str) -> bool:
    return sql.lstrip("( ").upper().startswith(("INSERT", "UPDATE", "DELETE", "REPLACE"))


def test_the_webhooks_door_stands_where_its_address_says():
    assert reverse("whatsapp-webhook") == DOOR
