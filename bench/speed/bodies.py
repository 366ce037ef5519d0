"""Signed webhook requests as raw bytes, made before the clock starts."""

import hashlib
import hmac
import time
from datetime import UTC, datetime
from itertools import count

from bench.speed.bare import SECRET
from whatsapp.simulator import bodies

BUSINESS = bodies.Business("200000000000002", "100000000000001", "2347001234567")
FIRST_NUMBER = 2_348_200_000_000
NUMBERS = count(1)


def message(student: int) -> bytes:
    """A text of the `student`-th student, each with an id of its own."""
    return message_and_id(student)[0]


def message_and_id(student: int, words: str = "what is a prime number") -> tuple[bytes, str]:
    content = {"type": "text", "text": {"body": words}}
    wamid = f"wamid.IN{next(NUMBERS):012}.{time.time_ns()}"
    now = datetime.now(UTC)
    return request(bodies.message(BUSINESS, _student(student), wamid, now, content)), wamid


def status(student: int, wamid: str, callback_id: str, tick: str) -> bytes:
    content = {"status": tick, "biz_opaque_callback_data": callback_id}
    now = datetime.now(UTC)
    return request(bodies.status(BUSINESS, _student(student), wamid, now, content))


def ghost_status(number: int, tick: str) -> bytes:
    """A status of a message that was not sent by EduBot."""
    return status(number % 1000, f"wamid.GHOST{number}", "", tick)


def request(body: bytes) -> bytes:
    signature = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    head = (
        "POST /webhooks/whatsapp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Hub-Signature-256: sha256={signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def student_of(number: str) -> int:
    return int(number.removeprefix("+")) - FIRST_NUMBER


def _student(number: int) -> bodies.Student:
    digits = str(FIRST_NUMBER + number)
    return bodies.Student(digits, f"NG.{digits}", f"Student {number}", "")
