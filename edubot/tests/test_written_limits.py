"""The numbers that the documentation promises are those of the code."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from edubot.tests.test_env_example import defaults_in_the_code
from support.api import keys, requests, threads
from support.models import webhook
from support.webhooks import client, delivering
from whatsapp import counting
from whatsapp.models.contact import CUSTOMER_SERVICE_WINDOW

DOCS = Path(__file__).resolve().parents[2] / "docs"


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:g} MB"


def span(time: timedelta) -> str:
    """As people write it: 5 s, 2 min, 8 h."""
    seconds = int(time.total_seconds())
    for unit, name in ((3600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{seconds / unit:g} {name}"
    return f"{seconds} s"


PAUSES = list(dict.fromkeys(map(span, delivering.PAUSES)))
PROMISES = [
    ("api.md", f"within {span(CUSTOMER_SERVICE_WINDOW).replace('h', 'hours')} of what the student"),
    ("api.md", f"counted up to {counting.MOST:,}"),
    ("api.md", f"brings the newest {threads.SHOWN} messages"),
    ("api.md", f'"limit": {requests.LIMIT_MAX}}}'),
    ("api.md", f"JSON of {megabytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}"),
    ("api.md", f"files of {megabytes(settings.WHATSAPP_MEDIA_MAX_BYTES)}; more is 413"),
    ("webhooks.md", f"none within {client.TIMEOUT.read_timeout} seconds"),
    ("webhooks.md", f"tried again after {', '.join(PAUSES)}, for a day"),
]
A_DAY = {
    "answers under an Idempotency-Key": keys.KEPT,
    "tries of an event": delivering.PATIENCE,
    "an old secret": webhook.OLD_SECRET_LASTS,
}


@pytest.mark.parametrize(("name", "promise"), PROMISES)
def test_the_page_says_what_the_code_does(name: str, promise: str):
    assert promise in " ".join((DOCS / name).read_text().split())


@pytest.mark.parametrize("what", A_DAY)
def test_what_lasts_for_a_day(what: str):
    assert A_DAY[what] == timedelta(days=1)


def test_files_and_a_little_around_them_fit_into_a_request():
    assert settings.WHATSAPP_MEDIA_MAX_BYTES < requests.UPLOAD_MAX


def test_the_tables_of_settings_show_the_defaults():
    rows = [
        row
        for page in DOCS.glob("*.md")
        for row in re.findall(r"^\| `([A-Z_]+)` \| (\d+) \|", page.read_text(), re.MULTILINE)
    ]
    assert len(rows) > 5
    assert [row for row in rows if defaults_in_the_code()[row[0]] != row[1]] == []
