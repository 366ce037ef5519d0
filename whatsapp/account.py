"""What Meta says of our account: is everything in place for messages to come and go?

Asked by `manage.py doctor`. Each function is one call and raises like `whatsapp.client.send`.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests
from django.conf import settings

from whatsapp import client

HANDSHAKE_TIMEOUT = (5, 10)  # seconds to connect, to answer
NEEDED = ("whatsapp_business_messaging", "whatsapp_business_management")


@dataclass(frozen=True, slots=True)
class Token:
    """The access token as Meta knows it; `expires_at` is empty if it does not expire."""

    expires_at: datetime | None
    missing: tuple[str, ...]  # permissions that EduBot needs and the token lacks


@dataclass(frozen=True, slots=True)
class Number:
    name: str
    quality: str  # GREEN, YELLOW, RED or UNKNOWN
    status: str  # CONNECTED when all is well; empty if Meta does not say


def token() -> Token:
    """Also proves the app secret, with which Meta checks the call (`appsecret_proof`)."""
    proof = hmac.new(
        settings.WHATSAPP_APP_SECRET.encode(), settings.WHATSAPP_ACCESS_TOKEN.encode(), "sha256"
    )
    answer = client.ask(
        "debug_token",
        input_token=settings.WHATSAPP_ACCESS_TOKEN,
        appsecret_proof=proof.hexdigest(),
    )
    data = answer.get("data", {})
    expires = int(data.get("expires_at") or 0)
    granted = set(data.get("scopes", []))
    return Token(
        datetime.fromtimestamp(expires, UTC) if expires else None,
        tuple(name for name in NEEDED if name not in granted),
    )


def number() -> Number:
    fields = "verified_name,quality_rating,status"
    answer = client.ask(str(settings.WHATSAPP_PHONE_NUMBER_ID), fields=fields)
    return Number(
        str(answer.get("verified_name", "")),
        str(answer.get("quality_rating", "UNKNOWN")),
        str(answer.get("status", "")),
    )


def is_subscribed() -> bool:
    """Whether the account sends its webhooks to an app at all."""
    answer = client.ask(f"{settings.WHATSAPP_BUSINESS_ACCOUNT_ID}/subscribed_apps")
    return bool(answer.get("data"))


def clock_offset() -> timedelta:
    """How far Meta's clock is ahead of ours, to the second, by the Date of any answer of Meta's."""
    try:
        answer = client.session().head(settings.WHATSAPP_GRAPH_URL, timeout=HANDSHAKE_TIMEOUT)
    except requests.RequestException as error:
        raise client.NotSent(client.said(error)) from error
    if "Date" not in answer.headers:
        raise client.Unconfirmed("The answer has no date.")
    return parsedate_to_datetime(answer.headers["Date"]) - datetime.now(UTC)


def handshake(address: str) -> bool:
    """Whether the webhook at `address` answers as Meta wants it, asked from here.

    Raises NotSent if it cannot be reached.
    """
    challenge = str(secrets.randbelow(10**9))
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": settings.WHATSAPP_VERIFY_TOKEN,
        "hub.challenge": challenge,
    }
    try:
        answer = requests.get(
            address, params=query, timeout=HANDSHAKE_TIMEOUT, allow_redirects=False
        )
    except requests.RequestException as error:
        raise client.NotSent(client.said(error)) from error
    return answer.ok and answer.text == challenge
