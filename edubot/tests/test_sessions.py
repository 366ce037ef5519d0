"""A session begins at the login and ends with the account."""

import pytest
from django.contrib.auth.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


@pytest.fixture
def grace() -> User:
    return User.objects.create_superuser("grace", password=PASSWORD)


def log_in(client) -> None:
    body = {"username": "grace", "password": PASSWORD}
    assert client.post("/admin/login/", body).status_code == 302


def test_a_session_that_was_there_before_the_login_is_worth_nothing(client, grace):
    client.get("/admin/login/")
    client.session.save()
    planted = client.session.session_key
    client.cookies["sessionid"] = planted
    log_in(client)
    assert client.cookies["sessionid"].value != planted


def test_an_account_that_is_switched_off_is_out_at_once(client, grace):
    log_in(client)
    assert client.get("/admin/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_a_new_password_ends_the_sessions_elsewhere(client, grace):
    log_in(client)
    grace.set_password("another-horse-battery")
    grace.save()
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_logging_out_forgets_the_session(client, grace):
    log_in(client)
    old = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    client.cookies["sessionid"] = old
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
