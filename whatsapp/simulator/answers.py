"""Meta's answers to a call it does not like (pure)."""

import secrets
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

TITLES = {
    1: "An unknown error occurred",
    33: "Object with this ID does not exist, cannot be loaded due to missing permissions",
    100: "Invalid parameter",
    190: "Invalid OAuth access token - Cannot parse access token",
    130429: "Rate limit hit",
    2500: "Unknown path components",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131021: "Recipient cannot be sender",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131051: "Unsupported message type",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132012: "Parameter format does not match format in the created template",
}
STATUSES = {190: 401, 132001: 404, 130429: 429, 131056: 429}


@dataclass(frozen=True, slots=True)
class GraphError:
    """One refusal; `code` is Meta's, `details` says in a sentence what was wrong."""

    code: int
    details: str

    @property
    def status(self) -> int:
        """The HTTP status that comes with the code; 400 for nearly everything, as at Meta."""
        return STATUSES.get(self.code, 400)

    def body(self) -> Json:
        return {
            "error": {
                "message": f"(#{self.code}) {TITLES[self.code]}",
                "type": "OAuthException",
                "code": self.code,
                "error_data": {"messaging_product": "whatsapp", "details": self.details},
                "fbtrace_id": f"A{secrets.token_hex(8)}",
            }
        }


class RefusedError(Exception):
    """Carries the GraphError out of a check."""

    def __init__(self, code: int, details: str) -> None:
        super().__init__(f"{code}: {details}")
        self.error = GraphError(code, details)
