"""Calls of the simulated Graph API as a client makes them, for tests of the simulator."""

from typing import Any

import requests
from django.conf import settings

from whatsapp.simulator.transport import SimulatorAdapter

TEXT = {"type": "text", "text": {"body": "Hello"}}


def session(token: str | None = None) -> requests.Session:
    """A client session whose network is the simulator."""
    made = requests.Session()
    made.mount(settings.WHATSAPP_GRAPH_URL, SimulatorAdapter())
    made.headers["Authorization"] = f"Bearer {token or settings.WHATSAPP_ACCESS_TOKEN}"
    return made


def url(path: str) -> str:
    return f"{settings.WHATSAPP_GRAPH_URL}/{settings.WHATSAPP_GRAPH_VERSION}/{path}"


def messages_url() -> str:
    return url(f"{settings.WHATSAPP_PHONE_NUMBER_ID}/messages")


def send(message: dict[str, Any], to: str = "+2348031234567", **options: Any) -> requests.Response:
    """Send a message, whole but for product and recipient."""
    body = {"messaging_product": "whatsapp", "to": to, **message}
    return session().post(messages_url(), json=body, timeout=(5, 20), **options)


def code(response: requests.Response) -> int:
    """Meta's error code in an answer, 0 when there is none."""
    return int(response.json().get("error", {}).get("code", 0))
