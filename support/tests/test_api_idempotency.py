"""Idempotency-Key on every POST."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from django.utils import timezone

from support import services
from support.api import keys
from support.api.once import HEADER, REPLAYED
from support.api.views import ApiView
from support.models import IdempotencyKey, SupportTicket, WebhookEndpoint
from support.tasks import forget_idempotency_keys
from support.tests import api
from whatsapp.models import Message
from whatsapp.models.fields import digest

pytestmark = pytest.mark.django_db
NEW = {"phone_number": api.JOHN, "sender_name": "John", "issue_description": "It fails."}


@pytest.fixture
def chat() -> SupportTicket:
    return api.ticket()


@pytest.fixture
def grace():
    return api.client(api.staff("grace"))


def say(client, ticket, text="Hello", key="k1"):
    address = f"/api/support/tickets/{ticket.pk}/messages"
    return client.post(address, {"message": text}, headers={HEADER: key})


def test_the_same_key_and_body_get_the_same_answer_and_send_once(grace, chat):
    first, second = say(grace, chat), say(grace, chat)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert Message.objects.count() == 1
    assert REPLAYED not in first
    assert second[REPLAYED] == "true"


def test_without_a_key_each_post_counts(grace, chat):
    for _ in range(2):
        grace.post(f"/api/support/tickets/{chat.pk}/messages", {"message": "Hello"})
    assert Message.objects.count() == 2


def test_the_same_json_in_other_spacing_is_the_same_body(grace):
    bodies = [
        '{"phone_number":"+2348031234567","sender_name":"John","issue_description":"Help"}',
        '{ "sender_name": "John", "issue_description": "Help", "phone_number": "+2348031234567" }',
    ]
    answers = [
        grace.generic(
            "POST", "/api/support/tickets", body, "application/json", headers={HEADER: "k"}
        )
        for body in bodies
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert SupportTicket.objects.count() == 1


def test_another_body_with_the_key_is_422(grace, chat):
    say(grace, chat)
    refused = say(grace, chat, "Something else")
    assert refused.status_code == 422
    assert "new key" in refused.json()["message"]
    assert Message.objects.count() == 1


def test_another_address_with_the_key_is_422(grace, chat):
    say(grace, chat)
    assert grace.post("/api/support/tickets", NEW, headers={HEADER: "k1"}).status_code == 422


def test_another_caller_may_use_the_same_key(grace, chat):
    say(grace, chat)
    assert say(api.client(api.staff("ada")), chat).status_code == 201
    assert Message.objects.count() == 2


def test_another_token_of_the_same_person_is_the_same_caller(chat):
    person = api.staff("grace")
    assert say(api.client(person), chat).json() == say(api.client(person), chat).json()
    assert Message.objects.count() == 1


def test_a_refusal_with_409_is_replayed(grace, chat):
    services.end(chat.pk, services.Actor("Test"))
    first = say(grace, chat)
    services.reopen(chat.pk, services.Actor("Test"))
    second = say(grace, chat)
    assert (first.status_code, second.status_code) == (409, 409)
    assert first.json() == second.json()


@pytest.mark.parametrize("body", [{}, {"message": ""}, {"message": 5, "x": 1}])
def test_a_mistake_leaves_the_key_free(grace, chat, body):
    address = f"/api/support/tickets/{chat.pk}/messages"
    if "message" not in body or body["message"] == "":
        assert grace.post(address, body, headers={HEADER: "k1"}).status_code == 400
    assert say(grace, chat).status_code == 201


def test_what_is_not_there_leaves_the_key_free(grace):
    address = "/api/support/tickets/999/messages"
    for _ in range(2):
        answer = grace.post(address, {"message": "x"}, headers={HEADER: "k1"})
        assert answer.status_code == 404
        assert REPLAYED not in answer
    assert not IdempotencyKey.objects.exists()


def test_while_the_first_is_in_flight_the_second_is_409(grace, chat):
    say(grace, chat)
    IdempotencyKey.objects.update(status_code=None, answer=None)
    refused = say(grace, chat)
    assert refused.status_code == 409
    assert refused["Retry-After"] == "1"
    assert Message.objects.count() == 1


def test_a_crash_before_the_work_leaves_the_key_for_a_minute_only(grace, chat):
    say(grace, chat)
    IdempotencyKey.objects.update(status_code=None, answer=None)  # as a killed process leaves it
    Message.objects.all().delete()
    with time_machine.travel(timezone.now() + keys.LEASE + timedelta(seconds=1)):
        assert say(grace, chat).status_code == 201
        assert say(grace, chat)[REPLAYED] == "true"
    assert Message.objects.count() == 1


def test_who_wakes_up_late_does_nothing(grace, chat, monkeypatch):
    """The first is slow, its claim is taken over and answered: its own work is undone."""
    person = grace.get("/api/support/notifications").wsgi_request and "grace"
    late = keys.claim(digest(person, "k"), "print")
    IdempotencyKey.objects.update(claimed_until=timezone.now())
    second = keys.claim(digest(person, "k"), "print")
    keys.keep(second, 201, {"id": 1})

    def work():
        services.reply(chat.pk, services.Actor("Late"), "Hello")
        return type("Response", (), {"status_code": 201, "data": {"id": 2}})()

    with pytest.raises(keys.KeyInFlight):
        keys.carry_out(late, work)
    assert not Message.objects.exists()
    assert keys.claim(digest(person, "k"), "print").body == {"id": 1}


def test_a_fault_of_ours_leaves_the_key_free(grace, chat, monkeypatch):
    def fails(*_args, **_options):
        raise RuntimeError

    grace.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("support.services.reply", fails)
        assert say(grace, chat).status_code == 500
    assert say(grace, chat).status_code == 201


def test_after_a_day_the_key_is_new(grace, chat):
    say(grace, chat)
    with time_machine.travel(timezone.now() + keys.KEPT):
        api.contact()
        assert say(grace, chat, "Something else").status_code == 201
    assert Message.objects.count() == 2


def test_what_is_older_than_a_day_is_forgotten(grace, chat):
    say(grace, chat)
    forget_idempotency_keys()
    assert IdempotencyKey.objects.count() == 1
    with time_machine.travel(timezone.now() + keys.KEPT):
        forget_idempotency_keys()
    assert IdempotencyKey.objects.count() == 0


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\tb"])
def test_a_key_must_be_readable(grace, chat, key):
    answer = say(grace, chat, key=key)
    assert answer.status_code == 400
    assert HEADER in answer.json()["errors"]


def test_a_file_sent_twice_goes_out_once_and_another_is_422(grace, chat):
    def send(content):
        file = SimpleUploadedFile("essay.pdf", content, "application/pdf")
        return grace.post(
            f"/api/support/tickets/{chat.pk}/files",
            {"file": file},
            format="multipart",
            headers={HEADER: "f"},
        )

    first, second, other = send(b"%PDF-1.4 a"), send(b"%PDF-1.4 a"), send(b"%PDF-1.4 b")
    assert (first.status_code, second.status_code, other.status_code) == (201, 201, 422)
    assert first.content == second.content
    assert Message.objects.count() == 1


def test_no_post_of_the_api_is_left_out():
    """Every view of the API with a `post` has it wrapped, whoever adds one."""
    posting = [
        entry.callback.cls
        for entry in _api_patterns()
        if hasattr(getattr(entry.callback, "cls", None), "post")
    ]
    assert len(posting) > 8
    for view in posting:
        assert issubclass(view, ApiView), view
        assert view.post.__code__.co_filename.endswith("once.py"), view


def _api_patterns():
    def walk(resolver, prefix):
        for entry in resolver.url_patterns:
            here = prefix + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                yield from walk(entry, here)
            elif here.startswith("api/"):
                yield entry

    return list(walk(get_resolver(), ""))


@pytest.mark.parametrize("address", ["/api/webhooks", "/api/webhooks/{id}/rotate"])
def test_a_secret_is_told_once_and_not_kept(address):
    administrator = api.client(api.staff(is_superuser=True))
    endpoint = WebhookEndpoint.objects.create(url="https://crm.example.org/")
    address = address.format(id=endpoint.pk)
    body = {} if address.endswith("rotate") else {"url": "https://crm.example.org/new"}
    first, second = (administrator.post(address, body, headers={HEADER: "k1"}) for _ in range(2))
    secret = first.json()["secret"]
    assert secret.startswith("whsec_")
    assert secret not in str(IdempotencyKey.objects.get().answer)
    assert second[REPLAYED] == "true"
    assert second.json() == first.json() | {"secret": None}
