"""Nobody guesses passwords at the login."""

import pytest
import time_machine
from django.contrib.auth.models import User

from support.networks import address_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def grace() -> User:
    return User.objects.create_user("grace", password=PASSWORD, is_staff=True)


def attempt(client, password: str, username: str = "grace", address: str = "192.0.2.7"):
    body = {"username": username, "password": password}
    return client.post("/admin/login/", body, REMOTE_ADDR=address)


def lock(client) -> None:
    for _ in range(5):
        last = attempt(client, "wrong")
    assert last.status_code == 429
    assert "Too many wrong passwords" in last.content.decode()


def test_five_wrong_passwords_close_the_login_even_for_the_right_one(client):
    lock(client)
    assert attempt(client, PASSWORD).status_code == 429


def test_it_opens_again_after_a_quarter_of_an_hour(client):
    with time_machine.travel("2026-11-02 09:00:00+01:00", tick=False) as clock:
        lock(client)
        clock.shift(15 * 60 + 1)
        assert attempt(client, PASSWORD).status_code == 302


def test_neither_others_nor_the_same_person_elsewhere_are_locked_out(client):
    User.objects.create_user("ada", password=PASSWORD, is_staff=True)
    lock(client)
    assert attempt(client, PASSWORD, "ada").status_code == 302
    assert attempt(client, PASSWORD, address="192.0.2.8").status_code == 302


def test_a_right_password_makes_up_for_earlier_wrong_ones(client):
    for _ in range(2):
        for _ in range(4):
            assert attempt(client, "wrong").status_code == 200
        assert attempt(client, PASSWORD).status_code == 302
        client.post("/admin/logout/")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "198.51.100.1", "192.0.2.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.66, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.66, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.7"),
        (1, "not an address", "192.0.2.7"),
        (1, "", "192.0.2.7"),
    ],
)
def test_only_our_proxies_say_where_a_caller_is(rf, settings, proxies, forwarded, believed):
    settings.PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == believed


def test_a_network_of_many_addresses_is_one_caller(client):
    """Whoever has an address of IPv6 has 2^64 of them."""
    for number in range(1, 6):
        attempt(client, "wrong", address=f"2001:db8:1:2:{number}::{number}")
    assert attempt(client, PASSWORD, address="2001:db8:1:2::9").status_code == 429
    assert attempt(client, PASSWORD, address="2001:db8:1:3::9").status_code == 302


def test_an_address_of_ipv4_is_the_same_in_the_dress_of_ipv6(client):
    for _ in range(5):
        attempt(client, "wrong", address="::ffff:192.0.2.7")
    assert attempt(client, PASSWORD, address="192.0.2.7").status_code == 429
