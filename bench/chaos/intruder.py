"""Somebody without rights who knocks at every door while everything breaks."""

import random
import threading
from collections import Counter
from itertools import count
from typing import Any

import requests

from edubot.tests.stack import Stack

NAME = "of the intruder"  # in all that is tried to be said
PAUSE = 0.3  # seconds between two knocks
AT_LEAST = 20  # answers
PATIENCE = 60  # seconds to wait for them when the storm is over
ELSEWHERE = "203.0.113.9"  # as our proxy would tell: wrong tokens are counted against an address
REFUSED = {401, 403, 429}
LOGIN = "/admin/login/"
MAKE_NOBODY = (
    "from django.contrib.auth.models import User; User.objects.create_user('nobody', is_staff=True)"
)

# Method and address; `{id}` becomes the number of a ticket, of a message, of a file.
API = [
    ("GET", "support/tickets"),
    ("GET", "support/tickets/{id}"),
    ("GET", "support/tickets/{id}/messages"),
    ("GET", "admin/conversations"),
    ("GET", "contacts"),
    ("GET", "media/{id}"),
    ("GET", "events"),
    ("POST", "support/tickets/{id}/messages"),
    ("POST", "support/tickets/{id}/notes"),
    ("POST", "support/tickets/{id}/take"),
    ("PATCH", "support/tickets/{id}"),
    ("POST", "webhooks"),
]
PAGES = [
    ("GET", "admin/"),
    ("GET", "admin/support/supportticket/"),
    ("GET", "admin/support/supportticket/{id}/change/"),
    ("POST", "admin/support/supportticket/{id}/change/"),
    ("GET", "admin/whatsapp/message/"),
    ("POST", "webhooks/whatsapp"),
    ("POST", "webhooks/paystack"),
    ("GET", "metrics"),
]


class Intruder:
    """`refused` counts answers by HTTP status, `let_in` names what was not refused."""

    def __init__(self, stack: Stack, seed: int) -> None:
        stack.manage("shell", "--verbosity", "0", "--command", MAKE_NOBODY)
        self.url = stack.url
        self.tokens = {
            "nobody": "",
            "a guess": "0123456789abcdef" * 4,
            "an account without rights": stack.manage("api_token", "create", "nobody"),
        }
        self.readers = stack.manage("api_token", "create", "demo", "--scope", "read")
        self.dice = random.Random(seed)
        self.refused: Counter[int] = Counter()
        self.let_in: list[str] = []
        self.over, self.has_tried = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._knock, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Not before so many answers that they say something, however slow the machine is."""
        self.has_tried.wait(PATIENCE)
        self.over.set()
        self.thread.join()

    def _knock(self) -> None:
        for number in count(1):
            if self.over.wait(PAUSE):
                return
            try:
                self._try(number)
            except requests.RequestException:
                continue  # nobody is at the door

    def _try(self, number: int) -> None:
        method, address = self.dice.choice(API + PAGES)
        who, token = self._passed_off(method, address)
        path = address.replace("{id}", str(self.dice.randint(1, 20)))
        answer = requests.request(
            method,
            f"{self.url}/api/{path}" if (method, address) in API else f"{self.url}/{path}",
            headers={"X-Forwarded-For": ELSEWHERE, "X-Hub-Signature-256": "sha256=" + "0" * 64}
            | ({"Authorization": f"Bearer {token}"} if token else {}),
            json=self._words(number) if method != "GET" else None,
            timeout=10,
            allow_redirects=False,
        )
        if _is_refusal(answer):
            self.refused[answer.status_code] += 1
        else:
            self.let_in.append(f"{who}: {method} {path}: {answer.status_code}")
        if self.refused.total() + len(self.let_in) >= AT_LEAST:
            self.has_tried.set()

    def _passed_off(self, method: str, address: str) -> tuple[str, str]:
        """Who somebody says they are; who may read is tried for what changes something."""
        may_not = self.tokens
        if method != "GET" and (method, address) in API:
            may_not = may_not | {"who may only read": self.readers}
        return self.dice.choice(list(may_not.items()))

    def _words(self, number: int) -> dict[str, Any]:
        words = f"words {number} {NAME}"
        return {"message": words, "url": "https://intruder.example.org/", "subject": words}


def _is_refusal(answer: requests.Response) -> bool:
    """Sent to the login, or away, or told to come again: whatever shows and does nothing."""
    is_to_login = answer.status_code == 302 and LOGIN in answer.headers.get("Location", "")
    return answer.status_code in REFUSED or answer.status_code >= 500 or is_to_login
