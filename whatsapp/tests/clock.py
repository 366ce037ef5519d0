"""When most tests take place: on a Friday in November, at nine in Lagos."""

from datetime import datetime

MORNING = datetime.fromisoformat("2026-11-20T08:00:00Z")
