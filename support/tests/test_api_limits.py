"""How often a caller may ask, and how much at once."""

import pytest
import time_machine
from django.core.cache import cache
from redis.exceptions import ConnectionError as CacheIsAway
from rest_framework.test import APIClient

from support.api import limits
from support.api.requests import UPLOAD_MAX
from support.tests import api

pytestmark = pytest.mark.django_db
ADDRESS = "/api/support/notifications"
MANY = 1000
START = 1_800_000_000 - 1_800_000_000 % 60


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def allow(settings, **wanted):
    settings.API_LIMITS = {"token": MANY, "address": MANY, "failures": MANY} | wanted


def statuses(client, times, **options):
    return [client.get(ADDRESS, **options).status_code for _ in range(times)]


def test_a_token_may_ask_so_often_a_minute(settings, clock):
    allow(settings, token=3)
    client = api.client()
    assert statuses(client, 4) == [200, 200, 200, 429]
    clock.shift(45)
    refused = client.get(ADDRESS)
    assert refused["Retry-After"] == "15"
    assert refused.json() == {
        "status": "error",
        "message": "Too many requests. Try again in 15 seconds.",
        "errors": {},
    }
    clock.shift(15)
    assert statuses(client, 1) == [200]


def test_another_token_is_counted_by_itself(settings):
    allow(settings, token=1)
    assert statuses(api.client(), 2) == [200, 429]
    assert statuses(api.client(), 1) == [200]


def test_an_address_may_ask_so_often_whatever_the_tokens(settings):
    allow(settings, address=2)
    assert statuses(api.client(), 1) + statuses(api.client(), 2) == [200, 200, 429]
    assert statuses(api.client(), 1, REMOTE_ADDR="10.0.0.9") == [200]


def test_every_answer_says_what_is_left(settings, clock):
    allow(settings, token=2)
    clock.shift(20)
    client = api.client()
    for remaining in ("1", "0", "0"):
        answer = client.get(ADDRESS)
        names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
        assert [answer[name] for name in names] == ["2", remaining, "40"]


def test_wrong_tokens_have_a_limit_of_their_own(settings, clock):
    allow(settings, failures=2)
    guesser = APIClient(headers={"Authorization": "Bearer " + "0" * 64})
    assert statuses(guesser, 3) == [401, 401, 429]
    assert guesser.get(ADDRESS)["Retry-After"] == "60"
    assert statuses(api.client(), 1) == [429], "A guess that is right is not looked at either."
    assert statuses(api.client(), 1, REMOTE_ADDR="10.0.0.9") == [200]
    clock.shift(60)
    assert statuses(guesser, 1) == [401]


def test_the_description_is_limited_too(settings):
    allow(settings, address=1)
    client = api.client()
    assert [client.get("/api/schema").status_code for _ in range(2)] == [200, 429]
    assert int(client.get("/api/schema")["Retry-After"]) == 60


def test_a_network_of_many_addresses_is_one_caller(settings):
    allow(settings, failures=2)
    guesser = APIClient(headers={"Authorization": "Bearer " + "0" * 64})
    codes = [statuses(guesser, 1, REMOTE_ADDR=f"2001:db8::{n}") for n in range(1, 4)]
    assert codes == [[401], [401], [429]]


@pytest.mark.parametrize("address", ["/api", "/api/nothing", "/api/support/tickets/"])
def test_what_does_not_exist_says_what_is_left_too(settings, address):
    allow(settings, address=3, token=2)
    for client, limit in ((api.client(), "2"), (APIClient(), "3")):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer["RateLimit-Limit"] == limit


def test_so_does_the_refusal_of_a_form_that_we_do_not_have(settings):
    allow(settings, address=3)
    answer = api.client().get(ADDRESS, headers={"Accept": "text/html"})
    assert (answer.status_code, answer["RateLimit-Remaining"]) == (406, "2")


def test_misspelt_addresses_count_too(settings):
    allow(settings, address=2)
    codes = [APIClient().get("/api/nothing").status_code for _ in range(3)]
    assert codes == [404, 404, 429]


@pytest.mark.parametrize(("proxies", "same"), [(0, True), (1, False)])
def test_behind_a_proxy_the_caller_is_who_the_proxy_saw(settings, proxies, same):
    settings.PROXY_COUNT = proxies
    allow(settings, address=1)
    client = api.client()
    codes = [
        client.get(ADDRESS, headers={"X-Forwarded-For": f"1.1.1.1, {seen}"}).status_code
        for seen in ("10.0.0.1", "10.0.0.2")
    ]
    assert codes == [200, 429 if same else 200]


def test_a_cache_that_is_away_refuses_nobody(settings, monkeypatch):
    def away(*_args, **_options):
        raise CacheIsAway("gone")

    allow(settings, token=1)
    monkeypatch.setattr(limits.cache, "add", away)
    assert statuses(api.client(), 3) == [200, 200, 200]


def test_counts_are_shared_through_the_cache(settings):
    allow(settings, token=5)
    client = api.client()
    statuses(client, 2)
    keys = [key for key in cache._cache if ":api:token:" in key]
    assert len(keys) == 1


def test_a_request_that_says_it_is_huge_is_413_unread():
    client = api.client()
    answer = client.post(
        "/api/support/tickets", {}, format="json", CONTENT_LENGTH=str(UPLOAD_MAX + 1)
    )
    assert answer.status_code == 413
    assert answer.json()["status"] == "error"


def test_json_of_three_megabytes_is_413():
    big = {"phone_number": api.JOHN, "sender_name": "x" * 3_000_000}
    assert api.client().post("/api/support/tickets", big).status_code == 413
