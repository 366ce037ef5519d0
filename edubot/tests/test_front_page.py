"""Where somebody lands who types the bare address."""

import pytest
from django.test import Client

from edubot.settings.security import OWN_HOSTS
from support.tests import desk


def test_a_first_look_begins_with_the_phone(client):
    assert client.get("/").url == "/simulator/"


@pytest.mark.parametrize("address", ["/admin", "/simulator"])
def test_a_missing_last_stroke_is_added(client, address):
    assert client.get(address).url == address + "/"


def test_the_browser_finds_an_icon(client):
    assert client.get("/favicon.ico").url.endswith(".svg")


@pytest.mark.django_db
def test_who_may_not_see_a_page_is_told_so_and_led_on():
    agent = desk.browser(desk.staff())
    answer = agent.get("/admin/support/reports/")
    assert answer.status_code == 403
    assert "Your account may not see" in answer.content.decode()
    assert 'href="/admin/"' in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_before_the_last_login_says_how_nothing_is_lost():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "grace"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()


@pytest.mark.django_db
def test_a_name_from_elsewhere_does_not_open_the_demo(client, settings):
    """A page whose own name leads to this machine must not reach the known login."""
    settings.ALLOWED_HOSTS = OWN_HOSTS
    assert client.get("/simulator/", headers={"host": "localhost:8000"}).status_code == 200
    assert client.get("/simulator/", headers={"host": "evil.example"}).status_code == 400
