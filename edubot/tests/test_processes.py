"""The real processes: the main journey on every database and broker, and kill -9 in between."""

import os
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import requests

from edubot.tests.stack import Desk, SimulatedStudent, Stack, eventually, mysql_database

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]

MYSQL = os.environ.get("TEST_DATABASE_URL", "mysql://root@127.0.0.1:3306/edubot")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
RABBITMQ = os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")


@pytest.fixture(params=["sqlite and files", "mysql and redis", "mysql and rabbitmq"])
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stack]:
    database, broker = {
        "sqlite and files": (f"sqlite:///{tmp_path}/db.sqlite3", "filesystem://"),
        "mysql and redis": (MYSQL, REDIS),
        "mysql and rabbitmq": (MYSQL, RABBITMQ),
    }[request.param]
    own = mysql_database if database.startswith("mysql") else nullcontext
    with own(database) as url, Stack(tmp_path, url, broker) as running:
        yield running


def test_a_student_and_the_desk_talk(stack: Stack):
    john, desk = SimulatedStudent(stack), Desk(stack)
    john.say("support")
    opened = john.waits_for("You are now connected to our support team! 🎯")
    assert opened["text"].startswith("Hi John! 💬\n📞 Live Chat Support")
    john.say("My upload fails")
    john.waits_for("✓ Your message has been sent to support.")

    ticket = desk.get("support/open-tickets")["tickets"][0]
    assert ticket["issue_description"] == "My upload fails"
    answer = desk.post(f"support/tickets/{ticket['id']}/messages", message="Try again now")
    john.waits_for("🎧 Support Team: Try again now")
    eventually(lambda: _status(desk, ticket["id"], answer["id"]) == "read", what="blue ticks")

    desk.post("admin/conversations/+2348031234567/chat-support/end", message="Bye!")
    ended = john.waits_for("🎧 Support Team: Bye!")
    assert "📍 Main Menu" in [button["title"] for button in ended["buttons"]]
    assert desk.get(f"support/tickets/{ticket['id']}")["status"] == "RESOLVED"


def _status(desk: Desk, ticket_id: int, message_id: int) -> str | None:
    messages = desk.get(f"support/tickets/{ticket_id}")["messages"]
    found = next(message for message in messages if message["id"] == message_id)
    return str(found["delivery"]["status"])


@pytest.mark.parametrize("stack", ["mysql and redis", "sqlite and files"], indirect=True)
def test_killing_the_worker_loses_and_repeats_nothing(stack: Stack):
    students = [SimulatedStudent(stack, name) for name in ("John Doe", "Ada Obi", "Musa Bello")]
    desk = Desk(stack)
    for student in students:
        student.say("support")
        student.waits_for("You are now connected")

    sent = [f"message {number}" for number in range(12)]
    for number, words in enumerate(sent):
        for student in students:
            student.say(words)
        if number % 4 == 1:
            time.sleep(0.15)
            stack.kill("worker")
            stack.start("worker")

    tickets = eventually(lambda: _complete(desk, len(students), len(sent)), 90, "every message")
    for ticket in tickets:
        assert [m["message"] for m in ticket["messages"] if m["sender_type"] == "user"] == sent
        for answer in ANSWERS:
            desk.post(f"support/tickets/{ticket['id']}/messages", message=answer)
    time.sleep(0.2)
    stack.kill("worker")
    stack.start("worker")
    settled = eventually(lambda: _settled(desk, tickets), 90, "an end for every answer")
    for student in students:
        assert sum("You are now connected" in text for text in student.texts()) == 1
    unconfirmed = sum(states.count("uncertain") for states in settled.values())
    assert unconfirmed <= IN_FLIGHT
    assert _answers_read(settled) == sorted(_answers_on(student) for student in students)


ANSWERS = ["first answer", "second answer"]
IN_FLIGHT = 2  # sends that one kill can cut off: one of each worker process


def _settled(desk: Desk, tickets: list[dict[str, Any]]) -> dict[int, list[str]] | None:
    """The delivery of each ticket's answers, once each is read or waits for the agent's word.

    A worker killed between its claim and Graph's answer leaves a send of which nobody knows whether
    it happened. An agent's is not repeated; if it had left, a status webhook would have said so.
    """
    found: dict[int, list[str]] = {}
    for ticket in tickets:
        messages = desk.get(f"support/tickets/{ticket['id']}")["messages"]
        answers = [message for message in messages if message["sender_type"] == "admin"]
        found[ticket["id"]] = [message["delivery"]["status"] for message in answers]
    ended = {"read", "uncertain"}
    return found if all(set(states) <= ended for states in found.values()) else None


def _answers_read(settled: dict[int, list[str]]) -> list[list[str]]:
    return sorted(
        [answer for answer, state in zip(ANSWERS, states, strict=True) if state == "read"]
        for states in settled.values()
    )


def _answers_on(student: SimulatedStudent) -> list[str]:
    prefix = "🎧 Support Team: "
    return [text.removeprefix(prefix) for text in student.texts() if text.startswith(prefix)]


def _complete(desk: Desk, tickets: int, messages: int) -> list[dict[str, Any]] | None:
    """The tickets with their threads, once every student's messages are there."""
    ids = [ticket["id"] for ticket in desk.get("support/open-tickets")["tickets"]]
    found = [desk.get(f"support/tickets/{ticket_id}") for ticket_id in ids]
    counts = [sum(m["sender_type"] == "user" for m in ticket["messages"]) for ticket in found]
    return found if counts == [messages] * tickets else None


@pytest.mark.parametrize("stack", ["sqlite and files"], indirect=True)
def test_a_wrong_signature_is_refused_by_the_running_web_process(stack: Stack):
    answer = requests.post(
        f"{stack.url}/webhooks/whatsapp",
        data=b"{}",
        headers={"X-Hub-Signature-256": "sha256=" + "0" * 64},
        timeout=5,
    )
    assert answer.status_code == 403
