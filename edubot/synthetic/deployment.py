"""A running EduBot as Meta and an integrator see it: signed webhooks in, the REST API out."""

import json
import time
import uuid
from typing import Any

import requests
from django.conf import settings

from whatsapp import signature

NAME = "Synthetic Student"
TIMEOUT = (5, 15)  # seconds to connect, to answer


class Unexpected(Exception):
    """It did not answer as it should; the words say what was asked and what came."""


class NotFound(Unexpected):
    """There is no such thing, or not yet."""


class Deployment:
    """`address` without a slash at its end; `token` of an agent, with the scopes read and reply."""

    def __init__(self, address: str, token: str, phone: str) -> None:
        self.address = address
        self.phone = phone.lstrip("+")
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def ready(self) -> None:
        self._ask("GET", "/readyz")

    def introduce(self) -> None:
        """A simulated Meta delivers only to phones that it has and that have written to it."""
        students = "/api/simulator/students"
        try:
            known = self._ask("GET", students)["students"]
        except NotFound:
            return  # this is the real one
        phone = next((one for one in known if one["number"] == self.phone), None)
        if phone is None:
            phone = self._ask("POST", students, json={"name": NAME, "number": self.phone})
        self._ask("POST", f"{students}/{phone['id']}/say", json={"text": "menu"})

    def hear(self, text: str) -> str:
        """The student says `text`, in a webhook as Meta sends it; the message's wamid."""
        wamid = f"wamid.synthetic.{uuid.uuid4().hex}"
        body = json.dumps(_webhook(self.phone, wamid, text)).encode()
        signed = {"X-Hub-Signature-256": signature.sign(body, settings.WHATSAPP_APP_SECRET)}
        self._ask("POST", "/webhooks/whatsapp", data=body, headers=signed)
        return wamid

    def newest(self) -> list[dict[str, Any]]:
        """The student's last messages in both directions, the newest last."""
        try:
            found = self._ask("GET", f"/api/admin/conversations/{self.phone}/messages?limit=20")
        except NotFound:  # nobody of this number has written yet
            return []
        return list(found["messages"])

    def open_ticket(self) -> dict[str, Any] | None:
        path = f"/api/support/tickets?phone_number={self.phone}&limit=1"
        found = self._ask("GET", path)["tickets"]
        is_open = found and found[0]["status"] in ("OPEN", "IN_PROGRESS")
        return dict(found[0]) if is_open else None

    def ticket(self, ticket_id: int) -> dict[str, Any]:
        return dict(self._ask("GET", f"/api/support/tickets/{ticket_id}"))

    def answer(self, ticket_id: int, text: str) -> int:
        """An agent writes `text`; the message's id in the ticket."""
        path = f"/api/support/tickets/{ticket_id}/messages"
        return int(self._ask("POST", path, json={"message": text})["id"])

    def end_chat(self) -> None:
        self._ask("POST", f"/api/admin/conversations/{self.phone}/chat-support/end", json={})

    def _ask(self, method: str, path: str, **arguments: Any) -> Any:
        try:
            answer = self.session.request(
                method, self.address + path, timeout=TIMEOUT, allow_redirects=False, **arguments
            )
        except requests.RequestException as error:
            raise Unexpected(f"{method} {path} could not be asked: {error}") from error
        if answer.status_code not in (200, 201):
            kind = NotFound if answer.status_code == requests.codes.not_found else Unexpected
            raise kind(f"{method} {path} answered {answer.status_code}: {answer.text[:300]}")
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.json() if is_json else None


def _webhook(phone: str, wamid: str, text: str) -> dict[str, Any]:
    message = {
        "from": phone,
        "id": wamid,
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"phone_number_id": str(settings.WHATSAPP_PHONE_NUMBER_ID)},
        "contacts": [{"wa_id": phone, "profile": {"name": NAME}}],
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    entry = {"id": str(settings.WHATSAPP_BUSINESS_ACCOUNT_ID), "changes": [change]}
    return {"object": "whatsapp_business_account", "entry": [entry]}
