"""A member of staff who answers and ends open requests through the API while everything breaks."""

import random
import threading
from collections import Counter
from itertools import count
from typing import Any

import requests

from edubot.tests.stack import Desk, Stack

PAUSE = 0.5  # seconds between two answers
ENDS = 0.1  # of the answers are the last words of a chat


class Agent:
    """Does as integrators are told: what got no answer is asked again, under the same key.

    `said` holds the words of every answer that the API confirmed; `refused` counts the rest.
    """

    def __init__(self, stack: Stack, seed: int) -> None:
        self.desk = Desk(stack)
        self.dice = random.Random(seed)
        self.said: list[str] = []
        self.refused: Counter[int] = Counter()  # by HTTP status
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._answer, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.over.set()
        self.thread.join()

    def _answer(self) -> None:
        for number in count(1):
            if self.over.wait(PAUSE):
                return
            if ticket := self._some_ticket():
                self._say(self._address(ticket), f"answer {number} of the agent")

    def _some_ticket(self) -> dict[str, Any] | None:
        try:
            tickets = self.desk.get("support/open-tickets", limit="100")["tickets"]
        except requests.HTTPError as error:
            self.refused[error.response.status_code] += 1
            return None
        except requests.RequestException:
            return None  # the desk is away
        return self.dice.choice(tickets) if tickets else None

    def _address(self, ticket: dict[str, Any]) -> str:
        if self.dice.random() < ENDS:
            return f"admin/conversations/{ticket['phone_number']}/chat-support/end"
        return f"support/tickets/{ticket['id']}/messages"

    def _say(self, address: str, words: str) -> None:
        while not self._is_settled(address, words):
            if self.over.wait(PAUSE):
                return

    def _is_settled(self, address: str, words: str) -> bool:
        try:
            self.desk.post(address, key=words.replace(" ", "-"), message=words)
        except requests.HTTPError as error:
            answer = error.response
            self.refused[answer.status_code] += 1
            return answer.status_code < 500 and "Retry-After" not in answer.headers
        except requests.RequestException:
            return False  # it may or may not have been done
        self.said.append(words)
        return True
