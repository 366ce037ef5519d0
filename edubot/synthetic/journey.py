"""The main journey, step by step. Each step raises Unexpected, in words, when it fails."""

import time
from collections.abc import Callable
from typing import Any

from edubot.synthetic.deployment import Deployment, Unexpected

PAUSE = 0.5  # seconds between two looks
ARRIVED = {"accepted", "sent", "delivered", "read"}
FAILED = {"failed", "expired", "cancelled"}


class Journey:
    """One walk; `patience` is how many seconds the bot and the workers have for each answer."""

    def __init__(self, deployment: Deployment, patience: float) -> None:
        self.deployment = deployment
        self.patience = patience
        self.ticket_id = 0
        self.message_id = 0

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("EduBot is ready", self._ready),
            ("No chat of an earlier walk is open", self._tidy),
            ("The bot answers “menu”", self._menu),
            ("“support” opens a ticket", self._support),
            ("The student's words reach the ticket", self._describe),
            ("An agent's answer is accepted by WhatsApp", self._answer),
            ("The chat ends", self._end),
        ]

    def _ready(self) -> None:
        self.deployment.ready()
        self.deployment.introduce()

    def _tidy(self) -> None:
        if self.deployment.open_ticket():
            self.deployment.end_chat()

    def _menu(self) -> None:
        before = self._last_id()
        self.deployment.hear("menu")
        answer = self._until(lambda: self._answer_after(before), "no answer of the bot's")
        self._until(lambda: self._has_arrived(answer["id"]), "the answer was not delivered")

    def _support(self) -> None:
        self.deployment.hear("support")
        found = self._until(self.deployment.open_ticket, "no ticket was opened")
        self.ticket_id = found["id"]

    def _describe(self) -> None:
        words = f"Synthetic student: is everything well? ({int(time.time())})"
        self.deployment.hear(words)
        self._until(lambda: self._in_thread(words), "they are not in the ticket")

    def _answer(self) -> None:
        self.message_id = self.deployment.answer(self.ticket_id, "All is well.")
        self._until(self._answer_arrived, "WhatsApp did not take it")

    def _end(self) -> None:
        self.deployment.end_chat()
        status = self.deployment.ticket(self.ticket_id)["status"]
        if status != "RESOLVED":
            raise Unexpected(f"The ticket is {status}, not RESOLVED.")

    def _last_id(self) -> int:
        return max((message["id"] for message in self.deployment.newest()), default=0)

    def _answer_after(self, message_id: int) -> dict[str, Any] | None:
        found = self.deployment.newest()
        new = [m for m in found if m["direction"] == "outbound" and m["id"] > message_id]
        return new[-1] if new else None

    def _has_arrived(self, message_id: int) -> bool:
        found = next(m for m in self.deployment.newest() if m["id"] == message_id)
        return _arrived(found["delivery"])

    def _in_thread(self, words: str) -> bool:
        messages = self.deployment.ticket(self.ticket_id)["messages"]
        return any(message["message"] == words for message in messages)

    def _answer_arrived(self) -> bool:
        messages = self.deployment.ticket(self.ticket_id)["messages"]
        found = next(message for message in messages if message["id"] == self.message_id)
        return _arrived(found["delivery"])

    def _until(self, look: Callable[[], Any], otherwise: str) -> Any:
        deadline = time.monotonic() + self.patience
        while not (found := look()):
            if time.monotonic() > deadline:
                raise Unexpected(f"After {self.patience:.0f} s: {otherwise}.")
            time.sleep(PAUSE)
        return found


def _arrived(delivery: dict[str, Any]) -> bool:
    """Raises Unexpected if it never will."""
    if delivery["status"] in FAILED:
        raise Unexpected(f"WhatsApp: {delivery.get('error') or delivery['status']}")
    return delivery["status"] in ARRIVED
