"""No page and no answer of the API shows a secret, unless showing it is what the page is for."""

import base64
import secrets
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from edubot.tests.every_page import answers
from support.models import ApiToken, Event, WebhookDelivery, WebhookEndpoint
from support.tests import desk

pytestmark = pytest.mark.django_db

SETTINGS = (
    "SECRET_KEY WHATSAPP_ACCESS_TOKEN WHATSAPP_APP_SECRET WHATSAPP_VERIFY_TOKEN "
    "PAYSTACK_SECRET_KEY METRICS_TOKEN EMAIL_HOST_PASSWORD SENTRY_DSN"
)
OWN_PHONE = "the authenticator that is being set up"


@pytest.fixture
def planted(settings, agent: User) -> dict[str, list[str]]:
    """What each secret looks like when it is shown."""
    found = {name: [secrets.token_hex(20)] for name in SETTINGS.split()}
    for name, [value] in found.items():
        setattr(settings, name, value)
    settings.CELERY_BROKER_URL = f"memory://user:{secrets.token_hex(20)}@127.0.0.1//"
    grace = desk.staff("Administrator", "grace")
    grace.set_password("words that nobody guesses")
    grace.save()
    _, token = ApiToken.objects.create(user=grace, scopes=["read"])
    return found | {
        "the broker's password": [settings.CELERY_BROKER_URL.split(":")[2].split("@")[0]],
        "a password's hash": [grace.password, grace.password.rpartition("$")[2]],
        "an API token": [token],
        "a session": [desk.browser(grace).session.session_key or ""],
        "a webhook's secrets": _of_webhooks(),
        "an authenticator": _of_phone(TOTPDevice.objects.create(user=grace, confirmed=True)),
        "a recovery code's digest": [_recovery(grace)],
        OWN_PHONE: _of_phone(TOTPDevice.objects.create(user=agent, confirmed=False)),
    }


def _of_webhooks() -> list[str]:
    endpoint = WebhookEndpoint.objects.create(
        url="https://erp.example.org/",
        old_secret=f"whsec_{secrets.token_hex(20)}",
        old_secret_until=timezone.now() + timedelta(hours=1),
    )
    event = Event.objects.create(
        position=1, type="chat.ended", contact=desk.student(9), data={"words": "Goodbye"}
    )
    WebhookDelivery.objects.create(
        endpoint=endpoint, event=event, contact=event.contact, request={"webhook-id": "1"}
    )
    return [secret.removeprefix("whsec_") for secret in endpoint.secrets]


def _of_phone(device: TOTPDevice) -> list[str]:
    """In hexadecimal as it is stored, and in base 32 as a phone takes it."""
    code = base64.b32encode(device.bin_key).decode().rstrip("=")
    return [device.key, code, " ".join(code[at : at + 4] for at in range(0, len(code), 4))]


def _recovery(user: User) -> str:
    kept = StaticDevice.objects.create(user=user, name="Recovery codes")
    return StaticToken.objects.create(device=kept, token=secrets.token_hex(8)).token


def test_no_answer_shows_a_secret_but_the_page_that_sets_up_a_phone(planted, agent: User):
    shown, asked = set(), 0
    for address, answer, content in answers(agent):
        asked += answer.status_code == 200
        text = f"{answer.headers}\n{answer.cookies}\n{content.decode(errors='replace')}"
        shown |= {
            (name, address)
            for name, values in planted.items()
            if any(value in text for value in values)
        }
    assert shown == {(OWN_PHONE, "/admin/second-factor/")}
    assert asked > 200, "Hardly a page was there to be looked at."
