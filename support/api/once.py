"""Idempotency-Key: whatever a POST does, it does once a key."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from support.api import errors, keys
from support.services import ServiceError
from whatsapp.models.fields import digest

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
LONGEST = 255
READABLE = re.compile(r"[!-~]+")
Handler = Callable[..., Response]


def once(handler: Handler) -> Handler:
    """Make the `post` of a view do its work once for each Idempotency-Key of a caller.

    Answers of success and of 409 are kept for a day. Other refusals did nothing and leave the
    key free. Of a view's `secrets` the kept answer has null.
    """

    @wraps(handler)
    def post(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **kwargs)
        found = keys.claim(digest(str(request.user.pk), _checked(key)), _fingerprint(request))
        if isinstance(found, keys.Answered):
            return Response(found.body, found.status_code, headers={REPLAYED: "true"})
        with _held(found):
            work = partial(handler, view, request, *args, **kwargs)
            return keys.carry_out(found, work, view.secrets)

    return post


@contextmanager
def _held(claim: keys.Claim) -> Iterator[None]:
    done = False
    try:
        yield
        done = True
    except ServiceError as refusal:
        keys.keep(claim, status.HTTP_409_CONFLICT, errors.body(str(refusal)))
        done = True
        raise
    finally:
        if not done:
            keys.free(claim)


def _checked(key: str) -> str:
    if len(key) > LONGEST or not READABLE.fullmatch(key):
        sentence = f"1 to {LONGEST} letters, digits and signs of ASCII, without spaces."
        raise ValidationError({HEADER: [sentence]})
    return key


def _fingerprint(request: Request) -> str:
    """The same for the same body at the same address, however its JSON is spaced."""
    return digest(request.get_full_path(), json.dumps(_content(request.data), sort_keys=True))


def _content(data: Any) -> Any:
    if not isinstance(data, QueryDict):
        return data
    return {name: list(map(_value, data.getlist(name))) for name in data}


def _value(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    content = hashlib.sha256()
    for chunk in value.chunks():
        content.update(chunk)
    value.seek(0)
    return [value.name, content.hexdigest()]
