"""Tokens in the admin."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from support.models import ApiToken
from support.tests import api

pytestmark = pytest.mark.django_db
LIST = "/admin/support/apitoken/"
ADD = f"{LIST}add/"


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def administrator():
    user = api.staff("adm", ())
    user.groups.add(Group.objects.get(name="Administrator"))
    return user


def made(page) -> str:
    return re.search(r'value="([0-9a-f]{64})"', page.content.decode())[1]


def test_a_new_token_is_shown_once_and_works(agent):
    owner = api.staff("grace")
    page = browser(agent).post(ADD, {"user": owner.pk, "scopes": ["read"], "days": 30})
    token = made(page)
    assert "no-store" in page["Cache-Control"]
    caller = APIClient(headers={"Authorization": f"Bearer {token}"})
    assert caller.get("/api/support/tickets").status_code == 200
    assert caller.post("/api/support/tickets", {}).status_code == 403
    row = ApiToken.objects.get()
    assert (row.user, row.scopes) == (owner, ["read"])
    assert abs(row.expiry - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)


def test_the_list_shows_use_and_expiry_but_no_secret(agent):
    caller = api.client(api.staff("grace"))
    caller.get("/api/support/tickets")
    row = ApiToken.objects.get()
    page = browser(agent).get(LIST).content.decode()
    assert row.token_key in page
    assert row.digest not in re.sub(r'(href|value)="[^"]*"', "", page)
    assert "read, reply, manage" in page


def test_a_revoked_token_is_worthless_at_once(agent):
    caller = api.client(api.staff("grace"))
    row = ApiToken.objects.get()
    browser(agent).post(f"{LIST}{row.pk}/delete/", {"post": "yes"})
    assert caller.get("/api/support/tickets").status_code == 401


def test_a_token_is_never_changed(agent):
    api.client(api.staff("grace"))
    row = ApiToken.objects.get()
    address = f"{LIST}{row.pk}/change/"
    assert browser(agent).get(address).status_code == 200
    assert browser(agent).post(address, {"scopes": ["manage"]}).status_code == 403


def test_nobody_makes_a_token_that_may_more_than_they(agent):
    data = {"user": agent.pk, "scopes": ["read"], "days": 30}
    page = browser(administrator()).post(ADD, data)
    assert "may do more than you" in page.content.decode()
    assert not ApiToken.objects.exists()


def test_an_administrator_makes_tokens_for_the_team():
    helper = api.staff("helper", ("view", "reply"))
    page = browser(administrator()).post(ADD, {"user": helper.pk, "scopes": ["reply"], "days": 1})
    assert made(page)


@pytest.mark.parametrize("role", ["Agent", "Lead"])
def test_others_do_not_see_tokens(role):
    user = api.staff("other", ())
    user.groups.add(Group.objects.get(name=role))
    assert browser(user).get(LIST).status_code == 403
    assert browser(user).get(ADD).status_code == 403
