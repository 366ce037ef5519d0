"""Meta's webhook bodies, read into plain values. Pure: no Django, no clock, no I/O.

`parse` is the door; `values` says what comes out. Source: Meta's Cloud API webhook reference,
and payloads that open-source gateways have seen in production.
"""

from whatsapp.kinds import Kind
from whatsapp.payload.envelope import parse
from whatsapp.payload.values import (
    ApiError,
    Broken,
    Envelope,
    IdentityChange,
    InboundMessage,
    MediaReference,
    Notice,
    PayloadInvalid,
    Sender,
    StatusUpdate,
)

__all__ = [
    "ApiError",
    "Broken",
    "Envelope",
    "IdentityChange",
    "InboundMessage",
    "Kind",
    "MediaReference",
    "Notice",
    "PayloadInvalid",
    "Sender",
    "StatusUpdate",
    "parse",
]
