"""What the OpenAPI description says besides what it reads in the code."""

from typing import Any

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiExample, OpenApiResponse
from rest_framework import serializers

from support.api.once import HEADER, LONGEST

WORDS = {
    400: "Something in the request is not right; `errors` says what.",
    401: "No token, or one that is unknown or expired.",
    403: "The token lacks the scope, or its owner the permission.",
    404: "There is no such thing.",
    409: "Not possible in the present state; `message` says why.",
    410: "What was asked for has been deleted for its age.",
    413: "The request is too large.",
    415: "The body must be `application/json`, or form data where files are sent.",
    422: "The `Idempotency-Key` came before with another address or body.",
    429: "Too many requests: try again after `Retry-After` seconds.",
}
EXAMPLES = {
    400: ("Please check: priority.", {"priority": ['"HUGE" is not a valid choice.']}),
    409: ("This student already has an open ticket: 41.", {}),
    429: ("Too many requests. Try again in 12 seconds.", {}),
}
SECONDS = {"type": "integer", "minimum": 0}
RATE_HEADERS = {
    "RateLimit-Limit": {"schema": SECONDS, "description": "Requests allowed a minute."},
    "RateLimit-Remaining": {"schema": SECONDS, "description": "How many of them are left."},
    "RateLimit-Reset": {"schema": SECONDS, "description": "Seconds until they are all back."},
}
RETRY_HEADER = {"schema": SECONDS, "description": "Seconds to wait before the next try."}
REPLAYED_HEADER = {
    "schema": {"type": "string", "enum": ["true"]},
    "description": "There if this answer was given before to the same `Idempotency-Key`.",
}
KEY_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"^[!-~]+$"},
    "description": "A text of your own, new for each thing that is to be done. The same request "
    "again with the same key gets the same answer for a day, and nothing is done twice. A "
    "second one that comes before the first is answered gets 409 with `Retry-After`.",
}


class ErrorSerializer(serializers.Serializer[Any]):
    status = serializers.CharField(default="error", help_text="Always `error`.")
    message = serializers.CharField(help_text="A sentence for people.")
    errors = serializers.DictField(  # type: ignore[assignment]  # a field, as the form says
        child=serializers.ListField(child=serializers.CharField()),
        help_text="What is wrong with which field.",
    )


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "support.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, *_: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made in the admin or by `manage.py api_token create`.",
        }


class StrictBodies(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    target_class = "support.api.requests.Strict"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """As always, and that a field which is not named is refused."""
        mapped = auto_schema._map_serializer(  # type: ignore[no-untyped-call]  # noqa: SLF001
            self.target, direction, bypass_extensions=True
        )
        return {**mapped, "additionalProperties": False}


def finished(operation: dict[str, Any], method: str) -> dict[str, Any]:
    """Add to an operation what all have in common: the limits, and the key of every POST."""
    for code, response in operation["responses"].items():
        headers = response.setdefault("headers", {})
        headers |= RATE_HEADERS
        if code == "429" or (code == "409" and method == "POST"):
            headers["Retry-After"] = RETRY_HEADER
        if method == "POST" and code in ("200", "201", "409"):
            headers["Idempotent-Replayed"] = REPLAYED_HEADER
    if method == "POST":
        operation.setdefault("parameters", []).append(KEY_PARAMETER)
    return operation


def refusals(*codes: int) -> dict[int, OpenApiResponse]:
    """The errors of a call: those in `codes`, and those that every call has."""
    return {code: _refusal(code) for code in sorted({401, 403, 429, *codes})}


def writing_refusals(*codes: int) -> dict[int, OpenApiResponse]:
    """As `refusals`, for a call with a body."""
    return refusals(400, 413, 415, *codes)


def posting_refusals(*codes: int) -> dict[int, OpenApiResponse]:
    """As `writing_refusals`, for a call that takes an Idempotency-Key."""
    return writing_refusals(409, 422, *codes)


def _refusal(code: int) -> OpenApiResponse:
    message, errors = EXAMPLES.get(code, (WORDS[code], {}))
    value = {"status": "error", "message": message, "errors": errors}
    example = OpenApiExample(str(code), value, response_only=True, status_codes=[str(code)])
    return OpenApiResponse(ErrorSerializer, WORDS[code], [example])
