"""Where somebody lands who types the bare address."""

import pytest


def test_a_first_look_begins_with_the_phone(client):
    assert client.get("/").url == "/simulator/"


@pytest.mark.parametrize("address", ["/admin", "/simulator"])
def test_a_missing_last_stroke_is_added(client, address):
    assert client.get(address).url == address + "/"


def test_the_browser_finds_an_icon(client):
    assert client.get("/favicon.ico").url.endswith(".svg")
