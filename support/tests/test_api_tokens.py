"""Who may call the API at all."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from support.models import ApiToken
from support.tests import api

pytestmark = pytest.mark.django_db
ADDRESS = "/api/support/tickets"


def call(authorization: str | None):
    headers = {} if authorization is None else {"Authorization": authorization}
    return APIClient(headers=headers).get(ADDRESS)


def test_a_token_opens_the_door():
    assert api.client().get(ADDRESS).status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer junk",
        "Bearer two words",
        f"Bearer {'0' * 64}",
        "Bearer Ünïcødé",
        "Bearer \x00",
        "Token {token}",
        "{token}",
        "Bearer {token}0",
        "Bearer {key}",
    ],
)
def test_anything_else_is_answered_401_in_json(authorization):
    row, token = ApiToken.objects.create(user=api.staff(), scopes=["read"])
    if authorization:
        authorization = authorization.replace("{token}", token).replace("{key}", row.token_key)
    answer = call(authorization)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["status"] == "error"
    assert answer.json()["errors"] == {}


def test_a_session_is_no_token():
    client = APIClient()
    client.force_login(api.staff())
    assert client.get(ADDRESS).status_code == 401


def test_the_token_itself_is_not_stored():
    row, token = ApiToken.objects.create(user=api.staff(), scopes=["read"])
    assert token not in str(ApiToken.objects.filter(pk=row.pk).values())


def test_an_expired_token_is_refused_and_kept():
    client = api.client()
    ApiToken.objects.update(expiry=timezone.now())
    assert client.get(ADDRESS).status_code == 401
    assert ApiToken.objects.count() == 1


def test_a_token_of_an_inactive_user_is_refused():
    user = api.staff()
    client = api.client(user)
    user.is_active = False
    user.save()
    assert client.get(ADDRESS).status_code == 401


def test_a_token_of_somebody_who_left_the_staff_is_refused():
    """Who may no longer log in does not go on through the API."""
    user = api.staff()
    client = api.client(user)
    user.is_staff = False
    user.save()
    assert client.get(ADDRESS).status_code == 401


def test_the_last_use_is_noted_at_most_once_a_minute():
    client = api.client()
    start = timezone.now()
    for seconds, noted_at in [(0, 0), (59, 0), (61, 61), (90, 61)]:
        now = start + timedelta(seconds=seconds)
        with time_machine.travel(now, tick=False):
            client.get(ADDRESS)
        last = ApiToken.objects.get().last_used_at
        assert abs(last - start - timedelta(seconds=noted_at)) < timedelta(milliseconds=10)


def test_answers_are_not_kept_on_the_way():
    assert api.client().get(ADDRESS)["Cache-Control"] == "no-store"
    assert call(None)["Cache-Control"] == "no-store"
