"""Every answer says what it is and how its letters are written, and no browser guesses."""

import json
import re

import pytest
from django.contrib.auth.models import User

from edubot.tests.every_page import answers

pytestmark = pytest.mark.django_db

HTML = "text/html; charset=utf-8"
TEXT = r"text/[^;]+;.*\bcharset=\"?utf-8\"?"


def expected(content: bytes) -> str:
    """A pattern for the type of `content`, by its first bytes. JSON is always UTF-8 (RFC 8259)."""
    start = content.lstrip()[:1]
    if content.startswith(b"\x89PNG"):
        return r"image/png|application/octet-stream"
    if start == b"{":
        json.loads(content)
        return r"application/json"
    return HTML if start in (b"<", b"") else TEXT


def test_every_answer_names_its_type_and_charset_and_is_not_sniffed(agent: User) -> None:
    wrong, types = {}, set()
    for address, answer, content in answers(agent):
        types.add(said := answer.get("Content-Type", ""))
        is_right = re.fullmatch(expected(content), said)
        if not is_right or answer.get("X-Content-Type-Options") != "nosniff":
            wrong[address] = said
    assert wrong == {}
    assert {HTML, "application/json", "image/png", "text/csv; charset=utf-8"} <= types
