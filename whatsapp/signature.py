"""The signature that Meta puts on every webhook (header X-Hub-Signature-256).

HMAC-SHA256 over the bytes as they arrived, keyed with the app secret. The body must not be
parsed and serialised again before: Meta escapes accents, emoji and slashes in its own way.
"""

import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "sha256="


def sign(body: bytes, secret: str) -> str:
    """Return the header value for `body`: "sha256=" and 64 lower-case hex digits."""
    return PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(body: bytes, header: str | None, secrets: Sequence[str]) -> bool:
    """Whether `header` signs `body` with one of `secrets` (several while a secret is replaced).

    Never raises on an odd header, and an empty secret verifies nothing.
    """
    # As bytes, because compare_digest raises TypeError on a text that is not ASCII.
    given = (header or "").encode(errors="replace")
    return any(
        hmac.compare_digest(sign(body, secret).encode(), given) for secret in secrets if secret
    )
