"""Webhooks reach the public internet only, whatever a name says a moment later."""

import socket

import pytest
from django.core.exceptions import ValidationError

from support.webhooks import addresses, client
from support.webhooks.addresses import AddressRefused
from support.webhooks.client import Request

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1"),
    *("::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1"),
    *("64:ff9b:1::a00:1", "::10.0.0.1", "::ffff:0:a00:1", "fec0::1", "5f00::1"),
]


def names(monkeypatch, *ips: str) -> None:
    """Every name has these addresses."""

    def found(_host: str, port: int, **_: object) -> list[object]:
        return [(0, 0, 0, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_name_of_a_private_address_is_refused(monkeypatch, ip: str):
    names(monkeypatch, ip)
    with pytest.raises(AddressRefused, match="private network"):
        addresses.resolve("https://innocent.example/hooks")


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    names(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(AddressRefused):
        addresses.resolve("https://innocent.example/hooks")


def test_the_call_goes_to_the_address_that_was_checked(monkeypatch):
    """The name is looked up once; a second answer, to rebind it, is never asked for."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _h, port, **_: [(0, 0, 0, "", (answers.pop(0)[0], port))]
    )
    target = addresses.resolve("https://innocent.example:8443/hooks?a=b")
    pool = client._pool(target)
    assert (pool.host, pool.port) == ("93.184.216.34", 8443)
    assert pool.assert_hostname == "innocent.example"
    assert target.netloc == "innocent.example:8443"
    assert target.path == "/hooks?a=b"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://crm.example", "/"),
        ("https://crm.example?key=1", "/?key=1"),
        ("https://crm.example/?key=1", "/?key=1"),
        ("https://crm.example//hooks", "//hooks"),
    ],
)
def test_what_is_asked_for_is_a_path(monkeypatch, url: str, path: str):
    """urllib3 takes anything else for an address of another host, and refuses it."""
    names(monkeypatch, "93.184.216.34")
    assert addresses.resolve(url).path == path


def test_private_addresses_are_allowed_by_setting(monkeypatch, settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    names(monkeypatch, "10.1.2.3")
    assert addresses.resolve("https://crm.internal/").ip == "10.1.2.3"


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org/", "ftp://example.org/", "https://", "example.org", "https://a b/"),
        *("https://user:pw@example.org/", "https://example.org/#x", "https://[::1", "https://x:0/"),
        *("https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://x:99999/"),
        *("https://exämple.org/", "https://example.org/\r\nX: y"),
        *("https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://0/"),
    ],
)
def test_a_form_refuses_what_no_webhook_may_have(url: str):
    with pytest.raises(ValidationError):
        addresses.validate(url)


def test_http_is_for_a_first_look_only(settings):
    settings.DEBUG = True
    addresses.validate("http://example.org/")


def test_numbers_that_mean_loopback_are_refused_when_they_are_looked_up():
    for url in ("https://2130706433/", "https://0x7f.1/", "https://127.1/"):
        outcome = client.post(Request(url, {}, b"{}"), [])
        assert outcome.status is None
        assert outcome.error


def test_a_name_that_is_unknown_is_an_outcome(monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror("Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    assert "not known" in client.post(Request("https://nowhere.example/", {}, b"{}"), []).error
