"""Paying with the real processes, and kill -9 in between."""

from pathlib import Path
from typing import Any

import pytest
import requests

from edubot.tests.stack import SimulatedStudent, Stack, eventually

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]


def registered(stack: Stack) -> SimulatedStudent:
    john = SimulatedStudent(stack)
    answers = ("hi", "full name"), ("John Doe", "e-mail"), ("skip", "class"), ("10A", "registered")
    for words, answer in answers:
        john.say(words)
        john.waits_for(answer)
    return john


def tap(page: str, act: str) -> None:
    """Tap a button of Paystack's page, as a browser does."""
    with requests.Session() as browser:
        browser.get(page, timeout=10)
        form = {"act": act, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        browser.post(page, form, timeout=10).raise_for_status()


def link(john: SimulatedStudent) -> str:
    def last() -> Any:
        return next((shown["link_url"] for shown in john.received() if shown["link_url"]), "")

    return str(eventually(last, what="a link on the phone"))


def test_a_worker_killed_at_every_step_takes_and_loses_no_money(tmp_path: Path):
    with Stack(tmp_path, f"sqlite:///{tmp_path}/db.sqlite3", "filesystem://") as stack:
        john = registered(stack)
        john.say("subscribe")
        john.waits_for("A subscription costs ₦5,000 a month")
        stack.kill("worker")
        john.say("confirm")
        stack.start("worker")
        page = link(john)
        stack.kill("worker")

        tap(page, "pay")
        stack.start("worker")

        john.waits_for("you are subscribed until", 60)
        john.say("status")
        john.waits_for("💳 Subscribed until")
        assert sum("Thank you!" in text for text in john.texts()) == 1
