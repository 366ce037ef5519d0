"""The only module that talks to Paystack: links to pay by, what became of them, its signature.

Asking again is safe here: nothing is charged by us, and a reference counts once.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import requests
from django.conf import settings
from django.utils.dateparse import parse_datetime

from whatsapp import sessions
from whatsapp.transactions import refuse_inside_transaction

# A wrong key is for the operator to mend; the student's wish waits meanwhile.
ASK_AGAIN = {401, 408, 429}
SERVER_ERROR = 500


class Unavailable(Exception):
    """No usable answer came: ask again later."""


class Refused(Exception):
    """Paystack said no, in the words of the exception."""


class DuplicateReference(Refused):
    """The reference was used before."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What Paystack knows of a payment. Amounts in kobo, None where they make no sense.

    `status` is Paystack's: only "success" means paid; "abandoned" is not final; new words may
    come. `amount` may exceed `requested_amount` by fees that the customer bears.
    """

    reference: str
    status: str
    domain: str  # "test" or "live"
    currency: str
    amount: int | None
    requested_amount: int | None = None
    number: int | None = None  # Paystack's id; exceeds 32 bits
    channel: str = ""
    response: str = ""
    paid_at: datetime | None = None


@lru_cache(maxsize=1)
def session() -> requests.Session:
    """One session a process, so that connections to Paystack stay open between calls."""
    return sessions.kept_open()


def new_link(
    reference: str, amount: int, currency: str, email: str, *, callback_url: str = ""
) -> str:
    """Where the student pays `amount` kobo under `reference` (letters, digits and - . =).

    Paystack sends the student's browser to `callback_url` afterwards, or to the one in its
    dashboard. Raises DuplicateReference, Refused or Unavailable.
    """
    order = {"reference": reference, "amount": amount, "currency": currency, "email": email}
    if callback_url:
        order["callback_url"] = callback_url
    url = _call("POST", "transaction/initialize", json=order).get("authorization_url")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise Unavailable("Paystack answered without a link.")
    return url


def verify(reference: str) -> Transaction | None:
    """What became of `reference`; None if Paystack does not know it.

    Raises Refused or Unavailable.
    """
    try:
        data = _call("GET", f"transaction/verify/{quote(reference, safe='')}")
    except Refused as refusal:
        if "not found" in str(refusal).lower():
            return None
        raise
    return _transaction(data)


def is_signed(body: bytes, header: str | None) -> bool:
    """Whether `header` (x-paystack-signature) signs the bytes of `body` with our key.

    Lower-case hex of HMAC-SHA512. Never raises on an odd header; without a key nothing is signed.
    """
    key: str = settings.PAYSTACK_SECRET_KEY
    expected = hmac.new(key.encode(), body, hashlib.sha512).hexdigest()
    # As bytes, because compare_digest raises TypeError on a text that is not ASCII.
    given = (header or "").encode(errors="replace")
    return bool(key) and hmac.compare_digest(expected.encode(), given)


def domain() -> str:
    """The world that our key belongs to: "live" or "test"."""
    return "live" if settings.PAYSTACK_SECRET_KEY.startswith("sk_live_") else "test"


def whole(value: object) -> int | None:
    """An amount as Paystack writes it, sometimes as a text; None if it is neither."""
    if isinstance(value, bool):
        return None
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _call(method: str, path: str, **arguments: Any) -> dict[str, Any]:
    refuse_inside_transaction("Paystack")
    try:
        response = session().request(
            method,
            f"{settings.PAYSTACK_URL}/{path}",
            headers={"Authorization": f"Bearer {settings.PAYSTACK_SECRET_KEY}"},
            timeout=settings.WHATSAPP_HTTP_TIMEOUT,
            allow_redirects=False,
            **arguments,
        )
    except requests.RequestException as error:
        raise Unavailable(str(error)) from error
    return _data(response)


def _data(response: requests.Response) -> dict[str, Any]:
    """The outer status says that the call worked; that of the payment lies in the data."""
    try:
        answer = response.json()
    except ValueError:
        answer = None
    content = answer if isinstance(answer, dict) else {}
    data, message = content.get("data"), str(content.get("message", ""))[:500]
    good = response.status_code == requests.codes.ok and content.get("status") is True
    if good and isinstance(data, dict):
        return data
    asks_again = response.status_code in ASK_AGAIN or response.status_code >= SERVER_ERROR
    if asks_again or content.get("status") is not False:
        raise Unavailable(f"HTTP {response.status_code}: {message or 'no usable answer'}")
    raise DuplicateReference(message) if "duplicate" in message.lower() else Refused(message)


def _transaction(data: dict[str, Any]) -> Transaction:
    return Transaction(
        reference=_text(data.get("reference"), 100),
        status=_text(data.get("status"), 30),
        domain=_text(data.get("domain"), 10),
        currency=_text(data.get("currency"), 10),
        amount=whole(data.get("amount")),
        requested_amount=whole(data.get("requested_amount")),
        number=whole(data.get("id")),
        channel=_text(data.get("channel"), 30),
        response=_text(data.get("gateway_response"), 200),
        paid_at=_moment(data.get("paid_at") or data.get("paidAt")),
    )


def _text(value: object, most: int) -> str:
    return value[:most] if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:  # the 31st of February
        return None
    return found if found and found.tzinfo else None
