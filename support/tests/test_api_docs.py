"""GET /api/schema and /api/docs."""

import re
from io import StringIO

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from support.tests import api

pytestmark = pytest.mark.django_db
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def browser(user=None) -> Client:
    client = Client(headers=BROWSER)
    if user:
        client.force_login(user)
    return client


def schema() -> dict:
    return api.client().get("/api/schema").json()


def test_the_schema_is_valid_and_raises_no_warning():
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


@pytest.mark.parametrize("address", ["/api/schema", "/api/docs"])
def test_staff_and_tokens_may_read(address):
    assert browser(api.staff("ada")).get(address).status_code == 200
    assert api.client(api.staff("bob"), ()).get(address).status_code == 200


@pytest.mark.parametrize("address", ["/api/schema", "/api/docs"])
def test_a_browser_of_a_stranger_is_sent_to_the_login(address):
    student = api.staff("student")
    student.is_staff = False
    student.save()
    for client in (browser(), browser(student)):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.url == f"/admin/login/?next={address}"


@pytest.mark.parametrize("address", ["/api/schema", "/api/docs"])
def test_a_program_of_a_stranger_is_told_in_json(address):
    for headers in ({}, {"Authorization": "Bearer junk"}):
        answer = Client(headers=headers).get(address)
        assert answer.status_code == 401, answer.content
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer.json()["status"] == "error"


def test_the_page_needs_nothing_from_outside():
    client = browser(api.staff("ada"))
    page = client.get("/api/docs").content.decode()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert loaded
    for address in loaded:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
        else:
            assert address.startswith("/api/docs?")
    script = client.get("/api/docs?script=").content.decode()
    assert "/api/schema" in script or "schema" in script
    assert not re.findall(r"https?://", script)


def test_the_page_has_no_inline_script_or_style():
    page = browser(api.staff("ada")).get("/api/docs").content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


def test_every_operation_asks_for_the_token_and_names_its_errors():
    document = schema()
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["security"] == [{"token": []}], path
            assert {"401", "403"} <= set(operation["responses"]), path
            assert operation["summary"], path
            assert "Needs the scope" in operation["description"], path
            if method == "get":
                assert "requestBody" not in operation, path
            assert "429" in operation["responses"], path
            names = [parameter["name"] for parameter in operation.get("parameters", [])]
            assert ("Idempotency-Key" in names) == (method == "post"), path


def test_every_post_says_what_an_idempotency_key_may_bring():
    for path, methods in schema()["paths"].items():
        if "post" in methods:
            assert {"409", "422"} <= set(methods["post"]["responses"]), path


def test_where_unknown_fields_are_refused_the_schema_says_so():
    named = schema()["components"]["schemas"]
    assert named["NewNote"]["additionalProperties"] is False
    assert "additionalProperties" not in named["NewTicket"]


def test_texts_that_must_say_something_are_told_apart():
    sender = schema()["components"]["schemas"]["NewTicket"]["properties"]["sender_name"]
    assert sender["minLength"] == 1
    assert re.search(sender["pattern"], "Ada")
    assert not re.search(sender["pattern"], "  ")
    assert not re.search(sender["pattern"], "Ada\0")
