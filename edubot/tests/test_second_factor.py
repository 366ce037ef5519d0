"""Staff prove with their phone that they are who the password says."""

import re
import time

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from edubot.second_factor import sessions
from support.tests import desk

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"
PAGE, VERIFY = "/admin/second-factor/", "/admin/second-factor/verify"
LIST = "/admin/support/supportticket/"


@pytest.fixture
def grace() -> User:
    user = desk.staff("Agent", "grace")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-02 09:00:00+01:00", tick=False) as clock:
        yield clock


def log_in(client: Client) -> None:
    answer = client.post("/admin/login/", {"username": "grace", "password": PASSWORD})
    assert answer.status_code == 302


def code_of(user: User) -> str:
    device = TOTPDevice.objects.get(user=user)
    generator = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    generator.time = time.time()
    return f"{generator.token():06}"


def set_up(client: Client, user: User) -> list[str]:
    client.post(PAGE, {"begin": "yes"})
    done = client.post(PAGE, {"code": code_of(user)})
    return re.findall(r"<code>([a-z2-7]{8})</code>", done.content.decode())


def asked_for_the_code(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(VERIFY)


def test_without_one_the_password_is_enough(client, grace):
    log_in(client)
    assert client.get(LIST).status_code == 200


def test_the_page_shows_a_picture_to_scan_and_the_secret_in_letters(client, grace):
    log_in(client)
    page = client.post(PAGE, {"begin": "yes"}, follow=True).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert re.search(r"<code>([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>", page)


def test_whoever_set_one_up_goes_on_and_is_asked_at_the_next_login(client, grace):
    log_in(client)
    assert len(set_up(client, grace)) == 10
    assert client.get(LIST).status_code == 200
    client.post("/admin/logout/")
    log_in(client)
    for address in (LIST, "/admin/", PAGE + "../password_change/", "/api/docs"):
        assert asked_for_the_code(client.get(address)), address
    assert asked_for_the_code(client.post(LIST + "1/end"))


def test_the_right_code_leads_on_to_where_one_wanted_to_go(client, grace, clock):
    log_in(client)
    set_up(client, grace)
    clock.shift(60)
    log_in(client)
    wall = client.get(LIST)
    before = client.session.session_key
    answer = client.post(wall["Location"], {"code": code_of(grace)})
    assert answer["Location"] == LIST
    assert client.session.session_key != before
    assert client.get(LIST).status_code == 200


def test_it_leads_nowhere_else(client, grace, clock):
    log_in(client)
    set_up(client, grace)
    clock.shift(60)
    log_in(client)
    answer = client.post(f"{VERIFY}?next=//evil.example", {"code": code_of(grace)})
    assert answer["Location"] == "/admin/"


def test_a_code_counts_once(client, grace, clock):
    log_in(client)
    set_up(client, grace)
    clock.shift(60)
    code = code_of(grace)
    for opens in (True, False):
        log_in(client)
        client.post(VERIFY, {"code": code})
        assert asked_for_the_code(client.get(LIST)) is not opens


def test_wrong_codes_slow_the_next_try_down(client, grace, clock):
    log_in(client)
    set_up(client, grace)
    clock.shift(60)
    log_in(client)
    for _ in range(3):
        assert b"not right" in client.post(VERIFY, {"code": "000000"}).content
    client.post(VERIFY, {"code": code_of(grace)})
    assert asked_for_the_code(client.get(LIST))
    clock.shift(60)
    client.post(VERIFY, {"code": code_of(grace)})
    assert client.get(LIST).status_code == 200


def test_a_recovery_code_opens_once_and_is_not_kept_readable(client, grace):
    log_in(client)
    recovery = set_up(client, grace)[0]
    assert not StaticToken.objects.filter(token=recovery).exists()
    for opens in (True, False):
        log_in(client)
        client.post(VERIFY, {"code": recovery.upper()})
        assert asked_for_the_code(client.get(LIST)) is not opens


def test_required_means_that_staff_without_one_set_it_up_first(client, grace, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client)
    assert client.get(LIST)["Location"].startswith(PAGE)
    set_up(client, grace)
    assert client.get(LIST).status_code == 200


def test_a_session_of_before_the_rule_is_held_to_it(client, grace, settings):
    log_in(client)
    assert client.get(LIST).status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get(LIST)["Location"].startswith(PAGE)


def test_setting_one_up_ends_the_sessions_elsewhere(client, grace, agent):
    elsewhere, colleague = Client(), desk.browser(agent)
    log_in(elsewhere)
    log_in(client)
    set_up(client, grace)
    assert elsewhere.get(LIST)["Location"].startswith("/admin/login/")
    assert client.get(LIST).status_code == 200
    assert colleague.get(LIST).status_code == 200


def test_without_that_end_the_factor_does_not_count(client, grace, monkeypatch):
    def fail(*_: object) -> None:
        raise OperationalError(2013, "Lost connection")

    log_in(client)
    monkeypatch.setattr(sessions, "end_elsewhere", fail)
    with pytest.raises(OperationalError):
        set_up(client, grace)
    assert not TOTPDevice.objects.get(user=grace).confirmed
    assert not StaticToken.objects.exists()


def test_whoever_owes_the_code_cannot_set_up_another_phone_instead(client, grace):
    log_in(client)
    set_up(client, grace)
    log_in(client)
    client.post(PAGE, {"begin": "yes"})
    assert not TOTPDevice.objects.filter(confirmed=False).exists()
    assert asked_for_the_code(client.get(LIST))


def test_an_administrator_removes_it_for_a_lost_phone(client, grace, agent):
    log_in(client)
    set_up(client, grace)
    act = {"action": "remove_second_factor", "_selected_action": [grace.pk]}
    desk.browser(agent).post("/admin/auth/user/", act)
    log_in(client)
    assert client.get(LIST).status_code == 200


def test_the_secrets_have_no_admin_page(agent):
    names = ("otp_totp/totpdevice", "otp_static/staticdevice")
    assert {desk.browser(agent).get(f"/admin/{name}/").status_code for name in names} == {404}


def test_a_session_of_before_the_factor_cannot_replace_it(client, grace):
    other = Client()
    log_in(other)
    log_in(client)
    session = other.session
    assert session["_auth_user_id"] == str(grace.pk)  # reads it
    set_up(client, grace)
    session.save(must_create=True)  # it came at that very moment, and was not ended
    kept = TOTPDevice.objects.get(user=grace)
    assert asked_for_the_code(other.post(PAGE, {"begin": "yes"}))
    assert asked_for_the_code(other.get(LIST))
    assert list(TOTPDevice.objects.filter(user=grace)) == [kept]
