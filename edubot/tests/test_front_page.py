"""Where somebody lands who types the bare address."""

import pytest

from edubot.settings.security import OWN_HOSTS


def test_a_first_look_begins_with_the_phone(client):
    assert client.get("/").url == "/simulator/"


@pytest.mark.parametrize("address", ["/admin", "/simulator"])
def test_a_missing_last_stroke_is_added(client, address):
    assert client.get(address).url == address + "/"


def test_the_browser_finds_an_icon(client):
    assert client.get("/favicon.ico").url.endswith(".svg")


@pytest.mark.django_db
def test_a_name_from_elsewhere_does_not_open_the_demo(client, settings):
    """A page whose own name leads to this machine must not reach the known login."""
    settings.ALLOWED_HOSTS = OWN_HOSTS
    assert client.get("/simulator/", headers={"host": "localhost:8000"}).status_code == 200
    assert client.get("/simulator/", headers={"host": "evil.example"}).status_code == 400
