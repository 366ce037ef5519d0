"""The simulated Paystack API: initialize and verify, with Paystack's refusals."""

import hmac
import json
import re
import secrets
import string
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from whatsapp.simulator.answers import Json
from whatsapp.simulator.models import Misbehaviour, SimulatedCall
from whatsapp.simulator.paystack import bodies
from whatsapp.simulator.paystack.models import SimulatedTransaction

CURRENCIES = {"NGN", "USD", "GHS", "ZAR", "KES"}
REFERENCE = re.compile(r"[A-Za-z0-9.=-]{1,100}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
CODE_ALPHABET = string.ascii_lowercase + string.digits


class DeclinedError(Exception):
    """A call that Paystack refuses, in its own words."""

    def __init__(self, status: int, message: str, code: str = "invalid_params") -> None:
        super().__init__(message)
        self.status, self.code = status, code


def answer(request: HttpRequest, path: str) -> HttpResponse:
    """The answer to a call of `path`; a gateway's 503 if Paystack is told to be down."""
    if Misbehaviour.current().paystack_down:
        response = HttpResponse(b"<html>Service Unavailable</html>", status=503)
    else:
        response = _served(request, path)
    SimulatedCall.objects.create(
        method=request.method or "", path=f"/paystack/{path}"[:300], status=response.status_code
    )
    return response


def _served(request: HttpRequest, path: str) -> HttpResponse:
    try:
        _check_key(request)
        return _routed(request, path)
    except DeclinedError as declined:
        body = {"status": False, "message": str(declined), "type": "validation_error"}
        return JsonResponse(body | {"code": declined.code}, status=declined.status)


def _routed(request: HttpRequest, path: str) -> HttpResponse:
    if request.method == "POST" and path == "transaction/initialize":
        return _answer("Authorization URL created", _initialize(_body(request)))
    if request.method == "GET" and (found := re.fullmatch(r"transaction/verify/(.+)", path)):
        return _answer("Verification successful", _verify(unquote(found[1])))
    raise DeclinedError(404, "Endpoint not found", "not_found")


def _answer(message: str, data: Json) -> JsonResponse:
    return JsonResponse({"status": True, "message": message, "data": data})


def _check_key(request: HttpRequest) -> None:
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {settings.PAYSTACK_SECRET_KEY}".encode()):
        raise DeclinedError(401, "Invalid key", "invalid_Key")


def _body(request: HttpRequest) -> Json:
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise DeclinedError(400, "Invalid JSON") from error
    if not isinstance(body, dict):
        raise DeclinedError(400, "Invalid JSON")
    return body


def _initialize(body: Json) -> Json:
    amount, reference = _amount(body.get("amount")), str(body.get("reference", ""))
    if not EMAIL.fullmatch(str(body.get("email", ""))):
        raise DeclinedError(400, "Invalid Email Address Passed")
    if body.get("currency", "NGN") not in CURRENCIES:
        raise DeclinedError(403, "Currency not supported by merchant", "unsupported_currency")
    if not REFERENCE.fullmatch(reference):
        raise DeclinedError(400, "Transaction reference has characters that are not allowed")
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(15))
    _store(body, amount, reference, code)
    address = f"{settings.SIMULATOR_URL}/simulator/paystack/checkout/{code}"
    return {"authorization_url": address, "access_code": code, "reference": reference}


def _amount(value: Any) -> int:
    """Whole subunits, as a number or as a text of digits; never 50.5 or true."""
    if isinstance(value, bool) or not re.fullmatch(r"[1-9]\d{0,11}", str(value)):
        raise DeclinedError(400, "Invalid Amount Sent")
    return int(value)


def _store(body: Json, amount: int, reference: str, code: str) -> None:
    try:
        with transaction.atomic():
            SimulatedTransaction.objects.create(
                reference=reference,
                access_code=code,
                email=body["email"],
                requested_amount=amount,
                amount=amount,
                currency=body.get("currency", "NGN"),
                callback_url=str(body.get("callback_url") or "")[:500],
                metadata=json.dumps(body["metadata"]) if body.get("metadata") else "",
            )
    except IntegrityError as error:
        raise DeclinedError(
            400, "Duplicate Transaction Reference", "duplicate_reference"
        ) from error


def _verify(reference: str) -> Json:
    found = SimulatedTransaction.objects.filter(reference=reference).first()
    if found is None:
        raise DeclinedError(400, "Transaction reference not found.", "transaction_not_found")
    return bodies.data(found)
