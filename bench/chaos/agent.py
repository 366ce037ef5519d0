"""A member of staff who answers open requests through the API while everything breaks."""

import random
import threading
from itertools import count

import requests

from edubot.tests.stack import Desk, Stack

PAUSE = 0.5  # seconds between two answers


class Agent:
    """`said` holds the words of every answer that the API confirmed."""

    def __init__(self, stack: Stack, seed: int) -> None:
        self.desk = Desk(stack)
        self.dice = random.Random(seed)
        self.said: list[str] = []
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
            try:
                self._say(f"answer {number}")
            except requests.RequestException:
                continue  # the desk is away; what was said just now may or may not be there

    def _say(self, words: str) -> None:
        tickets = self.desk.get("support/open-tickets", limit="100")["tickets"]
        if tickets:
            ticket = self.dice.choice(tickets)
            self.desk.post(f"support/tickets/{ticket['id']}/messages", message=words)
            self.said.append(words)
