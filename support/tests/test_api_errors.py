"""Every refusal has one form."""

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path
from rest_framework.response import Response

from support.api.permissions import READ
from support.api.views import ApiView
from support.tests import api

pytestmark = pytest.mark.django_db
TICKETS = "/api/support/tickets"
SEE_NUMBERS = "see_numbers_supportticket"


class Broken(ApiView):
    access = {"GET": READ}

    def get(self, _request):
        return Response(1 / 0)


class Away(ApiView):
    """The database ends in the middle of the request."""

    access = {"GET": READ}

    def get(self, _request):
        raise OperationalError(2013, "Lost connection to server during query")


urlpatterns = [
    *(path("api/broken", Broken.as_view()), path("broken", Broken.as_view())),
    *(path("api/away", Away.as_view()), path("away", Away.as_view())),
]
handler400 = "support.api.errors.bad_request"
handler500 = "support.api.errors.server_error"


def refusal(answer, status: int) -> dict:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json"
    body = answer.json()
    assert set(body) == {"status", "message", "errors"}
    assert body["status"] == "error"
    assert body["message"]
    return body


@pytest.mark.parametrize(
    "address",
    [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/support/tickets/",
        "/api/support/tickets/abc",
        "/api/support/tickets/-1",
        "/api/support/tickets/0",
        "/api/support/tickets/999",
        f"/api/support/tickets/{10**30}",
        f"/api/support/tickets/{'9' * 5000}",
        "/api/support/tickets/1/",
        "/api/support/tickets/a%0Ab/release",
    ],
)
def test_what_does_not_exist_is_404(address):
    refusal(api.client().get(address), 404)


def test_a_post_to_a_misspelt_address_is_404_in_json_and_not_about_forms():
    """A caller with a token has no CSRF token, and needs none to be told of the slip."""
    client = Client(enforce_csrf_checks=True)
    for method in (client.post, client.put, client.patch, client.delete):
        refusal(method("/api/support/tickets/"), 404)


def test_a_method_that_does_not_exist_is_405():
    client = api.client()
    for method in ("put", "delete", "options", "patch"):
        refusal(getattr(client, method)(TICKETS), 405)
    refusal(client.post("/api/support/notifications"), 405)


def test_a_form_instead_of_json_is_415():
    refusal(api.client().post(TICKETS, "a=b", content_type="text/plain"), 415)


@pytest.mark.parametrize(
    "body", ["{", "\xff", "", "[" * 100_000, '{"a": NaN}', f'{{"a": {"9" * 5000}}}']
)
def test_a_body_that_is_no_json_is_400(body):
    answer = api.client().post(TICKETS, body.encode("latin-1"), content_type="application/json")
    refusal(answer, 400)


@pytest.mark.parametrize("body", ["[]", "1", '"text"', "null", "true"])
def test_json_that_is_no_object_is_400(body):
    answer = api.client().post(TICKETS, body.encode(), content_type="application/json")
    assert refusal(answer, 400)["errors"]


@pytest.mark.parametrize(
    ("body", "is_a"),
    [("[]", "a list"), ("[{}]", "a list"), ("1", "a number"), ('"x"', "a text"), ("null", "null")],
)
def test_a_body_that_is_no_object_is_told_what_it_is(body, is_a):
    answer = api.client().post(TICKETS, body.encode(), content_type="application/json")
    assert refusal(answer, 400)["errors"] == {
        "body": [f"Send one JSON object, {{…}}, with a field for each value; this is {is_a}."]
    }


def test_of_a_list_it_is_said_which_item_is_wrong():
    staff = api.staff(permissions=("view_webhookendpoint", "add_webhookendpoint", SEE_NUMBERS))
    new = {"url": "https://crm.example.org", "event_types": ["chat.ended", "chat.ende", 7]}
    answer = api.client(staff).post("/api/webhooks", new)
    assert refusal(answer, 400)["errors"] == {
        "event_types": [
            'Item 2: "chat.ende" is not a valid choice.',
            'Item 3: "7" is not a valid choice.',
        ]
    }


def test_of_named_values_it_is_said_which_one_is_wrong():
    filled = {"template_id": 1, "values": {"1": "John", "until": 3, "2": None}}
    ticket = api.ticket()
    answer = api.client().post(f"{TICKETS}/{ticket.pk}/template", filled)
    assert refusal(answer, 400)["errors"] == {
        "values": ["until: Not a valid string.", "2: This field may not be null."]
    }


def test_a_body_beyond_all_bounds_is_413(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = api.client().post(TICKETS, {"sender_name": "x" * 1000})
    refusal(answer, 413)


def test_each_field_says_what_is_wrong_with_it():
    answer = api.client().post(TICKETS, {"phone_number": "12", "sender_name": " "})
    errors = refusal(answer, 400)["errors"]
    assert errors == {
        "phone_number": ["This is not a phone number."],
        "sender_name": ["This field may not be blank."],
        "issue_description": ["This field is required."],
    }


@pytest.mark.parametrize("field", ["phone_number", "sender_name", "issue_description"])
def test_a_number_is_no_text(field):
    new = {"phone_number": api.JOHN, "sender_name": "John", "issue_description": "It fails."}
    answer = api.client().post("/api/support/tickets", new | {field: 2348031234567})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {field: ["Not a valid string."]}


def test_a_fault_of_ours_is_500_in_json_and_tells_nothing():
    client = api.client()
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        body = refusal(client.get("/api/broken"), 500)
        assert "division" not in str(body)
        assert client.get("/broken")["Content-Type"].startswith("text/html")


def test_a_database_that_is_away_is_503_and_says_when_to_ask_again():
    client = api.client()
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        answer = client.get("/api/away")
        page = client.get("/away")
    assert "with the same Idempotency-Key" in refusal(answer, 503)["message"]
    assert page.status_code == 503
    assert "Nothing that was saved is lost" in page.text
    assert answer["Retry-After"] == page["Retry-After"] == "5"


def test_a_request_for_a_host_that_is_not_ours_is_400_in_json():
    with override_settings(ALLOWED_HOSTS=["edubot.test"], DEBUG=False):
        refusal(Client(headers={"host": "evil.test"}).get(TICKETS), 400)
